"""Who may do what on the pages of people, invitations and one's own account."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.choices import OrganisationKind, Role
from accounts.models import Invitation
from accounts.services import user_close
from tests import factories
from tests.accounts.factories import invitation
from tests.rights import ALL, REVIEWERS, Row, Target, World, people

ADMINISTRATOR = people(Role.ADMINISTRATOR)
LEAD = people(Role.PROGRAMME_LEAD)
REASON = {"reason": "Theo công văn của đơn vị"}


def officer(world: World) -> Target:
    """A unit officer, with a reason."""
    return Target((world.user(Role.UNIT_OFFICER).pk,), data=REASON)


def renamed(world: World) -> Target:
    """A unit officer, with another name."""
    return Target((world.user(Role.UNIT_OFFICER).pk,), data={"full_name": "Tên Đã Sửa"})


def closed(world: World) -> Target:
    """A person whose account is closed."""
    person = factories.user()
    user_close(user=person, by=world.user(Role.ADMINISTRATOR), **REASON)
    return Target((person.pk,), data=REASON)


def role(world: World) -> Target:
    """A unit officer, with a role in another department."""
    place = factories.organisation(OrganisationKind.DEPARTMENT)
    data = {
        "organisation": place.pk,
        "role": Role.UNIT_OFFICER.value,
        "valid_from": timezone.localdate().strftime("%d/%m/%Y"),
    }
    return Target((world.user(Role.UNIT_OFFICER).pk,), data=data)


def membership(world: World) -> Target:
    """The role of a unit officer, which ends."""
    held = world.user(Role.UNIT_OFFICER).memberships.get()
    return Target((held.pk,), data={**REASON, "when": "at_once"})


def invited(world: World) -> Target:
    """An invitation that waits for an answer."""
    return Target((_invitation(world).pk,))


def newcomer(world: World) -> Target:
    """Somebody who is not here yet."""
    place = factories.organisation(OrganisationKind.DEPARTMENT)
    data = {
        "email": "moi@vidu.invalid",
        "full_name": "Người Mới",
        "organisation": place.pk,
        "role": Role.UNIT_OFFICER.value,
        "valid_from": timezone.localdate().strftime("%d/%m/%Y"),
    }
    return Target(data=data)


def session(world: World) -> Target:
    """A session of the programme officer."""
    store = SessionStore()
    store.create()
    made = UserSession.objects.create(
        user=world.user(Role.PROGRAMME_OFFICER), session_key=store.session_key, ip="192.0.2.1"
    )
    return Target((made.pk,))


def _invitation(world: World) -> Invitation:
    made, _token = invitation(by=world.user(Role.ADMINISTRATOR))
    return made


def act(name: str, make: object) -> Row:
    """An act of administrators with a form of its own; programme leads read why they may not."""
    return Row(
        name,
        get=ADMINISTRATOR,
        get_refused=LEAD,
        post=ADMINISTRATOR,
        post_refused=LEAD,
        make=make,  # type: ignore[arg-type]
    )


ROWS = [
    Row("user_list", get=REVIEWERS),
    Row("user_detail", get=REVIEWERS, make=officer),
    act("user_edit", renamed),
    act("user_close", officer),
    act("user_reopen", closed),
    act("user_mfa_reset", officer),
    act("membership_grant", role),
    act("membership_end", membership),
    Row("invitation_list", get=REVIEWERS),
    Row("invitation_detail", get=REVIEWERS, make=invited),
    act("invitation_create", newcomer),
    Row("invitation_resend", post=ADMINISTRATOR, post_refused=LEAD, make=invited),
    Row("invitation_withdraw", post=ADMINISTRATOR, post_refused=LEAD, make=invited),
    Row("invitation_accept", get=ALL, post=ALL, without_role=True),
    Row("invitation_open", get=ALL, without_role=True, make=lambda _world: Target(("x",))),
    Row("profile", get=ALL, without_role=True),
    Row("session_list", get=ALL, without_role=True),
    Row("session_end", post=people(Role.PROGRAMME_OFFICER), without_role=True, make=session),
    Row("session_end_all", post=ALL, without_role=True),
]
