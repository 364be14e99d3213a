"""Numbers in words: against a table written by hand, and read back by a reader of its own."""

import random
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.words import amount_in_words, number_in_words

TABLE = Path(__file__).with_name("words.tsv")

UNITS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
TEENS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
TWENTIES = {"mốt": 1, "hai": 2, "ba": 3, "tư": 4, "lăm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9}
SCALES = {"triệu": 10**6, "nghìn": 10**3}


def golden() -> dict[int, str]:
    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()]
    table = {int(number): words for number, words in rows}
    assert len(table) == len(rows) >= 260
    return table


def read(words: str) -> int:
    """Return the number that the words say, refusing any form that documents do not use."""
    if words == "không":
        return 0
    total = 0
    for index, part in enumerate(words.split("tỷ")):
        total = total * 10**9 + read_below_ty(part.split(), first=index == 0)
    return total


def read_below_ty(words: list[str], *, first: bool) -> int:
    """Return what stands between two ``tỷ``: up to nine digits, or nothing."""
    value = 0
    for name, scale in SCALES.items():
        if name in words:
            end = words.index(name)
            value += read_group(words[:end], first=first) * scale
            words, first = words[end + 1 :], False
    return value + read_group(words, first=first) if words or first else value


def read_group(words: list[str], *, first: bool) -> int:
    """Return what the words of one to three digits say; only the first group has fewer."""
    match words:
        case ["không", "trăm", *rest] if rest and not first:
            return read_after_hundred(rest)
        case [hundreds, "trăm", *rest]:
            return 100 * UNITS[hundreds] + (read_after_hundred(rest) if rest else 0)
        case [unit] if first and unit != "mười":
            return UNITS[unit]
        case tens if first:
            return read_tens(tens)
    raise ValueError(f"not a group of three digits: {words}")


def read_after_hundred(words: list[str]) -> int:
    match words:
        case ["linh", unit]:
            return UNITS[unit]
    return read_tens(words)


def read_tens(words: list[str]) -> int:
    match words:
        case ["mười"]:
            return 10
        case ["mười", unit]:
            return 10 + TEENS[unit]
        case [tens, "mươi"] if tens != "một":
            return 10 * UNITS[tens]
        case [tens, "mươi", unit] if tens != "một":
            return 10 * UNITS[tens] + TWENTIES[unit]
    raise ValueError(f"not a number of two digits: {words}")


def random_numbers() -> list[int]:
    """Numbers of all lengths; zeros, ones, fours and fives are where the rules are."""
    rng = random.Random(191)
    return [
        int("".join(rng.choices("0123456789", weights=[9, 3, 1, 1, 3, 3, 1, 1, 1, 1], k=length)))
        for length in range(1, 41)
        for _ in range(125)
    ]


def test_numbers_read_as_in_the_table_written_by_hand() -> None:
    table = golden()
    assert {number: number_in_words(number) for number in table} == table


def test_the_table_says_what_its_numbers_are() -> None:
    table = golden()
    assert {number: read(words) for number, words in table.items()} == {n: n for n in table}


def test_any_number_can_be_read_back() -> None:
    numbers = [*range(11_000), *random_numbers()]
    assert [read(number_in_words(number)) for number in numbers] == numbers


@pytest.mark.parametrize(
    "wrong",
    [
        "một trăm một",
        "một trăm linh tư",
        "một trăm linh lăm",
        "mười năm",
        "mười tư",
        "một mươi",
        "hai mươi một",
        "hai mươi bốn",
        "hai mươi năm",
        "linh năm",
        "một nghìn năm",
        "một nghìn linh năm",
        "một nghìn không trăm",
        "một triệu không trăm nghìn không trăm linh năm",
        "một nghìn một triệu",
        "mười hai ba",
        "năm trăm nghìn triệu",
        "",
        "một ngàn",
        "một trăm lẻ một",
    ],
)
def test_the_reader_of_this_test_refuses_other_forms(wrong: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        read(wrong)


@pytest.mark.parametrize(
    ("vnd", "words"),
    [
        (0, "Không đồng"),
        (1_000, "Một nghìn đồng"),
        (2_005_000, "Hai triệu không trăm linh năm nghìn đồng"),
        (1_050_000_000, "Một tỷ không trăm năm mươi triệu đồng"),
        (15_100_000_000, "Mười lăm tỷ một trăm triệu đồng"),
        (20_000_000_000, "Hai mươi tỷ đồng"),
        (35_100_000_000, "Ba mươi lăm tỷ một trăm triệu đồng"),
    ],
)
def test_an_amount_begins_with_a_capital_and_ends_with_dong(vnd: int, words: str) -> None:
    assert amount_in_words(vnd) == words
    assert unicodedata.is_normalized("NFC", amount_in_words(vnd))


@pytest.mark.parametrize("say", [number_in_words, amount_in_words])
@pytest.mark.parametrize(
    ("value", "error"),
    [
        (-1, ValueError),
        (-35_100_000_000, ValueError),
        (True, TypeError),
        (False, TypeError),
        (1.0, TypeError),
        (0.5, TypeError),
        (Decimal("1.5"), TypeError),
        (Decimal(2), TypeError),
        ("21", TypeError),
        (None, TypeError),
    ],
)
def test_what_is_no_amount_is_refused(
    say: Callable[[Any], str], value: object, error: type[Exception]
) -> None:
    with pytest.raises(error, match="put into words"):
        say(value)
