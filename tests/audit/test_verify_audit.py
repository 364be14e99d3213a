"""``verify_audit`` names whatever was done to the history behind the triggers' back."""

import io
import json
import tracemalloc
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit.models import ChainLink, Entry
from audit.services import audit_verify as verify
from audit.verification import Problem
from tests.audit.acts import acts_sealed, tamper

pytestmark = pytest.mark.django_db


def answer(*arguments: str) -> tuple[int, dict[str, Any], str]:
    """Run the command both ways; return its exit code, its JSON, and what it said on stderr."""
    codes, output, errors = [], io.StringIO(), io.StringIO()
    for form, stdout in (["--json"], output), ([], io.StringIO()):
        try:
            call_command("verify_audit", *arguments, *form, stdout=stdout, stderr=errors)
            codes.append(0)
        except SystemExit as stop:
            codes.append(int(str(stop.code)))
    assert codes[0] == codes[1]
    return codes[0], json.loads(output.getvalue()), errors.getvalue()


def kinds(found: dict[str, Any]) -> list[str]:
    """Return the kinds of the problems in the order of the answer."""
    return [problem["kind"] for problem in found["problems"]]


def test_an_untouched_chain_passes_and_prints_its_head() -> None:
    acts_sealed(3)
    code, found, errors = answer()
    head = ChainLink.objects.latest("position")
    assert (code, errors) == (0, "")
    assert found == {"entries": 3, "head": f"3:{head.digest}", "problems": []}


def test_an_empty_history_passes() -> None:
    assert answer() == (0, {"entries": 0, "head": "0:" + "0" * 64, "problems": []}, "")


ALTERATIONS = {
    "id": "id = id + 1000",
    "at": "at = at + interval '1 microsecond'",
    "act": "act = 'nomination_withdraw'",
    "actor_id": "actor_id = actor_id + 1",
    "actor_name": "actor_name = 'Người khác'",
    "origin_kind": "origin_kind = 'web'",
    "origin_detail": "origin_detail = '/'",
    "remote_address": "remote_address = '10.0.0.1'",
    "target_type": "target_type = 'programs.plan'",
    "target_id": "target_id = '2'",
    "target_label": "target_label = 'khác'",
    "before": "before = 'null'",
    "after": """after = '{"status": "draft"}'""",
    "reason": "reason = ''",
}
SUBTLER = {
    "a time beyond the calendar": "at = 'infinity'",
    "nobody": "actor_id = NULL",
    "text moved to the next column": (
        "act = left(act, -1), actor_name = right(act, 1) || actor_name"
    ),
}


def test_every_column_is_tried() -> None:
    assert set(ALTERATIONS) == {field.column for field in Entry._meta.concrete_fields}


@pytest.mark.parametrize("alteration", [*ALTERATIONS, *SUBTLER])
def test_an_altered_entry_is_named(alteration: str) -> None:
    entry = acts_sealed(3)[1]
    tamper(
        f"UPDATE audit_entry SET {(ALTERATIONS | SUBTLER)[alteration]} WHERE id = %s", [entry.pk]
    )
    code, found, errors = answer()
    assert code == 1
    assert found["entries"] == 3 if alteration != "id" else 2
    assert kinds(found) == (["altered"] if alteration != "id" else ["missing", "unlinked"])
    assert found["problems"][0]["entry_id"] == entry.pk
    assert str(entry.pk) in errors
    if alteration not in {"id", "act", "text moved to the next column"}:
        assert entry.act in errors


@pytest.mark.parametrize(
    ("alteration", "expected"),
    [
        ("digest = repeat('f', 64)", ["altered", "broken"]),
        ("previous = repeat('f', 64)", ["broken", "altered"]),
        ("entry_id = 0", ["missing", "unlinked"]),
        ("position = 9", ["gap", "gap", "altered"]),
    ],
)
def test_an_altered_link_is_found(alteration: str, expected: list[str]) -> None:
    acts_sealed(3)
    tamper(f"UPDATE audit_chainlink SET {alteration} WHERE position = 2")
    code, found, _errors = answer()
    assert (code, kinds(found)) == (1, expected)


def test_a_deleted_entry_is_named() -> None:
    entry = acts_sealed(3)[1]
    tamper("DELETE FROM audit_entry WHERE id = %s", [entry.pk])
    code, found, errors = answer()
    assert (code, kinds(found), found["entries"]) == (1, ["missing"], 2)
    assert str(entry.pk) in errors


@pytest.mark.parametrize("position", [1, 2])
def test_an_entry_deleted_with_its_link_leaves_a_gap(position: int) -> None:
    entry = acts_sealed(3)[position - 1]
    tamper("DELETE FROM audit_entry WHERE id = %s", [entry.pk])
    tamper("DELETE FROM audit_chainlink WHERE entry_id = %s", [entry.pk])
    code, found, _errors = answer()
    assert (code, kinds(found)) == (1, ["gap"])


def test_an_entry_slipped_in_without_link_is_named() -> None:
    acts_sealed(2)
    tamper(
        "INSERT INTO audit_entry SELECT 999, at, act, actor_id, actor_name, origin_kind,"
        " origin_detail, remote_address, target_type, target_id, target_label, before, after,"
        " reason FROM audit_entry LIMIT 1"
    )
    code, found, errors = answer()
    assert (code, kinds(found), found["entries"]) == (1, ["unlinked"], 3)
    assert found["problems"][0]["entry_id"] == 999
    assert "999" in errors


def test_a_cut_tail_shows_by_the_head_kept_elsewhere() -> None:
    entries = acts_sealed(3)
    kept = answer()[1]["head"]
    tamper("DELETE FROM audit_entry WHERE id = %s", [entries[-1].pk])
    tamper("DELETE FROM audit_chainlink WHERE position = 3")
    assert answer()[0] == 0
    code, found, errors = answer("--head", kept)
    assert (code, kinds(found)) == (1, ["cut"])
    assert kept in errors


def test_a_rewritten_chain_shows_by_the_head_kept_elsewhere() -> None:
    acts_sealed(2)
    kept = answer()[1]["head"]
    tamper("DELETE FROM audit_entry")
    tamper("DELETE FROM audit_chainlink")
    acts_sealed(3)
    assert answer()[0] == 0
    code, found, _errors = answer("--head", kept)
    assert (code, kinds(found)) == (1, ["cut"])


def test_a_head_kept_earlier_is_still_part_of_a_grown_chain() -> None:
    kept = [answer()[1]["head"]]
    for _time in range(2):
        acts_sealed(2)
        kept.append(answer()[1]["head"])
    assert [answer("--head", head)[0] for head in kept] == [0, 0, 0]


@pytest.mark.parametrize("head", ["12", "x:" + "0" * 64, "1:abcd", "1:" + "g" * 64])
def test_what_is_no_head_is_refused_in_one_sentence(head: str) -> None:
    with pytest.raises(CommandError, match="POSITION:DIGEST"):
        call_command("verify_audit", "--head", head)


def peak_of_verifying(entries: int) -> int:
    """Add entries and return the most memory (bytes) that one verification took."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_entry (act, actor_name, origin_kind, origin_detail, target_type,"
            " target_id, target_label, reason)"
            " SELECT 'row_import', '', 'job', '', '', n, repeat('x', 200), ''"
            " FROM generate_series(1, %s) n",
            [entries],
        )
    connection.check_constraints()
    tracemalloc.start()
    try:
        assert verify().problems == 0
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_rows_stay_on_the_server_until_they_are_read() -> None:
    acts_sealed(1)
    tamper("UPDATE audit_entry SET reason = ''")
    cursors = []

    def look(_problem: Problem) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_cursors WHERE NOT is_holdable")
            cursors.append(cursor.fetchone()[0])

    verify(on_problem=look)
    assert cursors == [1]


def test_a_longer_history_needs_no_more_memory() -> None:
    short, long = peak_of_verifying(3_000), peak_of_verifying(9_000)
    assert long < 1.5 * short
