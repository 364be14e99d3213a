"""The file from which a plan is loaded: its schema, its reader, its place names for errors."""

from programs.plan_file.reading import PlanFileError, read_plan_file
from programs.plan_file.schema import PlanFile

__all__ = ["PlanFile", "PlanFileError", "read_plan_file"]
