"""What every test may use: people, the plan, and databases of their own for real processes."""

import datetime as dt

import pytest
import pytest_django
from django.core.cache import cache
from django.test import Client

from accounts.choices import Role
from accounts.models import User
from programs.models import Plan
from programs.plan_file import PlanFile, read_plan_file
from tests import factories
from tests.copies import Copies
from tests.flush import allow_flush

pytest_plugins = ["tests.processes", "tests.clamd"]

TODAY = dt.date(2026, 11, 23)

allow_flush()


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """Limits on log-ins are counted in the cache: no test counts for another."""
    cache.clear()


@pytest.fixture(scope="session")
def plan_file() -> PlanFile:
    """The file of plan 191, read once."""
    return read_plan_file(factories.PLAN_191)


@pytest.fixture(scope="session")
def plan_copies(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker, plan_file: PlanFile
) -> Copies:
    """The rows of plan 191: loaded once, then given to each test as they were."""
    with django_db_blocker.unblock():
        return Copies.left_by(lambda: factories.load(plan_file))


@pytest.fixture
def plan(plan_copies: Copies, db: None) -> Plan:
    """Plan 191, as loaded; only the loading itself is not in the trail."""
    plan_copies.insert()
    return Plan.objects.get(code="191")


@pytest.fixture
def officer(db: None) -> User:
    """A programme officer."""
    return factories.user(role=Role.PROGRAMME_OFFICER)


@pytest.fixture
def as_officer(client: Client, officer: User) -> Client:
    """The browser of a programme officer."""
    client.force_login(officer)
    return client
