"""Working out what a workbook would do: which rows are new, changed, unchanged or wrong.

Nothing is written. Sheets are taken in the order in which they rest on each other, whatever their
order in the file.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from core.spreadsheets.cells import Blank, CellError, cell_value, is_blank, is_example
from core.spreadsheets.columns import Column, Need, find_columns
from core.spreadsheets.opening import refuse
from core.spreadsheets.overlaps import check_spans
from core.spreadsheets.reading import Book, Merged, sheet_key
from core.spreadsheets.rows import Mistake, Outcome, Row, SheetPlan, WorkbookPlan
from core.spreadsheets.sheets import Existing, Found, Key, Ref, Register, Sheet, _key_part

Progress = Callable[[int], None]


def plan_workbook(
    book: Book,
    register: Register,
    *,
    lock: bool = False,
    progress: Progress = lambda _percent: None,
) -> WorkbookPlan:
    """Return what an import would do now; ``lock`` holds the stored records for this transaction.

    Raises ``WorkbookRefusedError`` for a file that is broken, of an old template, or that has one
    sheet twice.
    """
    return _Planner(book, register, lock=lock, progress=progress).plan()


def find_sheets(book: Book, register: Register) -> tuple[dict[str, str], list[str]]:
    """Return how the known sheets are called in a file, and those that nobody knows.

    Raises ``WorkbookRefusedError`` for one that is there twice or of an old template.
    """
    sheets = {sheet_key(name): sheet for name, sheet in register.sheets.items()}
    titles: dict[str, str] = {}
    skipped = []
    for title in book.names:
        sheet = sheets.get(sheet_key(title))
        if sheet is None:
            skipped.append(title)
            continue
        if sheet.name in titles:
            told = _("The workbook has the sheet %(sheet)s twice; put their rows into one.")
            raise refuse(told, sheet=sheet.name)
        if book.version and book.version < sheet.since.isoformat():
            told = _(
                "The file was made from an old template: the sheet %(sheet)s has changed since. "
                "Download the template again and copy your rows into it."
            )
            raise refuse(told, sheet=sheet.name)
        titles[sheet.name] = title
    return titles, skipped


class _Planner:
    def __init__(self, book: Book, register: Register, *, lock: bool, progress: Progress) -> None:
        self.book, self.register, self.lock, self.progress = book, register, lock, progress
        self.in_file: dict[str, dict[Key, Row]] = defaultdict(dict)
        self.known: dict[str, dict[Key, Found]] = defaultdict(dict)
        self.read = 0

    def plan(self) -> WorkbookPlan:
        titles, skipped = find_sheets(self.book, self.register)
        plans = {
            sheet.name: self._plan_sheet(sheet, titles[sheet.name])
            for sheet in self.register.ordered()
            if sheet.name in titles
        }
        return WorkbookPlan([plans[name] for name in titles], skipped)

    def _plan_sheet(self, sheet: Sheet, title: str) -> SheetPlan:
        plan = SheetPlan(sheet, title)
        merged = self.book.merged(title)
        if not self._find_headers(plan, merged.touching(1)):
            plan.unread = sum(
                not all(map(is_blank, cells)) for _number, cells in self.book.rows(title, first=2)
            )
            if not plan.unread:
                plan.mistakes.clear()
            return plan
        self._read_rows(plan, merged)
        for column in sheet.columns:
            if column.refers:
                self._resolve(plan, column)
        self._identify(plan)
        stored = self._stored(sheet, plan.rows)
        self._match(plan, stored)
        for row in plan.rows:
            self._judge(sheet, row)
        check_spans(sheet, plan.rows, stored)
        sheet.check_together(plan.rows, stored)
        self._warn(plan, stored)
        for row in plan.rows:
            if row.key is not None:
                self.in_file[sheet.name].setdefault(row.key, row)
            row.forget_cells()
        return plan

    def _warn(self, plan: SheetPlan, stored: Mapping[Key, Existing]) -> None:
        """Tell what is to be known of the rows that would be written."""
        written = [row for row in plan.rows if row.outcome in {Outcome.NEW, Outcome.CHANGED}]
        if written:
            plan.sheet.warn(written, stored)
            plan.warnings += [told for row in written for told in plan.warnings_of(row)]

    def _read_rows(self, plan: SheetPlan, merged: Merged) -> None:
        width = max((placed.place for placed in plan.placed), default=0) + 1
        for number, cells in self.book.rows(plan.title, first=2, width=width):
            self._count_row()
            if is_example(cells[0]) or all(is_blank(cells[p.place]) for p in plan.placed):
                continue
            row = _read_row(plan, number, cells)
            if reference := merged.touching(number):
                told = _("The cells %(range)s are merged; unmerge them and fill each.")
                row.wrong(plan.sheet.key[0], told % {"range": reference})
            plan.rows.append(row)

    def _count_row(self) -> None:
        self.read += 1
        if self.read % 500 == 0:
            self.progress(min(99, 100 * self.read // max(1, self.book.row_count)))

    def _find_headers(self, plan: SheetPlan, merged: str) -> bool:
        """Place the columns; return whether the sheet can be read."""
        plan.placed, problems = find_columns(plan.sheet.columns, self.book.headers(plan.title))
        for problem in problems:
            told = Mistake(plan.title, 1, problem.header, problem.header, problem.message)
            (plan.mistakes if problem.stops else plan.warnings).append(told)
        if merged:
            message = _("The cells %(range)s of the headers are merged; unmerge them.")
            header = plan.sheet.columns[0].header
            told = Mistake(plan.title, 1, header, None, message % {"range": merged})
            plan.mistakes.append(told)
        return not plan.mistakes

    def _resolve(self, plan: SheetPlan, column: Column) -> None:
        """Turn what the cells of a column name into references."""
        wanted: list[tuple[Row, Key]] = []
        for row in plan.rows:
            value = row.values.get(column.name)
            if value is None or isinstance(value, Blank):
                continue
            parents = tuple(row.values.get(name) for name in column.by)
            if any(not isinstance(parent, Ref) for parent in parents):
                # What it stands under is wrong or missing, and that is told there.
                row.values[column.name] = None
                continue
            wanted.append((row, (*parents, _key_part(value))))
        self._look_up(column.refers, {key for _row, key in wanted})
        for row, key in wanted:
            row.values[column.name] = self._reference(plan, column, row, key)

    def _look_up(self, target: str, keys: set[Key]) -> None:
        known = self.known[target]
        # What hangs on a record that is new in the file cannot be stored.
        unknown = {
            key
            for key in keys - known.keys()
            if all(part.pk is not None for part in key if isinstance(part, Ref))
        }
        if not unknown:
            return
        if target in self.register.sheets:
            known.update(self.register.sheets[target].identify(unknown, lock=self.lock))
        else:
            known.update(self.register.catalogues[target].find(unknown))

    def _reference(self, plan: SheetPlan, column: Column, row: Row, key: Key) -> Ref | None:
        found = self.known[column.refers].get(key, Found())
        shown = str(row.values[column.name])
        if found.pk is not None:
            return Ref(column.refers, found.pk, key, found.label or shown)
        told = ""
        if found.several:
            told = _("This may mean %(several)s; write the one that is meant in full.")
            told %= {"several": "; ".join(found.several)}
        elif (catalogue := self.register.catalogues.get(column.refers)) is not None:
            told = "" if catalogue.make else str(catalogue.missing)
        elif (target := self.in_file[column.refers].get(key)) is None:
            told = str(self.register.sheets[column.refers].missing)
        elif target.problems:
            told = _("It rests on row %(row)d of the sheet %(sheet)s, which is wrong.")
            told %= {"row": target.number, "sheet": column.refers}
        if told:
            row.wrong(column.name, told)
            return None
        return Ref(column.refers, None, key, shown)

    def _identify(self, plan: SheetPlan) -> None:
        """Give each row its natural key, unless a cell of the key is wrong or lacks."""
        sheet = plan.sheet
        for row in plan.rows:
            for column in sheet.columns:
                blank = isinstance(row.values.get(column.name, Blank.EMPTY), Blank)
                if column.need is Need.ALWAYS and blank and not row.is_wrong(column.name):
                    row.wrong(column.name, _("This cell must be filled."))
            if not any(row.is_wrong(name) for name in sheet.key):
                row.key = sheet.key_of(row.values)

    def _stored(self, sheet: Sheet, rows: Iterable[Row]) -> dict[Key, Existing]:
        """Read the stored records that the rows may mean, locked if they will be written."""
        keyed = [row for row in rows if row.key is not None]
        if not keyed:
            return {}
        records = sheet.narrowed(sheet.records(), keyed)
        if self.lock:
            base = sheet.model._base_manager.filter(pk__in=records.values("pk"))
            list(base.order_by("pk").select_for_update().values_list("pk"))
        return {
            key: existing for existing in sheet.existing(records) for key in sheet.keys_of(existing)
        }

    def _match(self, plan: SheetPlan, stored: Mapping[Key, Existing]) -> None:
        """Find the stored record of each row; rows that mean the same one are all wrong."""
        same: dict[Any, list[Row]] = defaultdict(list)
        for row in plan.rows:
            if row.key is not None:
                row.existing = stored.get(row.key)
                same[row.existing.pk if row.existing else row.key].append(row)
        for rows in same.values():
            if len(rows) > 1:
                numbers = ", ".join(str(row.number) for row in rows)
                for row in rows:
                    told = _("The rows %(rows)s have the same key; keep one of them.")
                    row.wrong(plan.sheet.key[0], told % {"rows": numbers})

    def _judge(self, sheet: Sheet, row: Row) -> None:
        """Work out how the record will stand, and check it as a whole."""
        if row.existing is None:
            sheet.complete(row)
        for column in sheet.columns:
            value = row.values.get(column.name, Blank.EMPTY)
            if column.need is Need.NEW and not row.is_wrong(column.name):
                lacks = value is Blank.EMPTY and row.existing is None
                if lacks or value is Blank.CLEAR:
                    row.wrong(column.name, _("This cell must be filled."))
            self._settle(column, row, value, in_key=column.name in sheet.key)
        for span in sheet.spans:
            first, last = row.final.get(span.first), row.final.get(span.last)
            if first and last and last < first and not row.is_wrong(span.last):
                row.wrong(span.last, _("The end lies before the beginning."))
        if not row.problems:
            for problem in sheet.check(row, row.final):
                row.wrong(problem.column, problem.message)

    def _settle(self, column: Column, row: Row, value: Any, *, in_key: bool) -> None:
        nothing = None if column.refers else column.kind.cleared
        before = row.existing.values.get(column.name) if row.existing else nothing
        stays = value is Blank.EMPTY or (in_key and row.existing is not None)
        after = before if stays else value
        after = nothing if after is Blank.CLEAR or after is None else after
        row.final[column.name] = after
        if row.existing and column.field and after != before:
            row.changes[column.name] = (before, after)


def _read_row(plan: SheetPlan, number: int, cells: tuple[Any, ...]) -> Row:
    row = Row(number, cells, {})
    for placed in plan.placed:
        name = placed.column.name
        try:
            row.values[name] = cell_value(placed.column.kind, cells[placed.place], placed.factor)
        except CellError as error:
            row.wrong(name, error.message)
    return row
