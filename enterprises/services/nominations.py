"""Acts of the nominating organisation."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from audit.services import record
from core.errors import DomainError
from core.versions import take
from documents.choices import AttachmentKind
from documents.models import Attachment
from documents.services import attachment_upload
from enterprises import nomination_policies as policies
from enterprises.choices import DossierState, NominationAct, NominationState
from enterprises.models import (
    Dossier,
    Enterprise,
    Nomination,
    NominationRound,
    NominationStep,
)
from enterprises.nomination_rules import Obstacle, ground_of, obstacles, sentence
from enterprises.services import nomination_notices as notices
from enterprises.services.changes import differing, told
from enterprises.services.enterprises import errors_at, one_enterprise_a_code
from enterprises.tax_codes import normalise_tax_code, require_fitting_kind

# What of an enterprise is said before it is registered.
NEW = ("new_name", "new_kind", "new_area")
CONTENT = (
    "need",
    "expected_cost",
    "state_share",
    "enterprise_share",
    "commitment",
    "outside_reason",
    "letter_number",
    "letter_date",
)
FILES = {"letter": AttachmentKind.LETTER, "evidence": AttachmentKind.OTHER}
Files = Mapping[str, "File | None"]
NO_FILES: Files = {}


class NotReadyError(DomainError):
    """Something stands in the way of the submission; ``obstacles`` says what, one by one."""

    def __init__(self, found: list[Obstacle]) -> None:
        super().__init__(sentence(found))
        self.obstacles = found


@transaction.atomic
def nomination_add(
    *,
    one: NominationRound,
    organisation: Organisation,
    values: Mapping[str, Any],
    by: User,
    files: Files = NO_FILES,
) -> Nomination:
    """Begin a nomination: a draft that only the organisation sees.

    Raises ``ValidationError`` at the field to correct.
    """
    policies.can_nominate(by, one).require()
    if organisation not in policies.organisations_of(by):
        told_so = _("Choose the organisation in which you work.")
        raise ValidationError({"organisation": told_so})
    nomination = Nomination(round=one, organisation=organisation, drafted_by=by)
    name_enterprise(nomination, values)
    _say(nomination, values)
    _check(nomination)
    nomination.save()
    _attach(nomination, files, by)
    after = told(nomination, ("organisation", "task", "enterprise", *CONTENT))
    record(act="nomination_add", by=by, target=nomination, after=after)
    return nomination


@transaction.atomic
def nomination_edit(
    *,
    nomination: Nomination,
    values: Mapping[str, Any],
    version: int | None,
    by: User,
    files: Files = NO_FILES,
) -> Nomination:
    """Change a draft, or mend what was returned, whose enterprise and task stay.

    Raises ``StaleVersionError`` when somebody saved it since ``version``.
    """
    nomination = taken(nomination, version)
    policies.can_edit_nomination(by, nomination).require()
    before = told(nomination, ("task", "enterprise", *CONTENT))
    if nomination.state == NominationState.DRAFT:
        name_enterprise(nomination, values)
    _say(nomination, values)
    _check(nomination)
    nomination.save()
    _attach(nomination, files, by)
    before, after = differing(before, told(nomination, ("task", "enterprise", *CONTENT)))
    record(act="nomination_edit", by=by, target=nomination, before=before, after=after)
    return nomination


@transaction.atomic
def nomination_submit(*, nomination: Nomination, version: int | None, by: User) -> Nomination:
    """Submit a draft, or again what was returned: it meets others on the dossier.

    Raises ``NotReadyError`` with everything that stands in the way; nothing changed then.
    """
    # One after another in a round: quotas, its days and dossiers hold whoever comes at once.
    one = NominationRound.objects.select_for_update(of=("self",)).get(pk=nomination.round_id)
    if nomination.dossier_id:
        Dossier.objects.select_for_update(of=("self",)).get(pk=nomination.dossier_id)
    nomination = taken(nomination, version)
    policies.can_submit(by, nomination).require()
    nomination.round = one
    name_enterprise_again(nomination)
    ground = ground_of(one, nomination.organisation, [nomination], by, timezone.localdate())
    if found := obstacles(nomination, ground):
        raise NotReadyError(found)
    return put_forward(nomination, by)


def put_forward(nomination: Nomination, by: User) -> Nomination:
    """Put a nomination that nothing stands in the way of on its dossier, the round being locked."""
    again = nomination.state == NominationState.RETURNED
    before = nomination.state
    name_enterprise_again(nomination)
    if nomination.enterprise is None:
        nomination.enterprise = _registered(nomination, by)
    dossier = _dossier_of(nomination, nomination.enterprise)
    nomination.dossier = dossier
    nomination.state = NominationState.SUBMITTED
    nomination.submitted_by, nomination.submitted_at = by, timezone.now()
    nomination.mend_by, nomination.mend_reason, nomination.mend_fields = None, "", []
    nomination.new_tax_code, nomination.new_name, nomination.new_kind = "", "", ""
    nomination.new_area = None
    nomination.save()
    if dossier.state in {DossierState.RETURNED, DossierState.WITHDRAWN}:
        dossier.state = DossierState.WAITING
        dossier.submitted_at = nomination.submitted_at
    dossier.save()
    step(
        dossier,
        NominationAct.RESUBMIT if again else NominationAct.SUBMIT,
        by,
        nomination=nomination,
        change=(before, nomination.state),
    )
    notices.submitted(nomination, again=again)
    after = told(nomination, ("organisation", "task", "enterprise", *CONTENT))
    record(act="nomination_submit", by=by, target=nomination, after=after)
    return nomination


@transaction.atomic
def nomination_withdraw(
    *, nomination: Nomination, reason: str, version: int | None, by: User
) -> Nomination:
    """Take back a nomination that is not decided on; its place of the quota is free again."""
    if nomination.dossier_id:
        nomination.dossier = Dossier.objects.select_for_update(of=("self",)).get(
            pk=nomination.dossier_id
        )
    nomination = taken(nomination, version)
    policies.can_withdraw(by, nomination).require()
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is withdrawn.")})
    withdraw(nomination, reason.strip(), by)
    notices.withdrawn(nomination, reason.strip())
    record(act="nomination_withdraw", by=by, target=nomination, reason=reason.strip())
    return nomination


def withdraw(nomination: Nomination, reason: str, by: User) -> None:
    """Let a nomination leave its locked dossier, which goes with the last one that stands."""
    dossier, before = nomination.dossier, nomination.state
    if dossier is None:
        raise ValueError("Only what lies on a dossier is withdrawn.")
    nomination.state = NominationState.WITHDRAWN
    nomination.mend_by, nomination.mend_reason, nomination.mend_fields = None, "", []
    nomination.save()
    change = (before, nomination.state)
    step(dossier, NominationAct.WITHDRAW, by, nomination=nomination, change=change, reason=reason)
    settle_dossier(dossier)


def settle_dossier(dossier: Dossier) -> None:
    """Let a dossier follow its nominations: none left, or all of them returned."""
    states = set(dossier.nominations.standing().values_list("state", flat=True))
    if not states:
        dossier.state = DossierState.WITHDRAWN
    elif states == {NominationState.RETURNED}:
        dossier.state = DossierState.RETURNED
    if dossier.state in {DossierState.WITHDRAWN, DossierState.RETURNED}:
        dossier.proposed_by, dossier.proposed_at = None, None
    dossier.save()


@transaction.atomic
def nomination_discard(*, nomination: Nomination, by: User) -> None:
    """Throw a draft away, its files included in the withdrawal; nobody else has seen it."""
    nomination = taken(nomination, None)
    policies.can_discard(by, nomination).require()
    before = told(nomination, ("organisation", "task", "enterprise", *CONTENT))
    record(act="nomination_discard", by=by, target=nomination, before=before)
    files = Attachment.objects.of(nomination).standing()
    files.update(
        withdrawn_at=timezone.now(),
        withdrawn_by=by,
        withdrawal_reason=_("The draft was discarded."),
    )
    nomination.delete()


def taken(nomination: Nomination, version: int | None) -> Nomination:
    """Lock a nomination and return it with what the policies look at."""
    rows = Nomination.objects.select_related("round", "task", "organisation", "enterprise")
    found = take(rows, nomination.pk, version)
    if found.dossier_id:
        found.dossier = Dossier.objects.get(pk=found.dossier_id)
    return found


def step(
    dossier: Dossier,
    act: NominationAct,
    by: User,
    *,
    nomination: Nomination | None = None,
    change: tuple[str, str] = ("", ""),
    reason: str = "",
    **more: Any,
) -> NominationStep:
    """Keep for ever who took which step, when and why."""
    before, after = change
    taken_step = NominationStep(
        dossier=dossier,
        nomination=nomination,
        organisation=nomination.organisation if nomination else None,
        act=act,
        from_state=before,
        to_state=after,
        reason=reason,
        by=by,
        **more,
    )
    taken_step.save()
    return taken_step


def name_enterprise(nomination: Nomination, values: Mapping[str, Any]) -> None:
    """Set task and enterprise of a draft: that of the tax code, or what is said of a new one."""
    nomination.task = values["task"]
    with errors_at("tax_code"):
        tax_code = normalise_tax_code(values["tax_code"])
    nomination.enterprise = enterprise_of(tax_code)
    if nomination.enterprise:
        nomination.new_tax_code, nomination.new_name, nomination.new_kind = "", "", ""
        nomination.new_area = None
        return
    nomination.new_tax_code = tax_code
    for name in NEW:
        setattr(nomination, name, values.get(name) or (None if name == "new_area" else ""))
    if nomination.new_kind:
        with errors_at("new_kind"):
            require_fitting_kind(tax_code, nomination.new_kind)


def name_enterprise_again(nomination: Nomination) -> None:
    """Look once more: somebody may have registered or merged the enterprise meanwhile."""
    if nomination.enterprise is None and nomination.new_tax_code:
        nomination.enterprise = enterprise_of(nomination.new_tax_code)
    elif nomination.enterprise and nomination.enterprise.merged_into:
        nomination.enterprise = nomination.enterprise.merged_into


def enterprise_of(tax_code: str) -> Enterprise | None:
    """Return who is or was known by a tax code; of a merged one, who took it over."""
    found = Enterprise.objects.with_tax_code(tax_code).select_related("merged_into").first()
    return found.merged_into or found if found else None


def _say(nomination: Nomination, values: Mapping[str, Any]) -> None:
    for name in CONTENT:
        if name in values:
            setattr(nomination, name, values[name])


def _check(nomination: Nomination) -> None:
    """Raise ``ValidationError`` at the field that cannot be stored."""
    said = {"task", "state", *NEW, *CONTENT}
    own = {field.name for field in Nomination._meta.fields}
    nomination.full_clean(exclude=own - said)


def _attach(nomination: Nomination, files: Files, by: User) -> None:
    for name, kind in FILES.items():
        if file := files.get(name):
            attachment_upload(record=nomination, title="", kind=kind, file=file, by=by)


def _dossier_of(nomination: Nomination, enterprise: Enterprise) -> Dossier:
    """Return the dossier on which it lies or meets others, locked."""
    if nomination.dossier_id:
        return Dossier.objects.select_for_update(of=("self",)).get(pk=nomination.dossier_id)
    same = Dossier.objects.select_for_update(of=("self",)).filter(
        round=nomination.round, task=nomination.task, enterprise=enterprise
    )
    withdrawn = DossierState.WITHDRAWN
    known = same.exclude(state=withdrawn).first() or same.order_by("pk").last()
    if known is not None:
        return known
    return Dossier.objects.create(
        round=nomination.round, task=nomination.task, enterprise=enterprise
    )


def _registered(nomination: Nomination, by: User) -> Enterprise:
    """Register the enterprise that is nominated without being known: not verified."""
    made = Enterprise(
        tax_code=nomination.new_tax_code,
        name=nomination.new_name,
        kind=nomination.new_kind,
        area=nomination.new_area,
    )
    made.full_clean()
    try:
        with one_enterprise_a_code():
            made.save()
    except DomainError:
        # Named in another round at the same moment: it is known now.
        known = enterprise_of(nomination.new_tax_code)
        if known is None:
            raise
        return known
    after = told(made, ("tax_code", "name", "kind", "area"))
    record(act="enterprise_register_unverified", by=by, target=made, after=after)
    return made
