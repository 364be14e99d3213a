"""Acts of the room ``programs``."""

from programs.services.plan_load import PlanLoad, plan_load

__all__ = ["PlanLoad", "plan_load"]
