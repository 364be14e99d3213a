"""Acts of the room ``programs``."""

from programs.services.instruments import instrument_recorded
from programs.services.outputs import output_add, output_edit, output_void
from programs.services.plan_load import PlanLoad, plan_load
from programs.services.plan_proposals import (
    plan_proposal_add,
    plan_proposal_approve,
    plan_proposal_edit,
    plan_proposal_return,
    plan_proposal_void,
)

__all__ = [
    "PlanLoad",
    "instrument_recorded",
    "output_add",
    "output_edit",
    "output_void",
    "plan_load",
    "plan_proposal_add",
    "plan_proposal_approve",
    "plan_proposal_edit",
    "plan_proposal_return",
    "plan_proposal_void",
]
