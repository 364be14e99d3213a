"""Support cases when enterprises are merged: of one task only one can stay open."""

from django.utils.text import capfirst

from enterprises import merging
from enterprises.merging import Collision, Part
from enterprises.models import Enterprise, SupportCase


def register() -> None:
    """Called once, when the app is ready."""
    merging.register(Part(SupportCase, _open_cases))


def _open_cases(source: Enterprise, target: Enterprise) -> list[Collision]:
    def of(enterprise: Enterprise) -> list[SupportCase]:
        return list(SupportCase.objects.open().filter(enterprise=enterprise).select_related("task"))

    label = capfirst(str(SupportCase._meta.verbose_name))
    sides = (of(source), of(target))
    return merging.same_key("supportcase", label, sides, lambda case: case.task_id, _tell)


def _tell(case: SupportCase) -> str:
    return f"{case.task.code}: {case.state.label}"
