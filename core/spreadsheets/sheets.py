"""The sheets of the data workbook: each room declares its own and registers them.

A sheet names its columns, its natural key and the model whose records are its rows. Everything is
done in sets: the number of queries depends on the number of sheets, never on that of the rows.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.spreadsheets.cells import Blank, key_text
from core.spreadsheets.columns import Column

if TYPE_CHECKING:
    from core.spreadsheets.rows import Row

Key = tuple[Any, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Ref:
    """A record that a cell names: stored (``pk``), or still to be made, known by its key."""

    target: str
    pk: int | None = None
    key: Key = ()
    label: str = ""

    @property
    def identity(self) -> Key:
        """What makes two of them the same."""
        return (self.target, self.pk) if self.pk is not None else (self.target, None, *self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Ref) and self.identity == other.identity

    def __hash__(self) -> int:
        return hash(self.identity)

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up gives for one key: a record, or the labels of several that it may mean."""

    pk: int | None = None
    label: str = ""
    several: tuple[str, ...] = ()


@dataclass(frozen=True)
class Catalogue:
    """Something that cells name and that is no sheet: areas, standards, tools.

    ``find`` looks up many keys at once. An open catalogue also has ``make``, which returns an
    unsaved record for a key that is not there yet, given the row that names it.
    """

    name: str
    find: Callable[[Collection[Key]], Mapping[Key, Found]]
    missing: str | Promise
    make: Callable[[Key, "Row"], models.Model] | None = None
    # What the drop-down list of the template offers.
    options: Callable[[], Iterable[str]] | None = None


@dataclass(slots=True)
class Existing:
    """A stored record as the row of its sheet: its values by column."""

    pk: int
    values: dict[str, Any]
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell; ``column`` is the name of its column."""

    column: str
    message: str


@dataclass(frozen=True)
class Span:
    """Columns of a first and a last day, and what may not overlap in them."""

    first: str = "valid_from"
    last: str = "valid_to"
    # The columns that make the subject of which only one entry may hold at a time.
    apart: tuple[str, ...] = ()


class Sheet:
    """One sheet. A room makes a subclass and registers an instance of it."""

    name: ClassVar[str]
    title: ClassVar[str | Promise]
    # What is said of a cell that names no row of this sheet, neither stored nor in the file.
    missing: ClassVar[str | Promise] = _("This is neither in the portal nor in the workbook.")
    # When the columns last changed: a template that is older is refused.
    since: ClassVar[dt.date] = dt.date(2026, 11, 1)
    model: ClassVar[type[models.Model]]
    columns: ClassVar[tuple[Column, ...]]
    # The columns of the natural key, references included.
    key: ClassVar[tuple[str, ...]]
    # The key column whose stored records bound what is read of the database.
    within: ClassVar[str] = ""
    spans: ClassVar[tuple[Span, ...]] = ()
    # Annotations of ``records`` that are read beside the columns, into the values.
    also_read: ClassVar[tuple[str, ...]] = ()
    # Fields that the database itself keeps in step; an import neither writes nor takes them back.
    derived: ClassVar[tuple[str, ...]] = ()
    # The reference to the record to which a row belongs: it counts the change of its child.
    belongs_to: ClassVar[str] = ""

    def __init__(self) -> None:
        self.by_name = {column.name: column for column in self.columns}

    def column(self, name: str) -> Column:
        """Return a column by its name."""
        return self.by_name[name]

    # --- Stored records -----------------------------------------------------------------------

    def records(self) -> models.QuerySet[Any]:
        """The records that are rows of this sheet, with what the columns read annotated."""
        return self.model._default_manager.all()

    def editable(self, records: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Return those of its records that a row can find again by its key."""
        return records

    def narrowed(self, records: models.QuerySet[Any], rows: "Collection[Row]") -> Any:
        """Return the records among which the rows can find themselves."""
        if not self.within:
            return records
        column = self.column(self.within)
        refs = (row.values.get(self.within) for row in rows)
        pks = {ref.pk for ref in refs if isinstance(ref, Ref) and ref.pk is not None}
        return records.filter(**{f"{column.field}__in": pks})

    def existing(self, records: models.QuerySet[Any]) -> Iterator[Existing]:
        """Yield stored records as rows of the sheet."""
        stored = [column for column in self.columns if column.field]
        names = {name for column in stored for name in (column.field, column.path) if name}
        versioned = any(part.name == "version" for part in self.model._meta.concrete_fields)
        names |= {"pk", *self.also_read} | ({"version"} if versioned else set())
        ordered = sorted(names)
        places = {name: place for place, name in enumerate(ordered)}
        for record in records.values_list(*ordered).iterator(chunk_size=2000):
            values = {}
            for column in stored:
                value = record[places[column.field]]
                if column.refers and value is not None:
                    label = str(record[places[column.path]]) if column.path else ""
                    value = Ref(column.refers, value, label=label)
                values[column.name] = value
            values.update((name, record[places[name]]) for name in self.also_read)
            version = record[places["version"]] if versioned else None
            yield Existing(record[places["pk"]], values, version)

    def key_of(self, values: Mapping[str, Any]) -> Key:
        """Return the natural key as it is compared."""
        return tuple(_key_part(values.get(name)) for name in self.key)

    def keys_of(self, existing: Existing) -> Iterable[Key]:
        """Return every key under which a stored record is found."""
        return (self.key_of(existing.values),)

    def identify(self, keys: Collection[Key], *, lock: bool) -> Mapping[Key, Found]:
        """Find the stored records that other sheets name by these keys."""
        raise NotImplementedError

    # --- Rules --------------------------------------------------------------------------------

    def complete(self, row: "Row") -> None:
        """Fill in what a new row may leave out; change ``row.values``."""

    def check(self, row: "Row", final: Mapping[str, Any]) -> Iterable[Problem]:
        """Say what is wrong with a row as it will stand, beyond its single cells."""
        return ()

    def check_together(self, rows: "Collection[Row]", stored: Mapping[Key, Existing]) -> None:
        """Say what is wrong with rows beside each other; add to ``row.problems``."""

    def warn(self, rows: "Collection[Row]", stored: Mapping[Key, Existing]) -> None:
        """Say what is to be known of rows that can be written; add to ``row.warnings``."""

    # --- Writing ------------------------------------------------------------------------------

    def fields(self, final: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the model stores for a row: values by field, ``Ref`` for references."""
        return {column.field: final.get(column.name) for column in self.columns if column.field}

    def born(self, row: "Row", by_id: int | None, now: dt.datetime) -> dict[str, Any]:
        """Return what a new record keeps beside its columns: who, when."""
        return {}

    def corrected(self, now: dt.datetime) -> dict[str, Any]:
        """Return what a changed record keeps beside its columns."""
        return {}

    def rank(self, row: "Row") -> int:
        """Return when a changed row is written among the others: what makes room goes first."""
        return 0


def _key_part(value: Any) -> Any:
    if value is None or isinstance(value, Blank):
        return ""
    return key_text(value) if isinstance(value, str) else value


@dataclass
class Register:
    """The sheets and catalogues that rooms have brought."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    catalogues: dict[str, Catalogue] = field(default_factory=dict)

    def add(self, *things: Sheet | Catalogue) -> None:
        """Make sheets and catalogues known; a sheet stands after those that it refers to."""
        for thing in things:
            known: dict[str, Any] = self.sheets if isinstance(thing, Sheet) else self.catalogues
            if thing.name in self.sheets or thing.name in self.catalogues:
                raise ValueError(f"{thing.name} is registered twice.")
            known[thing.name] = thing

    def ordered(self) -> list[Sheet]:
        """The sheets, each after those that its rows rest on."""
        placed: dict[str, Sheet] = {}

        def place(sheet: Sheet) -> None:
            if sheet.name in placed:
                return
            for column in sheet.columns:
                if column.refers in self.sheets and column.refers != sheet.name:
                    place(self.sheets[column.refers])
            placed[sheet.name] = sheet

        for sheet in self.sheets.values():
            place(sheet)
        return list(placed.values())


register = Register()
