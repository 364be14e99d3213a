"""Search without accents, sorting by the Vietnamese alphabet."""

import unicodedata

import pytest
from django.db import connection

from core.registers.search import mark
from core.text import fold, normalise, search_key, search_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nghiên cứu", "nghien cuu"),
        ("Đặc sản", "dac san"),
        ("ĐỐI ỨNG", "doi ung"),
        ("Năng suất, chất lượng 4.0", "nang suat, chat luong 4.0"),
        ("ỷ Ỹ ở Ợ ư Ữ", "y y o o u u"),
    ],
)
def test_folding_takes_away_accents_and_case(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_folding_keeps_positions_so_that_hits_can_be_marked() -> None:
    text = "Hợp tác xã Chè Shan tuyết Đồng Đội İstanbul"
    assert len(fold(text)) == len(unicodedata.normalize("NFC", text))


def test_decomposed_input_is_stored_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "  Lào   Cai ")
    assert normalise(decomposed) == "Lào Cai"
    assert search_key(decomposed) == "lao cai"


def test_every_word_of_a_query_counts() -> None:
    assert search_words("  Đặc   SẢN ") == ["dac", "san"]


def test_hits_are_marked_in_the_text_with_its_accents() -> None:
    pieces = mark("Chứng nhận hợp chuẩn", ["hop", "chung"])
    assert [(piece.text, piece.hit) for piece in pieces] == [
        ("Chứng", True),
        (" nhận ", False),
        ("hợp", True),
        (" chuẩn", False),
    ]


@pytest.mark.django_db
def test_the_database_sorts_by_the_vietnamese_alphabet() -> None:
    wanted = ["An", "Ăn", "Ân", "Dũng", "Đinh", "Ong", "Ôn", "Ơn"]
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT name FROM unnest(%s::text[]) AS t(name) ORDER BY name COLLATE "vi-x-icu"',
            [sorted(wanted, reverse=True)],
        )
        assert [name for (name,) in cursor] == wanted
