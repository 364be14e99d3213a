"""The pages of the register."""

from tests.enterprises import record_pages

PAGES = [*record_pages.PAGES]
ELSEWHERE = {"enterprise_detail"} | record_pages.ELSEWHERE
