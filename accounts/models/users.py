"""The people who log in, by e-mail address."""

import datetime as dt
from functools import cached_property
from typing import Any, ClassVar

from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Role
from accounts.models.memberships import Membership
from core.fields import NameField


class UserManager(BaseUserManager["User"]):
    """Creates people; rights come from memberships, never from here."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by e-mail address in any case."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, full_name: str, password: str | None = None) -> "User":
        """Create a person; without a password nobody can log in as them."""
        user = self.model(email=email.strip().lower(), full_name=full_name)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person. Rights follow the memberships valid today, at once."""

    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("A person with this e-mail address is here already.")},
    )
    full_name = NameField(_("full name"), max_length=120)
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(_("demo account"), default=False)
    # Nobody closed the account: nobody used it. Whoever reads its mail opens it again.
    disabled_idle_at = models.DateTimeField(
        _("disabled for disuse at"), null=True, blank=True, editable=False
    )
    idle_warned_at = models.DateTimeField(
        _("warned of disuse at"), null=True, blank=True, editable=False
    )
    reopened_at = models.DateTimeField(_("opened again at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("full_name",)
        constraints = (
            models.CheckConstraint(
                name="user_email_lower_case",
                condition=Q(email=Lower("email")),
                violation_error_message=_("Write the e-mail address in lower case."),
            ),
        )

    def __str__(self) -> str:
        return self.full_name

    @property
    def audit_name(self) -> str:
        """How the history names the person, for ever."""
        return f"{self.full_name} <{self.email}>"

    @cached_property
    def current_memberships(self) -> list[Any]:
        """The memberships valid today, read once per request."""
        return self.memberships_at(timezone.localdate())

    def memberships_at(self, day: dt.date) -> list[Any]:
        """The memberships valid on the day, with their organisations.

        Whoever stands in for a lead on that day has the lead's role as well.
        """
        if not self.is_active:
            return []
        same = {"lead": OuterRef("user"), "organisation": OuterRef("organisation")}
        stood_in_for = Q(
            Exists(self.deputyships.recorded_for(day).filter(**same)),
            role=Role.PROGRAMME_LEAD,
            user__is_active=True,
        )
        found = Membership.objects.valid_at(day).filter(Q(user=self) | stood_in_for)
        held = list(found.select_related("organisation", "user"))
        own = [one for one in held if one.user_id == self.pk]
        works_in = {one.organisation_id for one in own}
        others = (one for one in held if one.user_id != self.pk)
        return [*own, *(one.held_by(self) for one in others if one.organisation_id in works_in)]

    def has_role(self, *roles: Role) -> bool:
        """Whether any of these roles is held today."""
        return any(membership.role in roles for membership in self.current_memberships)

    @cached_property
    def has_second_factor(self) -> bool:
        """Whether a phone or passkey is set up; ``with_second_factor`` read it along."""
        if "second_factor" in self.__dict__:
            return bool(self.__dict__["second_factor"])
        factors = Authenticator.objects.filter(user=self)
        return factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()

    @property
    def has_any_role(self) -> bool:
        """Whether the person has any work here today."""
        return bool(self.current_memberships)

    @property
    def position_label(self) -> str:
        """What the person is today: role and organisation of each membership."""
        return "; ".join(membership.position for membership in self.current_memberships)
