"""Acts of the room ``notifications``."""

from notifications.services.daily import daily_run_do, daily_runs_sweep
from notifications.services.digests import digests_send
from notifications.services.mails import (
    outbox_mail_resend,
    outbox_mail_send,
    outbox_mails_put,
    outbox_mails_sweep,
)
from notifications.services.notices import notice_read, notice_send, notices_read
from notifications.services.preferences import mail_preference_set
from notifications.services.reminders import reminders_send
from notifications.services.working_days import (
    working_day_override_add,
    working_day_override_delete,
    working_day_override_edit,
)

__all__ = [
    "daily_run_do",
    "daily_runs_sweep",
    "digests_send",
    "mail_preference_set",
    "notice_read",
    "notice_send",
    "notices_read",
    "outbox_mail_resend",
    "outbox_mail_send",
    "outbox_mails_put",
    "outbox_mails_sweep",
    "reminders_send",
    "working_day_override_add",
    "working_day_override_delete",
    "working_day_override_edit",
]
