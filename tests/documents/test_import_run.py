"""The way of a file on the page: brought, checked, decided on, imported; and what may go wrong."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.choices import Role
from accounts.models import User
from audit.models import Entry
from core.errors import DomainError, NotAllowedError
from documents import services
from documents.choices import ImportStatus
from documents.models import ImportChange, ImportRun
from documents.services import import_work
from documents.services.import_steps import one_import_at_a_time
from enterprises.models import Enterprise
from tests.enterprises.factories import enterprise, tax_code
from tests.factories import user
from tests.workbooks import as_file, workbook

HEADS = ["Mã số thuế", "Tên doanh nghiệp"]


def nowhere(run_id: int) -> None:
    """A broker that loses every message."""


def enterprises(*rows: list[Any]) -> bytes:
    """A workbook of enterprises."""
    return workbook({"DoanhNghiep": [HEADS, *rows]})


def brought(content: bytes, by: User, *, work: bool = True) -> ImportRun:
    """A file that was brought, and checked."""
    run = services.import_run_upload(file=as_file(content), by=by, dispatch=nowhere)
    return worked(run) if work else run


def worked(run: ImportRun) -> ImportRun:
    """The run after a worker has done what it waited for."""
    claimed = ImportRun.objects.claim(run.pk, dt.timedelta(seconds=60))
    assert claimed
    services.import_run_work(run=claimed)
    return ImportRun.objects.get(pk=run.pk)


def confirm(run: ImportRun, by: User, *, good_rows: bool = False) -> ImportRun:
    """Decide to import."""
    return services.import_run_confirm(run=run, good_rows=good_rows, by=by, dispatch=nowhere)


@pytest.mark.django_db
def test_a_file_is_checked_shown_and_imported_by_decision(officer: User) -> None:
    old = enterprise(name="Tên cũ")
    run = brought(enterprises([tax_code(), "Mới"], [old.tax_code, "Tên mới"]), officer)
    assert (run.status, run.to_import, run.wrong) == (ImportStatus.CHECKED, 2, 0)
    assert list(run.rows.values_list("outcome", "changes")) == [
        ("new", [["Mã số thuế", "", run.rows.first().label], ["Tên doanh nghiệp", "", "Mới"],
                 ["Loại hình", "", "doanh nghiệp"]]),
        ("changed", [["Tên doanh nghiệp", "Tên cũ", "Tên mới"]]),
    ]  # fmt: skip
    assert Enterprise.objects.count() == 1
    run = worked(confirm(run, officer))
    assert (run.status, run.changes_made) == (ImportStatus.IMPORTED, 2)
    assert Enterprise.objects.filter(name__in=["Mới", "Tên mới"]).count() == 2
    acts = Entry.objects.filter(act__startswith="import_run").order_by("id")
    assert list(acts.values_list("act", flat=True)) == [
        "import_run_upload",
        "import_run_check",
        "import_run_confirm",
        "import_run_import",
    ]


@pytest.mark.django_db
def test_wrong_rows_must_be_left_out_knowingly(officer: User) -> None:
    run = brought(enterprises([tax_code(), "A"], ["1", "B"]), officer)
    with pytest.raises(NotAllowedError, match="Có dòng lỗi"):
        confirm(run, officer)
    run = worked(confirm(run, officer, good_rows=True))
    assert (run.status, run.changes_made, run.wrong) == (ImportStatus.IMPORTED, 1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (lambda: enterprises(["1", "B"]), "không có gì để nhập"),
        (lambda: workbook({"Ghi chú": [["x"]]}), "không có gì để nhập"),
    ],
)
def test_a_file_that_brings_nothing_is_not_imported(
    content: Callable[[], bytes], told: str, officer: User
) -> None:
    run = brought(content(), officer)
    with pytest.raises(NotAllowedError, match=told):
        confirm(run, officer, good_rows=True)


@pytest.mark.django_db
def test_what_changed_since_the_check_is_shown_before_anything_is_imported(officer: User) -> None:
    old = enterprise(name="Tên cũ")
    run = brought(enterprises([old.tax_code, "Tên mới"]), officer)
    old.name = "Tên khác"
    old.save()
    run = worked(confirm(run, officer))
    assert (run.status, run.imported_at) == (ImportStatus.CHECKED, None)
    assert "đã thay đổi sau khi kiểm tra" in run.notice
    assert run.rows.get().changes == [["Tên doanh nghiệp", "Tên khác", "Tên mới"]]
    old.refresh_from_db()
    assert old.name == "Tên khác"
    assert worked(confirm(run, officer)).status == ImportStatus.IMPORTED


@pytest.mark.django_db
def test_a_run_is_imported_once_and_by_the_department_only(officer: User) -> None:
    run = brought(enterprises([tax_code(), "A"]), officer)
    with pytest.raises(NotAllowedError, match="Chỉ chuyên viên"):
        confirm(run, user(role=Role.ADMINISTRATOR))
    run = worked(confirm(run, officer))
    with pytest.raises(NotAllowedError, match="chưa nhập"):
        confirm(run, officer)
    assert ImportRun.objects.claim(run.pk, dt.timedelta(seconds=60)) is None


@pytest.mark.django_db
def test_a_worker_that_lost_its_claim_leaves_no_trace(officer: User) -> None:
    run = confirm(brought(enterprises([tax_code(), "A"]), officer), officer)
    first = ImportRun.objects.claim(run.pk, dt.timedelta(seconds=60))
    past = timezone.now() - dt.timedelta(minutes=5)
    ImportRun.objects.update(lease_until=past)
    second = ImportRun.objects.claim(run.pk, dt.timedelta(seconds=60))
    assert first
    assert second
    services.import_run_work(run=first)
    assert not Enterprise.objects.exists()
    assert not ImportChange.objects.exists()
    services.import_run_work(run=second)
    assert Enterprise.objects.count() == 1


@pytest.mark.django_db
def test_the_sweeper_gives_up_in_the_end_and_nothing_is_imported(
    officer: User, settings: Settings
) -> None:
    run = confirm(brought(enterprises([tax_code(), "A"]), officer), officer)
    past = timezone.now() - dt.timedelta(minutes=5)
    handed: list[int] = []
    for _attempt in range(settings.JOB_ATTEMPTS):
        assert services.import_runs_sweep(dispatch=handed.append) == 1
        ImportRun.objects.claim(run.pk, dt.timedelta(seconds=60))
        ImportRun.objects.update(lease_until=past)
    assert services.import_runs_sweep(dispatch=handed.append) == 0
    run.refresh_from_db()
    assert (run.status, handed) == (ImportStatus.CHECKED, [run.pk] * settings.JOB_ATTEMPTS)
    assert "3 lần" in run.notice


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_do_not_mix(officer: User) -> None:
    code = tax_code()
    first = brought(enterprises([code, "Một"]), officer)
    second = brought(enterprises([code, "Hai"]), officer)
    for run in (first, second):
        confirm(run, officer)
    failures: list[BaseException] = []

    def work(run: ImportRun) -> None:
        try:
            worked(run)
        except BaseException as error:  # noqa: BLE001 - told by the test
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(run,)) for run in (first, second)]
    # Both wait for the lock of imports, so that neither is done before the other begins.
    with transaction.atomic():
        one_import_at_a_time()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=0.5)
        assert all(thread.is_alive() for thread in threads)
    for thread in threads:
        thread.join()
    assert failures == []
    states = {run.status for run in ImportRun.objects.all()}
    assert states == {ImportStatus.IMPORTED, ImportStatus.CHECKED}
    late = ImportRun.objects.get(imported_at__isnull=True)
    assert late.rows.get().outcome == "changed"
    assert Enterprise.objects.get().name in {"Một", "Hai"}


@pytest.mark.django_db(transaction=True)
def test_a_record_added_by_a_form_in_the_middle_is_told_and_nothing_is_imported(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = tax_code()
    run = confirm(brought(enterprises([tax_code(), "A"], [code, "B"]), officer), officer)
    write = import_work.write_plan

    def write_after_others(*arguments: Any) -> None:
        def add() -> None:
            enterprise(tax_code=code)
            connection.close()

        other = threading.Thread(target=add)
        other.start()
        other.join()
        write(*arguments)

    monkeypatch.setattr(import_work, "write_plan", write_after_others)
    run = worked(run)
    assert run.status == ImportStatus.CHECKED
    assert "mã số thuế" in run.notice
    assert Enterprise.objects.get().tax_code == code


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xlsx", b"", "0 byte"),
        ("a.xlsx", b"MZ\x90" + bytes(100), "chương trình"),
        ("a.xls", None, ".xls"),
        ("a.xlsx", b"PK\x03\x04hong", "hỏng"),
    ],
)
def test_a_file_that_is_refused_says_so_at_the_field_and_is_not_kept(
    name: str, content: bytes | None, told: str, as_officer: Client
) -> None:
    content = enterprises([tax_code(), "A"]) if content is None else content
    answer = as_officer.post(
        reverse("import_run_upload"), {"file": SimpleUploadedFile(name, content)}
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Lỗi:" in page
    assert told in page
    assert not ImportRun.objects.exists()


@pytest.mark.django_db
def test_without_a_file_the_field_says_so(as_officer: Client) -> None:
    page = as_officer.post(reverse("import_run_upload"), {}).content.decode()
    assert "Hãy chọn sổ tính trước." in page


@pytest.mark.django_db
def test_a_virus_check_that_is_down_keeps_the_file_out(officer: User, settings: Settings) -> None:
    settings.CLAMAV_SOCKET = "/nirgendwo/clamd.sock"
    with pytest.raises(DomainError, match="vi-rút không trả lời"):
        brought(enterprises([tax_code(), "A"]), officer)
    assert not ImportRun.objects.exists()


@pytest.mark.django_db
def test_the_preview_costs_the_same_queries_whatever_the_rows(
    officer: User, as_officer: Client
) -> None:
    def queries(number: int) -> int:
        rows = [[tax_code(), f"Công ty {index}"] for index in range(number)]
        url = brought(enterprises(*rows), officer).get_absolute_url()
        with CaptureQueriesContext(connection) as captured:
            assert as_officer.get(url).context["list"].count == number
        return len(captured)

    as_officer.get(reverse("import_run_list"))
    assert queries(3) == queries(30) <= 12


@pytest.mark.django_db
def test_the_preview_is_filtered_by_sheet_and_outcome(officer: User, as_officer: Client) -> None:
    old = enterprise()
    content = workbook(
        {
            "DoanhNghiep": [HEADS, [tax_code(), "A"], ["1", "B"], [old.tax_code, "C"]],
            "SanPham": [["Mã số thuế", "Tên sản phẩm"], [old.tax_code, "Chè"]],
        }
    )
    url = brought(content, officer).get_absolute_url()

    def listed(query: str) -> list[tuple[str, str]]:
        table = as_officer.get(url + query).context["list"].table
        return [(row.record.sheet, row.record.outcome) for row in table.rows]

    assert listed("?sheet=SanPham") == [("SanPham", "new")]
    assert listed("?outcome=wrong") == [("DoanhNghiep", "wrong")]
    assert listed("?sheet=DoanhNghiep&outcome=changed") == [("DoanhNghiep", "changed")]
    assert len(listed("")) == 4


@pytest.mark.django_db
def test_what_is_in_a_cell_is_inert_on_the_page(officer: User, as_officer: Client) -> None:
    bad = "<img src=x onerror=alert(1)>"
    run = brought(enterprises([tax_code(), bad], [bad, "A"]), officer)
    page = as_officer.get(run.get_absolute_url()).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


@pytest.mark.django_db
def test_the_page_of_a_record_leads_to_the_import_that_made_it(
    officer: User, as_officer: Client, client: Client
) -> None:
    code = tax_code()
    run = worked(confirm(brought(enterprises([code, "Công ty A"]), officer), officer))
    url = Enterprise.objects.get().get_absolute_url()
    assert run.get_absolute_url() in as_officer.get(url).content.decode()
    client.force_login(user(role=Role.LEADERSHIP))
    page = client.get(url).content.decode()
    assert "Công ty A" in page
    assert run.get_absolute_url() not in page
