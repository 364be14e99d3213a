"""The forms of nomination rounds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.form_fields import DayField, WholeNumberField, field_for
from core.forms import SeenForm, VersionedForm
from enterprises.models import NominationRound
from programs.choices import TaskKind
from programs.models import Instrument, Plan, Task

LONG_TEXT_ROWS = 5


class TaskChoiceField(forms.ModelMultipleChoiceField):
    """Tasks of a plan, by code and text."""

    def label_from_instance(self, obj: Any) -> str:
        """The code first: that is what people look for."""
        return f"{obj.code} {obj.text}"


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task that may be chosen, with the field of its quota."""

    task: Task
    chosen: bool
    quota: forms.BoundField


class RoundForm(VersionedForm):
    """A round: its days, its quota, the tasks that it takes nominations for."""

    tasks = TaskChoiceField(
        Task.objects.none(),
        label=_("Tasks"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one task.")},
    )

    class Meta:
        model = NominationRound
        fields = ("title", "opens_on", "closes_on", "review_by", "quota", "criteria")
        formfield_callback = field_for
        widgets: ClassVar = {"criteria": forms.Textarea(attrs={"rows": LONG_TEXT_ROWS})}
        help_texts: ClassVar = {
            "title": _("For instance: Đợt 1 năm 2026."),
            "closes_on": _("The last day on which nominations are taken."),
            "review_by": _("The day by which the Department has decided on every nomination."),
            "quota": _("How many enterprises each organisation may nominate in all."),
            "criteria": _("Shown to those who nominate, as it stands here."),
        }

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan_tasks = list(
            Task.objects.filter(plan=plan).select_related("phase", "group").order_by("position")
        )
        chosen: Any = self.fields["tasks"]
        chosen.queryset = Task.objects.filter(plan=plan)
        quotas = {}
        if self.instance.pk:
            quotas = dict(self.instance.round_tasks.values_list("task", "quota"))
            self.initial["tasks"] = list(quotas)
        for task in self.plan_tasks:
            self.fields[quota_name(task)] = WholeNumberField(
                label=_("Quota of each organisation for %(code)s") % {"code": task.code},
                required=False,
                min_value=1,
                initial=quotas.get(task.pk),
            )

    def _rows(self, tasks: list[Task]) -> Iterator[TaskRow]:
        chosen = {str(value) for value in self["tasks"].value() or ()}
        for task in tasks:
            yield TaskRow(task, str(task.pk) in chosen, self[quota_name(task)])

    @property
    def support_rows(self) -> list[TaskRow]:
        """The tasks that support enterprises in phases not over yet: what most rounds are for."""
        return list(self._rows([task for task in self.plan_tasks if _stands_first(task)]))

    @property
    def other_rows(self) -> list[TaskRow]:
        """The other tasks."""
        return list(self._rows([task for task in self.plan_tasks if not _stands_first(task)]))

    @property
    def has_other(self) -> bool:
        """Whether any of the other tasks is chosen."""
        return any(row.chosen for row in self.other_rows)

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """What stands above the tasks."""
        return [self[name] for name in self.Meta.fields]

    @property
    def values(self) -> dict[str, Any]:
        """What the person typed, for the service: tasks with their quotas."""
        cleaned = self.cleaned_data
        tasks = {task: cleaned.get(quota_name(task)) for task in cleaned["tasks"]}
        return {**{name: cleaned[name] for name in self.Meta.fields}, "tasks": tasks}


def _stands_first(task: Task) -> bool:
    return task.kind == TaskKind.SUPPORT and task.phase.last_year >= timezone.localdate().year


def quota_name(task: Task) -> str:
    """Return how the field of a task's quota is called."""
    return f"quota_{task.pk}"


class RoundSeenForm(SeenForm):
    """What is done to a round as it was seen."""

    class Meta:
        model = NominationRound
        fields = ()


class RoundExtendForm(RoundSeenForm):
    """A later day, and why."""

    closes_on = DayField(label=_("Takes nominations until"))
    review_by = DayField(label=_("Reviewed by"))
    reason = forms.CharField(
        label=_("Reason of the extension"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everyone who nominates reads it."),
    )

    class Meta(RoundSeenForm.Meta):
        pass


class RoundCloseForm(RoundSeenForm):
    """The end of a round."""

    reason = forms.CharField(
        label=_("Reason of the closing"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )

    class Meta(RoundSeenForm.Meta):
        pass

    def __init__(self, *args: Any, early: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = early
        if early:
            told = _("The last day is not over: say why. Everyone who nominated reads it.")
            self.fields["reason"].help_text = told


class DecisionForm(forms.ModelForm):
    """The decision by which the selection is approved."""

    class Meta:
        model = Instrument
        fields = ("number", "issued_on", "issuer", "title")
        formfield_callback = field_for
        widgets: ClassVar = {"title": forms.Textarea(attrs={"rows": 3})}
        help_texts: ClassVar = {
            "number": _("As it stands on the decision, for instance 123/QĐ-UBND."),
            "title": _("What the decision is about, word for word."),
        }
