"""The plan as data."""

from programs.models.assignments import TaskAssignment
from programs.models.measure_choices import MeasureChoice
from programs.models.objectives import Indicator, Objective, Target
from programs.models.outputs import Output
from programs.models.plans import Instrument, Phase, Plan
from programs.models.tasks import PlanItem, Responsibility, Task, TaskGroup
from programs.models.text_issues import (
    ReadingDecision,
    TextIssue,
    TextIssuePlace,
    TextIssueReading,
)

__all__ = [
    "Indicator",
    "Instrument",
    "MeasureChoice",
    "Objective",
    "Output",
    "Phase",
    "Plan",
    "PlanItem",
    "ReadingDecision",
    "Responsibility",
    "Target",
    "Task",
    "TaskAssignment",
    "TaskGroup",
    "TextIssue",
    "TextIssuePlace",
    "TextIssueReading",
]
