"""Reads a plan file: the schema, then what must agree."""

from pathlib import Path

from core.data_files import DataFileError, read_data_file
from programs.plan_file.agreement import disagreements
from programs.plan_file.schema import PlanFile

PlanFileError = DataFileError


def read_plan_file(path: Path) -> PlanFile:
    """Return the plan in a file; raises ``PlanFileError`` naming every fault and its line."""
    return read_data_file(path, PlanFile, disagreements)
