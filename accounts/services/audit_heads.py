"""Telling the leads, every night, where the history ends: their mailboxes keep it too."""

import datetime as dt
import logging

from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.holders import people_with_role
from audit import services as audit
from audit.verification import Problem, Verification

logger = logging.getLogger(__name__)

MOST_PROBLEMS = 20


def audit_verify_nightly(*, now: dt.datetime) -> Verification | None:
    """Verify the history and mail its head to the programme leads, once a day.

    What is wrong goes to the administrators as well. Returns nothing when it was done today.
    """
    problems: list[Problem] = []

    def note(problem: Problem) -> None:
        if len(problems) < MOST_PROBLEMS:
            problems.append(problem)

    result = audit.audit_verify_nightly(now=now, on_problem=note)
    if result is None:
        return None
    day = timezone.localdate(now)
    roles = [Role.PROGRAMME_LEAD, *([Role.ADMINISTRATOR] if result.problems else [])]
    written = {"day": day.strftime("%d/%m/%Y")}
    if result.problems:
        subject = _("ALARM: the audit trail was tampered with, %(day)s") % written
    else:
        subject = _("The audit trail is unbroken, %(day)s") % written
    context = {"day": day, "result": result, "problems": problems}
    text = render_to_string("accounts/email/audit_head.txt", context)
    people = people_with_role(day, *roles)
    if not people:
        logger.warning("Nobody is there to whom the head of the audit chain could be mailed.")
    for person in people:
        send_mail(subject, text, None, [person.email])
    return result
