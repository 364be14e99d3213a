"""The kinds of cell: how each is read, shown and written."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from stdnum.vn import mst

from core.numbers import format_number
from core.spreadsheets.cells import (
    CellError,
    HeaderError,
    Kind,
    mask_personal_code,
    match_text,
)
from core.text import normalise

MILLION = 1_000_000
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2100, 12, 31)
# Signs with which a spreadsheet may take a text for a formula.
FORMULA_SIGNS = "=+-@\t\r"


def plain_number(value: float) -> Decimal:
    """Return a number of Excel, which keeps 15 digits, without the dust of binary fractions."""
    return Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")


@dataclass(frozen=True)
class Text(Kind):
    """Text on one line, at most ``longest`` characters."""

    longest: int = 255
    cleared: Any = field(default="", init=False)
    # Numbers stay as they were typed, with their leading zeros.
    excel_format: str = field(default="@", init=False)

    def read(self, value: Any, factor: int = 1) -> Any:
        """Return the text, normalised."""
        text = self.plain(value)
        if len(text) > self.longest:
            told = _("The text is longer than %(longest)d characters; shorten it.")
            raise CellError(told % {"longest": self.longest})
        return text

    def plain(self, value: Any) -> str:
        """Return the text of a cell; what Excel has turned into something else is refused."""
        match value:
            case str():
                if value[0] in FORMULA_SIGNS:
                    raise CellError(
                        _("The text begins with a sign of a formula (= + - @ or a tab); remove it.")
                    )
                if "\x00" in value:
                    raise CellError(_("The text holds a character that cannot be stored."))
                return normalise(value)
            case bool():
                raise CellError(_("The cell holds TRUE or FALSE; write a text."))
            case int() | float():
                return f"{plain_number(value):f}"
            case _other:
                raise CellError(
                    _("Excel holds this as a date; format the cell as text and write it again.")
                )


@dataclass(frozen=True)
class Phone(Text):
    """A telephone number; one that Excel took for a number gets its leading zero back."""

    longest: int = 30

    def plain(self, value: Any) -> str:
        """Return the number as text; here a plus sign may stand first."""
        if isinstance(value, str) and value.startswith("+") and value[1:2].isdigit():
            return normalise(value)
        text = super().plain(value)
        return f"0{text}" if isinstance(value, int | float) and len(text) == 9 else text


@dataclass(frozen=True)
class Email(Text):
    """An e-mail address."""

    longest: int = 254

    def plain(self, value: Any) -> str:
        """Return the address in lower case."""
        text = super().plain(value).lower()
        try:
            validate_email(text)
        except ValidationError as error:
            raise CellError(_("This is no e-mail address; it looks like ten@donvi.vn.")) from error
        return text


_DASHES = re.compile("[\u2010\u2011\u2012\u2013\u2014\u2212\u00ad]")
_TAX_CODE = re.compile(r"(\d{10})(?:-?(\d{3}))?|(\d{12})")


@dataclass(frozen=True)
class TaxCode(Kind):
    """A tax code: 10 digits, 10-3 for a dependent unit, or 12 of a person."""

    cleared: Any = field(default="", init=False)
    excel_format: str = field(default="@", init=False)

    def show(self, value: Any) -> str:
        """The code; of a personal one only the last three digits."""
        return mask_personal_code(str(value))

    def read(self, value: Any, factor: int = 1) -> Any:
        """Return the code with its leading zeros and one hyphen; its check digit must be right."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool) and value > 0:
            value = f"{value:010d}"
        if not isinstance(value, str):
            raise CellError(_("This is no tax code; write its digits as text."))
        found = _TAX_CODE.fullmatch("".join(_DASHES.sub("-", value).split()))
        if found is None:
            raise CellError(
                _("A tax code has 10 digits, 10-3 for a dependent unit, or 12 of a person.")
            )
        main, unit, personal = found.groups()
        if personal:
            return personal
        if not mst.is_valid(main) or (unit and not mst.is_valid(main + unit)):
            raise CellError(_("The check digit of the tax code is wrong; compare it again."))
        return f"{main}-{unit}" if unit else main


_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


@dataclass(frozen=True)
class Date(Kind):
    """A day: a date of Excel, or text d/m/yyyy."""

    excel_format: str = field(default="dd/mm/yyyy", init=False)

    def read(self, value: Any, factor: int = 1) -> Any:
        """Return the day."""
        if isinstance(value, dt.datetime):
            day = value.date()
        elif isinstance(value, dt.date):
            day = value
        else:
            found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
            if found is None:
                raise CellError(
                    _("Write the date as day/month/year with four digits of the year: 31/12/2026.")
                )
            date, month, year = map(int, found.groups())
            try:
                day = dt.date(year, month, date)
            except ValueError as error:
                raise CellError(_("There is no such day in the calendar.")) from error
        if not FIRST_DAY <= day <= LAST_DAY:
            raise CellError(_("The year of the date lies outside 1900 to 2100."))
        return day

    def show(self, value: Any) -> str:
        """Write the day as 31/12/2026."""
        return f"{value:%d/%m/%Y}"


_NUMBER = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")


def read_number(value: Any) -> Decimal:
    """Return the number of a cell; text follows the Vietnamese format."""
    if isinstance(value, bool):
        raise CellError(_("The cell holds TRUE or FALSE; write a number."))
    if isinstance(value, int | float):
        return plain_number(value)
    if isinstance(value, str):
        text = value.strip()
        if _NUMBER.fullmatch(text):
            return Decimal(text.replace(".", "").replace(",", "."))
    raise CellError(_("This is no number; write it as 1234567,89 or 1.234.567,89."))


@dataclass(frozen=True)
class Number(Kind):
    """A number with at most ``places`` decimals, ``least`` to ``most``."""

    places: int = 0
    least: int | None = 0
    above_zero: bool = field(default=False, kw_only=True)
    most: int = 2_147_483_647
    width: int = field(default=14, kw_only=True)

    def read(self, value: Any, factor: int = 1) -> Any:
        """Return the number: whole as int, with decimals as Decimal."""
        number = read_number(value) * factor
        if self.above_zero and number <= 0:
            raise CellError(_("The number must be above zero."))
        if self.least is not None and number < self.least:
            told = _("The number is too small; the least is %(least)s.")
            raise CellError(told % {"least": format_number(self.least)})
        if abs(number) > self.most:
            told = _("The number is too large; the most is %(most)s.")
            raise CellError(told % {"most": format_number(self.most)})
        if number != round(number, self.places):
            raise CellError(self.not_exact)
        return round(number, self.places) if self.places else int(number)

    @property
    def not_exact(self) -> str:
        """What is said of a number with too many decimals."""
        if not self.places:
            return _("Write a whole number.")
        return _("Write at most %(places)d decimals.") % {"places": self.places}

    def show(self, value: Any) -> str:
        """Write the number as 1.234,5."""
        return format_number(value)


@dataclass(frozen=True)
class Amount(Number):
    """Money, in whole đồng; the header may say ``(đồng)`` or ``(triệu đồng)``."""

    most: int = 10**16
    width: int = field(default=20, kw_only=True)

    @property
    def not_exact(self) -> str:
        """What is said of an amount with a fraction of a đồng."""
        return _("The amount must be whole đồng.")

    def unit(self, text: str) -> int:
        """Return how many đồng one of the unit is."""
        match match_text(text):
            case "dong":
                return 1
            case "trieu dong":
                return MILLION
        raise HeaderError(
            _("The unit “%(unit)s” is unknown; write (đồng) or (triệu đồng).") % {"unit": text}
        )


@dataclass(frozen=True)
class Year(Kind):
    """A year."""

    first: int = 1990
    last: int = 2100
    width: int = field(default=8, kw_only=True)

    def read(self, value: Any, factor: int = 1) -> Any:
        """Return the year, of four digits."""
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if isinstance(value, str) and re.fullmatch(r"\d{4}", value.strip()):
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise CellError(_("Write the year with four digits: 2026."))
        if not self.first <= value <= self.last:
            told = _("The year lies outside %(first)d to %(last)d.")
            raise CellError(told % {"first": self.first, "last": self.last})
        return value


Names = Iterable[str | Promise]


@dataclass(frozen=True)
class Choice(Kind):
    """One value of a closed list; each is named by its label and by any of its aliases."""

    values: Mapping[str, Names] = field(default_factory=dict)
    cleared: Any = field(default="", init=False)

    @cached_property
    def labels(self) -> dict[str, str]:
        """What each value is called in a workbook."""
        return {value: str(next(iter(names))) for value, names in self.values.items()}

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {
            match_text(str(name)): value for value, names in self.values.items() for name in names
        }

    @property
    def options(self) -> list[str]:
        """The labels."""
        return list(self.labels.values())

    def read(self, value: Any, factor: int = 1) -> Any:
        """Return the value that the text names."""
        found = self._by_name.get(match_text(str(value)))
        if found is None:
            told = _("This is not in the list; write one of: %(values)s.")
            raise CellError(told % {"values": "; ".join(self.options)})
        return found

    def show(self, value: Any) -> str:
        """The label."""
        return self.labels.get(value, str(value))

    def write(self, value: Any) -> Any:
        """The label."""
        return self.show(value)


@dataclass(frozen=True)
class Flag(Kind):
    """Yes (``x`` or ``có``) or, when empty in a new row, no."""

    cleared: Any = field(default=False, init=False)
    width: int = field(default=10, kw_only=True)

    @property
    def options(self) -> list[str]:
        """The one sign that says yes."""
        return ["x"]

    def read(self, value: Any, factor: int = 1) -> Any:
        """Return True; nothing but yes can be written."""
        if isinstance(value, str) and match_text(value) in {"x", "co"}:
            return True
        raise CellError(_("Write x for yes and leave the cell empty for no."))

    def show(self, value: Any) -> str:
        """The answer in a word."""
        return _("yes") if value else _("no")

    def write(self, value: Any) -> Any:
        """The sign for yes; an empty cell leaves a no as it is."""
        return "x" if value else None
