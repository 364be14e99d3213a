"""The pages of people, invitations and one's own account."""

from accounts.choices import Role
from tests.browser.pages import REVIEWING, Page, first_link
from tests.browser.visits import Visit

USERS = "/quan-tri/nguoi-dung/"
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})


def of_first_user(act: str) -> object:
    """A way to a page of the first user of the list, who is none of the administrators."""
    find = first_link(f"{USERS}?role=unit_officer")

    def address(visit: Visit) -> str:
        return f"{find(visit)}{act}"

    return address


PAGES = [
    Page("user_list", USERS, REVIEWING),
    Page("user_list", f"{USERS}?q=khongcoaiten", REVIEWING),
    Page("user_detail", of_first_user(""), REVIEWING),
    Page("user_edit", of_first_user("sua/"), ADMINISTRATOR),
    Page("user_close", of_first_user("dong/"), ADMINISTRATOR),
    Page("user_reopen", of_first_user("mo-lai/"), ADMINISTRATOR),
    Page("user_mfa_reset", of_first_user("dat-lai-xac-thuc/"), ADMINISTRATOR),
    Page("membership_grant", of_first_user("vai-tro/"), ADMINISTRATOR),
    Page("invitation_list", "/quan-tri/loi-moi/", REVIEWING),
    Page("invitation_create", "/quan-tri/loi-moi/moi/", ADMINISTRATOR),
    Page("profile", "/tai-khoan/"),
    Page("session_list", "/tai-khoan/phien/"),
    Page("mfa_index", "/tai-khoan/xac-thuc/"),
    Page("mfa_activate_totp", "/tai-khoan/xac-thuc/ung-dung/"),
    Page("mfa_add_webauthn", "/tai-khoan/xac-thuc/khoa/them/"),
]

# Acts, and pages that test_invitation.py opens step by step.
ELSEWHERE = {
    "invitation_accept",
    "invitation_detail",
    "invitation_open",
    "invitation_resend",
    "invitation_withdraw",
    "membership_end",
    "session_end",
    "session_end_all",
}
