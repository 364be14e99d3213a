"""Form fields for what Vietnamese officials type: 22/04/2021, 1.050.000.000, 12,5."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _

from core.numbers import format_number
from core.text import normalise

FIRST_DAY, LAST_DAY = dt.date(1990, 1, 1), dt.date(2100, 12, 31)
FIRST_YEAR, LAST_YEAR = FIRST_DAY.year, LAST_DAY.year
_WHOLE = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)")
_DECIMAL = re.compile(r"-?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")


class DayField(forms.DateField):
    """A day, dd/mm/yyyy, in the years with which this portal has to do."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(
            attrs={"placeholder": _("dd/mm/yyyy"), "autocomplete": "off", "inputmode": "numeric"}
        )
        kwargs.setdefault("widget", widget)
        super().__init__(**kwargs)
        told = format_lazy(
            _("Write a day between {first} and {last}."),
            first=f"{FIRST_DAY:%d/%m/%Y}",
            last=f"{LAST_DAY:%d/%m/%Y}",
        )
        self.validators += [MinValueValidator(FIRST_DAY, told), MaxValueValidator(LAST_DAY, told)]


class WholeNumberField(forms.IntegerField):
    """A whole number, with or without dots between the thousands."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        """Read 1.050.000.000 and 1050000000; refuse 1.05, which could be either."""
        if isinstance(value, str) and (text := normalise(value)):
            if not _WHOLE.fullmatch(text):
                raise ValidationError(_("Write a whole number, such as 1.050.000."))
            value = text.replace(".", "")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Write a stored number with its dots."""
        return format_number(value) if isinstance(value, int) else value


class DecimalNumberField(forms.DecimalField):
    """A number with a comma before its decimals."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        """Read 1.234,5; refuse 1234.5, where the dot could mean either."""
        if isinstance(value, str) and (text := normalise(value)):
            if not _DECIMAL.fullmatch(text):
                raise ValidationError(_("Write a number such as 1.234,5."))
            value = text.replace(".", "").replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Write a stored number the Vietnamese way."""
        return format_number(value) if isinstance(value, Decimal) else value


class YearField(forms.IntegerField):
    """A year of four digits."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        told = format_lazy(
            _("Write a year between {first} and {last}."), first=FIRST_YEAR, last=LAST_YEAR
        )
        self.validators += [
            MinValueValidator(FIRST_YEAR, told),
            MaxValueValidator(LAST_YEAR, told),
        ]


class LinesField(forms.CharField):
    """Several names, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> Any:
        """Return the lines that hold something, each once."""
        text = super().to_python(value) or ""
        return list(dict.fromkeys(line for raw in text.splitlines() if (line := normalise(raw))))

    def prepare_value(self, value: Any) -> Any:
        """Write stored names on their lines."""
        return "\n".join(value) if isinstance(value, list) else value


_BY_COLUMN: tuple[tuple[type[models.Field], type[forms.Field]], ...] = (
    (models.DateField, DayField),
    (models.DecimalField, DecimalNumberField),
    (models.IntegerField, WholeNumberField),
    (ArrayField, LinesField),
)


def field_for(column: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    """Return the form field of a model's field; for ``formfield_callback`` of a form's Meta."""
    if column.name == "year":
        return YearField(label=capfirst(str(column.verbose_name)), required=not column.blank)
    for kind, form_field in _BY_COLUMN:
        if isinstance(column, kind) and not column.choices:
            kwargs["form_class"] = form_field
    return column.formfield(**kwargs)
