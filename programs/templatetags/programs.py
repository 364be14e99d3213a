"""Targets in templates."""

from django import template

from programs.models import Indicator
from programs.tables import indicator_target, target_due, target_of_today

register = template.Library()


@register.filter
def target_today(indicator: Indicator) -> str:
    """Write the target in force today with its unit."""
    return indicator_target(indicator)


@register.filter
def due_today(indicator: Indicator) -> str:
    """Write by when the target in force today is to be reached."""
    return target_due(target_of_today(indicator))
