"""Invitations: how a person gets an account."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import InvitationState, Role
from accounts.models.organisations import Organisation
from core.dated import Dated, dates_in_order
from core.fields import NameField

OPEN = Q(accepted_at__isnull=True, withdrawn_at__isnull=True)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations asked for by what became of them."""

    def open(self) -> Self:
        """Those neither accepted nor withdrawn, expired or not."""
        return self.filter(OPEN)

    def with_state(self, now: dt.datetime) -> Self:
        """Add to each invitation its ``state_now`` at this moment."""
        return self.annotate(
            state_now=Case(
                When(accepted_at__isnull=False, then=Value(InvitationState.ACCEPTED)),
                When(withdrawn_at__isnull=False, then=Value(InvitationState.WITHDRAWN)),
                When(expires_at__lte=now, then=Value(InvitationState.EXPIRED)),
                default=Value(InvitationState.SENT),
                output_field=models.CharField(),
            )
        )


class Invitation(Dated):
    """A person who is asked to take up a role, from ``valid_from`` to ``valid_to``.

    The mail carries a token of which only the digest is kept; each sending makes a new one.
    """

    email = models.EmailField(_("e-mail address"))
    full_name = NameField(_("full name"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="invitations", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=30, choices=Role)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="invitations_sent",
        verbose_name=_("invited by"),
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"))
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitation",
        verbose_name=_("user"),
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-sent_at", "-pk")
        constraints = (
            dates_in_order("invitation_dates_in_order"),
            models.UniqueConstraint(
                fields=("email",),
                name="invitation_open_once",
                condition=OPEN,
                violation_error_message=_(
                    "An invitation to this address is open already; send it again or withdraw it."
                ),
            ),
            models.CheckConstraint(
                name="invitation_one_end",
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                violation_error_message=_("An invitation is either accepted or withdrawn."),
            ),
            models.CheckConstraint(
                name="invitation_accepted_by_user",
                condition=Q(accepted_at__isnull=True, user__isnull=True)
                | Q(accepted_at__isnull=False, user__isnull=False),
                violation_error_message=_("Whoever accepted an invitation has an account."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.full_name} <{self.email}>"

    @property
    def state(self) -> InvitationState:
        """What became of it until now."""
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.withdrawn_at:
            return InvitationState.WITHDRAWN
        expired = self.expires_at <= timezone.now()
        return InvitationState.EXPIRED if expired else InvitationState.SENT

    @property
    def is_open(self) -> bool:
        """Whether it can still be sent again or withdrawn."""
        return not (self.accepted_at or self.withdrawn_at)
