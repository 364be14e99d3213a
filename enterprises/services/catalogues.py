"""The acts on the repository of standards and the catalogue of tools."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record as write_history
from core.versions import take
from enterprises import record_policies as policies
from enterprises.choices import StandardStatus
from enterprises.models import ImprovementTool, Standard
from enterprises.services.constraints import check, races_told
from enterprises.services.records import Values, told

STANDARD_FIELDS = ("number", "kind", "title", "status", "replaced_by", "aliases", "link")
STANDARD_PLACES = {
    "standard_number_unique": "number",
    "standard_replaced_by_another": "replaced_by",
}
TOOL_FIELDS = ("name", "aliases")
TOOL_PLACES = {"tool_name_unique": "name"}


@transaction.atomic
def standard_add(*, values: Values, by: User) -> Standard:
    """Put a standard into the repository."""
    policies.can_keep_records(by).require()
    return _save_standard(Standard(), values, by, "standard_add")


@transaction.atomic
def standard_edit(*, standard: Standard, values: Values, version: int | None, by: User) -> Standard:
    """Correct a standard, or note that it was replaced or withdrawn."""
    policies.can_keep_records(by).require()
    standard = take(Standard.objects.all(), standard.pk, version)
    return _save_standard(standard, values, by, "standard_edit")


def _save_standard(standard: Standard, values: Values, by: User, act: str) -> Standard:
    _set(standard, values, STANDARD_FIELDS)
    if standard.replaced_by and standard.status != StandardStatus.REPLACED:
        raise ValidationError({"status": _("A standard that names its successor is replaced.")})
    _refuse_circle(standard)
    return _save(standard, STANDARD_FIELDS, STANDARD_PLACES, by, act)


def _refuse_circle(standard: Standard) -> None:
    """Refuse a successor that the standard itself replaces, directly or not."""
    # Two who save at once must not close a circle between them.
    numbers = dict(Standard.objects.select_for_update().values_list("pk", "replaced_by"))
    follower, passed = standard.replaced_by_id, set()
    while follower and follower not in passed:
        if follower == standard.pk:
            told_so = _("This closes a circle: that standard leads back to this one.")
            raise ValidationError({"replaced_by": told_so})
        passed.add(follower)
        follower = numbers.get(follower)


@transaction.atomic
def improvement_tool_add(*, values: Values, by: User) -> ImprovementTool:
    """Put a tool into the catalogue."""
    policies.can_keep_records(by).require()
    tool = ImprovementTool()
    _set(tool, values, TOOL_FIELDS)
    return _save(tool, TOOL_FIELDS, TOOL_PLACES, by, "improvement_tool_add")


@transaction.atomic
def improvement_tool_edit(
    *, tool: ImprovementTool, values: Values, version: int | None, by: User
) -> ImprovementTool:
    """Correct the name of a tool or its other names."""
    policies.can_keep_records(by).require()
    tool = take(ImprovementTool.objects.all(), tool.pk, version)
    _set(tool, values, TOOL_FIELDS)
    return _save(tool, TOOL_FIELDS, TOOL_PLACES, by, "improvement_tool_edit")


def _set(entry: Any, values: Values, fields: tuple[str, ...]) -> None:
    if unknown := set(values) - set(fields):
        raise ValueError(f"Not typed here: {', '.join(sorted(unknown))}.")
    for name, value in values.items():
        setattr(entry, name, value)


def _save(entry: Any, fields: tuple[str, ...], places: dict[str, str], by: User, act: str) -> Any:
    stored = type(entry)._base_manager.filter(pk=entry.pk).first()
    before = told(stored, fields) if stored else None
    after = told(entry, fields)
    check(entry, places)
    if before == after:
        return entry
    with races_told(entry, places):
        entry.save()
    write_history(act=act, by=by, target=entry, before=before, after=after)
    return entry
