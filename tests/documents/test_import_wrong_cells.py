"""Thirty kinds of wrong cells in one file: all told at once, marked in it, nothing changed."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from documents import services
from documents.models import ImportRow, ImportRun
from enterprises.models import (
    Certificate,
    Enterprise,
    EnterpriseFigures,
    KeyListEntry,
    Product,
    ProductivityYear,
)
from programs.models import Plan
from tests.documents.test_import_undo import tables
from tests.enterprises.factories import enterprise, key_entry, product, tax_code
from tests.workbooks import as_file, counts, run_import, workbook

DAY = dt.date(2025, 1, 1)
# Sheet, row, header, what the cell holds, a part of the sentence.
Expected = tuple[str, int, str, Any, str]


class Samples:
    """A file of good and wrong rows, and what is wrong with each."""

    def __init__(self) -> None:
        self.sheets: dict[str, list[list[Any]]] = {}
        self.expected: list[Expected] = []

    def sheet(self, name: str, *heads: str) -> None:
        """Begin a sheet."""
        self.name = name
        self.sheets[name] = [list(heads)]

    def good(self, *cells: Any) -> None:
        """A row with which nothing is wrong."""
        self.sheets[self.name].append(list(cells))

    def wrong(self, header: str, told: str, *cells: Any) -> None:
        """A row with one wrong cell."""
        rows = self.sheets[self.name]
        rows.append(list(cells))
        place = rows[0].index(header)
        held = cells[place] if place < len(cells) else None
        held = f"{held:%d/%m/%Y}" if isinstance(held, dt.date) else held
        self.expected.append((self.name, len(rows), header, held, told))


def samples() -> Samples:
    """Every kind of wrong cell once, beside good rows."""
    stored = enterprise()
    key_entry(stored, DAY)
    key_entry(product(stored, name="Chè cũ"), DAY)
    a, b, c, twice = (tax_code() for _ in range(4))
    s = Samples()
    s.sheet("DoanhNghiep", "Mã số thuế", "Tên doanh nghiệp", "Loại hình", "Email", "Địa chỉ")
    s.good(a, "Công ty A")
    s.good(c, "Công ty C", "HTX", "c@vidu.vn", "Số 1")
    s.wrong("Mã số thuế", "số kiểm tra", "0100233480", "B")
    s.wrong("Mã số thuế", "10 chữ số", "12345", "B")
    s.wrong("Mã số thuế", "bắt buộc", None, "B")
    s.wrong("Tên doanh nghiệp", "bắt buộc", b, None)
    s.wrong("Tên doanh nghiệp", "công thức", tax_code(), "=1+1")
    s.wrong("Tên doanh nghiệp", "ký hiệu của công thức", tax_code(), "@SUM(A1)")
    s.wrong("Loại hình", "không có trong danh mục", tax_code(), "B", "tập đoàn")
    s.wrong("Email", "thư điện tử", tax_code(), "B", None, "khong-phai")
    s.wrong("Địa chỉ", "dài quá", tax_code(), "B", None, None, "x" * 300)
    s.wrong("Mã số thuế", "trùng khóa", twice, "Một")
    s.wrong("Mã số thuế", "trùng khóa", twice, "Hai")
    s.sheet("SoLieuNam", "Mã số thuế", "Năm", "Lao động", "Doanh thu (triệu đồng)", "Nguồn vốn")
    s.good(a, 2025, 10, 1.5, "1.000.000")
    s.wrong("Năm", "bốn chữ số", a, "25")
    s.wrong("Lao động", "số nguyên", a, 2024, 1.5)
    s.wrong("Lao động", "nhỏ nhất", a, 2023, -1)
    s.wrong("Doanh thu (triệu đồng)", "chẵn đồng", a, 2022, None, 0.0000005)
    s.wrong("Nguồn vốn", "không phải là số", a, 2021, None, None, "1,234,567")
    s.wrong("Mã số thuế", "mà dòng đó có lỗi", b, 2025)
    s.wrong("Mã số thuế", "Không có doanh nghiệp", tax_code(), 2025)
    s.sheet("SanPham", "Mã số thuế", "Tên sản phẩm", "Bắt buộc hợp quy")
    s.good(a, "Chè Shan", "X")
    s.wrong("Bắt buộc hợp quy", "ghi x", a, "Mật ong", "không")
    add_facts(s, a, c, stored.tax_code)
    return s


def add_facts(s: Samples, a: str, c: str, stored: str) -> None:
    """Rows about the enterprises of the file and about a stored one."""
    s.sheet("DanhMucTrongDiem", "Loại", "Mã số thuế", "Tên sản phẩm", "Từ ngày", "Đến ngày")
    s.good("sản phẩm", a, "chè shan", DAY)
    s.wrong("Tên sản phẩm", "tên sản phẩm thuộc", "sản phẩm", a, None, DAY)
    s.wrong("Tên sản phẩm", "không ghi sản phẩm", "doanh nghiệp", a, "Chè Shan", DAY)
    s.wrong("Tên sản phẩm", "không có sản phẩm", "sản phẩm", a, "Gạo", DAY)
    s.wrong("Tên sản phẩm", "mà dòng đó có lỗi", "sản phẩm", a, "Mật ong", DAY)
    s.wrong("Từ ngày", "bốn chữ số", "doanh nghiệp", a, None, "1/1/25")
    s.wrong("Từ ngày", "Không có ngày", "doanh nghiệp", a, None, "31/2/2025")
    s.wrong("Đến ngày", "trước ngày bắt đầu", "doanh nghiệp", c, None, DAY, "1/1/2020")
    s.wrong("Từ ngày", "trùng với một mục", "doanh nghiệp", stored, None, "1/6/2025")
    s.wrong("Từ ngày", "trùng với dòng", "doanh nghiệp", c, None, "1/1/2021", "1/1/2023")
    s.wrong("Từ ngày", "trùng với dòng", "doanh nghiệp", c, None, "1/1/2022", "1/1/2024")
    s.sheet("ChungNhan", "Mã số thuế", "Tên sản phẩm", "Loại", "Số giấy", "Ngày cấp")
    s.good(a, None, "ISO 9001", "G1", DAY)
    s.wrong("Tên sản phẩm", "phải ghi tên sản phẩm", a, None, "hợp quy", "G2", DAY)
    s.wrong("Tên sản phẩm", "không ghi sản phẩm", a, "Chè Shan", "ISO 14001", "G3", DAY)
    s.wrong("Ngày cấp", "bắt buộc", a, None, "HACCP", "G4", None)
    s.wrong("Ngày cấp", "ngày/tháng/năm", a, None, "HACCP", "G5", 2025)
    s.wrong("Số giấy", "lỗi của Excel", a, None, "HACCP", "#N/A", DAY)
    s.sheet("NangSuat", *HEADS)
    s.good(a, 2023, 1, 1, 10, 5, "x")
    s.wrong("Lao động bình quân", "lớn hơn 0", a, 2022, 1, 1, 10, 0)
    s.wrong("Tài sản cố định", "lớn hơn 0", a, 2021, 1, 1, 0, 5)
    s.wrong("Năm gốc", "hai năm gốc", c, 2020, 1, 1, 10, 5, "x")
    s.wrong("Năm gốc", "hai năm gốc", c, 2019, 1, 1, 10, 5, "x")


HEADS = (
    "Mã số thuế",
    "Năm",
    "Lợi nhuận trước thuế",
    "Chi phí lao động",
    "Tài sản cố định",
    "Lao động bình quân",
    "Năm gốc",
)


@pytest.mark.django_db
def test_every_wrong_cell_is_told_at_once_and_the_good_rows_alone_can_be_imported(
    plan: Plan,
) -> None:
    s = samples()
    before = tables()
    done = run_import(s.sheets)
    assert done.run is None
    assert tables() == before
    found = [(one.sheet, one.row, one.column, one.value) for one in done.plan.mistakes()]
    assert found == [expected[:4] for expected in s.expected]
    assert len({expected[4] for expected in s.expected}) >= 25
    for mistake, expected in zip(done.plan.mistakes(), s.expected, strict=True):
        assert expected[4] in mistake.message, mistake
    done = run_import(s.sheets, good_rows=True)
    assert {numbers[0] for numbers in counts(done).values()} == {1, 2}
    assert Enterprise.objects.count() == 1 + 2
    assert EnterpriseFigures.objects.count() == 1
    assert set(Product.objects.values_list("name", flat=True)) == {"Chè cũ", "Chè Shan"}
    assert KeyListEntry.objects.count() == 2 + 1
    assert Certificate.objects.get().number == "G1"
    assert ProductivityYear.objects.get().year == 2023


@pytest.mark.django_db
def test_the_file_comes_back_with_each_wrong_cell_marked_and_commented(
    plan: Plan, as_officer: Client, officer: Any
) -> None:
    s = samples()
    content = workbook(s.sheets)
    run = services.import_run_upload(
        file=as_file(content), by=officer, dispatch=lambda _run_id: None
    )
    services.import_run_work(run=run)
    run.refresh_from_db()
    assert run.wrong == len({expected[:2] for expected in s.expected})
    answer = as_officer.get(reverse("import_run_marked", args=[run.pk]))
    assert "so-lieu-danh-dau-loi.xlsx" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    marked = {
        (sheet.title, cell.row, sheet.cell(1, cell.column).value): cell.comment.text
        for sheet in book
        for row in sheet
        for cell in row
        if cell.comment
    }
    assert set(marked) == {expected[:3] for expected in s.expected}
    for sheet, row, header, _held, part in s.expected:
        assert part in marked[sheet, row, header]
    filled = {
        (sheet.title, cell.row, sheet.cell(1, cell.column).value)
        for sheet in book
        for row in sheet
        for cell in row
        if cell.fill.fill_type == "solid"
    }
    assert filled == set(marked)
    again = run_import(content, dry_run=True)
    assert len(list(again.plan.mistakes())) == len(s.expected)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "column", "told"),
    [
        ([["Tên doanh nghiệp"], ["A"]], "Mã số thuế", "thiếu cột"),
        ([["Mã số thuế", "ma so thue", "Tên doanh nghiệp"], ["1", "1", "A"]], "ma so thue", "hai"),
        ([["Danh sách"], ["Mã số thuế", "Tên doanh nghiệp"]], "Mã số thuế", "thiếu cột"),
    ],
)
def test_a_sheet_whose_headers_are_wrong_is_wrong_as_a_whole(
    rows: list[list[Any]], column: str, told: str
) -> None:
    done = run_import({"DoanhNghiep": rows}, dry_run=True)
    mistake = next(done.plan.mistakes())
    assert (mistake.row, mistake.column) == (1, column)
    assert told in mistake.message
    assert counts(done) == {"DoanhNghiep": (0, 0, 0, 1)}


def merged(*ranges: str) -> bytes:
    """A workbook with merged cells."""
    book = openpyxl.load_workbook(
        io.BytesIO(
            workbook(
                {
                    "DoanhNghiep": [
                        ["Mã số thuế", "Tên doanh nghiệp", "Địa chỉ"],
                        [tax_code(), "A", "Số 1"],
                        [tax_code(), "B", None],
                        [tax_code(), "C", "Số 3"],
                    ]
                }
            )
        )
    )
    for reference in ranges:
        book["DoanhNghiep"].merge_cells(reference)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.django_db
def test_merged_cells_are_told_for_what_is_in_them_is_not_clear() -> None:
    done = run_import(merged("C2:C3"), dry_run=True)
    assert [one.row for one in done.plan.mistakes()] == [2, 3]
    assert "C2:C3 đang gộp" in next(done.plan.mistakes()).message
    assert counts(done) == {"DoanhNghiep": (1, 0, 0, 2)}


@pytest.mark.django_db
def test_merged_headers_stop_the_sheet() -> None:
    done = run_import(merged("A1:B1"), dry_run=True)
    assert any("Các ô tiêu đề A1:B1 đang gộp" in one.message for one in done.plan.mistakes())
    assert counts(done) == {"DoanhNghiep": (0, 0, 0, 3)}


@pytest.mark.django_db
def test_personal_codes_are_masked_in_what_is_kept_of_the_rows(officer: Any) -> None:
    person = "010199000123"
    content = workbook(
        {
            "DoanhNghiep": [
                ["Mã số thuế", "Tên doanh nghiệp", "Loại hình"],
                [person, "Hộ A"],
                ["010199000456", "Hộ B", "sai"],
            ],
            "SoLieuNam": [["Mã số thuế", "Năm"], [person, 2025], [person, "sai"]],
        }
    )
    run = services.import_run_upload(
        file=as_file(content), by=officer, dispatch=lambda _run_id: None
    )
    services.import_run_work(run=run)
    kept = str(list(ImportRow.objects.values()))
    assert "•••••••••123" in kept
    assert person not in kept
    assert "010199000456" not in kept
    assert ImportRun.objects.get().wrong == 2
