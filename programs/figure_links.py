"""Where the records behind a figure are listed; the day in the address makes it last."""

from django.urls import reverse

from core.days import day_query
from programs.evidence import listing_of
from programs.figures import Figure
from programs.models import Indicator

# The words in the address for what counts, and for that among which it is counted.
COUNTED, AMONG = "tu-so", "mau-so"


def page_url(figure: Figure) -> str:
    """Return the page of the indicator or task as at the day of the figure."""
    return f"{figure.subject.get_absolute_url()}{day_query(figure.at)}"


def evidence_url(figure: Figure, slug: str) -> str:
    """Return the address of a list behind a figure."""
    subject = figure.subject
    name = "indicator_evidence" if isinstance(subject, Indicator) else "task_evidence"
    return reverse(name, args=[subject.plan.code, subject.code, figure.at.isoformat(), slug])


def value_url(figure: Figure) -> str:
    """Return where a figure opens: the list of what counts, or its page where there is none."""
    if figure.computation is None or listing_of(figure.computation.records) is None:
        return page_url(figure)
    return evidence_url(figure, COUNTED)
