"""Acts on what staff decide about a plan: entered by one person, approved by another."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.holders import people_with_role
from accounts.models import User
from audit.services import record as write_history
from core.errors import DomainError
from core.versions import take
from notifications.services import notice_send
from programs import measures, policies
from programs.choices import Accumulation, Comparator
from programs.decisions import ASSIGNMENT, MEASURE, READING, TARGET, Kind, Subject, kind_of
from programs.models import Indicator, Instrument, Plan, Task
from programs.models.decided import Decided
from programs.services.instruments import instrument_recorded

Values = Mapping[str, Any]


@transaction.atomic
def plan_proposal_add(*, kind: Kind, subject: Subject, values: Values, by: User) -> Decided:
    """Enter a decision about a part of the plan; it counts once another person approves it.

    ``values`` hold the fields of the kind, and the document: ``instrument``, or of a new one
    ``number``, ``issued_on`` and ``issuer``.
    """
    policies.can_propose(by).require()
    row = kind.model(recorded_by=by, **kind.about(subject))
    _store(kind, row, subject, values)
    write_history(act="plan_proposal_add", by=by, target=row, after=_told(kind, row))
    _ask(kind, row, subject, by)
    return row


@transaction.atomic
def plan_proposal_edit(*, row: Decided, values: Values, version: int | None, by: User) -> Decided:
    """Correct what waits or was returned; it is asked for again."""
    kind = kind_of(row)
    row = take(kind.model.objects.all(), row.pk, version)
    policies.can_mend(by, row).require()
    before, subject = _told(kind, row), kind.subject_of(row)
    row.returned_at, row.returned_by, row.returned_reason = None, None, ""
    _store(kind, row, subject, values)
    after = _told(kind, row)
    write_history(act="plan_proposal_edit", by=by, target=row, before=before, after=after)
    _ask(kind, row, subject, by)
    return row


@transaction.atomic
def plan_proposal_approve(*, row: Decided, version: int | None, by: User) -> Decided:
    """Let a decision count from its day on."""
    kind = kind_of(row)
    row = take(kind.model.objects.all(), row.pk, version)
    policies.can_decide(by, row).require()
    subject = kind.subject_of(row)
    # Two that are in force from one day must not be approved side by side.
    type(subject)._default_manager.select_for_update().get(pk=subject.pk)
    if _another_on_its_day(kind, row, subject):
        raise DomainError(_("Another decision about this is in force from this day; return it."))
    row.approved_at, row.approved_by = timezone.now(), by
    row.full_clean()
    row.save()
    write_history(act="plan_proposal_approve", by=by, target=row, after=_told(kind, row))
    _answer(kind, row, _("Approved: %(what)s"), "")
    return row


@transaction.atomic
def plan_proposal_return(*, row: Decided, reason: str, version: int | None, by: User) -> Decided:
    """Give a decision back to the person who entered it, with the reason."""
    kind = kind_of(row)
    row = take(kind.model.objects.all(), row.pk, version)
    policies.can_decide(by, row).require()
    if not reason:
        raise ValidationError({"reason": _("Say why it is returned.")})
    row.returned_at, row.returned_by, row.returned_reason = timezone.now(), by, reason
    row.save()
    told = _told(kind, row)
    write_history(act="plan_proposal_return", by=by, target=row, before=told, reason=reason)
    _answer(kind, row, _("Returned: %(what)s"), reason)
    return row


@transaction.atomic
def plan_proposal_void(*, row: Decided, reason: str, version: int | None, by: User) -> Decided:
    """Withdraw what waits, or take back what was decided wrongly: it leaves every date."""
    kind = kind_of(row)
    row = take(kind.model.objects.all(), row.pk, version)
    policies.can_take_back(by, row).require()
    if not reason:
        raise ValidationError({"reason": _("Say why.")})
    row.voided_at, row.voided_by, row.voided_reason = timezone.now(), by, reason
    row.save()
    told = _told(kind, row)
    write_history(act="plan_proposal_void", by=by, target=row, before=told, reason=reason)
    if row.recorded_by_id != by.pk:
        _answer(kind, row, _("Taken back: %(what)s"), reason)
    return row


def _store(kind: Kind, row: Any, subject: Subject, values: Values) -> None:
    """Take the values over, check them, and save."""
    typed = {name: value for name, value in values.items() if name in kind.fields}
    several = typed.pop("coordinating", None)
    for name, value in typed.items():
        setattr(row, name, value)
    row.instrument = _document(kind, subject.plan, values)
    _CHECKS[kind.slug](row, subject)
    if row.instrument and row.valid_from and row.valid_from < row.instrument.issued_on:
        told = _("The document was issued on %(day)s; it cannot be in force before.")
        day = f"{row.instrument.issued_on:%d/%m/%Y}"
        raise ValidationError({"valid_from": told % {"day": day}})
    # Whether another one is in force from the same day is asked again at the approval.
    _alone_on_its_day(kind, row, subject)
    row.full_clean()
    row.save()
    if several is not None:
        row.coordinating.set(several)


def _document(kind: Kind, plan: Plan, values: Values) -> Instrument | None:
    """Return the document that was chosen, or enter the new one that was typed."""
    chosen: Instrument | None = values.get("instrument")
    number = values.get("number") or ""
    day: dt.date | None = values.get("issued_on")
    issuer = values.get("issuer") or ""
    if chosen:
        if number or day or issuer:
            told = _("Choose a document of the list, or enter a new one, not both.")
            raise ValidationError({"instrument": told})
        return chosen
    if not (number or day or issuer):
        if kind.instrument:
            told = _("Choose the document that decides this, or enter its number below.")
            raise ValidationError({"instrument": told})
        return None
    wanted: dict[str, Any] = {"number": number, "issued_on": day, "issuer": issuer}
    if missing := [name for name, value in wanted.items() if not value]:
        told = _("A new document needs its number, its date and who issued it.")
        raise ValidationError(dict.fromkeys(missing, told))
    return instrument_recorded(plan=plan, **wanted)


def _check_target(row: Any, subject: Subject) -> None:
    if not isinstance(subject, Indicator | Task):
        raise TypeError("A target is of an indicator or a task.")
    row.phase = subject.phase
    ranged = getattr(subject, "comparator", "") == Comparator.BETWEEN
    yearly = getattr(subject, "accumulation", "") == Accumulation.PER_YEAR
    errors: dict[str, str] = {}
    if row.low is not None and row.low < Decimal(0):
        errors["low"] = _("A target is not below zero.")
    if ranged and row.high is None:
        errors["high"] = _("This target is a range: say up to which number.")
    if row.high is not None and not ranged:
        errors["high"] = _("This target is one number; leave this empty.")
    first, last = subject.phase.first_year, subject.phase.last_year
    if yearly and row.due_year:
        errors["due_year"] = _("This indicator is judged every year; leave this empty.")
    if not yearly and not (row.due_year and first <= row.due_year <= last):
        told = _("Choose a year of the phase, %(first)d to %(last)d.")
        errors["due_year"] = told % {"first": first, "last": last}
    if row.valid_from and row.valid_from > subject.phase.window.last:
        errors["valid_from"] = _("The phase is over on this day.")
    if errors:
        raise ValidationError(errors)


def _check_reading(row: Any, subject: Subject) -> None:
    if row.reading.issue_id != subject.pk:
        raise ValidationError({"reading": _("Choose a reading of this passage.")})


def _check_assignment(row: Any, subject: Subject) -> None:
    if row.lead.valid_to and row.valid_from and row.lead.valid_to < row.valid_from:
        told = _("%(name)s ended on %(day)s; choose its successor.")
        values = {"name": row.lead.shown_name, "day": f"{row.lead.valid_to:%d/%m/%Y}"}
        raise ValidationError({"lead": told % values})


def _check_measure(row: Any, subject: Subject) -> None:
    measure = measures.get(row.measure_key)
    if measure is None:
        raise ValidationError({"measure_key": _("Choose a measure of the list.")})
    wanted = {parameter.name: parameter for parameter in measure.parameters}
    if unknown := set(row.measure_parameters) - set(wanted):
        told = _("This measure knows no parameter %(name)s.")
        raise DomainError(told % {"name": ", ".join(sorted(unknown))})
    for name, parameter in wanted.items():
        value = row.measure_parameters.get(name)
        if value in (None, "", []):
            told = _("Fill in “%(label)s”.")
            raise ValidationError({name: told % {"label": parameter.label}})
        if parameter.options is None:
            if not isinstance(value, int) or value <= 0:
                raise ValidationError({name: _("Write a whole number above zero.")})
            continue
        known = {key for key, _label in parameter.options(subject.plan)}
        if not set(value if parameter.several else [value]) <= known:
            raise ValidationError({name: _("Choose from the list.")})


_CHECKS = {
    TARGET.slug: _check_target,
    READING.slug: _check_reading,
    ASSIGNMENT.slug: _check_assignment,
    MEASURE.slug: _check_measure,
}


def _another_on_its_day(kind: Kind, row: Any, subject: Subject) -> bool:
    same = kind.model.objects.standing().filter(valid_from=row.valid_from, **kind.about(subject))
    found: bool = same.exclude(pk=row.pk).exists()
    return found


def _alone_on_its_day(kind: Kind, row: Any, subject: Subject) -> None:
    if _another_on_its_day(kind, row, subject):
        told = _("Another decision about this is in force from this day; choose another day.")
        raise ValidationError({"valid_from": told})


def _told(kind: Kind, row: Any) -> dict[str, Any]:
    return {
        "code": kind.subject_of(row).code,
        "what": kind.told(row),
        "valid_from": row.valid_from,
        "instrument": str(row.instrument) if row.instrument else "",
        "note": row.note,
    }


def _ask(kind: Kind, row: Any, subject: Subject, by: User) -> None:
    """Tell the leads that something waits for them."""
    leads = people_with_role(timezone.localdate(), Role.PROGRAMME_LEAD)
    notice_send(
        kind="plan_proposal",
        to=[lead for lead in leads if lead != by],
        title=_("Waits for your approval: %(what)s") % {"what": _title(kind, row)},
        text=kind.told(row),
        url=_url(subject),
        key=f"plan_proposal:{kind.slug}:{row.pk}:{row.version}",
    )


def _answer(kind: Kind, row: Any, told: str, reason: str) -> None:
    notice_send(
        kind="plan_proposal",
        to=[row.recorded_by],
        title=told % {"what": _title(kind, row)},
        text=reason or kind.told(row),
        url=_url(kind.subject_of(row)),
    )


def _title(kind: Kind, row: Any) -> str:
    return f"{kind.label} {kind.subject_of(row).code}"


def _url(subject: Subject) -> str:
    return reverse("plan_proposal_list", args=[subject.plan.code])
