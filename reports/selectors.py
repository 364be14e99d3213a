"""Reading what a report says, as it stands at the cut-off."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from budgets.models import BudgetLine
from budgets.selectors import Appendix, Sums, appendix_from
from core.calendar import year_cut_off
from enterprises.key_enterprises import key_enterprises_at
from programs.figures import figures_of_plan
from programs.models import Indicator, Phase, Plan, Target, Task, TextIssue
from programs.selectors import (
    phase_running,
    readings_in_force,
    target_in_force,
    with_standing,
)
from reports.kept_figures import Evidence, plain
from reports.models import ReportForm, ReportingPeriod, Snapshot

FORMAT = 2


def snapshot_content(plan: Plan, form: ReportForm, period: ReportingPeriod) -> dict[str, Any]:
    """Return every figure and word of a report as plain data (amounts in VND).

    A figure without records is ``None``. Call it in one REPEATABLE READ transaction, so that all
    figures stand at the same moment.
    """
    day = period.cut_off
    running = phase_running(plan, day)
    figures = figures_of_plan(plan, day)
    readings = readings_in_force(plan, day)
    evidence = Evidence()
    appendix = appendix_from(plan, list(BudgetLine.objects.of_plan(plan)))
    return {
        "format": FORMAT,
        "kind": period.kind,
        "year": period.year,
        "from": period.first_day.isoformat(),
        "cut_off": day.isoformat(),
        "plan": _plan(plan),
        "form": _form(form),
        "phases": [_phase(phase, running) for phase in plan.phases.all()],
        "indicators": [
            _indicator(one, day) | evidence.figure(figures[one.code])
            for one in _of_plan(Indicator, plan)
        ],
        "tasks": [
            _task(task, day) | evidence.figure(figures[task.code]) for task in _of_plan(Task, plan)
        ],
        "enterprises": key_enterprises_at(day),
        "records": evidence.records,
        "money": _money(appendix),
        "issues": [_issue(issue, readings) for issue in _issues(plan)],
    }


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "code": plan.code,
        "number": plan.number,
        "document_type": plan.document_type,
        "title": plan.title,
        "issuer": plan.issuer,
        "issued_on": plan.issued_on.isoformat(),
        "territory": plan.territory,
        "appendix": {
            "title": plan.appendix_title,
            "attached_to": plan.appendix_attached_to,
            "unit": plan.appendix_unit,
            "columns": plan.appendix_columns,
            "total_label": plan.appendix_total_label,
            "in_words": plan.amount_in_words,
        },
    }


def _form(form: ReportForm) -> dict[str, Any]:
    return {
        "superior": form.superior,
        "agency": form.agency,
        "agency_name": form.agency_name,
        "symbol": form.symbol,
        "place": form.place,
        "addressee": form.addressee,
        "signer": form.signer,
        "recipients": form.recipients,
    }


def _phase(phase: Phase, running: Phase | None) -> dict[str, Any]:
    return {
        "code": phase.code,
        "name": phase.name,
        "years": phase.years,
        "running": phase == running,
    }


def _of_plan(model: Any, plan: Plan) -> Any:
    rows = model.objects.of_plan(plan).select_related("phase", "plan")
    return with_standing(rows.select_related("lead") if model is Task else rows)


def _indicator(indicator: Indicator, day: dt.date) -> dict[str, Any]:
    return {
        "code": indicator.code,
        "name": indicator.name,
        "phase": indicator.phase.code,
        "unit": indicator.unit,
        "comparator": indicator.comparator,
        "accumulation": indicator.accumulation,
        "target": _target(target_in_force(indicator.standing_targets, day)),
        "note": indicator.note,
    }


def _target(target: Target | None) -> dict[str, Any] | None:
    if target is None:
        return None
    return {
        "low": plain(target.low),
        "high": plain(target.high),
        "due": year_cut_off(target.due_year).isoformat() if target.due_year else None,
        "instrument": str(target.instrument),
    }


def _task(task: Task, day: dt.date) -> dict[str, Any]:
    return {
        "code": task.code,
        "phase": task.phase.code,
        "kind": task.kind,
        "text": task.text,
        "quantity": task.quantity,
        "unit": task.unit,
        "target": _target(target_in_force(task.standing_targets, day)),
        "lead": task.lead_text,
        "timing": task.timing,
    }


def _money(appendix: Appendix) -> dict[str, Any]:
    return {
        "phases": [
            {
                "code": part.phase.code,
                "number": part.phase.number,
                "heading": part.phase.heading,
                **_sums(part.sums),
                "groups": [
                    {
                        "code": group.group.code,
                        "number": group.group.number,
                        "heading": group.group.heading,
                        **_sums(group.sums),
                        "lines": [_line(line) for line in group.lines],
                    }
                    for group in part.groups
                ],
            }
            for part in appendix.phases
        ],
        **_sums(appendix.sums),
    }


def _line(line: BudgetLine) -> dict[str, Any]:
    task = line.task
    return {
        "code": task.code,
        "mark": task.mark,
        "text": task.text,
        "also_covers": task.also_covers,
        "lead": task.lead_text,
        "coordinating": task.coordinating_text,
        "timing": task.timing,
        "total": line.total,
        "state": line.state,
        "enterprise": line.enterprise,
    }


def _sums(sums: Sums) -> dict[str, int]:
    return {"total": sums.total, "state": sums.state, "enterprise": sums.enterprise}


def _issues(plan: Plan) -> Any:
    return TextIssue.objects.of_plan(plan).prefetch_related("places", "readings")


def _issue(issue: TextIssue, readings: dict[str, str]) -> dict[str, Any]:
    chosen = readings.get(issue.code)
    reading = next((one for one in issue.readings.all() if one.key == chosen), None)
    return {
        "code": issue.code,
        "statement": issue.statement,
        "reading": reading.text if reading else None,
        "places": [place.code for place in issue.places.all()],
    }


def snapshots_since(moment: dt.datetime) -> Iterator[str]:
    """Yield a sentence for each snapshot taken since: it holds every record as it was then."""
    for snapshot in Snapshot.objects.filter(taken_at__gte=moment).select_related("period"):
        told = _("A report rests on it: %(period)s, figures taken at %(time)s.")
        time = timezone.localtime(snapshot.taken_at)
        yield told % {"period": snapshot.period, "time": f"{time:%H:%M %d/%m/%Y}"}
