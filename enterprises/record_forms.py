"""The forms of the records that hang on an enterprise."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.form_fields import field_for
from core.forms import SeenReasonForm, VersionedForm
from enterprises import kinds
from enterprises.choices import PRODUCT_SCHEMES, StandardStatus
from enterprises.kinds import RecordKind
from enterprises.models import Certificate, Enterprise, Product, Standard
from enterprises.services.constraints import broken_constraints

TEXT_ROWS = 3
DECISION_HINT = _("As it stands on the decision, for instance 123/QĐ-UBND.")
END_HINT = _("The last day on which it still holds; leave empty while it goes on.")


class PlacedForm(VersionedForm):
    """A form whose constraints are told beside the fields that are to be corrected.

    Django's own check of exclusion constraints fails when a field of their condition is not on the
    form, so it is left out here.
    """

    places: Mapping[str, str] = MappingProxyType({})

    class Meta:
        formfield_callback = field_for

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = TEXT_ROWS

    def _post_clean(self) -> None:
        options = self._meta
        self.instance = construct_instance(
            self, self.instance, options.fields, options.exclude or ()
        )
        left_out = self._get_validation_exclusions()  # type: ignore[attr-defined]
        try:
            self.instance.full_clean(left_out, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]
        if not self.errors:
            for name, errors in broken_constraints(self.instance, self.places).items():
                self.add_error(name if name in self.fields else None, errors)


class RecordForm(PlacedForm):
    """A record of an enterprise: offers only what is the enterprise's own."""

    kind: ClassVar[RecordKind]

    class Meta(PlacedForm.Meta):
        pass

    def __init__(self, *args: Any, enterprise: Enterprise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.enterprise = enterprise
        self.places = self.kind.places
        if self.instance.pk is None and self.kind.owner == "enterprise":
            self.instance.enterprise = enterprise
        for name, model in (("product", Product), ("certificate", Certificate)):
            if name in self.fields:
                own = model.objects.standing().filter(enterprise=enterprise)
                self._choices(name).queryset = own

    def _choices(self, name: str) -> forms.ModelChoiceField:
        return cast("forms.ModelChoiceField", self.fields[name])


class StandardChoiceField(forms.ModelChoiceField):
    """A standard of the repository, by number and title."""

    def label_from_instance(self, obj: Any) -> str:
        """The number first: that is what people look for."""
        state = "" if obj.status == StandardStatus.IN_FORCE else f" ({obj.get_status_display()})"
        return Truncator(f"{obj.number}{state} {obj.title}".strip()).chars(90)


def standard_choice(*, required: bool) -> StandardChoiceField:
    """Return the field with which a standard is chosen."""
    return StandardChoiceField(
        Standard.objects.all(),
        label=_("Standard"),
        required=required,
        help_text=_("Not in the list? Put it into the repository of standards first."),
    )


class ProductForm(RecordForm):
    """A product and since when its conformity is mandatory."""

    kind = kinds.PRODUCT

    class Meta(RecordForm.Meta):
        model = kinds.PRODUCT.model
        fields = kinds.PRODUCT.fields
        help_texts: ClassVar = {
            "group": _("For instance: tea, cinnamon, building materials."),
            "obligated": _("Tick it when a technical regulation covers the product."),
            "obligated_from": _("Leave empty if it has always been mandatory."),
            "obligated_to": END_HINT,
        }

    def clean(self) -> dict[str, Any]:
        """Days of an obligation say that there is one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        days = cleaned.get("obligated_from") or cleaned.get("obligated_to")
        if days and not cleaned.get("obligated"):
            told = gettext("Tick this, or clear the days from and to which it is mandatory.")
            self.add_error("obligated", told)
        return cleaned


class KeyListEntryForm(RecordForm):
    """An entry of the key lists; without a product it is about the enterprise."""

    kind = kinds.KEY_LIST_ENTRY

    class Meta(RecordForm.Meta):
        model = kinds.KEY_LIST_ENTRY.model
        fields = kinds.KEY_LIST_ENTRY.fields
        labels: ClassVar = {"product": _("Product"), "instrument": _("Decision in the portal")}
        help_texts: ClassVar = {
            "product": _("Leave empty when the enterprise itself is on the list."),
            "valid_to": END_HINT,
            "decision_number": DECISION_HINT,
            "instrument": _("Only if the decision is one of the documents of the plan."),
        }

    def clean(self) -> dict[str, Any]:
        """Set what the entry is about, so that an overlap shows here."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "product" in cleaned:
            self.instance.enterprise = None if cleaned["product"] else self.enterprise
        return cleaned


class StandardDeclarationForm(RecordForm):
    """A declaration that a product conforms with a standard."""

    kind = kinds.DECLARATION

    standard = standard_choice(required=True)

    class Meta(RecordForm.Meta):
        model = kinds.DECLARATION.model
        fields = kinds.DECLARATION.fields
        labels: ClassVar = {"product": _("Product")}


class CertificateForm(RecordForm):
    """A certificate; its expiry is what the paper says, never computed."""

    kind = kinds.CERTIFICATE

    standard = standard_choice(required=False)

    class Meta(RecordForm.Meta):
        model = kinds.CERTIFICATE.model
        fields = kinds.CERTIFICATE.fields
        labels: ClassVar = {
            "product": _("Product"),
            "issuer": pgettext_lazy("certificate", "Issuer"),
            "issued_on": pgettext_lazy("certificate", "Issued on"),
            "method": _("Method of product certification (1 to 8)"),
        }
        help_texts: ClassVar = {
            "scheme_name": _("Only for another scheme or a foreign standard."),
            "product": _("For conformity certificates only; management systems have none."),
            "expires_on": _("As the certificate says; leave empty if it does not expire."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = reverse("certificate_expiry_hint", args=[self.enterprise.pk])
        self.fields["issued_on"].widget.attrs |= {
            "hx-get": hint,
            "hx-trigger": "change",
            "hx-target": "#expiry-hint",
        }
        self.fields["expires_on"].help_text = format_html(
            '{} <span id="expiry-hint" role="status"></span>', self.fields["expires_on"].help_text
        )

    def clean(self) -> dict[str, Any]:
        """A conformity certificate is about a product."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        of_product = cleaned.get("scheme") in PRODUCT_SCHEMES
        if of_product and cleaned.get("product", self) is None:
            self.add_error("product", gettext("Choose the product that is certified."))
        return cleaned


class CertificateSuspensionForm(RecordForm):
    """The days on which a certificate was suspended."""

    kind = kinds.SUSPENSION

    class Meta(RecordForm.Meta):
        model = kinds.SUSPENSION.model
        fields = kinds.SUSPENSION.fields
        labels: ClassVar = {"certificate": _("Certificate")}
        help_texts: ClassVar = {
            "valid_to": _("The last day of the suspension; leave empty while it lasts.")
        }


class SurveillanceForm(RecordForm):
    """A surveillance audit: when it is due, when it was done, what it found."""

    kind = kinds.SURVEILLANCE

    class Meta(RecordForm.Meta):
        model = kinds.SURVEILLANCE.model
        fields = kinds.SURVEILLANCE.fields
        labels: ClassVar = {"certificate": _("Certificate")}


class ToolAdoptionForm(RecordForm):
    """A tool that an enterprise uses."""

    kind = kinds.TOOL_ADOPTION

    class Meta(RecordForm.Meta):
        model = kinds.TOOL_ADOPTION.model
        fields = kinds.TOOL_ADOPTION.fields
        labels: ClassVar = {"tool": _("Tool")}
        help_texts: ClassVar = {
            "tool": _("Not in the list? Put it into the catalogue of tools first."),
            "valid_to": END_HINT,
        }


class ProductivityProjectForm(RecordForm):
    """A project or plan for productivity and quality."""

    kind = kinds.PROJECT

    class Meta(RecordForm.Meta):
        model = kinds.PROJECT.model
        fields = kinds.PROJECT.fields
        help_texts: ClassVar = {"valid_to": END_HINT}


class ProductivityYearForm(RecordForm):
    """The figures from which the productivity of a year is computed."""

    kind = kinds.PRODUCTIVITY_YEAR

    class Meta(RecordForm.Meta):
        model = kinds.PRODUCTIVITY_YEAR.model
        fields = kinds.PRODUCTIVITY_YEAR.fields
        help_texts: ClassVar = {
            "pretax_profit": _("In đồng at constant prices; a loss with a minus sign."),
            "labour": _("People, on average over the year; for instance 85,5."),
            "is_base": _("The year with which later years are compared; one per enterprise."),
        }

    def clean(self) -> dict[str, Any]:
        """Productivity divides by labour and assets: each is told at its own field."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("labour", "fixed_assets"):
            if cleaned.get(name) is not None and cleaned[name] <= 0:
                self.add_error(name, gettext("This is above zero: productivity divides by it."))
        for name in ("labour_cost", "depreciation", "interest", "production_taxes"):
            if cleaned.get(name) is not None and cleaned[name] < 0:
                self.add_error(name, gettext("Only the profit may be negative."))
        return cleaned


class ModelRecognitionForm(RecordForm):
    """The recognition of an enterprise as a model."""

    kind = kinds.RECOGNITION

    class Meta(RecordForm.Meta):
        model = kinds.RECOGNITION.model
        fields = kinds.RECOGNITION.fields
        labels: ClassVar = {"instrument": _("Decision in the portal")}
        help_texts: ClassVar = {
            "decision_number": DECISION_HINT,
            "instrument": _("Only if the decision is one of the documents of the plan."),
        }


class AwardEntryForm(RecordForm):
    """An entry for the National Quality Award."""

    kind = kinds.AWARD_ENTRY

    class Meta(RecordForm.Meta):
        model = kinds.AWARD_ENTRY.model
        fields = kinds.AWARD_ENTRY.fields


class NetworkMembershipForm(RecordForm):
    """A membership of the productivity network."""

    kind = kinds.NETWORK_MEMBERSHIP

    class Meta(RecordForm.Meta):
        model = kinds.NETWORK_MEMBERSHIP.model
        fields = kinds.NETWORK_MEMBERSHIP.fields
        help_texts: ClassVar = {"valid_to": END_HINT}


class EnterpriseFiguresForm(RecordForm):
    """The figures of a year, from which the size class follows."""

    kind = kinds.FIGURES

    class Meta(RecordForm.Meta):
        model = kinds.FIGURES.model
        fields = kinds.FIGURES.fields
        help_texts: ClassVar = {
            "labour": _("The yearly average of those who pay social insurance."),
            "revenue": _("Of the year, in đồng."),
            "capital": _("Total capital at the end of the year, in đồng."),
        }


FORMS: dict[str, type[RecordForm]] = {
    form.kind.name: form
    for form in (
        ProductForm, KeyListEntryForm, StandardDeclarationForm, CertificateForm,
        CertificateSuspensionForm, SurveillanceForm, ToolAdoptionForm, ProductivityProjectForm,
        ProductivityYearForm, ModelRecognitionForm, AwardEntryForm, NetworkMembershipForm,
        EnterpriseFiguresForm,
    )
}  # fmt: skip


class EndForm(PlacedForm):
    """The day on which a record ends; a withdrawal also says why."""

    def __init__(self, *args: Any, kind: RecordKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = kind.places
        for name in kind.end_fields:
            self.fields[name].required = True


def end_form_of(kind: RecordKind) -> type[EndForm]:
    """Return the form that ends a record of a kind."""
    made = forms.modelform_factory(
        kind.model, form=EndForm, fields=kind.end_fields, formfield_callback=field_for
    )
    return cast("type[EndForm]", made)


class VoidForm(SeenReasonForm):
    """Why a record is voided."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Reason of the voiding")
        hint = _("What was wrong with the record; it stays in the history.")
        self.fields["reason"].help_text = hint
