"""Loading areas and organisations from their file: all of it or nothing, twice without change."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction

from accounts import policies
from accounts.area_file import AreaFile, DatedPart, SuccessionPart
from accounts.continuity import refuse_impossible
from accounts.lineage import area_lineage, organisation_lineage
from accounts.models import AdministrativeArea, Organisation
from accounts.services.areas import area_succeed
from accounts.services.changes import apply, told
from accounts.services.successions import succeed
from audit.actors import Actor
from audit.services import record
from core.errors import DomainError
from core.text import search_key

# Two loads at once would see each other's gaps.
LOCK = 191_002
NO_DECISION = {"decision_number": "", "decided_on": None}


@dataclass
class AreasLoad:
    """What a load did, or in a dry run would do: codes, and what changed of them."""

    added: list[str] = field(default_factory=list)
    changed: dict[str, dict[str, Any]] = field(default_factory=dict)
    successions: list[dict[str, Any]] = field(default_factory=list)
    # Where the portal holds something else than the file, because people saved it.
    kept: dict[str, str] = field(default_factory=dict)

    @property
    def anything(self) -> bool:
        """Whether anything changed."""
        return bool(self.added or self.changed or self.successions)


def areas_load(
    *, area_file: AreaFile, by: Actor, digest: str = "", dry_run: bool = False
) -> AreasLoad:
    """Bring areas, organisations and successions of a checked file into the portal.

    What is not here is made. An organisation that nobody has saved since it was made, by a plan
    for instance, is completed; what people have saved stays as it is and is told in ``kept``.
    Successions pass roles and open work on, those of several successors to the Department.
    ``digest`` is the SHA-256 of the file, for the history. With ``dry_run`` nothing is kept.
    """
    policies.can_edit_organisations(by).require()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        done = _Loader(area_file, by).load()
        if dry_run:
            transaction.set_rollback(True)
        elif done.anything:
            after = {
                "sha256": digest,
                "source": f"{area_file.source.name} {area_file.source.version}",
                "added": done.added,
                "changed": [{"code": code, **what} for code, what in done.changed.items()],
                "successions": done.successions,
            }
            record(act="areas_load", by=by, after=after)
    return done


class _Loader:
    """One load, part by part in the order in which they rest on each other."""

    def __init__(self, file: AreaFile, by: Actor) -> None:
        self.file = file
        self.by = by
        self.done = AreasLoad()

    def load(self) -> AreasLoad:
        self.areas = {area.code: area for area in AdministrativeArea.objects.all()}
        self.organisations = {one.code: one for one in Organisation.objects.all()}
        self._areas()
        self._area_successions()
        self._organisations()
        self._successions()
        return self.done

    def _areas(self) -> None:
        for level in ("province", "district", "commune"):
            added = []
            for part in (part for part in self.file.areas if part.level == level):
                values = {
                    "name": part.name,
                    "level": part.level,
                    "parent": self.areas[part.parent] if part.parent else None,
                    **_dates(part),
                }
                if part.code in self.areas:
                    self._keep(self.areas[part.code], values)
                else:
                    added.append(_made(AdministrativeArea(code=part.code, **values)))
                    self.areas[part.code] = added[-1]
            AdministrativeArea.objects.bulk_create(added)
            self.done.added += [area.code for area in added]

    def _organisations(self) -> None:
        parts = self.file.all_organisations()
        passing = {part.old for part in self._all_successions()}
        # Parents first: those that have none, then the others.
        for below in (False, True):
            added = []
            for part in (part for part in parts if (part.parent is not None) is below):
                values = {
                    "name": part.name,
                    "kind": part.kind,
                    "short_name": part.short_name or "",
                    "parent": self.organisations[part.parent] if part.parent else None,
                    "area": self.areas[part.area] if part.area else None,
                    "sectors": list(part.sectors),
                    "aliases": list(part.aliases),
                    **_dates(part),
                }
                present = self.organisations.get(part.code)
                if present is None:
                    added.append(_made(Organisation(code=part.code, **values)))
                    self.organisations[part.code] = added[-1]
                elif present.version > 1:
                    self._keep(present, values)
                else:
                    self._complete(present, values, passing)
            Organisation.objects.bulk_create(added)
            self.done.added += [organisation.code for organisation in added]

    def _complete(self, present: Organisation, values: dict[str, Any], passing: set[str]) -> None:
        if present.code in passing:
            # Its end comes with the succession, which passes the roles on first.
            del values["valid_to"]
        before, after = apply(present, values)
        if after:
            _saved(present)
            self.done.changed[present.code] = {"before": before, "after": after}

    def _keep(self, present: models.Model, values: Mapping[str, Any]) -> None:
        differing = {
            name: getattr(present, name)
            for name in values
            if getattr(present, name) != values[name]
        }
        if differing:
            here, in_file = told(differing), told({name: values[name] for name in differing})
            self.done.kept[str(present.code)] = f"{here} ≠ {in_file}"  # type: ignore[attr-defined]

    def _all_successions(self) -> list[SuccessionPart]:
        return [*self.file.successions, *self.file.committee_successions]

    def _area_successions(self) -> None:
        def link(old: Any, new: Sequence[Any], part: SuccessionPart) -> dict[str, Any]:
            return area_succeed(old, new, part.day, decision=NO_DECISION)

        self._link(self.file.area_successions, self.areas, area_lineage, link)

    def _successions(self) -> None:
        def link(old: Any, new: Sequence[Any], part: SuccessionPart) -> dict[str, Any]:
            return succeed(
                old, new, part.day, by=self.by, decision=NO_DECISION, memberships={}, work={}
            )

        self._link(self._all_successions(), self.organisations, organisation_lineage, link)

    def _link(
        self,
        parts: Sequence[SuccessionPart],
        records: Mapping[str, Any],
        read_lineage: Callable[[], Any],
        link: Callable[[Any, Sequence[Any], SuccessionPart], dict[str, Any]],
    ) -> None:
        """Record the successions that are not here, earlier ones first."""
        lineage = read_lineage()
        for part in sorted(parts, key=lambda part: part.day):
            old, new = records[part.old], [records[code] for code in part.new]
            known = {key for _on, key in lineage.after.get(old.pk, ())}
            if known:
                if known != {one.pk for one in new}:
                    self.done.kept[old.code] = f"→ {', '.join(part.new)}"
                continue
            try:
                refuse_impossible(old, new, part.day, lineage)
            except DomainError as error:
                self.done.kept[old.code] = error.message
                continue
            self.done.successions.append({"code": old.code, **link(old, new, part)})


def _dates(part: DatedPart) -> dict[str, Any]:
    return {"valid_from": part.first, "valid_to": part.last}


def _made(record: Any) -> Any:
    """Return a record as ``bulk_create`` needs it: checked, with its key for the search."""
    record.clean_fields()
    record.search_key = search_key(record.searched_text())
    return record


def _saved(organisation: Organisation) -> None:
    try:
        organisation.full_clean()
    except ValidationError as error:
        raise DomainError(f"{organisation.code}: {' '.join(error.messages)}") from error
    organisation.save()
