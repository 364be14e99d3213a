"""The Excel sheet of nominations: its template, and its rows read and judged like single ones."""

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO, Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import AreaLevel
from accounts.models import AdministrativeArea, User
from core.spreadsheets.cells import (
    Blank,
    CellError,
    cell_value,
    is_blank,
    is_example,
    mask_personal_code,
    match_text,
)
from core.spreadsheets.columns import Column, Need, Placed, find_columns
from core.spreadsheets.kinds import Amount, TaxCode, Text
from core.spreadsheets.opening import refuse
from core.spreadsheets.reading import Book, sheet_key
from core.spreadsheets.sheets import Catalogue, Found, Register, Sheet
from core.spreadsheets.templates import template
from enterprises.models import EnterpriseTaxCode, Nomination, NominationBatch, NominationRound
from enterprises.nomination_rules import Ground, Obstacle, ground_of, obstacles
from enterprises.sheets.enterprises import EXAMPLE_CODE, KINDS
from enterprises.tax_codes import TaxCodeError, require_fitting_kind
from programs.models import Task

SHEET = "DeCu"
MOST_ROWS = 200
TASKS = "tasks of the round"
COMMUNES = "communes"
MILLION = 1_000_000


class NominationSheet(Sheet):
    """Nominations of one organisation in one round; no part of the data workbook."""

    name = SHEET
    title = gettext_lazy("Nominations")
    model = Nomination
    key = ("tax_code", "task")
    columns: ClassVar = (
        Column("tax_code", "Mã số thuế", TaxCode(), need=Need.ALWAYS, example=EXAMPLE_CODE),
        Column("task", "Mã nhiệm vụ", Text(width=16), need=Need.ALWAYS, refers=TASKS),
        Column("new_name", "Tên doanh nghiệp", Text(width=36)),
        Column("new_kind", "Loại hình", KINDS),
        Column("new_area", "Xã phường", Text(width=24), refers=COMMUNES),
        Column("need", "Nhu cầu", Text(2000, width=44), need=Need.NEW, example="Áp dụng ISO 22000"),
        Column(
            "expected_cost",
            "Kinh phí dự kiến",
            Amount(),
            need=Need.NEW,
            unit="triệu đồng",
            example=100 * MILLION,
        ),
        Column(
            "state_share",
            "Ngân sách nhà nước",
            Amount(),
            need=Need.NEW,
            unit="triệu đồng",
            example=40 * MILLION,
        ),
        Column(
            "enterprise_share",
            "Vốn doanh nghiệp",
            Amount(),
            need=Need.NEW,
            unit="triệu đồng",
            example=60 * MILLION,
        ),
        Column(
            "commitment",
            "Cam kết",
            Text(2000, width=44),
            need=Need.NEW,
            example="Đối ứng 60 triệu đồng",
        ),
        Column("outside_reason", "Lý do đề cử ngoài phạm vi", Text(2000, width=36)),
    )


COLUMNS = {column.name: column for column in NominationSheet.columns}


@dataclass(slots=True)
class SheetRow:
    """A row of the sheet: as it was read, the nomination that it makes, what is wrong with it."""

    number: int
    values: dict[str, Any]
    nomination: Nomination
    problems: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether it can be submitted."""
        return not self.problems

    @property
    def shown(self) -> str:
        """What the row calls its enterprise, a personal number masked."""
        return self.nomination.enterprise_name or mask_personal_code(
            str(self.values.get("tax_code", ""))
        )


def template_of(one: NominationRound) -> io.BytesIO:
    """Return the empty template of a round, with its tasks and the communes to choose from."""
    register = Register()
    codes = list(one.tasks.order_by("position").values_list("code", flat=True))
    communes = AdministrativeArea.objects.filter(level=AreaLevel.COMMUNE, valid_to=None)
    names = list(communes.order_by("name").values_list("name", flat=True))
    register.add(
        Catalogue(TASKS, _nothing, "", options=lambda: codes),
        Catalogue(COMMUNES, _nothing, "", options=lambda: names),
        NominationSheet(),
    )
    return template(register)


def _nothing(_keys: Any) -> dict[Any, Found]:
    return {}


def read_sheet(file: IO[bytes], name: str) -> list[dict[str, Any]]:
    """Return the rows of a file as plain data, what is wrong with single cells noted in each.

    Raises ``DomainError`` for a file that cannot be read, lacks columns or has too many rows.
    """
    book = Book(file, name)
    try:
        titles = [title for title in book.names if sheet_key(title) == sheet_key(SHEET)]
        if len(titles) != 1:
            told = _("The file has no sheet %(sheet)s; start from the template of the round.")
            raise refuse(told, sheet=SHEET)
        placed, problems = find_columns(NominationSheet.columns, book.headers(titles[0]))
        if stops := [problem for problem in problems if problem.stops]:
            said = " ".join(f"“{problem.header}”: {problem.message}" for problem in stops)
            raise refuse("%(said)s", said=said)
        rows = list(_rows(book, titles[0], placed))
    finally:
        book.close()
    if not rows:
        raise refuse(_("The sheet holds no row; write one row for each nomination."))
    return rows


def _rows(book: Book, title: str, placed: Sequence[Placed]) -> Iterator[dict[str, Any]]:
    width = max(one.place for one in placed) + 1
    count = 0
    for number, cells in book.rows(title, first=2, width=width):
        if is_example(cells[0]) or all(is_blank(cells[one.place]) for one in placed):
            continue
        count += 1
        if count > MOST_ROWS:
            told = _("The sheet holds more than %(most)d rows; split it into several files.")
            raise refuse(told, most=MOST_ROWS)
        values: dict[str, Any] = {}
        wrong: list[str] = []
        for one in placed:
            try:
                value = cell_value(one.column.kind, cells[one.place], one.factor)
            except CellError as error:
                wrong.append(f"{one.column.header}: {error.message}")
                continue
            if not isinstance(value, Blank):
                values[one.column.name] = value
        yield {"number": number, "values": values, "wrong": wrong}


def judged(batch: NominationBatch, by: User, day: dt.date, *, letter: bool) -> list[SheetRow]:
    """Return the rows of a sheet with what stands in the way of each, by the rules of single ones.

    The number of queries does not depend on the number of rows. ``letter`` says whether the scan
    of the letter is there.
    """
    rows = [_row(batch, data, by) for data in batch.rows]
    _name_all(batch.round, rows)
    nominations = [row.nomination for row in rows]
    ground = ground_of(batch.round, batch.organisation, nominations, by, day)
    seen: set[tuple[str, int | None]] = set()
    for row in rows:
        _judge(row, ground, seen, letter=letter)
    return rows


def _row(batch: NominationBatch, data: dict[str, Any], by: User) -> SheetRow:
    values = data["values"]
    nomination = Nomination(
        round=batch.round,
        organisation=batch.organisation,
        batch=batch,
        drafted_by=by,
        letter_number=batch.letter_number,
        letter_date=batch.letter_date,
        new_tax_code=values.get("tax_code", ""),
        new_name=values.get("new_name", ""),
        new_kind=values.get("new_kind", ""),
        need=values.get("need", ""),
        expected_cost=values.get("expected_cost"),
        state_share=values.get("state_share"),
        enterprise_share=values.get("enterprise_share"),
        commitment=values.get("commitment", ""),
        outside_reason=values.get("outside_reason", ""),
    )
    return SheetRow(data["number"], values, nomination, list(data["wrong"]))


def _name_all(one: NominationRound, rows: Sequence[SheetRow]) -> None:
    """Set task, enterprise and commune of every row."""
    tasks = {match_text(task.code): task for task in one.tasks.all()}
    codes = EnterpriseTaxCode.objects.filter(
        tax_code__in=[row.nomination.new_tax_code for row in rows]
    ).select_related("enterprise__merged_into")
    known = {code.tax_code: code.enterprise.merged_into or code.enterprise for code in codes}
    communes = AdministrativeArea.objects.filter(level=AreaLevel.COMMUNE, valid_to=None)
    areas: dict[str, AdministrativeArea] = {}
    if any("new_area" in row.values for row in rows):
        areas = {match_text(area.name): area for area in communes.order_by("-pk")}
    for row in rows:
        nomination = row.nomination
        _set_task(row, tasks)
        if enterprise := known.get(nomination.new_tax_code):
            nomination.enterprise = enterprise
            continue
        if "new_area" in row.values:
            nomination.new_area = areas.get(match_text(row.values["new_area"]))
            if nomination.new_area is None:
                told = _("No commune or ward of today is called so: %(name)s.")
                row.problems.append(told % {"name": row.values["new_area"]})
        if nomination.new_kind:
            try:
                require_fitting_kind(nomination.new_tax_code, nomination.new_kind)
            except TaxCodeError as error:
                row.problems.append(error.message)


def _set_task(row: SheetRow, tasks: dict[str, Task]) -> None:
    code = row.values.get("task", "")
    if task := tasks.get(match_text(code)):
        row.nomination.task = task
        return
    told = _("The task “%(code)s” is not part of the round; its tasks are: %(codes)s.")
    codes = "; ".join(task.code for task in tasks.values())
    row.problems.append(told % {"code": code, "codes": codes})


def _judge(
    row: SheetRow, ground: Ground, seen: set[tuple[str, int | None]], *, letter: bool
) -> None:
    """Note what stands in the way of a row, and let the rows after it reckon with it."""
    nomination = row.nomination
    if getattr(nomination, "task_id", None) is None:
        return
    code = nomination.enterprise.tax_code if nomination.enterprise else nomination.new_tax_code
    same = (code, nomination.task_id)
    if code and same in seen:
        row.problems.append(_("The sheet names this enterprise for this task twice."))
    seen.add(same)
    row.problems += [_told(one) for one in obstacles(nomination, ground, letter=letter)]
    if row.is_good:
        ground.also[nomination.task_id] += 1


def _told(one: Obstacle) -> str:
    column = COLUMNS.get(one.field)
    return f"{column.header}: {one.message}" if column else one.message
