"""Reading the inbox, what waits for a person, and the days that are worked."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Membership, User
from core.calendar import WorkingDays
from core.registers import worklist
from core.registers.worklist import Item
from notifications.choices import MailMode, Stage
from notifications.models import MailPreference, Notice, WorkingDayOverride

# How many working days before the due date a stage begins.
WEEK, DAY = 7, 1


def working_days() -> WorkingDays:
    """Return the working calendar with the entries of the office, read once."""
    return WorkingDays(dict(WorkingDayOverride.objects.values_list("day", "is_working")))


def unread_count(user: User) -> int:
    """Return how many notices the person has not opened."""
    return Notice.objects.visible_to(user).unread().count()


def mail_mode_of(user: User) -> MailMode:
    """Return how the person wants mail."""
    chosen = MailPreference.objects.filter(user=user).first()
    return MailMode(chosen.mail) if chosen else MailMode.SINGLE


def digest_readers(users: Iterable[User]) -> set[int]:
    """Return the keys of those who want one mail a day."""
    chosen = MailPreference.objects.filter(user__in=users, mail=MailMode.DIGEST)
    return set(chosen.values_list("user_id", flat=True))


def people_at_work(day: dt.date) -> list[User]:
    """Return the people who hold a role on the day."""
    held = Membership.objects.valid_at(day).values("user")
    return list(User.objects.filter(is_active=True, pk__in=held).order_by("pk"))


@dataclass(frozen=True, slots=True)
class Horizon:
    """Today among the working days: which stage a due date has reached."""

    today: dt.date
    days: WorkingDays
    after_week: dt.date
    after_day: dt.date

    @classmethod
    def of(cls, today: dt.date, days: WorkingDays) -> "Horizon":
        """Look ahead from a day."""
        return cls(today, days, days.add(today, WEEK + 1), days.add(today, DAY + 1))

    def stage(self, due: dt.date | None) -> Stage | None:
        """Return the stage of a due date, or nothing while it is further away."""
        if due is None:
            return None
        if due < self.today:
            return Stage.OVERDUE
        if due < self.after_day:
            return Stage.DAY
        return Stage.WEEK if due < self.after_week else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits, of which kind, and how near its due date is.

    ``days`` counts working days that are left or, when it is overdue, days that have passed.
    """

    kind: str
    item: Item
    stage: Stage | None
    days: int | None

    @property
    def overdue(self) -> bool:
        """Whether its due date has passed."""
        return self.stage == Stage.OVERDUE

    @property
    def told(self) -> str:
        """How near the due date is, in words."""
        days = self.days or 0
        if self.overdue:
            text = ngettext("%(days)d day overdue", "%(days)d days overdue", days)
        elif days:
            text = ngettext("%(days)d working day left", "%(days)d working days left", days)
        else:
            text = _("Due now")
        return text % {"days": days}


@dataclass(slots=True)
class Worklist:
    """What waits for a person, by due date."""

    overdue: list[Waiting] = field(default_factory=list)
    soon: list[Waiting] = field(default_factory=list)
    later: list[Waiting] = field(default_factory=list)
    undated: list[Waiting] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many things wait."""
        return sum(map(len, (self.overdue, self.soon, self.later, self.undated)))


def waiting_for(user: User, horizon: Horizon) -> list[Waiting]:
    """Return what waits for the person: what is due first stands first, without a date last."""
    found = [
        _waiting(group.label, item, horizon)
        for group in worklist.groups(user)
        for item in group.items
    ]
    return sorted(found, key=lambda one: (one.item.due or dt.date.max, one.item.title))


def worklist_of(user: User, horizon: Horizon) -> Worklist:
    """Return what waits for the person: overdue, within 7 working days, later, without a date."""
    parts = Worklist()
    for one in waiting_for(user, horizon):
        if one.overdue:
            parts.overdue.append(one)
        elif one.stage:
            parts.soon.append(one)
        else:
            (parts.later if one.item.due else parts.undated).append(one)
    return parts


def _waiting(kind: str, item: Item, horizon: Horizon) -> Waiting:
    stage = horizon.stage(item.due)
    days = None
    if item.due and stage:
        passed = (horizon.today - item.due).days
        days = passed if passed > 0 else horizon.days.until(horizon.today, item.due)
    return Waiting(kind, item, stage, days)
