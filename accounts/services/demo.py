"""The act that fills a demonstration with people."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.demo import DEMO_ACCOUNTS, DEMO_ORGANISATIONS, DEMO_PASSWORD, SINCE
from accounts.models import Organisation, User
from accounts.services.memberships import membership_grant
from accounts.services.organisations import organisation_create
from accounts.services.users import user_create
from audit.actors import Actor
from core.errors import DomainError


@transaction.atomic
def demo_accounts_create(*, by: Actor) -> int:
    """Create the demo accounts that are not here yet and return how many were made.

    Refused in production: everyone knows their password.
    """
    if settings.PRODUCTION:
        raise DomainError(_("Demo accounts exist on loopback only; production has none."))
    organisations = {organisation.code: organisation for organisation in Organisation.objects.all()}
    for sample in DEMO_ORGANISATIONS:
        if sample.code not in organisations:
            organisations[sample.code] = organisation_create(
                code=sample.code,
                name=sample.name,
                short_name=sample.short_name,
                kind=sample.kind,
                parent=organisations.get(sample.parent),
                valid_from=sample.valid_from,
                by=by,
            )
    present = set(User.objects.values_list("email", flat=True))
    missing = [account for account in DEMO_ACCOUNTS if account.email not in present]
    for account in missing:
        user = user_create(
            email=account.email,
            full_name=account.full_name,
            password=DEMO_PASSWORD,
            demo=True,
            by=by,
        )
        place = organisations[account.organisation]
        membership_grant(
            user=user,
            organisation=place,
            role=account.role,
            valid_from=max(SINCE, place.valid_from),
            by=by,
        )
    return len(missing)
