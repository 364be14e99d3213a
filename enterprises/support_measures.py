"""How the support tasks of a plan count: distinct enterprises with an accepted case."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from enterprises.models import Enterprise, SupportCase
from programs import measures
from programs.measures import Computation, Formula, Reading, Scope, dated


def support_accepted(scope: Scope) -> Computation:
    """B1.2.1, B1.3.*, B2.2.*: enterprises with a case accepted by the day, inside the phase.

    Accepted or closed since; each enterprise once, however many cases it has. What was accepted
    outside the phase of the task counts in neither phase.
    """
    of_task = SupportCase.objects.filter(task__plan=scope.plan, task__code=scope.code)
    accepted = of_task.accepted_by(scope.day).filter(accepted_on__gte=scope.window.first)
    counted = Enterprise.objects.filter(pk__in=accepted.order_by().values("enterprise"))
    facts = dated(
        SupportCase,
        task__plan=scope.plan,
        task__code=scope.code,
        accepted_on__lte=scope.day,
    )
    return Computation(counted, (Reading(Q()),), Formula.COUNT, enterprise="", facts=(facts,))


def register() -> None:
    """Make the measure of support tasks known."""
    measures.register(support_accepted, _("Enterprises whose support was accepted"))
