"""The list of selected enterprises as an annex to the decision on it (Nghị định 30/2020/NĐ-CP)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from core.words import amount_in_words
from reports.documents.model import Annex, Cell, Column, Document, Row, Table

SHEET = "Danh sách được chọn"
FUNDING = "Kinh phí dự kiến (triệu đồng)"
COLUMNS = (
    Column("number", "TT", 4, "code"),
    Column("name", "Tên doanh nghiệp", 20),
    Column("tax_code", "Mã số thuế", 10, "code"),
    Column("place", "Địa bàn", 11),
    Column("need", "Nội dung đề nghị hỗ trợ", 22),
    Column("named_by", "Đơn vị đề cử", 13),
    Column("total", "Tổng số", 8, "million", FUNDING, sum_of=("state", "enterprise")),
    Column("state", "Ngân sách nhà nước", 8, "million", FUNDING),
    Column("enterprise", "Vốn doanh nghiệp", 8, "million", FUNDING),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A selected enterprise; amounts in đồng (VND)."""

    task: str
    task_text: str
    name: str
    tax_code: str
    place: str
    need: str
    named_by: str
    state: int
    enterprise: int


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision to which the list is an annex; number and day are blank until it is recorded."""

    issuer: str
    number: str = ""
    issued_on: date | None = None


def selection_document(title: str, lines: Sequence[Line], decided: Decided) -> Document:
    """Return a document that is nothing but the annex; lines of one task stand together."""
    annex = Annex(
        number="",
        title=title,
        attached_to=attached_to(decided),
        sheet=SHEET,
        table=Table(COLUMNS, tuple(_rows(lines))),
        closing=f"(Bằng chữ: {amount_in_words(sum(x.state + x.enterprise for x in lines))})",
    )
    return Document(
        superior=(),
        agency=(decided.issuer,),
        symbol="",
        place="",
        year=decided.issued_on.year if decided.issued_on else 2000,
        document_type="PHỤ LỤC",
        subject=title,
        addressee="",
        opening=(),
        sections=(),
        signer=(),
        recipients=(),
        annexes=(annex,),
    )


def attached_to(decided: Decided) -> str:
    """Return the line that says to which decision the annex belongs."""
    number = decided.number or "        /QĐ-        "
    day = decided.issued_on
    told = "ngày      tháng      năm        "
    if day:
        month = f"{day.month:02d}" if day.month < 3 else day.month
        told = f"ngày {day.day:02d} tháng {month} năm {day.year}"
    return f"(Kèm theo Quyết định số {number} {told} của {decided.issuer})"


def _rows(lines: Sequence[Line]) -> list[Row]:
    rows: list[Row] = []
    groups: list[int] = []
    number = 0
    for (code, text), found in groupby(lines, key=lambda line: (line.task, line.task_text)):
        of_task = list(found)
        groups.append(len(rows))
        first = len(rows) + 1
        head = (Cell(code, kind="code"), Cell(text, span=5))
        adds = tuple(range(first, first + len(of_task)))
        rows.append(Row((*head, *_amounts(of_task)), "group", adds))
        for line in of_task:
            number += 1
            rows.append(_row(number, line))
    total = (Cell(), Cell(f"Tổng cộng: {number} doanh nghiệp", span=5), *_amounts(lines))
    rows.append(Row(total, "total", tuple(groups)))
    return rows


def _row(number: int, line: Line) -> Row:
    return Row(
        (
            Cell(str(number), kind="code"),
            Cell(line.name),
            Cell(line.tax_code, kind="code"),
            Cell(line.place),
            Cell(line.need),
            Cell(line.named_by),
            *_amounts([line]),
        )
    )


def _amounts(lines: Sequence[Line]) -> tuple[Cell, Cell, Cell]:
    state, own = sum(line.state for line in lines), sum(line.enterprise for line in lines)
    return Cell.money(state + own), Cell.money(state), Cell.money(own)
