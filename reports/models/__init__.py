"""What goes out."""

from reports.models.forms import ReportForm
from reports.models.periods import ReportingPeriod
from reports.models.runs import ReportRun
from reports.models.snapshots import ReportFile, Snapshot

__all__ = ["ReportFile", "ReportForm", "ReportRun", "ReportingPeriod", "Snapshot"]
