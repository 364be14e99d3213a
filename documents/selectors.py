"""Reading which files hang on records."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Count

from accounts.models import User
from documents.models import Attachment
from documents.models.attachments import AttachmentQuerySet


def files_of(user: User, record: models.Model) -> AttachmentQuerySet:
    """Return the files of a record with what a list shows of each."""
    files = Attachment.objects.visible_to(user).of(record)
    return files.select_related("current__uploaded_by", "current__late_scan", "withdrawn_by")


def infected_of(user: User) -> AttachmentQuerySet:
    """Return the files that the person brought last and in which a virus was found afterwards."""
    files = Attachment.objects.standing()
    found = files.filter(current__uploaded_by=user, current__late_scan__signature__gt="")
    # Which records the person sees is asked of every room: only if there is such a file.
    return found.visible_to(user) if found.exists() else found.none()


def file_counts(user: User, records: Iterable[models.Model]) -> dict[int, int]:
    """Return how many standing files each of these records of one model has, by key."""
    found = list(records)
    if not found:
        return {}
    files = Attachment.objects.visible_to(user).standing()
    rows = (
        files.filter(
            holder_type=found[0]._meta.label_lower, holder_id__in=[record.pk for record in found]
        )
        .order_by()
        .values_list("holder_id")
        .annotate(count=Count("pk"))
    )
    return dict(rows)
