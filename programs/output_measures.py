"""How indicators that ask for documents read the outputs that were recorded."""

from django.db.models import Q

from programs import measures
from programs.measures import Computation, Formula, Reading, Scope, dated
from programs.models import Output


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
    measures.register(outputs_issued.__name__, outputs_issued)
