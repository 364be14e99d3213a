"""The addresses of allauth that the portal uses: people are invited and do not change addresses."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path
from django.views.generic import RedirectView

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    # Closed by the adapter; the login page asks for its address.
    path("signup/", views.signup, name="account_signup"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("xac-thuc/", mfa.index, name="mfa_index"),
    path("xac-thuc/nhap-ma/", mfa.authenticate, name="mfa_authenticate"),
    path("xac-thuc/xac-nhan/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("xac-thuc/ung-dung/", totp.activate_totp, name="mfa_activate_totp"),
    path("xac-thuc/ung-dung/go/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "xac-thuc/ma-khoi-phuc/",
        recovery_codes.view_recovery_codes,
        name="mfa_view_recovery_codes",
    ),
    path(
        "xac-thuc/ma-khoi-phuc/moi/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "xac-thuc/ma-khoi-phuc/tep/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    # The list of passkeys is part of the page above it.
    path(
        "xac-thuc/khoa/",
        RedirectView.as_view(pattern_name="mfa_index"),
        name="mfa_list_webauthn",
    ),
    path("xac-thuc/khoa/them/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path(
        "xac-thuc/khoa/xac-nhan/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("xac-thuc/khoa/<int:pk>/go/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("xac-thuc/khoa/<int:pk>/doi-ten/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
]
