"""Who holds a role, by membership or standing in for a lead."""

import datetime as dt

from accounts import policies
from accounts.choices import Role
from accounts.models import Deputy, Membership, User


def people_with_role(day: dt.date, *roles: Role) -> list[User]:
    """Return who holds any of these roles on the day and can log in, each once, by name."""
    members = Membership.objects.valid_at(day).filter(role__in=roles).values("user")
    people = User.objects.filter(pk__in=members)
    if Role.PROGRAMME_LEAD in roles:
        people = people | User.objects.filter(pk__in=Deputy.objects.in_force(day).values("deputy"))
    return [person for person in people.distinct() if policies.can_log_in(person)]
