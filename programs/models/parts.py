"""What every part of a plan has: its plan, its code and its place in the text."""

from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.searchable import Searchable, SearchableQuerySet
from programs.models.plans import Plan

PartT = TypeVar("PartT", bound="PlanPart")


class PlanPartQuerySet(SearchableQuerySet[PartT]):
    """Parts of plans."""

    def visible_to(self, user: User) -> Self:
        """A plan is a public document: whoever has any work here sees all of it."""
        return self if user.has_any_role else self.none()

    def of_plan(self, plan: Plan) -> Self:
        """The parts of one plan."""
        return self.filter(plan=plan)


class PlanPart(Searchable):
    """Abstract: a part of a plan with a code that is unique in it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=30)
    position = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.code


def code_unique(name: str) -> models.UniqueConstraint:
    """Return the constraint that a code names one part of a plan."""
    return models.UniqueConstraint(
        fields=("plan", "code"),
        name=name,
        violation_error_message=_("This code is in the plan already."),
    )
