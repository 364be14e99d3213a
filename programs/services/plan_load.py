"""Loading a plan from its file: all of it or nothing, twice without change."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import OrganisationKind
from accounts.models import Organisation
from accounts.services import organisation_create
from audit.actors import Actor
from audit.services import record
from programs import measures, plan_parts
from programs.choices import SECTIONS, InstrumentKind, PlaceKind
from programs.models import (
    Indicator,
    Instrument,
    Objective,
    Phase,
    Plan,
    PlanItem,
    Responsibility,
    Target,
    Task,
    TaskGroup,
    TextIssue,
    TextIssuePlace,
    TextIssueReading,
)
from programs.plan_file.agreement import coded_places, item_places
from programs.plan_file.schema import ItemPart, PlanFile, TargetPart
from programs.plan_sync import Change, PlanSync, Values

# Two loads at once would see each other's gaps.
LOCK = 191_001


@dataclass(frozen=True)
class PlanLoad:
    """What a load did, or in a dry run would do."""

    plan: Plan
    changes: list[Change]
    unknown_measures: list[str] = field(default_factory=list)


def plan_load(
    *, plan_file: PlanFile, by: Actor, digest: str = "", dry_run: bool = False
) -> PlanLoad:
    """Bring the portal into step with a checked plan file (amounts in its unit).

    The first plan that is loaded becomes the current one. Changed targets are new rows, the old
    ones stay. Raises ``DomainError`` when the file lacks a part that the portal keeps. With
    ``dry_run`` nothing is kept. ``digest`` is the SHA-256 of the file, for the history.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        loader = _Loader(plan_file, by)
        loader.load()
        sync = loader.sync
        if dry_run:
            transaction.set_rollback(True)
        elif sync.changes:
            changed = [change for change in sync.changes if change.before is not None]
            before = {"changed": [_told(change, change.before) for change in changed]}
            after = {
                "sha256": digest,
                "rows": dict(sync.rows_by_label),
                "changed": [_told(change, change.after) for change in changed],
                "added": [_told(c, c.after) for c in sync.changes if c.before is None],
            }
            act = "plan_load"
            record(
                act=act, by=by, target=sync.plan, before=before if changed else None, after=after
            )
    named = [part.measure for part in plan_file.indicators]
    named += [part.measure for part in plan_file.tasks]
    keys = [measure.key for measure in named if measure]
    return PlanLoad(sync.plan, sync.changes, measures.unknown(keys))


def _told(change: Change, values: dict[str, Any] | None) -> dict[str, Any]:
    return {"what": change.label, "code": change.code, "values": values}


class _Loader:
    """One load, part by part in the order in which they rest on each other."""

    def __init__(self, plan_file: PlanFile, by: Actor) -> None:
        self.file = plan_file
        self.by = by

    def load(self) -> None:
        self.sync = PlanSync(Plan(code=self.file.plan.code))
        self.organisations = self._organisations()
        self.plan = self._plan()
        self.instruments = self._instruments()
        self.phases = self._phases()
        self.objectives = self._objectives()
        self.groups = self._groups()
        self.tasks = self._tasks()
        self._items()
        self._responsibilities()
        self._indicators()
        self._text_issues()
        plan_parts.load(self.sync, self.file)

    def _organisations(self) -> dict[str, Organisation]:
        codes = [part.code for part in self.file.organisations]
        present = {o.code: o for o in Organisation.objects.filter(code__in=codes)}
        for part in self.file.organisations:
            if part.code not in present:
                present[part.code] = organisation_create(
                    code=part.code,
                    name=part.name,
                    short_name=part.short_name or "",
                    kind=OrganisationKind(part.kind),
                    valid_from=self.file.plan.issued_on,
                    by=self.by,
                )
                label = str(Organisation._meta.verbose_name_plural)
                self.sync.changes.append(Change(label, part.code, None, {"name": part.name}))
        return present

    def _plan(self) -> Plan:
        head, appendix = self.file.plan, self.file.appendix
        values = {
            **head.model_dump(exclude={"code", "unit"}),
            "funding_paragraphs": self.file.funding.paragraphs,
            "appendix_title": appendix.title,
            "appendix_attached_to": appendix.attached_to,
            "appendix_unit": appendix.unit_text,
            "appendix_columns": appendix.columns.model_dump(),
            "appendix_total_label": appendix.total_label,
            "amount_in_words": appendix.in_words,
        }
        if not Plan.objects.filter(code=head.code).exists():
            values["is_current"] = not Plan.objects.filter(is_current=True).exists()
        found = Plan.objects.filter(code=head.code)
        self.sync.plan = self.sync.rows(found, {head.code: values})[head.code]
        return self.sync.plan

    def _instruments(self) -> dict[str, Instrument]:
        head = self.file.plan
        wanted = {
            head.number: {
                "plan": self.plan,
                "kind": InstrumentKind.PLAN.value,
                "issued_on": head.issued_on,
                "issuer": head.issuer,
                "title": head.title,
                "is_legal_basis": False,
            }
        }
        for part in self.file.instruments:
            wanted[part.number] = {
                "plan": self.plan,
                "kind": part.kind,
                "issued_on": part.issued_on,
                "issuer": part.issuer,
                "title": part.title,
                "is_legal_basis": part.legal_basis,
            }
        # Documents that staff entered later are not the file's to remove.
        found = Instrument.objects.filter(plan=self.plan, number__in=wanted)
        return self.sync.rows(found, wanted, key="number")

    def _phases(self) -> dict[str, Phase]:
        headings = {part.phase: part for part in self.file.appendix.phases}
        wanted = {}
        for position, part in enumerate(self.file.phases):
            heading = headings.get(part.code)
            wanted[part.code] = {
                "plan": self.plan,
                "name": part.name,
                "labels": part.labels,
                "number": heading.number if heading else "",
                "heading": heading.heading if heading else part.name,
                "first_year": part.first_year,
                "last_year": part.last_year,
                "position": position,
            }
        return self.sync.rows(Phase.objects.filter(plan=self.plan), wanted)

    def _objectives(self) -> dict[str, Objective]:
        wanted = {
            part.code: {
                "plan": self.plan,
                "phase": self.phases[part.phase] if part.phase else None,
                "clause": part.clause,
                "text": part.text,
                "position": position,
            }
            for position, part in enumerate(self.file.objectives)
        }
        return self.sync.rows(Objective.objects.filter(plan=self.plan), wanted)

    def _groups(self) -> dict[str, TaskGroup]:
        wanted: dict[str, Values] = {}
        for phase in self.file.appendix.phases:
            for group in phase.groups:
                wanted[group.code] = {
                    "plan": self.plan,
                    "phase": self.phases[phase.phase],
                    "number": group.number,
                    "heading": group.heading,
                    "position": len(wanted),
                }
        return self.sync.rows(TaskGroup.objects.filter(plan=self.plan), wanted)

    def _tasks(self) -> dict[str, Task]:
        wanted: dict[str, Values] = {}
        defaults = self.file.appendix.defaults
        for group in self.file.groups:
            for part in group.tasks:
                lead = self.organisations[part.lead or defaults.lead]
                wanted[part.code] = {
                    "plan": self.plan,
                    "group": self.groups[group.code],
                    "phase": self.groups[group.code].phase,
                    "mark": part.mark,
                    "text": part.text,
                    "also_covers": part.also_covers,
                    "key": part.key,
                    "kind": part.kind,
                    "quantity": part.quantity,
                    "unit": part.unit or "",
                    "timing": part.timing or defaults.timing,
                    "lead": lead,
                    "lead_text": part.lead_text or (lead.name if part.lead else defaults.lead_text),
                    "coordinating_text": part.coordinating_text or defaults.coordinating_text,
                    "measure_key": part.measure.key if part.measure else "",
                    "measure_parameters": part.measure.parameters if part.measure else {},
                    "position": len(wanted),
                }
        tasks = self.sync.rows(Task.objects.filter(plan=self.plan), wanted)
        for part in self.file.tasks:
            coordinating = [self.organisations[code] for code in part.coordinating]
            self.sync.links(tasks[part.code], "coordinating", part.code, coordinating)
            task = tasks[part.code]
            quantity = Decimal(part.quantity) if part.quantity else None
            due = task.phase.last_year
            targets = [TargetPart(low=quantity, due=due)] if quantity else []
            self._targets(task.phase, part.code, targets, task=task)
        return tasks

    def _items(self) -> None:
        parts: list[ItemPart] = []
        parents: dict[str, str] = {}
        for _place, part in item_places(self.file.items, ()):
            parts.append(part)
            parents.update((below.code, part.code) for below in part.items)
        wanted = {
            part.code: {
                "plan": self.plan,
                "is_heading": part.heading is not None,
                "text": part.heading or part.text or "",
                "lead_in": part.lead_in or "",
                "quantity": part.quantity,
                "unit": part.unit or "",
                "comparator": part.comparator,
                "tasks_assumed": part.tasks_assumed,
                "position": position,
            }
            for position, part in enumerate(parts)
        }
        found = PlanItem.objects.filter(plan=self.plan)
        known = set(found.values_list("code", flat=True))
        items = self.sync.rows(found.select_related("parent"), wanted)
        for part in parts:
            item, parent = items[part.code], items.get(parents.get(part.code, ""))
            if item.parent_id != (parent.pk if parent else None):
                before = {"parent": item.parent.code if item.parent else None}
                item.parent = parent
                item.save(update_fields=["parent"])
                if part.code in known:
                    after = {"parent": parent.code if parent else None}
                    label = str(PlanItem._meta.verbose_name_plural)
                    self.sync.changes.append(Change(label, part.code, before, after))
            self.sync.links(item, "tasks", part.code, [self.tasks[code] for code in part.tasks])

    def _responsibilities(self) -> None:
        wanted = {
            part.code: {
                "plan": self.plan,
                "unit_text": part.unit_text,
                "lead_in": part.lead_in or "",
                "duties": part.duties,
                "position": position,
            }
            for position, part in enumerate(self.file.responsibilities)
        }
        found = Responsibility.objects.filter(plan=self.plan)
        rows = self.sync.rows(found, wanted)
        for part in self.file.responsibilities:
            organisations = [self.organisations[code] for code in part.organisations]
            self.sync.links(rows[part.code], "organisations", part.code, organisations)

    def _indicators(self) -> None:
        wanted = {
            part.code: {
                "plan": self.plan,
                "objective": self.objectives[part.objective],
                "phase": self.phases[part.phase],
                "name": part.name,
                "unit": part.unit or "",
                "comparator": part.comparator,
                "accumulation": part.accumulation,
                "numerator": part.numerator,
                "denominator": part.denominator or "",
                "note": part.note or "",
                "measure_key": part.measure.key if part.measure else "",
                "measure_parameters": part.measure.parameters if part.measure else {},
                "position": position,
            }
            for position, part in enumerate(self.file.indicators)
        }
        indicators = self.sync.rows(Indicator.objects.filter(plan=self.plan), wanted)
        for part in self.file.indicators:
            phase = self.phases[part.phase]
            self._targets(phase, part.code, part.targets, indicator=indicators[part.code])

    def _targets(
        self,
        phase: Phase,
        code: str,
        parts: list[TargetPart],
        *,
        indicator: Indicator | None = None,
        task: Task | None = None,
    ) -> None:
        """Bring the targets of one subject into step: what changed or went is kept as replaced.

        What staff entered, or by a document that is not in the file, stays.
        """
        subject = {"indicator": indicator, "task": task}
        by_file = [instrument.pk for instrument in self.instruments.values()]
        standing = {
            (target.year, target.valid_from): target
            for target in Target.objects.standing().filter(
                **subject, instrument__in=by_file, recorded_by__isnull=True
            )
        }
        for part in parts:
            instrument = self.instruments[part.instrument or self.file.plan.number]
            target = Target(
                **subject,
                phase=phase,
                year=part.year,
                due_year=part.due,
                low=part.low,
                high=part.high,
                instrument=instrument,
                valid_from=part.valid_from or instrument.issued_on,
            )
            old = standing.pop((target.year, target.valid_from), None)
            if old is None or old.says() != target.says():
                self._replace(code, old, target)
        for gone in standing.values():
            self._replace(code, gone, None)

    def _replace(self, code: str, old: Target | None, new: Target | None) -> None:
        label = str(Target._meta.verbose_name_plural)
        if old:
            old.replaced_at = timezone.now()
            old.replaced_reason = _("The plan was loaded again with another target.")
            old.save(update_fields=["replaced_at", "replaced_reason"])
        if new:
            new.save()
        before, after = (target.told() if target else {} for target in (old, new))
        self.sync.changes.append(Change(label, code, before if old else None, after))

    def _text_issues(self) -> None:
        wanted = {
            part.code: {"plan": self.plan, "statement": part.statement, "position": position}
            for position, part in enumerate(self.file.text_issues)
        }
        issues = self.sync.rows(TextIssue.objects.filter(plan=self.plan), wanted)
        kinds = {code: kind for _place, kind, code in coded_places(self.file)}
        for part in self.file.text_issues:
            issue = issues[part.code]
            places = {
                code: {
                    "issue": issue,
                    "kind": PlaceKind.SECTION.value if code in SECTIONS else kinds[code],
                    "position": position,
                }
                for position, code in enumerate(part.places)
            }
            found = TextIssuePlace.objects.filter(issue=issue)
            self.sync.rows(found, places, removable=True)
            readings = {
                reading.key: {"issue": issue, "text": reading.text, "position": position}
                for position, reading in enumerate(part.readings)
            }
            known = TextIssueReading.objects.filter(issue=issue)
            self.sync.rows(known, readings, key="key", removable=True)
