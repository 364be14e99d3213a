"""Taking an import back: everything as before, or a reason that names what stands in the way."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from audit.services import record
from core.errors import NotAllowedError
from documents import services
from documents.choices import ImportStatus
from documents.models import ImportRun
from enterprises.models import Enterprise, KeyListEntry, Product
from programs.models import Plan
from reports.choices import PeriodKind
from reports.models import Snapshot
from reports.services.periods import reporting_period_of
from tests.enterprises.factories import certificate, enterprise, key_entry, product
from tests.factories import user
from tests.workbook_samples import every_sheet
from tests.workbooks import run_import

# What keeps the memory of the import itself.
MEMORY = {
    "audit_entry",
    "audit_chainlink",
    "documents_importrun",
    "documents_importrow",
    "documents_importchange",
    "django_session",
}


def tables() -> dict[str, list[str]]:
    """Every row of every table but those that remember imports."""
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor)) - MEMORY
        found = {}
        for name in sorted(names):
            cursor.execute(f'SELECT t::text FROM "{name}" t ORDER BY 1')
            found[name] = [row[0] for row in cursor.fetchall()]
        return found


def undo(run: ImportRun | None, by: User) -> ImportRun:
    """Ask for the undoing and do it as a worker does."""
    assert run is not None
    services.import_run_undo(run=run, by=by, dispatch=lambda _run_id: None)
    services.import_run_work(run=ImportRun.objects.get(pk=run.pk))
    return ImportRun.objects.get(pk=run.pk)


@pytest.fixture
def stored(plan: Plan) -> dict[str, Any]:
    """An enterprise with records of its own, and a workbook that changes and adds to them."""
    of = enterprise(name="Công ty A", phone="0214")
    key_entry(of)
    product(of, name="Chè Shan", group="cũ")
    sheets = every_sheet(of.tax_code)
    # What is on the list already without an end, ends first.
    sheets["DanhMucTrongDiem"][3] = ["doanh nghiệp", of.tax_code, None, "1/1/2021", "1/1/2025", "3"]
    return sheets


@pytest.mark.django_db(transaction=True)
def test_after_undoing_every_table_is_as_it_was(stored: dict[str, Any], officer: User) -> None:
    before = tables()
    done = run_import(stored)
    assert done.run
    assert tables() != before
    run = undo(done.run, officer)
    assert (run.obstacles, run.notice, run.status) == ([], "", ImportStatus.UNDONE)
    assert tables() == before


@pytest.mark.django_db(transaction=True)
def test_imports_are_undone_from_the_last_one_backwards(
    stored: dict[str, Any], officer: User
) -> None:
    before = tables()
    first = run_import(stored)
    of = Enterprise.objects.get(name="Hợp tác xã B")
    heads = ["Mã số thuế", "Tên doanh nghiệp"]
    second = run_import({"DoanhNghiep": [heads, [of.tax_code, "HTX B mới"]]})
    run_import({"DoanhNghiep": [heads, [of.tax_code, "HTX B mới"]]})
    with pytest.raises(NotAllowedError, match="lần nhập gần nhất"):
        undo(first.run, officer)
    assert undo(second.run, officer).status == ImportStatus.UNDONE
    assert undo(first.run, officer).status == ImportStatus.UNDONE
    assert tables() == before


def change_a_record(of: Enterprise, by: User) -> None:
    """Somebody saves the enterprise."""
    of.phone = "0999"
    of.save()


def note_an_act(of: Enterprise, by: User) -> None:
    """An act about the enterprise is in the history."""
    record(act="user_create", by=by, target=of)


def hang_something_on(of: Enterprise, by: User) -> None:
    """Somebody records a certificate of it."""
    certificate(of, number="SAU-NHAP")


def void_a_product(of: Enterprise, by: User) -> None:
    """Somebody voids a product that was imported."""
    Product.objects.filter(enterprise=of).update(voided_at=timezone.now(), voided_reason="Nhầm")


def remove_an_entry(of: Enterprise, by: User) -> None:
    """Somebody deletes what was imported."""
    KeyListEntry.objects.filter(product__isnull=False).delete()


def take_a_snapshot(of: Enterprise, by: User) -> None:
    """A report is made."""
    plan = Plan.objects.get()
    period = reporting_period_of(plan=plan, kind=PeriodKind.ANNUAL, year=2026)
    period.save()
    Snapshot.objects.create(
        plan=plan, period=period, content="{}", sha256="0" * 64, taken_at=timezone.now()
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("later", "told"),
    [
        (change_a_record, "“Hợp tác xã B” đã được sửa sau lần nhập"),
        (note_an_act, "Hợp tác xã B, do Người Kiểm Thử thực hiện"),
        (hang_something_on, "SAU-NHAP” được ghi sau lần nhập"),
        (void_a_product, "“Mật ong” đã được sửa sau lần nhập"),
        (remove_an_entry, "không còn nữa"),
        (take_a_snapshot, "Báo cáo năm 2026|báo cáo năm 2026"),
    ],
)
def test_what_stands_in_the_way_is_named_and_nothing_is_undone(
    later: Callable[[Enterprise, User], None], told: str, stored: dict[str, Any], officer: User
) -> None:
    done = run_import(stored)
    with transaction.atomic():
        later(Enterprise.objects.get(name="Hợp tác xã B"), officer)
    before = tables()
    run = undo(done.run, officer)
    assert run.status == ImportStatus.IMPORTED
    assert any(part in obstacle for obstacle in run.obstacles for part in told.split("|"))
    assert tables() == before


@pytest.mark.django_db(transaction=True)
def test_a_parent_that_others_have_changed_keeps_their_change(officer: User) -> None:
    of = enterprise()
    done = run_import({"SanPham": [["Mã số thuế", "Tên sản phẩm"], [of.tax_code, "Chè"]]})
    of.refresh_from_db()
    of.phone = "0999"
    of.save()
    assert undo(done.run, officer).status == ImportStatus.UNDONE
    after = Enterprise.objects.get()
    assert (after.phone, after.version) == ("0999", of.version + 1)
    assert not Product.objects.exists()


@pytest.mark.django_db
def test_only_a_finished_import_is_undone_and_only_by_the_department(officer: User) -> None:
    of = enterprise()
    done = run_import({"SanPham": [["Mã số thuế", "Tên sản phẩm"], [of.tax_code, "Chè"]]})
    assert done.run
    with pytest.raises(NotAllowedError, match="Chỉ chuyên viên"):
        undo(done.run, user(role=Role.UNIT_OFFICER))
    ImportRun.objects.update(undone_at=timezone.now())
    with pytest.raises(NotAllowedError, match="đã xong"):
        undo(done.run, officer)
    again = run_import({"SanPham": [["Mã số thuế", "Tên sản phẩm"], [of.tax_code, "Chè"]]})
    with pytest.raises(NotAllowedError, match="không thay đổi gì"):
        undo(again.run, officer)
