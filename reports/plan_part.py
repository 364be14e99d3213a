"""The report forms of a plan file."""

from programs.plan_file.schema import PlanFile
from programs.plan_sync import PlanSync, Values
from reports.models import ReportForm


def load(sync: PlanSync, plan_file: PlanFile) -> None:
    """Bring the forms of the plan's reports into step with the file."""
    wanted: dict[str, Values] = {
        part.kind: {"plan": sync.plan, **part.model_dump(exclude={"kind"})}
        for part in plan_file.report_forms
    }
    sync.rows(ReportForm.objects.filter(plan=sync.plan), wanted, key="kind")
