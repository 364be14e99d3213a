"""Who may do what with deputies, handovers, sessions, drafts and kept forms."""

import datetime as dt
import time

from django.http import QueryDict
from django.utils import timezone

from accounts.choices import Role
from accounts.form_tokens import FormToken
from accounts.models import Membership, User
from accounts.services import deputy_record, form_draft_save, kept_form_keep
from accounts.services.idle_accounts import link_token
from core.typed import TOKEN_FIELD
from tests import factories
from tests.rights import ALL, REVIEWERS, Row, Target, World, people


def form_token(world: World) -> FormToken:
    """The token of a form that the unit officer has opened."""
    officer = world.user(Role.UNIT_OFFICER)
    return FormToken(officer.pk, "/bao-cao/", "/bao-cao/#", "", (), time.time())


def draft_to_save(world: World) -> Target:
    """What the page of the unit officer sends by itself."""
    return Target(data={TOKEN_FIELD: form_token(world).sign(), "name": "mới"})


def draft(world: World) -> Target:
    """A draft of the unit officer."""
    made = form_draft_save(token=form_token(world), posted=QueryDict("name=a"))
    assert made
    return Target((made.pk,))


def kept_form(world: World) -> Target:
    """A kept form of the unit officer."""
    made = kept_form_keep(token=form_token(world), posted=QueryDict("name=a"))
    assert made
    return Target((made.pk,))


def membership_of(world: World, role: Role) -> Membership:
    """The role of a person of the table."""
    return Membership.objects.get(user=world.user(role), role=role)


def deputy_to_record(world: World) -> Target:
    """The officer of the Department for its lead, from tomorrow."""
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    data = {
        "lead": membership_of(world, Role.PROGRAMME_LEAD).pk,
        "deputy": membership_of(world, Role.PROGRAMME_OFFICER).pk,
        "valid_from": tomorrow.strftime("%d/%m/%Y"),
        "valid_to": tomorrow.strftime("%d/%m/%Y"),
        "reason": "Đi công tác",
    }
    return Target(data=data)


def deputy_to_end(world: World) -> Target:
    """A deputy who stands in from tomorrow."""
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    made = deputy_record(
        lead=world.user(Role.PROGRAMME_LEAD),
        organisation=world.dost,
        deputy=world.user(Role.PROGRAMME_OFFICER),
        valid_from=tomorrow,
        valid_to=tomorrow,
        reason="Đi công tác",
        by=world.user(Role.PROGRAMME_LEAD),
    )
    return Target((made.pk,), data={"reason": "Về sớm"})


def handover_to_record(world: World) -> Target:
    """The officer of the Department leaves; its lead takes over."""
    data = {
        "leaver": membership_of(world, Role.PROGRAMME_OFFICER).pk,
        "colleague": membership_of(world, Role.PROGRAMME_LEAD).pk,
        "last_day": timezone.localdate().strftime("%d/%m/%Y"),
        "reason": "Chuyển công tác",
        "confirmed": "",
    }
    return Target(data=data)


def idle_account(world: World) -> Target:
    """The link that opens an idle account again."""
    moment = timezone.now()
    owner = factories.user(email="vang@quyen.invalid")
    User.objects.filter(pk=owner.pk).update(disabled_idle_at=moment)
    owner.refresh_from_db()
    return Target((link_token(owner),))


UNIT_OFFICER = people(Role.UNIT_OFFICER)

ROWS = [
    Row(
        "idle_account_ask",
        without_role=True,
        get=ALL,
        post=ALL,
        make=lambda _world: Target(data={"email": "khong.co@quyen.invalid"}),
    ),
    Row("idle_account_sent", without_role=True, get=ALL),
    Row("idle_account_reopen", without_role=True, get=ALL, post=ALL, make=idle_account),
    Row("deputy_list", get=REVIEWERS),
    Row("deputy_record", get=REVIEWERS, post=REVIEWERS, make=deputy_to_record),
    Row("deputy_end", get=REVIEWERS, post=REVIEWERS, make=deputy_to_end),
    Row("handover_list", get=REVIEWERS),
    Row("handover_record", get=REVIEWERS, post=REVIEWERS, make=handover_to_record),
    Row("session_state", without_role=True, get=ALL),
    Row("session_continue", without_role=True, post=ALL),
    Row(
        "form_draft_save",
        post=UNIT_OFFICER,
        post_refused=ALL - UNIT_OFFICER,
        make=draft_to_save,
    ),
    Row("form_draft_discard", without_role=True, post=UNIT_OFFICER, make=draft),
    Row("kept_form_discard", without_role=True, post=UNIT_OFFICER, make=kept_form),
]
