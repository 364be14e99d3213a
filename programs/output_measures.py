"""How indicators that ask for documents read the outputs that were recorded."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programs import measures
from programs.measures import Computation, Formula, Parameter, Reading, Scope, dated
from programs.models import Indicator, Output, Plan


def outputs_issued(scope: Scope) -> Computation:
    """K01, K13 and the tasks that pay for them: outputs issued on or before the day."""
    of_indicator = {
        "indicator__plan": scope.plan,
        "indicator__code": scope.parameters["indicator"],
    }
    issued = Output.objects.standing().filter(issued_on__lte=scope.day, **of_indicator)
    facts = dated(Output, issued_on__lte=scope.day)
    return Computation(issued, (Reading(Q()),), Formula.COUNT, facts=(facts,))


def register() -> None:
    """Make the measures of this room known."""
    measures.register(
        outputs_issued,
        _("Documents recorded as outputs of an indicator"),
        (Parameter("indicator", _("indicator whose outputs count"), indicator_options),),
    )


def indicator_options(plan: Plan) -> list[tuple[str, str]]:
    """Return the indicators of a plan by code."""
    rows = Indicator.objects.of_plan(plan).values_list("code", "name")
    return [(code, f"{code} {name}") for code, name in rows]
