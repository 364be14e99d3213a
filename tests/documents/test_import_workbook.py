"""Importing a workbook: what is stored, what stays, what is refused as a whole."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.choices import AreaLevel
from accounts.models import AdministrativeArea
from audit.models import Entry
from core.errors import DomainError, NotAllowedError
from core.spreadsheets import register
from core.spreadsheets.templates import records_workbook, template
from documents.models import ImportChange, ImportRow, ImportRun
from documents.services.import_runs import shown_name
from enterprises.models import (
    Certificate,
    Enterprise,
    EnterpriseFigures,
    ImprovementTool,
    KeyListEntry,
    Product,
    ProductivityYear,
    Standard,
    StandardDeclaration,
)
from enterprises.sheets.conformity import CertificateSheet
from programs.models import Output, Plan
from tests.enterprises.factories import enterprise, key_entry, product, tax_code
from tests.factories import user
from tests.workbook_samples import DAY, every_sheet
from tests.workbooks import as_file, counts, run_import, told, workbook


@pytest.mark.django_db
def test_every_sheet_is_imported_whatever_their_order_and_twice_changes_nothing(plan: Plan) -> None:
    sheets = every_sheet()
    done = run_import(sheets)
    assert told(done) == []
    assert all(numbers[1:] == (0, 0, 0) for numbers in counts(done).values())
    a, b = Enterprise.objects.order_by("name")
    assert (a.kind, a.sector, b.kind) == ("enterprise", "agriculture", "cooperative")
    assert a.verified_at
    assert a.search_key
    figures = EnterpriseFigures.objects.get()
    assert (figures.revenue, figures.capital) == (1_234_500_000, 1_000_000_000)
    base = ProductivityYear.objects.get(is_base=True)
    assert (base.labour, base.labour_cost, base.pretax_profit) == (
        Decimal("3.5"),
        120_000_000,
        -5_000_000,
    )
    assert ImprovementTool.objects.get().name == "5S"
    assert {one.kind for one in StandardDeclaration.objects.all()} == {"tcvn", "foreign"}
    assert Standard.objects.count() == 2
    assert set(Certificate.objects.values_list("scheme", "product__name")) == {
        ("iso_45001", None),
        ("regulation", "Chè Shan"),
    }
    assert KeyListEntry.objects.counting().count() == 3
    assert Output.objects.get().indicator.code == "K01"
    again = run_import(sheets)
    assert {numbers[:2] + numbers[3:] for numbers in counts(again).values()} == {(0, 0, 0)}
    assert again.run
    assert again.run.changes_made == 0


@pytest.mark.django_db
def test_the_run_keeps_the_file_its_hash_and_one_entry_of_the_history(plan: Plan) -> None:
    person = user(role="programme_lead")
    content = workbook(every_sheet())
    done = run_import(content, by=person)
    run = ImportRun.objects.get()
    assert run == done.run
    with run.file.open() as kept:
        assert kept.read() == content
    entry = Entry.objects.get(act="workbook_import")
    assert (entry.after["sha256"], entry.pk) == (run.sha256, run.entry_id)
    assert entry.actor_id == person.pk
    assert Product.objects.filter(recorded_by=person).count() == 2
    assert run.changes.count() == run.changes_made == 26


@pytest.mark.django_db
def test_what_a_cell_does_not_say_stays_and_a_dash_takes_it_away() -> None:
    code = tax_code()
    old = enterprise(
        tax_code=code, name="Công ty A", address="Số 1", phone="0214", sector="services"
    )
    heads = ["Mã số thuế", "Tên doanh nghiệp", "Địa chỉ", "Điện thoại", "Nhóm ngành"]
    done = run_import({"DoanhNghiep": [heads, [code, "Công ty A", None, "-", "-"]]})
    assert counts(done) == {"DoanhNghiep": (0, 1, 0, 0)}
    new = Enterprise.objects.get()
    assert (new.address, new.phone, new.sector) == ("Số 1", "", "")
    assert new.version == old.version + 1
    [row] = ImportRow.objects.all()
    assert row.changes == [["Nhóm ngành", "thương mại dịch vụ", ""], ["Điện thoại", "0214", ""]]


@pytest.mark.django_db
def test_a_child_counts_the_change_of_its_enterprise_once() -> None:
    of = enterprise()
    rows = [[of.tax_code, name, None, None] for name in ("Chè", "Mật ong")]
    run_import({"SanPham": [["Mã số thuế", "Tên sản phẩm"], *rows]})
    assert Enterprise.objects.get().version == of.version + 1


@pytest.mark.django_db
def test_a_former_tax_code_finds_the_enterprise_and_a_corrected_fact_is_marked() -> None:
    of = enterprise()
    former = tax_code()
    of.tax_codes.create(tax_code=former)
    item = product(of, name="Chè")
    done = run_import(
        {
            "DoanhNghiep": [["Mã số thuế", "Tên doanh nghiệp"], [former, "Tên mới"]],
            "SanPham": [["Mã số thuế", "Tên sản phẩm", "Nhóm"], [former, "CHÈ", "chè"]],
        }
    )
    assert counts(done) == {"DoanhNghiep": (0, 1, 0, 0), "SanPham": (0, 1, 0, 0)}
    of.refresh_from_db()
    item.refresh_from_db()
    assert (of.name, item.name, item.group) == ("Tên mới", "Chè", "chè")
    assert of.tax_code != former
    assert item.corrected_at


@pytest.mark.django_db
def test_the_end_of_an_entry_makes_room_for_the_next_in_one_file() -> None:
    of = enterprise()
    entry = key_entry(of)
    heads = ["Loại", "Mã số thuế", "Từ ngày", "Đến ngày"]
    rows = [
        ["doanh nghiệp", of.tax_code, dt.date(2025, 1, 1), None],
        ["doanh nghiệp", of.tax_code, entry.valid_from, dt.date(2024, 12, 31)],
    ]
    done = run_import({"DanhMucTrongDiem": [heads, *rows]})
    assert counts(done) == {"DanhMucTrongDiem": (1, 1, 0, 0)}


@pytest.mark.django_db
def test_the_baseline_moves_from_one_year_to_another_in_one_file() -> None:
    of = enterprise()
    heads = every_sheet()["NangSuat"][0]
    costs = [1, 1, 1, 1, 1, 10, 5]
    first = [[of.tax_code, 2024, *costs, "x"], [of.tax_code, 2025, *costs, None]]
    run_import({"NangSuat": [heads, *first]})
    second = [[of.tax_code, 2025, *costs, "x"], [of.tax_code, 2024, *costs, "-"]]
    done = run_import({"NangSuat": [heads, *second]})
    assert counts(done) == {"NangSuat": (0, 2, 0, 0)}
    assert ProductivityYear.objects.get(is_base=True).year == 2025


@pytest.mark.django_db
def test_wrong_rows_stop_everything_unless_the_good_ones_are_asked_for() -> None:
    good, bad = tax_code(), "0100233480"
    rows = [["Mã số thuế", "Tên doanh nghiệp"], [good, "A"], [bad, "B"]]
    done = run_import({"DoanhNghiep": rows})
    assert done.run is None
    assert not Enterprise.objects.exists()
    assert not ImportRun.objects.exists()
    done = run_import({"DoanhNghiep": rows}, good_rows=True)
    assert done.run
    assert Enterprise.objects.get().tax_code == good
    assert ImportRow.objects.filter(outcome="wrong").count() == 1


@pytest.mark.django_db
def test_a_dry_run_stores_nothing_at_all(plan: Plan) -> None:
    before = {model: model._base_manager.count() for model in apps.get_models()}
    done = run_import(every_sheet(), dry_run=True)
    assert done.run is None
    assert {model: model._base_manager.count() for model in apps.get_models()} == before


@pytest.mark.django_db
def test_the_number_of_queries_does_not_depend_on_that_of_the_rows() -> None:
    def queries(number: int) -> int:
        rows = [[tax_code(), f"Công ty {index}"] for index in range(number)]
        products = [[code, "Chè"] for code, _name in rows]
        sheets: dict[str, Any] = {
            "DoanhNghiep": [["Mã số thuế", "Tên doanh nghiệp"], *rows],
            "SanPham": [["Mã số thuế", "Tên sản phẩm"], *products],
        }
        content = workbook(sheets)
        with CaptureQueriesContext(connection) as captured:
            run_import(content)
        return len(captured)

    assert queries(3) == queries(30) < 40


@pytest.mark.django_db
def test_a_file_with_unknown_sheets_and_columns_says_so(plan: Plan) -> None:
    code = tax_code()
    done = run_import(
        {
            "Ghi chú": [["x"]],
            "doanh nghiệp": [["STT", "Mã số thuế", "Tên doanh nghiệp"], [1, code, "A"], [2]],
        }
    )
    assert done.plan.skipped == ["Ghi chú"]
    assert [one.column for sheet in done.plan.sheets for one in sheet.warnings] == ["STT"]
    assert counts(done) == {"DoanhNghiep": (1, 0, 0, 0)}


@pytest.mark.django_db
def test_one_sheet_under_two_names_is_refused() -> None:
    rows = [["Mã số thuế", "Tên doanh nghiệp"]]
    with pytest.raises(DomainError, match="hai trang tính DoanhNghiep"):
        run_import({"DoanhNghiep": rows, "Doanh nghiệp": rows})


@pytest.mark.django_db
def test_only_the_department_imports() -> None:
    with pytest.raises(NotAllowedError, match="Chỉ chuyên viên và lãnh đạo"):
        run_import(every_sheet(), by=user(role="unit_officer"))


@pytest.mark.django_db
def test_the_template_is_read_back_as_empty(plan: Plan) -> None:
    done = run_import(template(register).read(), dry_run=True)
    assert set(counts(done).values()) == {(0, 0, 0, 0)}
    assert set(counts(done)) == set(register.sheets)
    assert (done.plan.skipped, told(done)) == ([], [])
    assert [one for sheet in done.plan.sheets for one in sheet.warnings] == []


@pytest.mark.django_db
def test_the_example_rows_of_the_template_are_good_rows(plan: Plan) -> None:
    AdministrativeArea.objects.create(
        code="SP", name="Sa Pa", level=AreaLevel.DISTRICT, valid_from=dt.date(1991, 1, 1)
    )
    book = openpyxl.load_workbook(template(register))
    for name, sheet in register.sheets.items():
        book[name]["A2"] = sheet.columns[0].example
    target = io.BytesIO()
    book.save(target)
    done = run_import(target.getvalue(), dry_run=True)
    assert [one.message for one in done.plan.mistakes()] == []
    assert set(counts(done).values()) == {(1, 0, 0, 0)}


@pytest.mark.django_db
def test_an_old_template_is_refused(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    content = template(register).read()
    monkeypatch.setattr(type(register.sheets["CongBo"]), "since", dt.date(2030, 1, 1))
    with pytest.raises(DomainError, match="mẫu cũ: trang tính CongBo"):
        run_import(content)


@pytest.mark.django_db
def test_records_come_as_a_workbook_that_changes_nothing_when_it_is_imported(plan: Plan) -> None:
    run_import(every_sheet())
    for name, sheet in register.sheets.items():
        exported = records_workbook(register, sheet, sheet.model._default_manager.all()).read()
        done = run_import(exported, dry_run=True)
        assert told(done) == []
        numbers = counts(done)
        for one in numbers:
            number = register.sheets[one].records().count()
            assert number > 0, one
            assert numbers[one] == (0, 0, number, 0)
        # What belongs to enterprises comes along with them.
        assert len(numbers) == (len(register.sheets) - 1 if name == "DoanhNghiep" else 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url_name", "sheet"),
    [
        ("enterprise_list", "DoanhNghiep"),
        ("product_list", "SanPham"),
        ("key_list", "DanhMucTrongDiem"),
        ("certificate_list", "ChungNhan"),
        ("support_case_list", "HoTro"),
    ],
)
def test_a_list_can_be_edited_in_excel_and_imported_again(
    url_name: str, sheet: str, plan: Plan, as_officer: Client, client: Client
) -> None:
    run_import(every_sheet())
    url = reverse(url_name)
    page = as_officer.get(url)
    assert page.context["list"].sheet_url in page.content.decode().replace("&amp;", "&")
    answer = as_officer.get(url + page.context["list"].sheet_url)
    done = run_import(b"".join(answer.streaming_content), dry_run=True)
    fresh, changed, unchanged, wrong = counts(done)[sheet]
    assert (fresh, changed, wrong) == (0, 0, 0)
    assert unchanged == page.context["list"].count > 0
    client.force_login(user(role="leadership"))
    page = client.get(url)
    assert page.context["list"].sheet_url == ""
    answer = client.get(f"{url}?export=sheet")
    assert answer["Content-Type"].startswith("text/html")


@pytest.mark.django_db
def test_what_the_database_alone_can_see_is_told_and_nothing_is_imported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(CertificateSheet, "check", lambda *_arguments: ())
    of = enterprise()
    heads = ["Mã số thuế", "Tên sản phẩm", "Loại", "Số giấy", "Ngày cấp"]
    with pytest.raises(DomainError, match="Cơ sở dữ liệu từ chối"):
        run_import({"ChungNhan": [heads, [of.tax_code, None, "hợp quy", "G", DAY]]})
    assert not ImportRun.objects.exists()
    assert not ImportChange.objects.exists()


def test_a_name_of_a_file_is_no_path() -> None:
    assert shown_name(as_file(b"x", "../../etc/so lieu.xlsx")) == "so lieu.xlsx"
