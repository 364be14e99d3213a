"""Rights follow the memberships valid today, both ends included."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Membership, User
from programs.models import Plan
from tests.factories import membership, user

pytestmark = pytest.mark.django_db


def fresh(person: User) -> User:
    """The person as the next request reads them."""
    return User.objects.get(pk=person.pk)


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [(0, None, True), (0, 0, True), (-9, -1, False), (1, None, False), (-9, 0, True)],
)
def test_a_role_holds_from_its_first_day_to_its_last(
    first: int, last: int | None, holds: bool
) -> None:
    today = timezone.localdate()
    person = user()
    Membership.objects.filter(pk=membership(person, Role.FINANCE_OFFICER).pk).update(
        valid_from=today + dt.timedelta(days=first),
        valid_to=None if last is None else today + dt.timedelta(days=last),
    )
    assert fresh(person).has_role(Role.FINANCE_OFFICER) is holds
    assert not fresh(person).has_role(Role.ADMINISTRATOR)


def test_a_role_that_ended_cuts_the_next_request_off(client: Client, plan: Plan) -> None:
    person = user(role=Role.UNIT_OFFICER)
    client.force_login(person)
    url = reverse("plan_detail", args=[plan.code])
    assert client.get(url).status_code == 200
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    Membership.objects.filter(user=person).update(valid_to=yesterday)
    answer = client.get(url)
    assert answer.status_code == 403
    told = f"đã kết thúc ngày {yesterday:%d/%m/%Y}"
    assert told in answer.content.decode()
    assert client.get(reverse("profile")).status_code == 200
