"""The forms of support cases and of the rules of support."""

import datetime as dt
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.form_fields import DayField, field_for
from core.forms import SeenForm, SeenReasonForm, VersionedForm
from documents.forms import UploadField
from enterprises.models import SupportCase, SupportMilestone, SupportRule
from enterprises.models.support_cases import OUTCOMES
from enterprises.models.support_rules import EVERY_KIND, kind_labels
from enterprises.services.support_rules import FIELDS
from enterprises.support_outcomes import of_enterprise, options

ACCEPTANCE_FIELDS = ("acceptance_number", "accepted_on", "result")


def today() -> dt.date:
    """Today, for a day that is usually today."""
    return timezone.localdate()


class CaseSeenForm(SeenForm):
    """A step on a case as it was seen."""

    class Meta:
        model = SupportCase
        fields = ()


class DayOfCaseForm(CaseSeenForm):
    """The day on which something happened."""

    on = DayField(label=_("Day"), initial=today)

    class Meta(CaseSeenForm.Meta):
        pass


class CancelForm(DayOfCaseForm):
    """From which day the case is cancelled, and why."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=_("Who nominated the enterprise reads it."),
    )

    class Meta(CaseSeenForm.Meta):
        pass


class CaseReasonForm(SeenReasonForm):
    """Why something is done to a case."""

    class Meta:
        model = SupportCase
        fields = ()


class AcceptanceForm(VersionedForm):
    """The acceptance record and the one outcome that it names."""

    outcome = forms.ChoiceField(
        label=_("Outcome"),
        help_text=_("What the enterprise has by now: it is in the register before it is named."),
    )
    scan = UploadField(label=_("Scan of the acceptance record"), required=False)
    field_order = ("acceptance_number", "accepted_on", "outcome", "result", "scan")

    class Meta:
        model = SupportCase
        fields = ACCEPTANCE_FIELDS
        formfield_callback = field_for
        widgets: ClassVar = {"result": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = self.instance
        for name in ("acceptance_number", "accepted_on"):
            self.fields[name].required = True
        outcome = cast("forms.ChoiceField", self.fields["outcome"])
        outcome.choices = [("", _("Choose")), *options(case.enterprise)]
        named = next((name for name in OUTCOMES if getattr(case, f"{name}_id")), None)
        if named:
            self.initial["outcome"] = f"{named}:{getattr(case, f'{named}_id')}"
        self.order_fields(self.field_order)

    def _post_clean(self) -> None:
        """The service checks the case as it will stand."""

    @property
    def values(self) -> dict[str, Any]:
        """What was typed of the fields of the case."""
        return {name: self.cleaned_data[name] for name in ACCEPTANCE_FIELDS}

    @property
    def acceptance(self) -> dict[str, Any]:
        """What the service takes: the outcome as the record that was chosen."""
        name, _colon, pk = self.cleaned_data["outcome"].partition(":")
        records = of_enterprise(self.instance.enterprise)[name]
        return {**self.values, name: records.filter(pk=pk).first()}


class MilestoneForm(forms.ModelForm):
    """A step of the work that is planned."""

    class Meta:
        model = SupportMilestone
        fields = ("title", "due_on")
        formfield_callback = field_for
        help_texts: ClassVar = {"title": _("For instance: documents written, internal audit done.")}


class MilestoneDoneForm(SeenForm):
    """The day on which a step of the work was done."""

    on = DayField(label=_("Done on"), initial=today)

    class Meta:
        model = SupportMilestone
        fields = ()


class MilestoneReasonForm(SeenReasonForm):
    """Why a step of the work is taken out."""

    class Meta:
        model = SupportMilestone
        fields = ()


class SupportRuleForm(forms.ModelForm):
    """How much of the support of an enterprise the state may pay."""

    kind = forms.ChoiceField(label=_("Kind of support"), required=False)

    class Meta:
        model = SupportRule
        fields = FIELDS
        formfield_callback = field_for
        widgets: ClassVar = {"note": forms.Textarea(attrs={"rows": 2})}
        help_texts: ClassVar = {
            "state_percent": _("Of the cost of each case, for instance 50 or 33,5."),
            "state_limit": _(
                "In đồng, for all cases of an enterprise together, for instance 200.000.000."
            ),
            "legal_basis": _("The document and its article."),
            "valid_from": _("A rule of this kind without an end ends on the day before."),
            "valid_to": _("Leave empty while the rule is in force."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = cast("forms.ChoiceField", self.fields["kind"])
        kind.choices = [("", EVERY_KIND), *kind_labels().items()]

    def _post_clean(self) -> None:
        """Overlaps count among approved rules only: the approval checks them."""
        self.instance = construct_instance(self, self.instance, FIELDS)
        try:
            left_out = self._get_validation_exclusions()  # type: ignore[attr-defined]
            self.instance.full_clean(left_out, validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """What the person typed, by field, for the service."""
        return dict(self.cleaned_data)


class RuleSeenForm(SeenForm):
    """A decision on a rule as it was seen."""

    class Meta:
        model = SupportRule
        fields = ()


class RuleReasonForm(SeenReasonForm):
    """Why something is done to a rule."""

    class Meta:
        model = SupportRule
        fields = ()


class RuleEndForm(SeenForm):
    """Until when a rule binds."""

    valid_to = DayField(label=_("Binds until"))

    class Meta:
        model = SupportRule
        fields = ()
