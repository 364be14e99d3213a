"""The inbox, the mail outbox, the days that are worked."""

from notifications.models.daily import DailyRun
from notifications.models.mails import OutboxMail
from notifications.models.notices import MailPreference, Notice
from notifications.models.working_days import WorkingDayOverride

__all__ = ["DailyRun", "MailPreference", "Notice", "OutboxMail", "WorkingDayOverride"]
