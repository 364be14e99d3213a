"""Bars drawn by the server."""

from decimal import Decimal

from core.charts import stacked_bar


def test_the_pieces_of_a_bar_lie_side_by_side_in_the_ratio_of_the_numbers() -> None:
    pieces = stacked_bar([("met", 1), ("behind", 0), ("no_data", 3)])
    assert [(one.kind, one.x) for one in pieces] == [("met", "0.0"), ("no_data", "25.0")]
    first, second = (Decimal(one.width) for one in pieces)
    assert first < 25
    assert second - first == 50


def test_a_bar_of_nothing_has_no_pieces() -> None:
    assert stacked_bar([("met", 0)]) == []
