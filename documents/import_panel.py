"""The imports that made or changed a record, on its own page."""

from typing import Any

from django.db import models

from accounts.requests import UserRequest
from documents.choices import ChangeAct
from documents.models import ImportChange, ImportRun

NEWEST = 5


def imports_panel(request: UserRequest, subject: models.Model) -> dict[str, Any] | None:
    """Return the newest imports that touched a record, for those who see imports."""
    runs = ImportRun.objects.visible_to(request.user)
    changes = (
        ImportChange.objects.filter(
            run__in=runs, target_type=subject._meta.label_lower, target_id=subject.pk
        )
        .exclude(act=ChangeAct.COUNT)
        .select_related("run__confirmed_by")
        .order_by("-pk")
    )
    found = list(changes[:NEWEST])
    return {"changes": found} if found else None
