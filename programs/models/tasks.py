"""The tasks of the appendix, and section II, which describes them."""

from typing import TYPE_CHECKING, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from core.fields import NameField, PassageField, search_index
from programs.choices import Comparator, TaskKind
from programs.models.parts import PlanPart, PlanPartQuerySet, code_unique
from programs.models.plans import Phase

if TYPE_CHECKING:
    from programs.models.measure_choices import MeasureChoice
    from programs.models.objectives import Target


class TaskGroup(PlanPart):
    """A group of rows of the appendix."""

    searched_fields: ClassVar = ("code", "heading")

    phase = models.ForeignKey(Phase, models.PROTECT, related_name="groups")
    number = NameField(_("number"), max_length=20)
    heading = PassageField(_("heading"))

    objects = PlanPartQuerySet["TaskGroup"].as_manager()

    class Meta:
        verbose_name = _("task group")
        verbose_name_plural = _("task groups")
        ordering = ("plan", "position")
        constraints = (code_unique("task_group_code_unique"),)
        indexes = (search_index("task_group_search"),)

    def get_absolute_url(self) -> str:
        """The tasks of the group."""
        return f"{reverse('task_list', args=[self.plan.code])}?group={self.code}"


class Task(PlanPart):
    """A row of the appendix (nhiệm vụ), word for word, with who leads it and what it is to give."""

    searched_fields: ClassVar = ("code", "text", "also_covers", "lead_text")

    group = models.ForeignKey(TaskGroup, models.PROTECT, related_name="tasks")
    phase = models.ForeignKey(Phase, models.PROTECT, related_name="tasks")
    mark = models.CharField(_("mark"), max_length=5, blank=True)
    text = PassageField(_("text"))
    also_covers = ArrayField(models.TextField(), verbose_name=_("also covers"), default=list)
    key = models.SlugField(_("short key"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20, choices=TaskKind)
    quantity = models.PositiveIntegerField(_("quantity"), null=True, blank=True)
    unit = NameField(_("unit"), max_length=60, blank=True)
    timing = NameField(_("timing"), max_length=60)
    lead_text = PassageField(_("lead unit in the text"))
    coordinating_text = PassageField(_("co-ordinating units in the text"))
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="led_tasks")
    coordinating = models.ManyToManyField(Organisation, related_name="coordinated_tasks")
    measure_key = models.CharField(_("measure"), max_length=60, blank=True)
    measure_parameters = models.JSONField(_("parameters of the measure"), default=dict, blank=True)

    # Joined by ``selectors.with_standing``.
    standing_targets: list["Target"]
    standing_choices: list["MeasureChoice"]
    # Joined by ``selectors.with_lead``.
    lead_at: str

    objects = PlanPartQuerySet["Task"].as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ("plan", "position")
        constraints = (code_unique("task_code_unique"),)
        indexes = (search_index("task_search"),)

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

    def get_absolute_url(self) -> str:
        """The page of the task."""
        return reverse("task_detail", args=[self.plan.code, self.code])


class PlanItem(PlanPart):
    """A heading or bullet of section II, linked to the rows of the appendix that pay for it."""

    searched_fields: ClassVar = ("code", "text", "lead_in")

    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="items")
    is_heading = models.BooleanField(_("heading"), default=False)
    text = PassageField(_("text"))
    lead_in = PassageField(_("lead-in"), blank=True)
    quantity = models.PositiveIntegerField(_("quantity"), null=True, blank=True)
    unit = NameField(_("unit"), max_length=60, blank=True)
    comparator = models.CharField(
        _("comparator"), max_length=20, choices=Comparator, default=Comparator.EQUAL
    )
    tasks = models.ManyToManyField(Task, related_name="items")
    tasks_assumed = models.BooleanField(_("the link to the tasks is assumed"), default=False)

    objects = PlanPartQuerySet["PlanItem"].as_manager()

    class Meta:
        verbose_name = _("item of section II")
        verbose_name_plural = _("items of section II")
        ordering = ("plan", "position")
        constraints = (code_unique("plan_item_code_unique"),)
        indexes = (search_index("plan_item_search"),)

    def get_absolute_url(self) -> str:
        """The place of the item on the page of section II."""
        return f"{reverse('plan_item_list', args=[self.plan.code])}#{self.code}"


class Responsibility(PlanPart):
    """A clause of section IV: who is to do what."""

    searched_fields: ClassVar = ("code", "unit_text", "lead_in", "duties")

    unit_text = PassageField(_("unit in the text"))
    lead_in = PassageField(_("lead-in"), blank=True)
    duties = ArrayField(models.TextField(), verbose_name=_("duties"))
    organisations = models.ManyToManyField(Organisation, related_name="responsibilities")

    objects = PlanPartQuerySet["Responsibility"].as_manager()

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        ordering = ("plan", "position")
        constraints = (code_unique("responsibility_code_unique"),)
        indexes = (search_index("responsibility_search"),)

    def get_absolute_url(self) -> str:
        """The place of the clause on the page of responsibilities."""
        return f"{reverse('responsibility_list', args=[self.plan.code])}#{self.code}"
