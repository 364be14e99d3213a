"""The act that makes one enterprise of two."""

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core.errors import DomainError
from core.versions import StaleVersionError
from enterprises import merging, policies
from enterprises.merging import Collision, Part
from enterprises.models import Enterprise, EnterpriseTaxCode
from enterprises.services.changes import differing, told
from enterprises.services.enterprises import PROFILE, errors_at
from enterprises.tax_codes import require_fitting_kind

Side = Literal["source", "target"]
# Departments of both sides manage what they become.
CHOSEN_FIELDS = tuple(name for name in PROFILE if name != "managing_departments")


@transaction.atomic
def enterprise_merge(
    *,
    source: Enterprise,
    target: Enterprise,
    versions: tuple[int | None, int | None],
    choices: Mapping[str, Side],
    from_source: Iterable[str],
    reason: str,
    by: User,
) -> Enterprise:
    """Merge ``source`` into ``target``, which takes over every record and tax code of it.

    ``choices`` says for each collision, by its key, whose records stay; the other side's are
    voided. ``from_source`` names the fields of the profile that the target takes over.

    Raises ``StaleVersionError`` when somebody changed one of them since ``versions``.
    """
    source, target = _both(source, target, versions)
    for enterprise in (source, target):
        policies.can_merge(by, enterprise).require()
    if not reason:
        raise ValidationError({"reason": _("Say why they are one.")})
    why = _("Merged: %(reason)s") % {"reason": reason}
    collisions = merging.collisions_of(source, target)
    voided = _resolve(collisions, choices, by, why)
    moved = {
        part.label: number for part in merging.parts() if (number := part.move(source, target))
    }
    _end_code(source)
    before, after = _take_over(source, target, from_source)
    source.merged_into, source.merged_at, source.merge_reason = target, timezone.now(), reason
    source.save()
    record(
        act="enterprise_merge",
        by=by,
        target=source,
        after={"merged_into": f"{target} ({target.shown_tax_code})", "records": moved},
        reason=reason,
    )
    record(
        act="enterprise_merge",
        by=by,
        target=target,
        before=before,
        after={
            "merged": f"{source} ({source.shown_tax_code})",
            "records": moved,
            "voided": voided,
            **after,
        },
        reason=reason,
    )
    return target


def _both(
    source: Enterprise, target: Enterprise, versions: tuple[int | None, int | None]
) -> tuple[Enterprise, Enterprise]:
    if source.pk == target.pk:
        raise DomainError(_("An enterprise cannot be merged into itself."))
    # In one order: two who merge the same two the other way round do not wait for each other.
    rows = Enterprise.objects.select_for_update(of=("self",)).order_by("pk")
    locked = {row.pk: row for row in rows.filter(pk__in=(source.pk, target.pk))}
    found = locked[source.pk], locked[target.pk]
    for enterprise, version in zip(found, versions, strict=True):
        if version is not None and enterprise.version != version:
            raise StaleVersionError(enterprise)
    return found


def _resolve(
    collisions: list[tuple[Part, Collision]], choices: Mapping[str, Side], by: User, why: str
) -> list[str]:
    """Let one side of each collision give way and return what did."""
    unresolved = [one.label for _part, one in collisions if one.key not in choices]
    if unresolved:
        told_which = _("Choose whose records stay: %(labels)s.")
        raise DomainError(told_which % {"labels": "; ".join(unresolved)})
    given_way = []
    for _part, collision in collisions:
        goes = collision.target if choices[collision.key] == "source" else collision.source
        for one in goes:
            collision.give_way(one, by, why)
            given_way.append(f"{collision.label}: {collision.tell(one)}")
    for part, collision in collisions:
        if part.settle:
            part.settle(collision, choices[collision.key], by, why)
    return given_way


def _end_code(source: Enterprise) -> None:
    code = EnterpriseTaxCode.objects.get(tax_code=source.tax_code)
    code.valid_to = timezone.localdate()
    code.save()


def _take_over(
    source: Enterprise, target: Enterprise, from_source: Iterable[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    before = told(target, PROFILE)
    for name in from_source:
        if name in CHOSEN_FIELDS:
            setattr(target, name, getattr(source, name))
    with errors_at("kind"):
        require_fitting_kind(target.tax_code, target.kind)
    target.full_clean()
    target.save()
    target.managing_departments.add(*source.managing_departments.all())
    return differing(before, told(target, PROFILE))
