"""People, organisations and roles."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Who is who, and who may do what."""

    name = "accounts"
    verbose_name = _("People and organisations")

    def ready(self) -> None:
        """Bring the menu entries, the names of acts and the history of this room."""
        from accounts import mfa_adapter, registers, session_limits, typed

        registers.register()
        mfa_adapter.connect()
        for told, name in (
            (session_limits.session_begins, "accounts.session_begins"),
            (typed.tell_of_kept_forms, "accounts.tell_of_kept_forms"),
        ):
            user_logged_in.connect(told, dispatch_uid=name)
