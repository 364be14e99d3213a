"""Addresses of people, their roles and invitations, and of one's own account."""

from django.urls import path

from accounts.views import invitations, profile, users

urlpatterns = [
    path("quan-tri/nguoi-dung/", users.user_list, name="user_list"),
    path("quan-tri/nguoi-dung/<int:pk>/", users.user_detail, name="user_detail"),
    path("quan-tri/nguoi-dung/<int:pk>/sua/", users.user_edit, name="user_edit"),
    path("quan-tri/nguoi-dung/<int:pk>/dong/", users.user_close, name="user_close"),
    path("quan-tri/nguoi-dung/<int:pk>/mo-lai/", users.user_reopen, name="user_reopen"),
    path(
        "quan-tri/nguoi-dung/<int:pk>/dat-lai-xac-thuc/",
        users.user_mfa_reset,
        name="user_mfa_reset",
    ),
    path("quan-tri/nguoi-dung/<int:pk>/vai-tro/", users.membership_grant, name="membership_grant"),
    path("quan-tri/vai-tro/<int:pk>/ket-thuc/", users.membership_end, name="membership_end"),
    path("quan-tri/loi-moi/", invitations.invitation_list, name="invitation_list"),
    path("quan-tri/loi-moi/moi/", invitations.invitation_create, name="invitation_create"),
    path("quan-tri/loi-moi/<int:pk>/", invitations.invitation_detail, name="invitation_detail"),
    path(
        "quan-tri/loi-moi/<int:pk>/gui-lai/",
        invitations.invitation_resend,
        name="invitation_resend",
    ),
    path(
        "quan-tri/loi-moi/<int:pk>/rut/",
        invitations.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("tai-khoan/loi-moi/", invitations.invitation_accept, name="invitation_accept"),
    path("tai-khoan/loi-moi/<str:token>/", invitations.invitation_open, name="invitation_open"),
    path("tai-khoan/", profile.profile, name="profile"),
    path("tai-khoan/phien/", profile.session_list, name="session_list"),
    path("tai-khoan/phien/<int:pk>/ket-thuc/", profile.session_end, name="session_end"),
    path("tai-khoan/phien/ket-thuc/", profile.session_end_all, name="session_end_all"),
]
