"""Acts on enterprises themselves."""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record
from core.errors import DomainError
from core.versions import take
from enterprises import policies
from enterprises.models import Enterprise, EnterpriseTaxCode
from enterprises.models.enterprises import mask_tax_code
from enterprises.services.changes import differing, told
from enterprises.tax_codes import TaxCodeError, normalise_tax_code, require_fitting_kind

ONE_CODE = ("enterprise_tax_code_unique", "tax_code_of_one_enterprise")
# What a form may say of an enterprise; its tax code changes by an act of its own.
PROFILE = (
    "name",
    "kind",
    "sector",
    "main_line",
    "area",
    "former_district",
    "territory",
    "address",
    "representative",
    "phone",
    "email",
    "started_on",
    "ended_on",
    "managing_departments",
)


@transaction.atomic
def enterprise_create(*, values: Mapping[str, Any], by: User) -> Enterprise:
    """Register an enterprise; entered by the Department, it is verified.

    Raises ``ValidationError`` at the field to correct, also when the tax code is taken.
    """
    policies.can_edit_register(by).require()
    profile = {name: value for name, value in values.items() if name in PROFILE}
    departments = profile.pop("managing_departments", ())
    tax_code = fitting_tax_code(values["tax_code"], values["kind"])
    enterprise = Enterprise(tax_code=tax_code, **profile)
    enterprise.verified_at, enterprise.verified_by = timezone.now(), by
    enterprise.full_clean()
    with one_enterprise_a_code():
        enterprise.save()
    enterprise.managing_departments.set(departments)
    after = told(enterprise, ("tax_code", *PROFILE))
    record(
        act="enterprise_create",
        by=by,
        target=enterprise,
        after={name: value for name, value in after.items() if value not in ("", None, [])},
    )
    return enterprise


@transaction.atomic
def enterprise_edit(
    *, enterprise: Enterprise, values: Mapping[str, Any], version: int | None, by: User
) -> Enterprise:
    """Correct or bring up to date what is known of an enterprise.

    Raises ``StaleVersionError`` when somebody saved it since ``version``.
    """
    enterprise = take(Enterprise.objects.all(), enterprise.pk, version)
    policies.can_edit_enterprise(by, enterprise).require()
    profile = {name: value for name, value in values.items() if name in PROFILE}
    before = told(enterprise, profile)
    departments = profile.pop("managing_departments", None)
    for name, value in profile.items():
        setattr(enterprise, name, value)
    with errors_at("kind"):
        require_fitting_kind(enterprise.tax_code, enterprise.kind)
    enterprise.full_clean()
    enterprise.save()
    if departments is not None:
        enterprise.managing_departments.set(departments)
    old, new = differing(before, told(enterprise, before))
    if new:
        record(act="enterprise_edit", by=by, target=enterprise, before=old, after=new)
    return enterprise


@transaction.atomic
def enterprise_change_tax_code(
    *,
    enterprise: Enterprise,
    tax_code: str,
    changed_on: dt.date | None,
    reason: str,
    version: int | None,
    by: User,
) -> Enterprise:
    """Give an enterprise another tax code.

    With ``changed_on``, the first day of the new code, the old one stays as a former code that
    still finds the enterprise. Without it the old one was a typing error and goes for good.
    """
    enterprise = take(Enterprise.objects.all(), enterprise.pk, version)
    policies.can_edit_enterprise(by, enterprise).require()
    if not reason:
        raise ValidationError({"reason": _("Say why the tax code changes.")})
    old = enterprise.tax_code
    new = fitting_tax_code(tax_code, enterprise.kind, of=enterprise)
    if old == new:
        raise ValidationError({"tax_code": _("This is its tax code already.")})
    if changed_on and changed_on > timezone.localdate():
        raise ValidationError({"changed_on": _("The day lies in the future; enter it then.")})
    enterprise.tax_code = new
    enterprise.full_clean()
    with one_enterprise_a_code():
        enterprise.save()
    codes = EnterpriseTaxCode.objects.filter(enterprise=enterprise)
    _follow_on(codes.get(tax_code=old), codes.get(tax_code=new), changed_on)
    record(
        act="enterprise_change_tax_code",
        by=by,
        target=enterprise,
        before={"tax_code": mask_tax_code(old)},
        after={"tax_code": mask_tax_code(new), "changed_on": changed_on},
        reason=reason,
    )
    return enterprise


def _follow_on(
    former: EnterpriseTaxCode, current: EnterpriseTaxCode, changed_on: dt.date | None
) -> None:
    if changed_on is None:
        current.valid_from, current.valid_to = former.valid_from, None
        former.delete()
        current.save()
        return
    former.valid_to = changed_on - dt.timedelta(days=1)
    if former.valid_from and former.valid_to < former.valid_from:
        day = former.valid_from.strftime("%d/%m/%Y")
        raise ValidationError(
            {
                "changed_on": _("The code until now began on %(day)s; enter a later day.")
                % {"day": day}
            }
        )
    # A code that returns keeps the day on which it was first used.
    current.valid_from = current.valid_from or changed_on
    current.valid_to = None
    former.save()
    current.save()


@transaction.atomic
def enterprise_end(
    *, enterprise: Enterprise, ended_on: dt.date, reason: str, version: int | None, by: User
) -> Enterprise:
    """Note that an enterprise ended: from this day on it no longer exists, its records stay."""
    enterprise = take(Enterprise.objects.all(), enterprise.pk, version)
    policies.can_end(by, enterprise).require()
    if not reason:
        raise ValidationError({"reason": _("Say why it ended.")})
    if ended_on > timezone.localdate():
        raise ValidationError({"ended_on": _("The day lies in the future; enter it then.")})
    enterprise.ended_on = ended_on
    enterprise.full_clean()
    enterprise.save()
    after = {"ended_on": ended_on}
    record(act="enterprise_end", by=by, target=enterprise, after=after, reason=reason)
    return enterprise


@transaction.atomic
def enterprise_verify(*, enterprise: Enterprise, by: User) -> Enterprise:
    """Confirm an enterprise that a unit named and nobody had checked."""
    enterprise = take(Enterprise.objects.all(), enterprise.pk, None)
    policies.can_verify(by, enterprise).require()
    enterprise.verified_at, enterprise.verified_by = timezone.now(), by
    enterprise.save()
    record(act="enterprise_verify", by=by, target=enterprise)
    return enterprise


def fitting_tax_code(text: str, kind: str, of: Enterprise | None = None) -> str:
    """Return a tax code in its one spelling that is free, or belongs to this enterprise.

    Raises ``ValidationError`` at its field.
    """
    with errors_at("tax_code"):
        tax_code = normalise_tax_code(text)
        require_fitting_kind(tax_code, kind)
    owner = Enterprise.objects.with_tax_code(tax_code).first()
    if owner is not None and owner != of:
        told_name = _("This tax code belongs to %(name)s already.") % {"name": owner}
        raise ValidationError({"tax_code": told_name})
    return tax_code


@contextmanager
def errors_at(field: str) -> Iterator[None]:
    """Tell a wrong tax code at a field of the form."""
    try:
        yield
    except TaxCodeError as error:
        raise ValidationError({field: error.message}) from None


@contextmanager
def one_enterprise_a_code() -> Iterator[None]:
    """Tell of a code that another person registered at the same moment.

    The database's own words hold the code, which may be a personal number: they go nowhere.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if any(name in str(error) for name in ONE_CODE):
            told_now = _("Somebody has just registered this tax code: look it up first.")
            raise DomainError(told_now) from None
        raise
