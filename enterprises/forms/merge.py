"""The form with which two enterprises become one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import shown
from enterprises.merging import Collision
from enterprises.models import Enterprise
from enterprises.services.merge import CHOSEN_FIELDS, Side

FIELD_PREFIX, COLLISION_PREFIX = "field-", "collision-"


class MergeForm(forms.Form):
    """Whose profile and whose records stay, wherever the two sides differ."""

    def __init__(
        self,
        *args: Any,
        source: Enterprise,
        target: Enterprise,
        collisions: Sequence[Collision],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.collisions = {one.key: one for one in collisions}
        self.same: list[tuple[str, str]] = []
        for name in CHOSEN_FIELDS:
            self._add_profile_field(name, source, target)
        for one in collisions:
            self.fields[f"{COLLISION_PREFIX}{one.key}"] = _sides(
                one.label, one.told_source, one.told_target, initial=""
            )
        for side, enterprise in (("source", source), ("target", target)):
            version = forms.IntegerField(
                widget=forms.HiddenInput, required=False, initial=enterprise.version
            )
            self.fields[f"{side}_version"] = version
        self.fields["reason"] = forms.CharField(
            label=_("Why they are one"),
            help_text=_("For instance: registered twice, once under a mistyped tax code."),
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=2000,
        )

    def _add_profile_field(self, name: str, source: Enterprise, target: Enterprise) -> None:
        field = Enterprise._meta.get_field(name)
        label = capfirst(str(getattr(field, "verbose_name", name)))
        told_source, told_target = _told(source, field), _told(target, field)
        if told_source == told_target:
            if name != "name":
                self.same.append((label, told_source))
            return
        initial = "target" if getattr(target, name) not in (None, "") else "source"
        self.fields[f"{FIELD_PREFIX}{name}"] = _sides(label, told_source, told_target, initial)

    @property
    def from_source(self) -> list[str]:
        """The fields of the profile that are taken from the enterprise that goes."""
        return [
            name.removeprefix(FIELD_PREFIX)
            for name, side in self.cleaned_data.items()
            if name.startswith(FIELD_PREFIX) and side == "source"
        ]

    @property
    def choices(self) -> dict[str, Side]:
        """For each collision, whose records stay."""
        return {
            name.removeprefix(COLLISION_PREFIX): side
            for name, side in self.cleaned_data.items()
            if name.startswith(COLLISION_PREFIX)
        }

    @property
    def versions(self) -> tuple[int | None, int | None]:
        """The versions of both sides that the form was filled from."""
        return self.cleaned_data["source_version"], self.cleaned_data["target_version"]

    @property
    def profile_fields(self) -> list[forms.BoundField]:
        """The fields of the profile in which the two differ."""
        return [self[name] for name in self.fields if name.startswith(FIELD_PREFIX)]

    @property
    def collision_fields(self) -> list[forms.BoundField]:
        """The records of which one side's give way."""
        return [self[name] for name in self.fields if name.startswith(COLLISION_PREFIX)]


def _sides(label: str, told_source: str, told_target: str, initial: str) -> forms.ChoiceField:
    choices = [
        ("target", gettext("The one that stays: %(value)s") % {"value": told_target}),
        ("source", gettext("The one that goes: %(value)s") % {"value": told_source}),
    ]
    return forms.ChoiceField(
        label=label, choices=choices, initial=initial, widget=forms.RadioSelect
    )


def _told(enterprise: Enterprise, field: Any) -> str:
    if isinstance(field, models.ForeignKey):
        return str(getattr(enterprise, field.name) or "–")
    return shown(field.formfield() or forms.CharField(), getattr(enterprise, field.name))
