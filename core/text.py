"""Vietnamese text: one spelling of a character, and keys that are searched without accents."""

import unicodedata
from functools import lru_cache

_WITHOUT_DECOMPOSITION = {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"}


def normalise(text: str) -> str:
    """Return the text in NFC, trimmed, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    if plain := _WITHOUT_DECOMPOSITION.get(character):
        return plain
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


def fold(text: str) -> str:
    """Return the text in lower case without accents: ``Đặc sản`` becomes ``dac san``.

    Every character of an NFC text gives one character, so positions in the key are positions in
    the text.
    """
    return "".join(map(_fold_character, unicodedata.normalize("NFC", text)))


def search_key(*parts: str) -> str:
    """Return the stored key of a record that is found by any of these parts."""
    return fold(normalise(" ".join(part for part in parts if part)))


def search_words(query: str) -> list[str]:
    """Return the folded words of a query; a record is found when its key holds all of them."""
    return fold(normalise(query)).split()
