"""Forms of organisations and areas."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.choices import Sector
from accounts.forms.fields import LinesField, day_field
from accounts.models import AdministrativeArea, Organisation
from core.forms import VersionedForm


class _ByKind(forms.models.ModelChoiceIterator):
    """Choices in groups: the organisations of a kind, the areas of a level."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        for label, records in groupby(self.queryset, key=_kind_label):
            yield capfirst(label), [self.choice(record) for record in records]


def _kind_label(record: Any) -> str:
    shown = (
        record.get_kind_display if isinstance(record, Organisation) else record.get_level_display
    )
    return str(shown())


class OrganisationField(forms.ModelChoiceField):
    """An organisation to choose, those of a kind together."""

    iterator = _ByKind

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", _("Choose an organisation"))
        super().__init__(Organisation.objects.order_by("kind", "name", "pk"), **kwargs)


class AreaField(forms.ModelChoiceField):
    """An area to choose, those of a level together, with its last day if it ended."""

    iterator = _ByKind

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", _("Choose an area"))
        super().__init__(AdministrativeArea.objects.order_by("level", "name", "pk"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Tell two areas of one name apart by their dates."""
        if obj.valid_to is None:
            return str(obj)
        return _("%(name)s (until %(last)s)") % {
            "name": obj,
            "last": obj.valid_to.strftime("%d/%m/%Y"),
        }


WHOLE_NAME = _("In full, as its decision writes it. A body of another name is a new organisation.")


class OrganisationForm(VersionedForm):
    """Correct an organisation; its code stays."""

    parent = OrganisationField(
        label=capfirst(_("superior organisation")), required=False, empty_label=_("none")
    )
    area = AreaField(
        label=capfirst(_("area governed")),
        required=False,
        empty_label=_("none"),
        help_text=_("For People's Committees only."),
    )
    sectors = forms.MultipleChoiceField(
        label=capfirst(_("sectors managed")),
        choices=Sector,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    aliases = LinesField(
        label=capfirst(_("other names")),
        required=False,
        longest=200,
        help_text=_("One on each line; lists that use them are read right."),
    )
    valid_from = day_field(_("From day"))
    valid_to = day_field(
        _("To day"), required=False, help_text=_("Its last day; leave it empty while it exists.")
    )
    decided_on = day_field(capfirst(_("date of the decision")), required=False)

    class Meta:
        model = Organisation
        fields = (
            "name", "short_name", "kind", "parent", "area", "sectors", "aliases", "valid_from",
            "valid_to", "decision_number", "decided_on",
        )  # fmt: skip
        help_texts = {"name": WHOLE_NAME}


class OrganisationCreateForm(OrganisationForm):
    """Add an organisation."""

    class Meta(OrganisationForm.Meta):
        fields = ("code", *OrganisationForm.Meta.fields)  # type: ignore[assignment]
        help_texts = {
            **OrganisationForm.Meta.help_texts,
            "code": _("Letters, digits and dashes; it never changes and is never used again."),
        }


class AreaForm(VersionedForm):
    """Correct an area; its code stays."""

    parent = AreaField(label=capfirst(_("part of")), required=False, empty_label=_("none"))
    valid_from = day_field(_("From day"))
    valid_to = day_field(
        _("To day"), required=False, help_text=_("Its last day; leave it empty while it exists.")
    )
    decided_on = day_field(capfirst(_("date of the decision")), required=False)

    class Meta:
        model = AdministrativeArea
        fields = (
            "name", "level", "parent", "valid_from", "valid_to", "decision_number", "decided_on",
        )  # fmt: skip
        help_texts = {"name": _("With its kind in front, for example: xã Bát Xát.")}


class AreaCreateForm(AreaForm):
    """Add an area."""

    class Meta(AreaForm.Meta):
        fields = ("code", *AreaForm.Meta.fields)  # type: ignore[assignment]
        help_texts = {
            **AreaForm.Meta.help_texts,
            "code": _("The official code: 2 digits for a province, 5 for a commune or ward."),
        }
