"""The forms of the repository of standards, the tools and the coefficients."""

from typing import Any, ClassVar, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core.form_fields import DayField, DecimalNumberField, LinesField
from enterprises.models import ImprovementTool, ProductivityCoefficients, Standard
from enterprises.record_forms import PlacedForm, StandardChoiceField
from enterprises.services.catalogues import STANDARD_PLACES, TOOL_PLACES
from enterprises.services.coefficients import PLACES as COEFFICIENT_PLACES

ALIASES_HINT = _("Other names under which it is known, one on each line.")


class StandardForm(PlacedForm):
    """A standard of the repository: never its text."""

    places = STANDARD_PLACES

    replaced_by = StandardChoiceField(
        Standard.objects.all(), label=_("Replaced by"), required=False
    )
    aliases = LinesField(label=_("Other names"), required=False, help_text=ALIASES_HINT)
    link = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Where it can be looked up; its text is not kept here."),
    )

    class Meta(PlacedForm.Meta):
        model = Standard
        fields = ("number", "kind", "title", "status", "replaced_by", "aliases", "link")
        help_texts: ClassVar = {"number": _("With its year, for instance TCVN ISO 9001:2015.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            others = Standard.objects.exclude(pk=self.instance.pk)
            cast("forms.ModelChoiceField", self.fields["replaced_by"]).queryset = others


class ImprovementToolForm(PlacedForm):
    """A tool of the catalogue."""

    places = TOOL_PLACES

    aliases = LinesField(label=_("Other names"), required=False, help_text=ALIASES_HINT)

    class Meta(PlacedForm.Meta):
        model = ImprovementTool
        fields = ("name", "aliases")


class CoefficientsForm(PlacedForm):
    """The shares of capital and labour from a day on."""

    places = COEFFICIENT_PLACES

    valid_from = DayField(label=_("In force from"))
    capital_share = DecimalNumberField(
        label=_("Share of capital (bK)"),
        max_digits=5,
        decimal_places=4,
        help_text=_("Such as 0,3."),
    )
    labour_share = DecimalNumberField(
        label=_("Share of labour (bL)"),
        max_digits=5,
        decimal_places=4,
        help_text=_("Such as 0,7."),
    )

    class Meta(PlacedForm.Meta):
        model = ProductivityCoefficients
        fields = ("valid_from", "capital_share", "labour_share", "basis")
        help_texts: ClassVar = {"basis": _("The decision or source of these numbers.")}
