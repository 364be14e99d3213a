"""Acts on outputs: the documents and lists that indicators ask for."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.services import record as write_history
from core.versions import take
from programs import policies
from programs.models import Indicator, Output

Values = Mapping[str, Any]


@transaction.atomic
def output_add(*, indicator: Indicator, values: Values, by: User) -> Output:
    """Record a document that an indicator asks for; it counts from its day of issue."""
    policies.can_record_output(by).require()
    output = Output(indicator=indicator, recorded_by=by)
    _store(output, values)
    write_history(act="output_add", by=by, target=output, after=_told(output))
    return output


@transaction.atomic
def output_edit(*, output: Output, values: Values, version: int | None, by: User) -> Output:
    """Correct what was typed wrongly."""
    output = take(Output.objects.all(), output.pk, version)
    policies.can_change_output(by, output).require()
    before = _told(output)
    output.corrected_at = timezone.now()
    _store(output, values)
    after = _told(output)
    write_history(act="output_edit", by=by, target=output, before=before, after=after)
    return output


@transaction.atomic
def output_void(*, output: Output, reason: str, version: int | None, by: User) -> Output:
    """Void an output that was never issued; it leaves every date."""
    output = take(Output.objects.all(), output.pk, version)
    policies.can_change_output(by, output).require()
    if not reason:
        raise ValidationError({"reason": _("Say why.")})
    output.voided_at, output.voided_by, output.voided_reason = timezone.now(), by, reason
    output.save()
    before = _told(output)
    write_history(act="output_void", by=by, target=output, before=before, reason=reason)
    return output


def _store(output: Output, values: Values) -> None:
    output.name, output.issued_on = values["name"], values["issued_on"]
    if output.issued_on > timezone.localdate():
        told = _("The day is in the future; record the document when it is issued.")
        raise ValidationError({"issued_on": told})
    output.full_clean()
    output.save()


def _told(output: Output) -> dict[str, Any]:
    return {
        "code": output.indicator.code,
        "name": output.name,
        "issued_on": output.issued_on,
    }
