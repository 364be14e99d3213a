"""Writing what a list page has many of: the rows of its table."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.utils import flatatt
from django.template.base import render_value_in_context
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

DASHES = BLANK_CHOICE_DASH[0][1]


@register.simple_tag(takes_context=True)
def table_rows(context: template.Context, table: Any) -> SafeString:
    """Write the rows of a page of a django-tables2 table; the first cell of each names it.

    Attributes and label of a column are the same in each of its cells, and are written once: a
    column of the portal's tables has no attributes that depend on the record.
    """
    frames = list(_frames(table))

    def row_of(row: Any) -> str:
        cells = zip(frames, row.items(), strict=True)
        return "".join(
            f"{before}{render_value_in_context(cell, context)}{after}"
            for (before, after), (_column, cell) in cells
        )

    rows = (f"<tr>{row_of(row)}</tr>" for row in table.paginated_rows)
    # Each part is escaped, or safe already.
    return mark_safe("\n".join(rows))  # noqa: S308


def _frames(table: Any) -> Iterator[tuple[SafeString, SafeString]]:
    """What stands before and after the text of each column's cells."""
    for place, column in enumerate(table.columns):
        attributes = column.attrs["td"].as_html()
        if place == 0:
            yield format_html('<th {} scope="row">', attributes), mark_safe("</th>")
        else:
            label = strip_tags(str(column.header))
            yield format_html('<td {} data-label="{}">', attributes, label), mark_safe("</td>")


@register.simple_tag
def select_options(options: Iterable[dict[str, Any]], required: bool) -> SafeString:  # noqa: FBT001
    """Write the options of a select widget, as Django's template does one by one.

    Where Django shows dashes for nothing, words say what to do: they are read out, too.
    """
    nothing = _("Choose…") if required else _("Not chosen")
    return format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        (
            (
                option["value"],
                flatatt(option["attrs"]) if option["attrs"] else "",
                nothing if option["label"] == DASHES else option["label"],
            )
            for option in options
        ),
    )
