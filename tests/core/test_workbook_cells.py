"""What a cell of the data workbook may hold, and what it then means."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from core.spreadsheets import Column, Need
from core.spreadsheets.cells import Blank, CellError, Kind, cell_value, mask_personal_code
from core.spreadsheets.columns import find_columns
from core.spreadsheets.kinds import (
    MILLION,
    Amount,
    Choice,
    Date,
    Email,
    Flag,
    Number,
    Phone,
    TaxCode,
    Text,
    Year,
)

LIST = Choice(values={"iso": ("ISO 45001", "OHSAS 18001"), "khac": ("khác",)})
DAY = dt.date(2025, 2, 1)

READ: list[tuple[Kind, Any, Any]] = [
    (Text(), "  Chè\u00a0 Shan ", "Chè Shan"),
    (Text(), "Che\u0300", "Chè"),
    (Text(), 191, "191"),
    (Text(), 12.0, "12"),
    (Phone(), "+84 214 3000", "+84 214 3000"),
    (Phone(), 912345678, "0912345678"),
    (Phone(), "0912 345 678", "0912 345 678"),
    (Email(), "Ten@Vidu.VN", "ten@vidu.vn"),
    (TaxCode(), "0100233488", "0100233488"),
    (TaxCode(), 100233488, "0100233488"),
    (TaxCode(), 100233488.0, "0100233488"),
    (TaxCode(), "0314409058-002", "0314409058-002"),
    (TaxCode(), "0314409058 – 002", "0314409058-002"),
    (TaxCode(), "0314409058\u2011002", "0314409058-002"),
    (TaxCode(), "0312687878001", "0312687878-001"),
    (TaxCode(), "010199000123", "010199000123"),
    (Date(), dt.datetime(2025, 2, 1), DAY),  # noqa: DTZ001 - as Excel has it
    (Date(), DAY, DAY),
    (Date(), "1/2/2025", DAY),
    (Date(), " 01/02/2025 ", DAY),
    (Number(), "1.200", 1200),
    (Number(), 12.0, 12),
    (Number(places=2), "1.234,5", Decimal("1234.5")),
    (Number(places=2), 0.1 + 0.2, Decimal("0.3")),
    (Amount(), "1.234.567", 1_234_567),
    (Amount(least=None), "-5", -5),
    (Year(), "2025", 2025),
    (Year(), 2025.0, 2025),
    (LIST, "iso  45001", "iso"),
    (LIST, "ohsas 18001", "iso"),
    (LIST, "KHAC", "khac"),
    (Flag(), "x", True),
    (Flag(), "X", True),
    (Flag(), "có", True),
    (Flag(), " Có ", True),
    (Text(), None, Blank.EMPTY),
    (Text(), "  ", Blank.EMPTY),
    (Date(), "-", Blank.CLEAR),
    (Text(), " - ", Blank.CLEAR),
    (Flag(), "-", Blank.CLEAR),
]


@pytest.mark.parametrize(("kind", "held", "meant"), READ, ids=range(len(READ)))
def test_a_cell_is_read_as_it_is_meant(kind: Kind, held: Any, meant: Any) -> None:
    found = cell_value(kind, held)
    assert found == meant
    assert type(found) is type(meant)


REFUSED: list[tuple[Kind, Any, str]] = [
    (Text(), "=1+1", "công thức"),
    (Amount(), "=SUM(A1:A2)", "công thức"),
    (Date(), object(), "công thức"),
    (Text(), "@SUM(1)", "ký hiệu của công thức"),
    (Text(), "+1+cmd", "ký hiệu của công thức"),
    (Text(), "-1-cmd", "ký hiệu của công thức"),
    (Text(), "\tChè", "ký hiệu của công thức"),
    (Phone(), "+cmd", "ký hiệu của công thức"),
    (Text(), "#N/A", "lỗi của Excel"),
    (Amount(), "#REF!", "lỗi của Excel"),
    (Text(3), "Chè Shan", "dài quá 3 ký tự"),
    (Text(), DAY, "ngày tháng"),
    (Text(), True, "TRUE"),
    (Text(), "a\x00b", "không lưu được"),
    (Email(), "khong-phai-thu", "thư điện tử"),
    (TaxCode(), "0100233480", "số kiểm tra"),
    (TaxCode(), "0314409058-0021", "10 chữ số"),
    (TaxCode(), "12345", "10 chữ số"),
    (TaxCode(), "01002334881", "10 chữ số"),
    (TaxCode(), 1.5, "không phải mã số thuế"),
    (TaxCode(), True, "không phải mã số thuế"),
    (Date(), "1/2/25", "bốn chữ số"),
    (Date(), "2025-02-01", "ngày/tháng/năm"),
    (Date(), "2025/2/1", "ngày/tháng/năm"),
    (Date(), "2025", "ngày/tháng/năm"),
    (Date(), 2025, "ngày/tháng/năm"),
    (Date(), 45000, "ngày/tháng/năm"),
    (Date(), "2/2025", "ngày/tháng/năm"),
    (Date(), "31/2/2025", "Không có ngày"),
    (Date(), "1/13/2025", "Không có ngày"),
    (Date(), "1/1/1850", "1900 đến 2100"),
    (Date(), dt.time(8), "ngày/tháng/năm"),
    (Amount(), "1,234,567", "không phải là số"),
    (Amount(), "1.23", "không phải là số"),
    (Amount(), "12 triệu", "không phải là số"),
    (Amount(), "1 000", "không phải là số"),
    (Amount(), 0.5, "chẵn đồng"),
    (Amount(), -1, "nhỏ nhất"),
    (Amount(), 10**17, "lớn nhất"),
    (Amount(), True, "TRUE"),
    (Amount(above_zero=True), 0, "lớn hơn 0"),
    (Number(), 1.5, "số nguyên"),
    (Number(places=2), "1,234", "2 chữ số thập phân"),
    (Year(), "25", "bốn chữ số"),
    (Year(), "2.025", "bốn chữ số"),
    (Year(), dt.date(2025, 1, 1), "bốn chữ số"),
    (Year(), 1850, "1990 đến 2100"),
    (LIST, "ISO 9001", "không có trong danh mục"),
    (Flag(), "không", "ghi x"),
    (Flag(), "1", "ghi x"),
    (Flag(), True, "ghi x"),
]


@pytest.mark.parametrize(("kind", "held", "told"), REFUSED, ids=range(len(REFUSED)))
def test_a_cell_that_cannot_be_read_says_what_to_do(kind: Kind, held: Any, told: str) -> None:
    with pytest.raises(CellError, match=told):
        cell_value(kind, held)


@pytest.mark.parametrize(
    ("held", "amount"), [(1.5, 1_500_000), ("1.234,567891", 1_234_567_891), (0.000001, 1)]
)
def test_an_amount_in_millions_becomes_whole_dong(held: Any, amount: int) -> None:
    assert cell_value(Amount(), held, MILLION) == amount


def test_a_fraction_of_a_dong_is_refused_in_millions_too() -> None:
    with pytest.raises(CellError, match="chẵn đồng"):
        cell_value(Amount(), "0,0000005", MILLION)


COLUMNS = (
    Column("code", "Mã số thuế", TaxCode(), need=Need.ALWAYS),
    Column("revenue", "Doanh thu", Amount(), unit="triệu đồng"),
    Column("labour", "Lao động", Number()),
)


def test_headers_are_found_without_accents_case_and_extra_spaces() -> None:
    placed, problems = find_columns(
        COLUMNS, ("ma  SO thue", None, "DOANH THU ( Triệu  đồng )", "Lao động (người)")
    )
    assert [(one.column.name, one.place, one.factor) for one in placed] == [
        ("code", 0, 1),
        ("revenue", 2, MILLION),
        ("labour", 3, 1),
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("headers", "told", "stops"),
    [
        (("Mã số thuế", "Ghi chú"), "không biết cột", False),
        (("Mã số thuế", "Doanh thu (tỷ đồng)"), "Không rõ đơn vị", True),
        (("Mã số thuế", "Doanh thu", "doanh thu (đồng)"), "có hai cột", True),
        (("Doanh thu",), "thiếu cột", True),
    ],
)
def test_headers_that_are_of_no_use_are_told(
    headers: tuple[str, ...], told: str, stops: bool
) -> None:
    _placed, problems = find_columns(COLUMNS, headers)
    assert [(told in one.message, one.stops) for one in problems] == [(True, stops)]


def test_personal_codes_are_masked_and_others_are_not() -> None:
    assert mask_personal_code("Hộ 010199000123, 0100233488") == "Hộ •••••••••123, 0100233488"
