"""The forms of the second factor, said in the words of the portal."""

from typing import Any

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

PERIOD = 30


class CodeInput(forms.TextInput):
    """A field in which a phone offers digits and the code that just came."""

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"})


class OneUseMixin:
    """Accepts the code of a phone once, for as long as it would be right."""

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        """Refuse a code that was used before."""
        code: str = super().clean_code()  # type: ignore[misc]
        span = PERIOD * (2 * settings.MFA_TOTP_TOLERANCE + 1)
        key = f"mfa-code-used:{self.user.pk}:{normalize_user_code(code)}"
        is_phone = self.authenticator.type == Authenticator.Type.TOTP
        if is_phone and not cache.add(key, "used", span):
            raise get_adapter().validation_error("incorrect_code")
        return code


class AuthenticateForm(OneUseMixin, base.AuthenticateForm):
    """The code at login."""

    code = forms.CharField(label=_("Code of the app, or a recovery code"), widget=CodeInput)


class ReauthenticateForm(OneUseMixin, base.ReauthenticateForm):
    """The code before something that matters."""

    code = forms.CharField(label=_("Code of the app, or a recovery code"), widget=CodeInput)


class ActivateTOTPForm(totp.ActivateTOTPForm):
    """The first code of a phone."""

    code = forms.CharField(label=_("Code that the app shows (6 digits)"), widget=CodeInput)

    @property
    def secret_in_groups(self) -> str:
        """The key as it is typed by hand: in groups of four."""
        return " ".join(self.secret[start : start + 4] for start in range(0, len(self.secret), 4))


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    """A new passkey and what its owner calls it."""

    name = forms.CharField(label=_("Name of the passkey"), required=False, max_length=60)


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    name = forms.CharField(label=_("Name of the passkey"), max_length=60)
