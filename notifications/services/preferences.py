"""How a person wants mail."""

from django.db import transaction

from accounts.models import User
from audit.services import record
from notifications.choices import MailMode
from notifications.models import MailPreference
from notifications.selectors import mail_mode_of


@transaction.atomic
def mail_preference_set(*, mail: MailMode, by: User) -> MailPreference:
    """Choose single mails or a daily digest for oneself."""
    before = mail_mode_of(by)
    preference, _made = MailPreference.objects.update_or_create(user=by, defaults={"mail": mail})
    if mail != before:
        record(
            act="mail_preference_set",
            by=by,
            target=preference,
            before={"mail": before},
            after={"mail": mail},
        )
    return preference
