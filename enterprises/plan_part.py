"""What the room ``enterprises`` needs beside a plan: the size thresholds, until staff keep them."""

from pathlib import Path

import yaml
from django.conf import settings
from django.utils import timezone

from enterprises.models import SizeThreshold
from programs.plan_file import PlanFile
from programs.plan_sync import Change, PlanSync

SIZE_THRESHOLDS = Path(settings.BASE_DIR) / "plans" / "size-thresholds.yaml"


def load(sync: PlanSync, plan_file: PlanFile) -> None:
    """Fill the table of size thresholds if it is empty; what staff entered is never touched."""
    if SizeThreshold.objects.exists():
        return
    content = yaml.safe_load(SIZE_THRESHOLDS.read_text(encoding="utf-8"))
    common = {
        "legal_basis": content["legal_basis"],
        "valid_from": content["valid_from"],
        "approved_at": timezone.now(),
    }
    made = [SizeThreshold(**common, **values) for values in content["thresholds"]]
    SizeThreshold.objects.bulk_create(made)
    label = str(SizeThreshold._meta.verbose_name_plural)
    sync.changes += [
        Change(label, str(threshold), None, values)
        for threshold, values in zip(made, content["thresholds"], strict=True)
    ]
