"""Closed lists of the room ``programs``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InstrumentKind(models.TextChoices):
    """What kind of document gives a plan, a target or a reading its force."""

    PLAN = "plan", _("Plan")
    DECISION = "decision", _("Decision")
    OTHER = "other", _("Other document")


class TaskKind(models.TextChoices):
    """What a task of the appendix does."""

    SURVEY = "survey", _("Survey")
    SUPPORT = "support", _("Support for enterprises")
    TRAINING = "training", _("Training")
    COMMUNICATION = "communication", _("Communication")
    EXPERTS = "experts", _("Training of experts")


class Comparator(models.TextChoices):
    """How a value is held against its target."""

    AT_LEAST = "at_least", _("at least")
    AT_MOST = "at_most", _("at most")
    EQUAL = "equal", _("equal to")
    BETWEEN = "between", _("between")
    GROWTH = "growth", _("grown by at least")
    NONE = "none", _("not quantified")


class Accumulation(models.TextChoices):
    """Over which days an indicator counts."""

    AS_AT = "as_at", _("as at the cut-off")
    PER_YEAR = "per_year", _("each year")
    OVER_PHASE = "over_phase", _("over the phase")


class PlaceKind(models.TextChoices):
    """What part of a plan an unclear passage touches."""

    PHASE = "phase", _("phase")
    OBJECTIVE = "objective", _("objective")
    ITEM = "item", _("item of section II")
    GROUP = "group", _("task group")
    TASK = "task", _("task")
    INDICATOR = "indicator", _("indicator")
    RESPONSIBILITY = "responsibility", _("responsibility")
    SECTION = "section", _("section of the plan")


# Parts of the text that have no code of their own in the plan.
SECTIONS = {
    "items": _("section II"),
    "budget": _("the appendix"),
    "in_words": _("the amount in words"),
}
