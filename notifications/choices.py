"""Closed lists of the room ``notifications``."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role


class MailMode(models.TextChoices):
    """How a person gets by mail what is in their inbox."""

    SINGLE = "single", _("one mail for each notice, at once")
    DIGEST = "digest", _("one mail a day with all notices, at 07:30")


class MailState(models.TextChoices):
    """How far a mail is; told from its facts, never stored."""

    WAITING = "waiting", _("waiting to be sent")
    PAUSED = "paused", _("to be tried again")
    SENT = "sent", _("sent")
    FAILED = "failed", _("not sent")


class Stage(models.TextChoices):
    """How near the due date of a piece of work is, in working days."""

    WEEK = "week", _("7 working days before")
    DAY = "day", _("1 working day before")
    OVERDUE = "overdue", _("overdue")


# What will wait for a role, told to whom nothing waits for yet.
EXPECTED_WORK = {
    Role.PROGRAMME_OFFICER: _(
        "When units send nominations or reports, or a date of your dossiers comes near, it appears "
        "here."
    ),
    Role.PROGRAMME_LEAD: _(
        "What officers have prepared and you have to approve appears here: figures, dossiers, "
        "amounts, reports."
    ),
    Role.UNIT_OFFICER: _(
        "When the Department opens a round of nominations, asks for a report or returns something "
        "to you, it appears here with its due date."
    ),
    Role.FINANCE_OFFICER: _("Allocation decisions that are to be entered appear here."),
    Role.LEADERSHIP: _(
        "Nothing has to be done by you here; the overview and the issued reports are in the menu."
    ),
    Role.ENTERPRISE_REPRESENTATIVE: _(
        "When the Department asks for figures or papers of your enterprise, it appears here."
    ),
    Role.ADMINISTRATOR: _("Accounts and catalogues that need your attention appear here."),
}
NO_ROLE_YET = _(
    "You hold no role today. Ask the administrator of the portal to give you the one of your work."
)


def expected_work(roles: Iterable[str]) -> list[str]:
    """Return what will wait for someone of these roles, a sentence each."""
    held = [str(text) for role, text in EXPECTED_WORK.items() if role in set(roles)]
    return held or [str(NO_ROLE_YET)]
