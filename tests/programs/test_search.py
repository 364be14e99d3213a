"""One search box over the whole plan, with or without accents."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from programs.models import Plan, Task
from tests.factories import user

pytestmark = pytest.mark.django_db


def search(client: Client, query: str) -> dict[str, list[str]]:
    """The codes that are found, by kind."""
    response = client.get(reverse("search"), {"q": query})
    assert response.status_code == 200
    return {group.label: [hit.code for hit in group.hits] for group in response.context["groups"]}


@pytest.mark.parametrize("query", ["nghien cuu", "nghiên cứu", "NGHIÊN   Cứu"])
def test_accents_and_case_do_not_matter(query: str, plan: Plan, as_officer: Client) -> None:
    assert "II.1.a.1" in search(as_officer, query)["Mục II: Nội dung"]


def test_codes_are_found_first(plan: Plan, as_officer: Client) -> None:
    assert search(as_officer, "B1.3.1")["Nhiệm vụ"][0] == "B1.3.1"
    assert search(as_officer, "k18") == {"Chỉ tiêu": ["K18"]}


def test_every_word_must_be_there(plan: Plan, as_officer: Client) -> None:
    assert "K22" in search(as_officer, "iso 9001")["Chỉ tiêu"]
    assert search(as_officer, "iso 9001 khongcotunay") == {}


def test_hits_are_marked_and_markup_in_the_query_stays_text(plan: Plan, as_officer: Client) -> None:
    found = as_officer.get(reverse("search"), {"q": "haccp"}).content.decode()
    assert "<mark>HACCP</mark>" in found
    inert = as_officer.get(reverse("search"), {"q": "<img src=x onerror=alert(1)>"})
    assert "<img" not in inert.content.decode()


@pytest.mark.parametrize("query", ["", "   ", "%", "_", "\\", "a" * 500, "\x00"])
def test_any_query_is_answered(query: str, plan: Plan, as_officer: Client) -> None:
    assert as_officer.get(reverse("search"), {"q": query}).status_code == 200


def test_wildcards_of_the_database_are_plain_characters(plan: Plan, as_officer: Client) -> None:
    assert search(as_officer, "B1%9") == {}


def test_someone_without_a_role_finds_nothing(plan: Plan, client: Client) -> None:
    client.force_login(user())
    answer = client.get(reverse("search"), {"q": "ISO"})
    assert answer.status_code == 403
    assert "ISO" not in answer.content.decode()


def test_the_trigram_index_serves_the_search(plan: Plan) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "task_search" in Task.objects.order_by().matching("năng suất").explain()
