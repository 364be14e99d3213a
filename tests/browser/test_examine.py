"""A look whose contrast was measured is not measured again; any other look is."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser

from tests.browser.visits import EXAMINE, RULES

pytestmark = pytest.mark.browser

CLEAR = '<p style="color: #000">Rõ</p>'
PALE = '<p style="color: #bbb">Mờ</p>'
ON_GREY = '<div style="background: #666"><p style="color: #000">Rõ trên nền xám</p></div>'
ON_PICTURE = (
    '<p style="color: #000; background-image: linear-gradient(#fff, #eee)">Rõ trên nền chuyển</p>'
)
UNSEEN = '<p style="color: #bbb; position: absolute; clip-path: inset(50%)">Ẩn</p>'


@pytest.mark.parametrize(
    ("before", "now", "found"),
    [
        ("", CLEAR, False),
        ("", PALE, True),
        (CLEAR, CLEAR + PALE, True),
        (CLEAR, CLEAR * 3 + ON_GREY, True),
        (PALE, PALE, True),
        (UNSEEN, CLEAR + PALE, True),
        (ON_PICTURE, ON_PICTURE + PALE, True),
    ],
)
def test_a_poor_contrast_is_found_whatever_was_measured_before(
    chromium: Browser, before: str, now: str, *, found: bool
) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        measured: list[str] = []
        violations: list[dict] = []
        for body in (before, now):
            page.set_content(f"<main><h1>Trang</h1>{body}</main>")
            page.evaluate(AXE_SCRIPT)
            answer = page.evaluate(EXAMINE, {"options": RULES, "measured": measured})
            measured, violations = [*measured, *answer["looks"]], answer["violations"]
        assert ("color-contrast" in {rule["id"] for rule in violations}) is found
        again = page.evaluate(EXAMINE, {"options": RULES, "measured": measured})
        assert again["looks"] == []


def test_a_button_whose_words_are_gone_at_a_width_is_found(chromium: Browser) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.set_content(
            "<style>@media (max-width: 400px) { span { display: none } }</style>"
            "<main><h1>Trang</h1><button><span>Lưu</span></button></main>"
        )
        page.evaluate(AXE_SCRIPT)
        found = []
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 900})
            answer = page.evaluate(EXAMINE, {"options": RULES, "measured": []})
            found.append([rule["id"] for rule in answer["violations"]])
        assert ["button-name" in ids for ids in found] == [False, True]
