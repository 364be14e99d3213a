"""What a person is told, and how they want it by mail."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.fields import NameField, PassageField, search_index
from core.registers import notices
from core.searchable import Searchable, SearchableQuerySet
from notifications.choices import MailMode


class NoticeQuerySet(SearchableQuerySet["Notice"]):
    """Notices."""

    def visible_to(self, user: User) -> Self:
        """Everyone sees their own inbox, nobody that of another."""
        return self.filter(recipient=user)

    def unread(self) -> Self:
        """Those that nobody has opened."""
        return self.filter(read_at__isnull=True)

    def not_mailed(self) -> Self:
        """Those for the next digest: not mailed, and not read meanwhile."""
        return self.unread().filter(mailed_at__isnull=True)


class Notice(Searchable):
    """One line of a person's inbox.

    ``key`` names what it is about for ever: a person is never told the same thing twice.
    """

    searched_fields: ClassVar = ("title", "text")

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="notices",
        verbose_name=_("recipient"),
    )
    kind = models.CharField(_("kind of notice"), max_length=60)
    title = NameField(_("title"), max_length=200)
    text = PassageField(_("text"), blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    key = models.CharField(_("key"), max_length=200, blank=True)
    at = models.DateTimeField(_("time"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True)
    mailed_at = models.DateTimeField(_("mailed at"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("recipient", "key"),
                condition=~Q(key=""),
                name="notice_told_once",
                violation_error_message=_("The person was told this already."),
            ),
            models.CheckConstraint(
                # A path of the portal itself; "//name" and "/\name" lead to other machines.
                condition=Q(url="") | Q(url__regex=r"^/($|[^/\\])"),
                name="notice_url_of_the_portal",
                violation_error_message=_("A notice leads to a page of the portal."),
            ),
        )
        indexes = (
            models.Index(fields=("recipient", "-at"), name="notice_inbox"),
            models.Index(
                fields=("recipient",), condition=Q(read_at__isnull=True), name="notice_unread"
            ),
            search_index("notice_search"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def kind_label(self) -> str:
        """What the kind is called."""
        return notices.label(self.kind)

    @property
    def safe_url(self) -> str:
        """The page that the notice leads to, or nothing where that is not a page of the portal."""
        own = url_has_allowed_host_and_scheme(self.url, allowed_hosts=None)
        return self.url if self.url.startswith("/") and own else ""


class MailPreference(models.Model):
    """How a person wants mail; who never chose gets single mails."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        primary_key=True,
        related_name="mail_preference",
        verbose_name=_("person"),
    )
    mail = models.CharField(_("mail"), max_length=10, choices=MailMode, default=MailMode.SINGLE)

    class Meta:
        verbose_name = _("choice of mail")
        verbose_name_plural = _("choices of mail")

    def __str__(self) -> str:
        return f"{self.user}: {self.get_mail_display()}"
