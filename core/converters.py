"""Parts of addresses."""

import datetime as dt


class DayConverter:
    """A day as 2026-12-14."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        """Read the day; one that is not in the calendar has no page."""
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date | str) -> str:
        """Write the day."""
        return value if isinstance(value, str) else value.isoformat()
