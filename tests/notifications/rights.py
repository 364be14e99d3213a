"""Who may do what with notices, mails and the working calendar."""

import datetime as dt

from django.utils import timezone

from accounts.choices import Role
from notifications.models import Notice, OutboxMail, WorkingDayOverride
from notifications.services import working_day_override_add
from tests.notifications.factories import mail, notice
from tests.rights import ALL, Row, Target, World, people

ADMINISTRATORS = people(Role.ADMINISTRATOR)
OFFICER = people(Role.PROGRAMME_OFFICER)
SUNDAY = dt.date(2027, 3, 7)


def notice_of(world: World) -> Notice:
    """A notice in the inbox of the programme officer."""
    return notice(world.user(Role.PROGRAMME_OFFICER))


def failed_mail(world: World) -> OutboxMail:
    """A mail that was given up."""
    return mail(failed_at=timezone.now(), error="550")


def override(world: World) -> WorkingDayOverride:
    """A Sunday that is worked."""
    by = world.user(Role.ADMINISTRATOR)
    return working_day_override_add(day=SUNDAY, is_working=True, reason="Làm bù", by=by)


def entry(day: str) -> dict[str, str]:
    """What the form of the calendar sends."""
    return {"day": day, "is_working": "no", "reason": "Nghỉ bù", "decision_number": ""}


ROWS = [
    Row("worklist", get=ALL),
    Row("notice_list", get=ALL),
    Row("notices_read", get=ALL, post=ALL),
    Row(
        "notice_open",
        get=OFFICER,
        post=OFFICER,
        make=lambda world: Target((notice_of(world).pk,)),
    ),
    Row(
        "notice_read",
        get=OFFICER,
        post=OFFICER,
        make=lambda world: Target((notice_of(world).pk,)),
    ),
    Row(
        "mail_preference_set",
        get=ALL,
        post=ALL,
        make=lambda _world: Target(data={"mail": "digest"}),
    ),
    Row("outbox_mail_list", get=ADMINISTRATORS),
    Row(
        "outbox_mail_detail",
        get=ADMINISTRATORS,
        make=lambda world: Target((failed_mail(world).pk,)),
    ),
    Row(
        "outbox_mail_resend",
        get=ADMINISTRATORS,
        post=ADMINISTRATORS,
        make=lambda world: Target((failed_mail(world).pk,)),
    ),
    Row("working_day_list", get=ALL),
    Row(
        "working_day_override_add",
        get=ADMINISTRATORS,
        post=ADMINISTRATORS,
        get_refused=ALL - ADMINISTRATORS,
        post_refused=ALL - ADMINISTRATORS,
        make=lambda _world: Target(data=entry("08/03/2027")),
    ),
    Row(
        "working_day_override_edit",
        get=ADMINISTRATORS,
        post=ADMINISTRATORS,
        get_refused=ALL - ADMINISTRATORS,
        post_refused=ALL - ADMINISTRATORS,
        make=lambda world: Target((override(world).pk,), data=entry("07/03/2027")),
    ),
    Row(
        "working_day_override_delete",
        get=ADMINISTRATORS,
        post=ADMINISTRATORS,
        get_refused=ALL - ADMINISTRATORS,
        post_refused=ALL - ADMINISTRATORS,
        make=lambda world: Target((override(world).pk,)),
    ),
]
