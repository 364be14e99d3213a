"""Nominations from Excel: the same checks as for single ones, a preview, all rows or none."""

import io
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from core.errors import DomainError, NotAllowedError
from core.versions import StaleVersionError
from enterprises import services
from enterprises.models import Enterprise, Nomination, NominationBatch, NominationRound
from enterprises.nomination_sheet import SheetRow, judged
from enterprises.services.batches import has_letter
from programs.models import Plan
from tests import factories as people
from tests.enterprises import factories
from tests.enterprises import nomination_samples as samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def one(plan: Plan) -> NominationRound:
    """An open round."""
    return samples.open_round(plan, quota=5, tasks={"B2.2.1": None, "B2.2.2": 1})


@pytest.fixture
def by(db: None) -> User:
    """A unit officer."""
    return samples.nominator()


def seen(batch: NominationBatch, by: User) -> list[SheetRow]:
    """The rows as the preview has them."""
    return judged(batch, by, samples.today(), letter=has_letter(batch))


def told(one: NominationRound, by: User, *rows: list[Any]) -> list[str]:
    """What is said of each row."""
    return [" ".join(row.problems) for row in seen(samples.batch(one, by, list(rows)), by)]


def test_every_row_becomes_a_submitted_nomination(one: NominationRound, by: User) -> None:
    area = people.area(name="xã Bản Mẫu")
    known, code = samples.enterprise_of(by), factories.tax_code()
    batch = samples.batch(
        one,
        by,
        [
            samples.sheet_row(one, known.tax_code),
            samples.sheet_row(
                one,
                code,
                name="Hợp tác xã Mới",
                kind="HTX",
                area="Xã  bản mẫu",
                reason="Chưa có trong sổ",
            ),
            samples.sheet_row(
                one,
                code,
                task="b2.2.2",
                reason="Chưa có trong sổ",
                name="Hợp tác xã Mới",
                kind="HTX",
                area="xã Bản Mẫu",
            ),
        ],
    )
    assert [row.problems for row in seen(batch, by)] == [[], [], []]
    assert Nomination.objects.count() == 0
    done = services.nomination_batch_submit(batch=batch, version=batch.version, by=by)
    assert len(done) == 3
    made = Enterprise.objects.get(tax_code=code)
    assert (made.area, made.kind, made.verified_at) == (area, "cooperative", None)
    first = Nomination.objects.get(enterprise=known)
    assert (first.expected_cost, first.state_share) == (100_000_000, 40_000_000)
    assert (first.letter_number, first.state) == ("46/SCT", "submitted")
    batch.refresh_from_db()
    assert batch.rows == []
    with pytest.raises(NotAllowedError, match="đã được nộp"):
        services.nomination_batch_submit(batch=batch, version=None, by=by)


def test_wrong_rows_say_the_same_as_single_nominations(one: NominationRound, by: User) -> None:
    other = samples.enterprise_of(samples.nominator(), name="Công ty Ngoài Ngành")
    ended = samples.enterprise_of(by, ended_on=samples.today())
    mine = samples.enterprise_of(by)
    standing = samples.submitted(one, by)
    assert standing.enterprise is not None
    rows = [
        (samples.sheet_row(one, other.tax_code), "nêu lý do vẫn đề cử"),
        (samples.sheet_row(one, ended.tax_code), "đã chấm dứt hoạt động"),
        (samples.sheet_row(one, mine.tax_code, own=59), "sửa một trong ba số"),
        (samples.sheet_row(one, standing.enterprise.tax_code), "đã đề cử doanh nghiệp này"),
        (samples.sheet_row(one, mine.tax_code, task="B1.2.1"), "không thuộc đợt"),
        (samples.sheet_row(one, "0100233480"), "Mã số thuế: "),
        (samples.sheet_row(one, factories.tax_code()), "hãy điền tên doanh nghiệp"),
        (samples.sheet_row(one, mine.tax_code, need=None), "Nhu cầu: "),
        (samples.sheet_row(one, mine.tax_code, cost="một trăm"), "Kinh phí dự kiến: "),
        (
            samples.sheet_row(one, factories.tax_code(), area="xã Không Có", name="A", kind="HTX"),
            "Không có xã, phường nào",
        ),
    ]
    said = told(one, by, *(row for row, _words in rows))
    assert all(words in sentence for (_row, words), sentence in zip(rows, said, strict=True)), said


def test_a_row_twice_is_told_and_places_are_counted_over_the_sheet(
    one: NominationRound, by: User
) -> None:
    mine = samples.enterprise_of(by)
    twice = told(one, by, *(samples.sheet_row(one, mine.tax_code) for _time in range(2)))
    assert twice[0] == ""
    assert "hai lần" in twice[1]
    rows = [samples.sheet_row(one, samples.enterprise_of(by).tax_code) for _time in range(6)]
    said = told(one, by, *rows)
    assert said[:5] == [""] * 5
    assert "được đề cử 5 doanh nghiệp" in said[5]
    rows = [
        samples.sheet_row(one, samples.enterprise_of(by).tax_code, task="B2.2.2")
        for _time in range(2)
    ]
    assert "cho nhiệm vụ B2.2.2" in told(one, by, *rows)[1]


def test_a_wrong_row_stops_all_at_the_submission_too(one: NominationRound, by: User) -> None:
    good, ending = samples.enterprise_of(by), samples.enterprise_of(by)
    batch = samples.batch(one, by, [samples.sheet_row(one, e.tax_code) for e in (good, ending)])
    ending.ended_on = samples.today()
    ending.save()
    with pytest.raises(DomainError, match=r"Dòng 3: .*đã chấm dứt"):
        services.nomination_batch_submit(batch=batch, version=None, by=by)
    assert Nomination.objects.count() == 0
    with pytest.raises(StaleVersionError):
        services.nomination_batch_submit(batch=batch, version=99, by=by)


@pytest.mark.parametrize(
    ("headers", "rows", "words"),
    [
        (("Mã số thuế",), [["0100233488"]], "Mã nhiệm vụ"),
        (samples.HEADERS, [], "không có dòng nào"),
        (samples.HEADERS, [["0100233488", "B2.2.1"]] * 201, "nhiều hơn 200 dòng"),
    ],
)
def test_a_file_that_cannot_be_read(
    one: NominationRound, by: User, client: Client, headers: Any, rows: Any, words: str
) -> None:
    client.force_login(by)
    data = {
        "file": samples.sheet_file(rows, headers),
        "letter": samples.scan(),
        "letter_number": "45/SCT",
        "letter_date": f"{samples.today():%d/%m/%Y}",
    }
    page = client.post(reverse("nomination_batch_add", args=[one.pk]), data).content.decode()
    assert words in page
    assert "Lỗi:" in page
    assert NominationBatch.objects.count() == 0


def test_the_template_is_that_of_the_round_and_comes_back_empty(
    one: NominationRound, by: User, client: Client
) -> None:
    client.force_login(by)
    answer = client.get(reverse("nomination_batch_template", args=[one.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert [cell.value for cell in book["DeCu"][1]] == list(samples.HEADERS)
    lists = {cell for row in book["_DanhMuc"].iter_rows(values_only=True) for cell in row}
    assert {"B2.2.1", "B2.2.2"} <= lists
    assert "B2.2.3" not in lists


def test_the_preview_shows_each_row_and_submits_none_that_is_wrong(
    one: NominationRound, by: User, client: Client
) -> None:
    client.force_login(by)
    batch = samples.batch(one, by, [samples.sheet_row(one, "0100233480")])
    page = client.get(batch.get_absolute_url()).content.decode()
    assert "phải sửa trong Excel" in page
    assert reverse("nomination_batch_submit", args=[batch.pk]) not in page
    client.post(reverse("nomination_batch_submit", args=[batch.pk]), {"version": batch.version})
    assert Nomination.objects.count() == 0
    client.force_login(samples.nominator())
    assert client.get(batch.get_absolute_url()).status_code == 404
    client.force_login(samples.officer())
    assert client.get(batch.get_absolute_url()).status_code == 404


def test_a_preview_takes_the_same_number_of_queries_whatever_the_number_of_rows(
    plan: Plan, by: User, client: Client
) -> None:
    one = samples.open_round(plan, quota=99)
    client.force_login(by)
    found = []
    for number in (3, 30):
        rows = [samples.sheet_row(one, samples.enterprise_of(by).tax_code) for _n in range(number)]
        batch = samples.batch(one, by, rows)
        client.get(batch.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(batch.get_absolute_url()).status_code == 200
        found.append(len(queries))
    assert found[0] == found[1]
