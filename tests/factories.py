"""Records for tests, made by the services that make them in the portal."""

import datetime as dt
from itertools import count
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings

from accounts.choices import AreaLevel, OrganisationKind, Role
from accounts.models import AdministrativeArea, Membership, Organisation, User
from accounts.services import area_create, membership_grant, organisation_create, user_create
from audit.actors import System
from programs.models import Plan
from programs.plan_file import PlanFile
from programs.services import plan_load

BY = System("test")
PLAN_191 = Path(settings.BASE_DIR) / "plans" / "laocai-191.yaml"
SINCE = dt.date(2021, 1, 1)
PASSWORD = "mat-khau-cua-kiem-thu"
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

_numbers = count(1)


def organisation(
    kind: OrganisationKind = OrganisationKind.DEPARTMENT, **values: Any
) -> Organisation:
    """An organisation since 2021."""
    number = next(_numbers)
    made = {"code": f"O{number}", "name": f"Sở Kiểm Thử {number}", "valid_from": SINCE}
    return organisation_create(kind=kind, by=BY, **{**made, **values})


def area(level: AreaLevel = AreaLevel.COMMUNE, **values: Any) -> AdministrativeArea:
    """An area since 2021."""
    number = next(_numbers)
    made = {"code": f"A{number}", "name": f"xã Kiểm Thử {number}", "valid_from": SINCE}
    return area_create(values={"level": level, **made, **values}, by=BY)


def user(
    *,
    role: Role | None = None,
    email: str = "",
    name: str = "Người Kiểm Thử",
    password: str = PASSWORD,
    second_factor: bool = True,
) -> User:
    """A person, with a role in an organisation of their own if one is named.

    Without a second factor they reach nothing but its set-up.
    """
    email = email or f"nguoi{next(_numbers)}@vidu.invalid"
    person = user_create(email=email, full_name=name, password=password, by=BY)
    if second_factor:
        Authenticator.objects.create(
            user=person, type=Authenticator.Type.TOTP, data={"secret": TOTP_SECRET}
        )
    if role:
        membership(person, role)
    return person


def membership(person: User, role: Role, where: Organisation | None = None) -> Membership:
    """A role since 2021."""
    place = where or organisation()
    return membership_grant(user=person, organisation=place, role=role, valid_from=SINCE, by=BY)


def load(plan_file: PlanFile) -> Plan:
    """A plan, loaded from its file."""
    return plan_load(plan_file=plan_file, by=BY).plan
