"""Fields that several forms of the room share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.text import normalise


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """Return a field for a day, typed as people write it."""
    widget = forms.DateInput(attrs={"placeholder": _("dd/mm/yyyy"), "autocomplete": "off"})
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


class LinesField(forms.CharField):
    """A list of short texts, one on each line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """Show a stored list line by line."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """Return the lines that hold something, each once."""
        lines = (normalise(line) for line in str(value or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def clean(self, value: Any) -> Any:
        """Return the lines; an alias is no longer than a name."""
        lines = self.to_python(value)
        for line in lines:
            if len(line) > self.longest:
                told = _("The line “%(line)s…” is too long; the most is %(longest)d characters.")
                raise forms.ValidationError(
                    told, params={"line": line[:40], "longest": self.longest}
                )
        return lines

    def __init__(self, *, longest: int, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(**kwargs)
