"""Forms of what staff decide about a plan, and of outputs."""

from typing import Any, ClassVar

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.form_fields import DayField, WholeNumberField, YearField, field_for
from core.forms import VersionedForm
from programs import measures
from programs.decisions import ASSIGNMENT, MEASURE, READING, TARGET, Kind, Subject
from programs.models import (
    Instrument,
    MeasureChoice,
    Output,
    ReadingDecision,
    Target,
    TaskAssignment,
    TextIssue,
)


class ProposalForm(VersionedForm):
    """What all decisions about a plan have: their document, chosen or entered anew."""

    instrument = forms.ModelChoiceField(
        Instrument.objects.none(),
        label=_("Document that decides it"),
        required=False,
        help_text=_("Choose it here, or enter a new one below."),
    )
    number = forms.CharField(
        label=_("New document: number"),
        required=False,
        max_length=60,
        help_text=_("Only if the document is not in the list above, for instance 120/QĐ-UBND."),
    )
    issued_on = DayField(label=_("New document: issued on"), required=False)
    issuer = forms.CharField(label=_("New document: issued by"), required=False, max_length=200)

    document_fields: ClassVar = ("instrument", "number", "issued_on", "issuer")

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        documents = self.fields["instrument"]
        documents.initial = getattr(self.instance, "instrument_id", None)
        documents.queryset = subject.plan.instruments.order_by("-issued_on", "number")  # type: ignore[attr-defined]
        self.fields["note"].widget = forms.Textarea(attrs={"rows": 3})
        own = [name for name in self.fields if name not in (*self.document_fields, "note")]
        self.order_fields([*own, *self.document_fields, "note"])

    def _post_clean(self) -> None:
        """The service checks the whole: what is typed here is not a record yet."""


class TargetForm(ProposalForm):
    """An amended target."""

    due_year = YearField(
        label=_("To be reached by"),
        required=False,
        help_text=_("By 14/12 of this year; empty for what is judged every year."),
    )

    class Meta:
        model = Target
        fields = ("low", "high", "due_year", "valid_from", "note")
        formfield_callback = field_for
        help_texts: ClassVar = {
            "low": _("In the unit of the indicator; for a range, its lower end."),
            "high": _("Only for a range."),
            "valid_from": _("Figures as at earlier days keep the target until then."),
        }


class ReadingForm(ProposalForm):
    """The reading of an unclear passage."""

    class Meta:
        model = ReadingDecision
        fields = ("reading", "valid_from", "note")
        formfield_callback = field_for
        widgets: ClassVar = {"reading": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.subject, TextIssue):
            reading = self.fields["reading"]
            reading.queryset = self.subject.readings.all()  # type: ignore[attr-defined]
            reading.empty_label = None  # type: ignore[attr-defined]


class AssignmentForm(ProposalForm):
    """Who leads a task and when it is planned."""

    class Meta:
        model = TaskAssignment
        fields = ("lead", "coordinating", "starts_on", "ends_on", "valid_from", "note")
        formfield_callback = field_for
        widgets: ClassVar = {"coordinating": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        existing = Organisation.objects.valid_at(timezone.localdate()).order_by("name")
        for name in ("lead", "coordinating"):
            self.fields[name].queryset = existing  # type: ignore[attr-defined]
        self.fields["coordinating"].required = False


class MeasureForm(ProposalForm):
    """The measure of a figure, with a field for each of its parameters."""

    class Meta:
        model = MeasureChoice
        fields = ("valid_from", "note")
        formfield_callback = field_for

    def __init__(self, *args: Any, measure_key: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measures.get(measure_key)
        parameters = self.measure.parameters if self.measure else ()
        stored = self.initial.get("measure_parameters") or self.instance.measure_parameters or {}
        for parameter in parameters:
            self.fields[parameter.name] = _parameter_field(parameter, self.subject, stored)
        self.order_fields([parameter.name for parameter in parameters])

    @property
    def values(self) -> dict[str, Any]:
        """What the person typed: the parameters together, the rest by field."""
        typed = super().values
        parameters = self.measure.parameters if self.measure else ()
        together = {one.name: typed.pop(one.name) for one in parameters}
        key = self.measure.key if self.measure else ""
        return {**typed, "measure_key": key, "measure_parameters": together}


def _parameter_field(
    parameter: measures.Parameter, subject: Subject, stored: dict[str, Any]
) -> forms.Field:
    label, initial = capfirst(str(parameter.label)), stored.get(parameter.name)
    if parameter.options is None:
        return WholeNumberField(label=label, initial=initial)
    options = list(parameter.options(subject.plan))
    if parameter.several:
        several = forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(
            label=label, initial=initial, choices=options, widget=several
        )
    choices = [*BLANK_CHOICE_DASH, *options]
    return forms.ChoiceField(label=label, initial=initial, choices=choices)


FORMS: dict[str, type[ProposalForm]] = {
    TARGET.slug: TargetForm,
    READING.slug: ReadingForm,
    ASSIGNMENT.slug: AssignmentForm,
    MEASURE.slug: MeasureForm,
}


def form_of(kind: Kind, subject: Subject, measure_key: str, **kwargs: Any) -> ProposalForm:
    """Return the form of a kind of decision about this part of the plan."""
    if kind is MEASURE:
        kwargs["measure_key"] = measure_key
    return FORMS[kind.slug](subject=subject, **kwargs)


class MeasureKeyForm(forms.Form):
    """Asks by which measure a figure is to be computed."""

    do = forms.ChoiceField(label=_("Measure"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["do"].choices = [  # type: ignore[attr-defined]
            (measure.key, measure.label) for measure in measures.known()
        ]


class OutputForm(VersionedForm):
    """A document that an indicator asks for."""

    class Meta:
        model = Output
        fields = ("name", "issued_on")
        formfield_callback = field_for
        help_texts: ClassVar = {
            "name": _("Its title as issued, with its number if it has one."),
            "issued_on": _("It counts from this day on."),
        }

    def _post_clean(self) -> None:
        """The service checks the whole."""
