"""Nominations that come in one Excel sheet: brought, looked at, submitted all together."""

from collections.abc import Mapping
from typing import IO, Any, cast

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from audit.services import record
from core.errors import DomainError
from core.files.kinds import FileKind
from core.files.names import clean_name
from core.versions import take
from documents.choices import AttachmentKind
from documents.models import Attachment
from documents.services import attachment_upload
from enterprises import nomination_policies as policies
from enterprises.models import Nomination, NominationBatch, NominationRound
from enterprises.nomination_sheet import judged, read_sheet
from enterprises.services.nominations import put_forward


@transaction.atomic
def nomination_batch_add(
    *,
    one: NominationRound,
    organisation: Organisation,
    values: Mapping[str, Any],
    file: File,
    letter: File,
    by: User,
) -> NominationBatch:
    """Bring a sheet under one official letter; nothing is nominated before it is submitted.

    Raises ``DomainError`` for a file that cannot be read.
    """
    policies.can_nominate(by, one).require()
    if organisation not in policies.organisations_of(by):
        told = _("Choose the organisation in which you work.")
        raise ValidationError({"organisation": told})
    name = file.name or ""
    rows = read_sheet(cast("IO[bytes]", file), name)
    batch = NominationBatch(
        round=one,
        organisation=organisation,
        file_name=clean_name(name, FileKind.XLSX, otherwise="de-cu"),
        rows=rows,
        letter_number=values["letter_number"],
        letter_date=values["letter_date"],
        brought_by=by,
    )
    batch.full_clean(exclude=["submitted_at", "rows"])
    batch.save()
    attachment_upload(record=batch, title="", kind=AttachmentKind.LETTER, file=letter, by=by)
    after = {"file_name": batch.file_name, "nominations": len(rows)}
    record(act="nomination_batch_add", by=by, target=batch, after=after)
    return batch


@transaction.atomic
def nomination_batch_submit(
    *, batch: NominationBatch, version: int | None, by: User
) -> list[Nomination]:
    """Submit every row of a sheet, or none: the same rules as for single nominations.

    Raises ``DomainError`` when a row is wrong by now.
    """
    one = NominationRound.objects.select_for_update(of=("self",)).get(pk=batch.round_id)
    rows_of = NominationBatch.objects.select_related("organisation")
    batch = take(rows_of, batch.pk, version)
    policies.can_submit_batch(by, batch).require()
    batch.round = one
    letter = has_letter(batch)
    rows = judged(batch, by, timezone.localdate(), letter=letter)
    if wrong := [row for row in rows if not row.is_good]:
        told = _("Row %(number)d: %(why)s Nothing was submitted.")
        first = wrong[0]
        raise DomainError(told % {"number": first.number, "why": " ".join(first.problems)})
    done = []
    for row in rows:
        row.nomination.save()
        done.append(put_forward(row.nomination, by))
    batch.submitted_at = timezone.now()
    # What was read is in the nominations now; a personal number is not kept twice.
    batch.rows = []
    batch.save()
    record(act="nomination_batch_submit", by=by, target=batch, after={"nominations": len(done)})
    return done


def has_letter(batch: NominationBatch) -> bool:
    """Whether the scan of the letter hangs on the sheet."""
    letters = Attachment.objects.of(batch).standing().filter(kind=AttachmentKind.LETTER)
    return letters.exists()
