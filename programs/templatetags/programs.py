"""Targets in templates."""

from django import template

from programs import tables
from programs.models import Indicator, Target, TextIssue
from programs.selectors import IssuesByPlace
from programs.tables import indicator_target, target_due, target_of_today

register = template.Library()


@register.filter
def target_today(indicator: Indicator) -> str:
    """Write the target in force today with its unit."""
    return indicator_target(indicator)


@register.filter
def written_target(indicator: Indicator, target: Target) -> str:
    """Write any target of the indicator with its comparator and unit."""
    return tables.written_target(indicator, target)


@register.filter
def touching(issues: IssuesByPlace, code: str) -> list[TextIssue]:
    """Return the unclear passages that touch a part of the plan."""
    return issues.at(code)


@register.filter
def due_today(indicator: Indicator) -> str:
    """Write by when the target in force today is to be reached."""
    return target_due(target_of_today(indicator))
