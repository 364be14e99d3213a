"""How the second factor presents itself: on the phone, in the browser's passkey window."""

from allauth.mfa import signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import second_factor_changed


class PortalMFAAdapter(DefaultMFAAdapter):
    """Names of the portal and of passkeys."""

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002
        """Propose a name for the next passkey."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name the portal as its users know it."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.MFA_TOTP_ISSUER}


def second_factor_added(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **_signal: object
) -> None:
    """Note a second factor that was set up."""
    second_factor_changed(
        user=user,
        act="second_factor_add",
        kind=authenticator.type,
        keep=request.session.session_key,
    )


def second_factor_removed(*, user: User, authenticator: Authenticator, **_signal: object) -> None:
    """Note a second factor that was removed."""
    second_factor_changed(user=user, act="second_factor_remove", kind=authenticator.type)


def recovery_codes_renewed(*, user: User, authenticator: Authenticator, **_signal: object) -> None:
    """Note that new recovery codes took the place of the old ones."""
    second_factor_changed(user=user, act="recovery_codes_renew", kind=authenticator.type)


def connect() -> None:
    """Hear of every change of a second factor, once the apps are ready."""
    signals.authenticator_added.connect(second_factor_added)
    signals.authenticator_removed.connect(second_factor_removed)
    signals.authenticator_reset.connect(recovery_codes_renewed)
