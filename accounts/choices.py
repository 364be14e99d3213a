"""Closed lists of the room ``accounts``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What an organisation is in the administration of the plan."""

    DOST = "dost", _("Department of Science and Technology")
    BRANCH = "branch", _("Branch of the department")
    DEPARTMENT = "department", _("Provincial department")
    AREA_COMMITTEE = "area_committee", _("People's Committee of a district or commune")
    PROVINCE_COMMITTEE = "province_committee", _("People's Committee of the province")
    MINISTRY = "ministry", _("Ministry")
    OTHER = "other", _("Other organisation")


class Sector(models.TextChoices):
    """The groups of sectors that departments manage (Nghị định 80/2021/NĐ-CP, điều 5)."""

    AGRICULTURE = "agriculture", _("agriculture, forestry, fishery")
    INDUSTRY = "industry", _("industry, construction")
    SERVICES = "services", _("trade, services")


class AreaLevel(models.TextChoices):
    """The level of an administrative area."""

    PROVINCE = "province", _("province")
    DISTRICT = "district", _("district")
    COMMUNE = "commune", _("commune or ward")


class Role(models.TextChoices):
    """What a person does here, by membership in an organisation."""

    PROGRAMME_OFFICER = "programme_officer", _("Programme officer")
    PROGRAMME_LEAD = "programme_lead", _("Programme lead")
    UNIT_OFFICER = "unit_officer", _("Unit officer")
    FINANCE_OFFICER = "finance_officer", _("Finance officer")
    LEADERSHIP = "leadership", _("Provincial leadership")
    ENTERPRISE_REPRESENTATIVE = "enterprise_representative", _("Enterprise representative")
    ADMINISTRATOR = "administrator", _("Administrator")


class DeputyState(models.TextChoices):
    """How the standing in of a deputy stands today."""

    IN_FORCE = "in_force", _("standing in")
    UPCOMING = "upcoming", _("to come")
    OVER = "over", _("over")
    ENDED = "ended", _("ended early")


class InvitationState(models.TextChoices):
    """What became of an invitation."""

    SENT = "sent", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")


# Where each role has its place (domain: who does what in the administration of the plan).
ROLE_PLACES: dict[Role, frozenset[OrganisationKind]] = {
    Role.PROGRAMME_OFFICER: frozenset({OrganisationKind.DOST, OrganisationKind.BRANCH}),
    Role.PROGRAMME_LEAD: frozenset({OrganisationKind.DOST, OrganisationKind.BRANCH}),
    Role.UNIT_OFFICER: frozenset({OrganisationKind.DEPARTMENT, OrganisationKind.AREA_COMMITTEE}),
    Role.FINANCE_OFFICER: frozenset({OrganisationKind.DEPARTMENT}),
    Role.LEADERSHIP: frozenset({OrganisationKind.PROVINCE_COMMITTEE, OrganisationKind.MINISTRY}),
    Role.ENTERPRISE_REPRESENTATIVE: frozenset({OrganisationKind.OTHER}),
    Role.ADMINISTRATOR: frozenset({OrganisationKind.DOST, OrganisationKind.BRANCH}),
}
