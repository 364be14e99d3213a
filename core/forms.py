"""Edit forms that notice when somebody else saved the record meanwhile."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.versions import Versioned

NOTHING = "–"
NOT_SEEN = gettext_lazy("Open the page again and look at the record as it is now.")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that another person's save and this form disagree on."""

    label: str
    now: str
    yours: str


class VersionedForm(forms.ModelForm):
    """An edit form of a ``Versioned`` record; its page shows ``differences`` when it is stale.

    The view hands ``values`` and ``seen_version`` to the service, which takes the record with
    ``core.versions.take``; ``core.http.domain_errors_in_form`` calls ``show_stale``.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differences: list[Difference] = []
        self.fields["version"].initial = self.instance.version if self.instance.pk else None

    @property
    def seen_version(self) -> int | None:
        """The version that the form was filled from."""
        version: int | None = self.cleaned_data.get("version")
        return version

    @property
    def values(self) -> dict[str, Any]:
        """What the person typed, by field, for the service."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def show_stale(self, record: Versioned) -> None:
        """Note what differs from the record as it is now, and let the next save go over it."""
        for name, value in self.values.items():
            field = self.fields[name]
            now = forms.models.model_to_dict(record, [name]).get(name)
            told_now, told_yours = shown(field, now), shown(field, value)
            if told_now != told_yours:
                label = str(self[name].label)
                self.differences.append(Difference(label, told_now, told_yours))
        typed = QueryDict(mutable=True)
        typed.update(self.data)
        typed[self.add_prefix("version")] = str(record.version)
        self.data = typed


class SeenForm(VersionedForm):
    """A confirmation of a record as it was seen; nothing of the record is typed.

    Made for a model by ``seen_form``. Without the version nothing is done: nobody decides on what
    they did not see.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = self.fields["version"]
        version.required = True
        version.error_messages |= {"required": NOT_SEEN, "invalid": NOT_SEEN}

    def _post_clean(self) -> None:
        """The record stays as it is."""


class SeenReasonForm(SeenForm):
    """Why something is done to a record as it was seen."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


def seen_form(form: type[SeenForm], model: type[models.Model]) -> type[SeenForm]:
    """Return the form with which records of a model are decided on."""
    return cast("type[SeenForm]", forms.modelform_factory(model, form=form, fields=()))


def shown(field: forms.Field, value: Any) -> str:
    """Return the value of a form field as people read it."""
    if value in (None, "", []):
        return NOTHING
    match value:
        case bool():
            return _("yes") if value else _("no")
        case dt.date():
            return value.strftime("%d/%m/%Y")
        case list() | tuple() | models.QuerySet():
            return "; ".join(sorted(shown(field, one) for one in value)) or NOTHING
    if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
        found = value if isinstance(value, models.Model) else None
        return str(found or field.queryset.filter(pk=value).first() or value)
    choices = dict(_flat(getattr(field, "choices", ())))
    return str(choices.get(str(value), value))


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, str]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from _flat(label)
        else:
            yield str(key), str(label)
