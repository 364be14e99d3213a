"""Acts of the room ``accounts``."""

from accounts.services.areas import area_create, area_edit, area_succession_record
from accounts.services.areas_load import AreasLoad, areas_load
from accounts.services.demo import demo_accounts_create
from accounts.services.memberships import membership_grant
from accounts.services.organisations import organisation_create, organisation_edit
from accounts.services.successions import (
    SuccessionPreview,
    succession_preview,
    succession_record,
    succession_work_pass,
    successions_work_pass,
)
from accounts.services.users import administrator_create, password_set, user_create

__all__ = [
    "AreasLoad",
    "SuccessionPreview",
    "administrator_create",
    "area_create",
    "area_edit",
    "area_succession_record",
    "areas_load",
    "demo_accounts_create",
    "membership_grant",
    "organisation_create",
    "organisation_edit",
    "password_set",
    "succession_preview",
    "succession_record",
    "succession_work_pass",
    "successions_work_pass",
    "user_create",
]
