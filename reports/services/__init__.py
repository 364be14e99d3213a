"""Acts of the room ``reports``."""

from reports.services.build import report_build
from reports.services.runs import (
    report_run_ask,
    report_run_render,
    report_run_restart,
    report_runs_sweep,
)

__all__ = [
    "report_build",
    "report_run_ask",
    "report_run_render",
    "report_run_restart",
    "report_runs_sweep",
]
