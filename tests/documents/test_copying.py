"""What is stored by COPY is what bulk_create would have stored."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection

from core import copying
from core.copying import copy_in
from documents.models import ImportChange, ImportRun

pytestmark = pytest.mark.django_db

NAMES = ("run", "step", "act", "target_type", "target_id", "before", "after", "sheet", "row")
TEXTS = ["", "\\N", "\\.", "a\tb", "a\nb", "a\r\nb", "\\t", 'x"y,\\"', "Đặc sản 🏔", "NULL"]


def run() -> ImportRun:
    """An import."""
    return ImportRun.objects.create(file="x", name="x.xlsx", size=1, sha256="0" * 64)


@pytest.mark.parametrize("text", TEXTS)
def test_every_text_comes_back_as_it_was(text: str) -> None:
    held = {text: [text, None, 1, True]}
    copy_in(ImportChange, NAMES, [(run().pk, 1, "create", "a.b", 5, {}, held, text, None)])
    kept = ImportChange.objects.get()
    assert (kept.sheet, kept.row, kept.before, kept.after) == (text, None, {}, held)


def test_json_is_written_as_the_field_says() -> None:
    at = dt.datetime(2026, 1, 15, 8, 30, 0, 123456, tzinfo=dt.UTC)
    values = {"at": at, "day": at.date(), "sum": Decimal("1.50")}
    about = run()
    copy_in(ImportChange, NAMES, [(about.pk, 1, "create", "a.b", 5, {}, values, "", 2)])
    ImportChange.objects.create(
        run=about, step=2, act="create", target_type="a.b", target_id=5, before={}, after=values
    )
    first, second = ImportChange.objects.order_by("step").values_list("after", flat=True)
    assert first == second


def test_no_row_is_lost_between_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "BATCH", 3)
    about = run().pk
    copy_in(ImportChange, NAMES, ((about, n, "count", "a.b", n, {}, {}, "", n) for n in range(7)))
    assert list(ImportChange.objects.order_by("step").values_list("row", flat=True)) == [*range(7)]


def test_what_the_database_refuses_is_told_as_django_tells_it() -> None:
    copy_in(ImportChange, NAMES, [(0, 1, "create", "a.b", 5, {}, {}, "", 2)])
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_value_that_lacks_is_refused_at_once() -> None:
    row = (run().pk, None, "create", "a.b", 5, {}, {}, "", 2)
    with pytest.raises(IntegrityError):
        copy_in(ImportChange, NAMES, [row])
