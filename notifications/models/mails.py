"""The outbox: every mail of the portal waits here until the mail server has taken it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models import User
from core.leases import Leased, LeasedQuerySet
from notifications.choices import MailState


class OutboxMailQuerySet(LeasedQuerySet["OutboxMail"]):
    """Mails."""

    def visible_to(self, user: User) -> Self:
        """Administrators see to whom mail went, never what it said."""
        return self if user.has_role(Role.ADMINISTRATOR) else self.none()

    def unfinished(self) -> Self:
        """Those that are neither sent nor given up."""
        return self.filter(sent_at__isnull=True, failed_at__isnull=True)

    def failed(self) -> Self:
        """Those that were given up."""
        return self.filter(failed_at__isnull=False)


class OutboxMail(Leased):
    """A mail to one address.

    ``body`` and ``html`` may hold tokens, so they are wiped as soon as the mail server has the
    mail. A worker that dies between the server's yes and that moment sends the mail again with the
    same ``message_id``, by which mail programs know it for the same mail. ``lease_until`` also
    holds the next try off after one that failed.
    """

    to = models.EmailField(_("recipient"), max_length=320)
    from_email = models.CharField(_("sender"), max_length=320)
    subject = models.CharField(_("subject of the mail"), max_length=250)
    body = models.TextField(_("text"), blank=True)
    html = models.TextField(_("formatted text"), blank=True)
    message_id = models.CharField(_("message id"), max_length=250, unique=True)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    failed_at = models.DateTimeField(_("given up at"), null=True)
    error = models.TextField(_("error"), blank=True)
    wiped_at = models.DateTimeField(_("text wiped at"), null=True)

    objects = OutboxMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail in the outbox")
        verbose_name_plural = _("mails in the outbox")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="outbox_mail_one_end",
                condition=Q(sent_at__isnull=True) | Q(failed_at__isnull=True),
                violation_error_message=_("A mail is either sent or given up."),
            ),
            models.CheckConstraint(
                name="outbox_mail_sent_is_wiped",
                condition=Q(sent_at__isnull=True) | Q(wiped_at__isnull=False),
                violation_error_message=_("The text of a mail is wiped when it is sent."),
            ),
            models.CheckConstraint(
                name="outbox_mail_wiped_is_empty",
                condition=Q(wiped_at__isnull=True) | Q(body="", html=""),
                violation_error_message=_("Nothing is left of a text that was wiped."),
            ),
        )
        indexes = (
            models.Index(
                fields=("lease_until",),
                name="outbox_mail_unfinished",
                condition=Q(sent_at__isnull=True, failed_at__isnull=True),
            ),
            models.Index(fields=("-created_at",), name="outbox_mail_newest"),
        )

    def __str__(self) -> str:
        return f"{self.subject} → {self.to}"

    def get_absolute_url(self) -> str:
        """The page of the mail."""
        return reverse("outbox_mail_detail", args=[self.pk])

    @property
    def state(self) -> MailState:
        """How far it is, from its facts."""
        if self.sent_at:
            return MailState.SENT
        if self.failed_at:
            return MailState.FAILED
        return MailState.PAUSED if self.error else MailState.WAITING
