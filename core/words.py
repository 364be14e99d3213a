"""Numbers in words, as official Vietnamese documents write amounts of money."""

from collections.abc import Iterator

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ((1_000_000_000, "tỷ"), (1_000_000, "triệu"), (1_000, "nghìn"))


def number_in_words(number: int) -> str:
    """Return a whole number in lower-case words, 21 as ``hai mươi mốt``.

    The northern form that official documents use:

    - After ``mươi`` one is ``mốt`` and four ``tư``; five is ``lăm`` after ``mười`` and ``mươi``.
    - A missing ten is ``linh``, a missing hundred after a higher group ``không trăm``; a group of
      three zeros is left out.
    - 104 is ``một trăm linh bốn``, not ``linh tư``. No legal text rules on it and both are said;
      guidance on accounting papers keeps ``tư`` for tens from twenty up, as most invoices do.
    - From a thousand ``tỷ`` up the count of ``tỷ`` is itself a number in words: ``nghìn tỷ``,
      ``triệu tỷ``, ``tỷ tỷ`` and so on.

    Raises:
        TypeError: the number is not an ``int``: a ``bool``, or a ``float`` or ``Decimal`` even if
            whole. This and a negative number are mistakes of the caller, not of a person.
        ValueError: the number is negative.
    """
    if isinstance(number, bool) or not isinstance(number, int):
        raise TypeError(f"Only an int can be put into words, not {number!r}.")
    if number < 0:
        raise ValueError(f"A negative number cannot be put into words: {number}.")
    return " ".join(_words(number, inside=False)) or _DIGITS[0]


def amount_in_words(vnd: int) -> str:
    """Return an amount in đồng as a document spells it out, 21000 as ``Hai mươi mốt nghìn đồng``.

    Raises:
        TypeError: the amount is not an ``int``, see ``number_in_words``.
        ValueError: the amount is negative.
    """
    return f"{number_in_words(vnd).capitalize()} đồng"


def _words(number: int, *, inside: bool) -> Iterator[str]:
    """Yield the words of a number, none for zero; ``inside`` stands after a higher group."""
    for size, name in _SCALES:
        count, number = divmod(number, size)
        if count:
            yield from _words(count, inside=inside)
            yield name
            inside = True
    hundreds, below = divmod(number, 100)
    if hundreds or (below and inside):
        yield f"{_DIGITS[hundreds]} trăm"
        inside = True
    tens, units = divmod(below, 10)
    if tens > 1:
        yield f"{_DIGITS[tens]} mươi"
    elif tens:
        yield "mười"
    elif units and inside:
        yield "linh"
    if units:
        yield _unit(units, tens)


def _unit(units: int, tens: int) -> str:
    match units:
        case 1 if tens > 1:
            return "mốt"
        case 4 if tens > 1:
            return "tư"
        case 5 if tens:
            return "lăm"
        case _:
            return _DIGITS[units]
