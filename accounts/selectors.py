"""Reading the history and who holds which rights."""

import datetime as dt
from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from psycopg2 import sql

from accounts.choices import Role
from accounts.models import Invitation, Membership, User
from accounts.models.invitations import InvitationQuerySet
from accounts.models.memberships import MembershipQuerySet
from audit.models import Entry, EntryQuerySet

REVIEWERS = (Role.ADMINISTRATOR, Role.PROGRAMME_LEAD)
IDLE_AFTER = dt.timedelta(days=45)

# Jumps from one value to the next in an index, where DISTINCT would read every entry.
VALUES_IN_USE = sql.SQL("""
    WITH RECURSIVE used AS (
        (SELECT {column} AS value FROM audit_entry ORDER BY {column} LIMIT 1)
        UNION ALL
        SELECT (SELECT {column} FROM audit_entry WHERE {column} > used.value
                ORDER BY {column} LIMIT 1)
        FROM used WHERE used.value IS NOT NULL
    )
    SELECT value FROM used WHERE value <> ''
""")


class AccessState(models.TextChoices):
    """What a membership gives today."""

    ACTIVE = "active", _("active")
    IDLE = "idle", _("not used for over 45 days")
    UPCOMING = "upcoming", _("not valid yet")
    DISABLED = "disabled", _("closed for disuse")
    CLOSED = "closed", _("closed")


class UserState(models.TextChoices):
    """What an account gives today."""

    ACTIVE = "active", _("active")
    NO_ROLE = "no_role", _("without a role today")
    IDLE = "idle", _("not used for over 45 days")
    DISABLED = "disabled", _("closed for disuse")
    CLOSED = "closed", _("account closed")


def is_reviewer(user: User) -> bool:
    """Whether the person reviews what others did and which rights they hold."""
    return user.has_role(*REVIEWERS)


def entries_visible_to(user: User) -> EntryQuerySet:
    """Return the history: all of it for reviewers, nothing for others."""
    return Entry.objects.all() if is_reviewer(user) else Entry.objects.none()


def acts_in_use() -> list[str]:
    """Return the names of all acts that are in the history."""
    return _values_in_use("act")


def kinds_in_use() -> list[str]:
    """Return the kinds of all records that the history is about."""
    return _values_in_use("target_type")


def _values_in_use(column: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(VALUES_IN_USE.format(column=sql.Identifier(column)))
        return [value for (value,) in cursor]


def memberships_visible_to(user: User) -> MembershipQuerySet:
    """Return who holds which right: all of it for reviewers, nothing for others."""
    return Membership.objects.all() if is_reviewer(user) else Membership.objects.none()


def last_seen(prefix: str = "") -> Greatest:
    """Return when an account was last used: a log-in, its making, or its opening again."""
    logged_in = Coalesce(F(f"{prefix}last_login"), F(f"{prefix}created_at"))
    # GREATEST of PostgreSQL passes over what is not there.
    return Greatest(logged_in, F(f"{prefix}reopened_at"))


def with_access_state(memberships: MembershipQuerySet, now: dt.datetime) -> MembershipQuerySet:
    """Add to each membership its ``state`` at this moment, and the person's ``second_factor``.

    Whoever never logged in counts as seen when their account was made.
    """
    today = timezone.localdate(now)
    return memberships.alias(seen=last_seen("user__")).annotate(
        second_factor=second_factor_of("user"),
        state=Case(
            When(Q(valid_to__lt=today) | Q(user__is_active=False), then=Value(AccessState.CLOSED)),
            When(user__disabled_idle_at__isnull=False, then=Value(AccessState.DISABLED)),
            When(valid_from__gt=today, then=Value(AccessState.UPCOMING)),
            When(seen__lt=now - IDLE_AFTER, then=Value(AccessState.IDLE)),
            default=Value(AccessState.ACTIVE),
            output_field=models.CharField(),
        ),
    )


def access_in_force(memberships: MembershipQuerySet) -> tuple[int, int]:
    """Return how many of these memberships give rights today, and how many of those are idle.

    They come from ``with_access_state``.
    """
    idle = Q(state=AccessState.IDLE)
    found = memberships.order_by().aggregate(
        valid=Count("pk", filter=idle | Q(state=AccessState.ACTIVE)),
        idle=Count("pk", filter=idle),
    )
    return found["valid"], found["idle"]


def users_visible_to(user: User) -> "QuerySet[User]":
    """Return the people: all of them for reviewers, nobody for others."""
    return User.objects.all() if is_reviewer(user) else User.objects.none()


def invitations_visible_to(user: User) -> InvitationQuerySet:
    """Return the invitations: all of them for reviewers, none for others."""
    return Invitation.objects.all() if is_reviewer(user) else Invitation.objects.none()


def with_second_factor(users: "QuerySet[User]") -> "QuerySet[User]":
    """Read along with each person whether they have set up a second factor."""
    return users.annotate(second_factor=second_factor_of("pk"))


def second_factor_of(person: str) -> Exists:
    """Return whether the person, named by a field of the outer query, set up a second factor."""
    factors = Authenticator.objects.filter(user=OuterRef(person))
    return Exists(factors.exclude(type=Authenticator.Type.RECOVERY_CODES))


def with_user_state(users: "QuerySet[User]", now: dt.datetime) -> "QuerySet[User]":
    """Add to each person what their account gives at this moment, as ``state_now``."""
    held = Membership.objects.valid_at(timezone.localdate(now)).filter(user=OuterRef("pk"))
    return users.alias(seen=last_seen()).annotate(
        state_now=Case(
            When(is_active=False, then=Value(UserState.CLOSED)),
            When(disabled_idle_at__isnull=False, then=Value(UserState.DISABLED)),
            When(~Exists(held), then=Value(UserState.NO_ROLE)),
            When(seen__lt=now - IDLE_AFTER, then=Value(UserState.IDLE)),
            default=Value(UserState.ACTIVE),
            output_field=models.CharField(),
        )
    )


def with_roles(users: "QuerySet[User]") -> "QuerySet[User]":
    """Read along with each person the memberships valid today, as ``held_today``."""
    held = Membership.objects.valid_at(timezone.localdate()).select_related("organisation")
    return users.prefetch_related(Prefetch("memberships", queryset=held, to_attr="held_today"))


def roles_text(memberships: Iterable[Membership]) -> str:
    """Return roles and organisations on one line."""
    return "; ".join(position(one) for one in memberships)


def position(membership: Membership) -> str:
    """Return role and organisation."""
    return f"{membership.get_role_display()}, {membership.organisation.shown_name}"


def sessions_of(user: User) -> "QuerySet[UserSession]":
    """Return the sessions in which the person is logged in, the one used last first."""
    alive = Session.objects.filter(
        session_key=OuterRef("session_key"), expire_date__gt=timezone.now()
    )
    return UserSession.objects.filter(Exists(alive), user=user).order_by("-last_seen_at", "pk")
