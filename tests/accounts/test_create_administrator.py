"""The first administrator of a new portal, made from the shell."""

from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command

from accounts.choices import OrganisationKind, Role
from accounts.management.commands import create_administrator
from accounts.models import User
from tests.factories import PASSWORD, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What the person types when asked for the password."""

    def answer(*passwords: str) -> None:
        answers = iter(passwords)
        monkeypatch.setattr(create_administrator.getpass, "getpass", lambda _prompt: next(answers))

    return answer


def create(email: str = "quan.tri@vidu.invalid", code: str = "SKHCN") -> None:
    """Run the command."""
    call_command("create_administrator", email, name="Quản Trị", organisation=code)


def test_the_administrator_can_log_in_and_holds_the_role(typed: Callable[..., None]) -> None:
    organisation(OrganisationKind.DOST, code="SKHCN")
    typed(PASSWORD, PASSWORD)
    create()
    person = User.objects.get(email="quan.tri@vidu.invalid")
    assert person.check_password(PASSWORD)
    assert person.has_role(Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("passwords", "code", "sentence"),
    [
        ((PASSWORD, "khac-han-mat-khau"), "SKHCN", "không giống nhau"),
        (("ngan", "ngan"), "SKHCN", "ít nhất 12"),
        ((PASSWORD, PASSWORD), "KHONG-CO", "Không có tổ chức KHONG-CO"),
    ],
)
def test_bad_input_is_told_and_creates_nobody(
    passwords: tuple[str, str], code: str, sentence: str, typed: Callable[..., None]
) -> None:
    organisation(OrganisationKind.DOST, code="SKHCN")
    typed(*passwords)
    with pytest.raises(CommandError, match=sentence):
        create(code=code)
    assert not User.objects.exists()


def test_an_address_that_is_taken_is_told(typed: Callable[..., None]) -> None:
    organisation(OrganisationKind.DOST, code="SKHCN")
    typed(PASSWORD, PASSWORD, PASSWORD, PASSWORD)
    create()
    with pytest.raises(CommandError, match="đã có tài khoản"):
        create()
