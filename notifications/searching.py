"""What the search box finds in a person's inbox."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import User
from core.registers.search import Found
from notifications.models import Notice


def find_notices(user: User, query: str, limit: int) -> Iterator[Found]:
    """Find notices of the person's own; each leads to the inbox narrowed to it."""
    found = Notice.objects.visible_to(user).matching(query)[:limit]
    return (_found(notice) for notice in found)


def _found(notice: Notice) -> Found:
    url = f"{reverse('notice_list')}?{urlencode({'q': notice.title})}"
    return Found(f"{notice.at:%d/%m/%Y}", notice.title, url, notice.text)
