"""What cells of a workbook hold, whatever their kind.

Cells are never evaluated: a formula is refused, whatever result Excel has stored with it.
"""

import datetime as dt
import re
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from core.text import fold, normalise

# What Excel shows in a cell whose formula failed.
EXCEL_ERRORS = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"}
)
CLEARS = "-"
EXAMPLE = "VÍ DỤ"


class Blank(Enum):
    """A cell without a value of its own."""

    EMPTY = "empty"  # says nothing: what is stored stays
    CLEAR = "clear"  # "-": what is stored is taken away


class CellError(Exception):
    """A cell that cannot be read; the message is a sentence for the person."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = str(message)


class HeaderError(CellError):
    """A header that names a column but not in a way that can be used."""


def is_blank(value: Any) -> bool:
    """Whether a cell holds nothing but spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def is_example(value: Any) -> bool:
    """Whether the first cell of a row marks it as the example of the template."""
    if not isinstance(value, str) or value.isdigit():
        return False
    return normalise(value).upper() == EXAMPLE


def key_text(text: str) -> str:
    """Return a text as keys compare it: trimmed, single-spaced, NFC, any case, with accents."""
    return normalise(text).casefold()


@lru_cache(maxsize=1024)
def match_text(text: str) -> str:
    """Return a text as headers and list values are matched: also without accents."""
    return fold(normalise(text))


@dataclass(frozen=True)
class Kind:
    """A kind of cell. ``read`` gets what Excel holds, never a blank."""

    width: int = field(default=16, kw_only=True)

    # What a cell that is cleared with "-" stores, and what a new row without it stores.
    cleared: Any = field(default=None, init=False)
    excel_format: str = field(default="General", init=False)

    @property
    def options(self) -> list[str]:
        """The values that the drop-down list of the template offers, if it has one."""
        return []

    def read(self, value: Any, factor: int = 1) -> Any:
        """Return the value that the cell means; raises ``CellError``. ``factor``: its unit."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """Return a read value as people read it."""
        return str(value)

    def write(self, value: Any) -> Any:
        """Return a read value as a cell of a workbook holds it."""
        return value

    def unit(self, text: str) -> int:
        """Return the factor of the unit that a header carries in brackets."""
        return 1


def cell_value(kind: Kind, value: Any, factor: int = 1) -> Any:
    """Return what a cell means: a value of its kind, ``EMPTY`` or ``CLEAR``."""
    if value is None:
        return Blank.EMPTY
    if isinstance(value, str):
        text = value.strip()
        if not text:
            return Blank.EMPTY
        if text == CLEARS:
            return Blank.CLEAR
        if value[0] == "=":
            raise CellError(_("The cell holds a formula; paste its value instead."))
        if text[0] == "#" and text.upper() in EXCEL_ERRORS:
            raise CellError(_("The cell shows an error of Excel; write the value itself."))
    elif not isinstance(value, bool | int | float | dt.date | dt.time | dt.timedelta):
        raise CellError(_("The cell holds a formula; paste its value instead."))
    return kind.read(value, factor)


_PERSONAL_CODE = re.compile(r"(?<!\d)\d{9}(\d{3})(?!\d)")


def mask_personal_code(text: str) -> str:
    """Return a text in which personal tax codes (12 digits) show their last three digits only."""
    return _PERSONAL_CODE.sub(r"•••••••••\1", text)
