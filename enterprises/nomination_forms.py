"""The forms of nominations and of their review."""

import datetime as dt
from typing import Any, ClassVar, cast

from django import forms
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.choices import AreaLevel
from accounts.models import AdministrativeArea, Organisation
from core.form_fields import DayField, field_for
from core.forms import SeenForm, VersionedForm
from documents.forms import UploadField
from enterprises.choices import NominationState
from enterprises.forms.enterprises import TaxCodeField
from enterprises.mend_fields import MEND_FIELDS
from enterprises.models import Dossier, Nomination, NominationBatch, NominationRound
from enterprises.nomination_rules import Obstacle
from enterprises.nomination_selectors import files_of_letter
from enterprises.services.nominations import CONTENT, FILES, NEW

TEXT_ROWS = 4
# A draft may lack them; a submission may not, so the form shows them as required.
NEEDED_AT_LAST = (
    "need", "expected_cost", "state_share", "enterprise_share", "commitment", "letter_number",
    "letter_date", "letter", "new_name", "new_kind", "new_area", "outside_reason",
)  # fmt: skip
OF_NEW = ("new_name", "new_kind", "new_area")
OF_ENTERPRISE = ("organisation", "task", "tax_code")
OF_CONTENT = ("need", "expected_cost", "state_share", "enterprise_share", "commitment", "evidence")
OF_LETTER = ("letter_number", "letter_date", "letter")


class OneTaskField(forms.ModelChoiceField):
    """A task of the round."""

    def label_from_instance(self, obj: Any) -> str:
        """The code first, the text as far as it fits."""
        return Truncator(f"{obj.code} {obj.text}").chars(110)


def tax_code_hint() -> str:
    """Return the hint of the tax code, with the place where its enterprise is told."""
    return format_html(
        '{} <span id="tax-code-found" role="status"></span>',
        gettext("The enterprise appears here when the register knows it."),
    )


class NominationForm(VersionedForm):
    """A nomination on one page; as a draft, whatever is known so far."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("In the name of"), empty_label=None
    )
    tax_code = TaxCodeField(label=_("Tax code of the enterprise"))
    letter = UploadField(label=_("Scan of the official letter"), required=False)
    evidence = UploadField(label=_("Evidence"), required=False)
    field_order = (
        "organisation", "task", "tax_code", *NEW, "outside_reason", "need", "expected_cost",
        "state_share", "enterprise_share", "commitment", "letter_number", "letter_date", "letter",
        "evidence",
    )  # fmt: skip

    class Meta:
        model = Nomination
        fields = ("task", *NEW, *CONTENT)
        formfield_callback = field_for
        field_classes: ClassVar = {"task": OneTaskField}
        labels: ClassVar = {
            "new_name": _("Name of the enterprise"),
            "new_kind": _("Kind of enterprise"),
            "new_area": _("Commune, ward"),
        }
        help_texts: ClassVar = {
            "need": _("What the enterprise wants to reach, and what it lacks."),
            "expected_cost": _("State budget and capital of the enterprise together."),
            "commitment": _("What the enterprise itself will do and pay for, as it has agreed."),
            "letter_number": _("As it stands on the letter, for instance 45/SCT-QLCN."),
        }
        widgets: ClassVar = {
            name: forms.Textarea(attrs={"rows": TEXT_ROWS})
            for name in ("need", "commitment", "outside_reason")
        }

    def __init__(
        self, *args: Any, one: NominationRound, organisations: list[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer(
            "organisation", Organisation.objects.filter(pk__in=[o.pk for o in organisations])
        )
        tasks = one.tasks.order_by("position")
        self.fields["task"] = OneTaskField(
            tasks, label=_("Task"), empty_label=_("Choose"), initial=self.initial.get("task")
        )
        communes = AdministrativeArea.objects.filter(level=AreaLevel.COMMUNE, valid_to=None)
        self._offer("new_area", communes.order_by("name"))
        code = self.fields["tax_code"]
        code.widget.attrs |= {
            "hx-post": reverse_lazy("enterprise_lookup"),
            "hx-trigger": "input changed delay:400ms",
            "hx-target": "#tax-code-found",
            "hx-sync": "this:replace",
        }
        code.help_text = lazy(tax_code_hint, str)()
        self.fields["letter"].help_text = _("PDF or picture of the signed letter.")
        self.fields["evidence"].help_text = _("Whatever proves the need; more can be added later.")
        nomination = self.instance
        if nomination.pk or len(organisations) == 1:
            del self.fields["organisation"]
        if nomination.pk:
            known = nomination.enterprise
            code.initial = known.tax_code if known else nomination.new_tax_code
        if nomination.state == NominationState.RETURNED:
            for name in ("task", "tax_code", *NEW):
                del self.fields[name]
        self.order_fields(self.field_order)
        self.has_letter = bool(nomination.pk) and files_of_letter(nomination).exists()
        self._require(needed=True)

    def _offer(self, name: str, choices: Any) -> None:
        cast("forms.ModelChoiceField", self.fields[name]).queryset = choices

    def full_clean(self) -> None:
        """Let a draft lack what the form shows as required."""
        self._require(needed=False)
        super().full_clean()
        self._require(needed=True)

    def _require(self, *, needed: bool) -> None:
        for name in NEEDED_AT_LAST:
            if name in self.fields:
                there = name == "letter" and self.has_letter
                self.fields[name].required = needed and not there

    def _part(self, names: tuple[str, ...]) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def enterprise_part(self) -> list[forms.BoundField]:
        """Who is nominated, for what."""
        return self._part(OF_ENTERPRISE)

    @property
    def new_part(self) -> list[forms.BoundField]:
        """What is said of an enterprise that the register does not know."""
        return self._part(OF_NEW)

    @property
    def new_part_is_open(self) -> bool:
        """Whether anything is said or wrong there."""
        return any(field.value() or field.errors for field in self.new_part)

    @property
    def outside_is_open(self) -> bool:
        """Whether a reason is given or asked for."""
        field = self["outside_reason"]
        return bool(field.value() or field.errors)

    @property
    def content_part(self) -> list[forms.BoundField]:
        """What it is for and what it costs."""
        return self._part(OF_CONTENT)

    @property
    def letter_part(self) -> list[forms.BoundField]:
        """The official letter."""
        return self._part(OF_LETTER)

    @property
    def values(self) -> dict[str, Any]:
        """What the person typed, without the files."""
        left_out = {"version", *FILES}
        return {name: v for name, v in self.cleaned_data.items() if name not in left_out}

    @property
    def brought(self) -> dict[str, Any]:
        """The files."""
        return {name: self.cleaned_data.get(name) for name in FILES}

    def tell(self, obstacles: list[Obstacle]) -> None:
        """Tell what stands in the way of the submission beside its fields."""
        for one in obstacles:
            self.add_error(one.field if one.field in self.fields else None, one.message)


class NominationSeenForm(SeenForm):
    """What is done to a nomination as it was seen."""

    class Meta:
        model = Nomination
        fields = ()


class WithdrawForm(NominationSeenForm):
    """Why a nomination is withdrawn."""

    reason = forms.CharField(
        label=_("Reason of the withdrawal"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The Department reads it."),
    )

    class Meta(NominationSeenForm.Meta):
        pass


class ReturnForm(NominationSeenForm):
    """What is to be mended, why, and until when."""

    fields_to_mend = forms.MultipleChoiceField(
        label=_("To be mended"),
        choices=lambda: list(MEND_FIELDS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one field that is to be mended.")},
    )
    reason = forms.CharField(
        label=_("What is to be mended, and why"),
        widget=forms.Textarea(attrs={"rows": TEXT_ROWS}),
        help_text=_("The nominating organisation reads it."),
    )
    until = DayField(label=_("Mend by"))

    class Meta(NominationSeenForm.Meta):
        pass


class ReviewForm(forms.Form):
    """A step of the review: why, where a reason is needed; a note elsewhere."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    def __init__(self, *args: Any, needs_reason: bool, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason
        self.fields["reason"].help_text = hint
        if not needs_reason:
            self.fields["reason"].label = _("Note")


class ConflictForm(VersionedForm):
    """In what a conflict of interest lies."""

    reason = forms.CharField(
        label=_("In what the conflict lies"), widget=forms.Textarea(attrs={"rows": 3})
    )

    class Meta:
        model = Dossier
        fields = ()


class BatchForm(forms.ModelForm):
    """An Excel sheet of nominations under one official letter."""

    file = forms.FileField(
        label=_("Excel file"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_("Filled in from the template of this round; at most 200 rows."),
    )
    letter = UploadField(label=_("Scan of the official letter"))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("In the name of"), empty_label=None
    )
    field_order = ("organisation", "file", "letter_number", "letter_date", "letter")

    class Meta:
        model = NominationBatch
        fields = ("letter_number", "letter_date")
        formfield_callback = field_for
        help_texts: ClassVar = {"letter_number": _("The letter that covers every row.")}

    def __init__(self, *args: Any, organisations: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["organisation"]
        chosen.queryset = Organisation.objects.filter(pk__in=[o.pk for o in organisations])
        self.fields["letter"].help_text = _("PDF or picture of the signed letter.")
        if len(organisations) == 1:
            del self.fields["organisation"]


def default_mend_by(one: NominationRound, day: dt.date) -> dt.date:
    """Return the day that is suggested for mending: a week before the review ends, not before."""
    return max(day + dt.timedelta(days=5), min(one.review_by - dt.timedelta(days=7), one.closes_on))
