"""Taking a snapshot, and keeping it with the files that were made of it."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError
from programs.models import Plan
from reports.choices import FileFormat
from reports.documents.files import RenderedFile
from reports.models import ReportFile, ReportForm, ReportingPeriod, Snapshot
from reports.selectors import snapshot_content


@dataclass(frozen=True, slots=True)
class TakenSnapshot:
    """A snapshot that is not kept yet: its data, its canonical text and the hash of that."""

    data: dict[str, Any]
    content: str
    sha256: str
    taken_at: dt.datetime


def canonical(data: dict[str, Any]) -> str:
    """Return data as the one JSON text that stands for it."""
    return json.dumps(
        data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def digest(content: str) -> str:
    """Return the SHA-256 of a canonical text."""
    return hashlib.sha256(content.encode()).hexdigest()


def report_form_of(plan: Plan, kind: str) -> ReportForm:
    """Return how reports of this kind are headed; raises ``DomainError`` when nobody said."""
    form = ReportForm.objects.filter(plan=plan, kind=kind).first()
    if form is None:
        told = _("Plan %(plan)s names no form for this report; add report_forms to its file.")
        raise DomainError(told % {"plan": plan})
    return form


def snapshot_take(*, plan: Plan, period: ReportingPeriod) -> TakenSnapshot:
    """Read every figure in one REPEATABLE READ transaction that writes nothing."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # Whatever the caller read before may have changed since.
        plan = Plan.objects.get(pk=plan.pk)
        taken_at = timezone.now()
        data = snapshot_content(plan, report_form_of(plan, period.kind), period)
    content = canonical(data)
    return TakenSnapshot(data, content, digest(content), taken_at)


def snapshot_keep(
    *, plan: Plan, period: ReportingPeriod, taken: TakenSnapshot, files: list[RenderedFile]
) -> Snapshot:
    """Keep a snapshot and its files for ever; the caller's transaction decides."""
    snapshot = Snapshot.objects.create(
        plan=plan,
        period=period,
        content=taken.content,
        sha256=taken.sha256,
        taken_at=taken.taken_at,
    )
    for rendered in files:
        ReportFile.objects.create(
            snapshot=snapshot,
            format=FileFormat(rendered.format),
            name=rendered.name,
            file=ContentFile(rendered.content, name=rendered.name),
            size=len(rendered.content),
            sha256=hashlib.sha256(rendered.content).hexdigest(),
        )
    return snapshot
