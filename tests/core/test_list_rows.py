"""The rows of a table and the options of a select are written as Django's templates write them."""

import re

import django_tables2 as tables
import pytest
from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.http import HttpRequest
from django.template import engines
from django.utils.html import format_html

from core.lists.tables import ListTable, NumberColumn

EVIL = '<img src=x onerror=alert(1)> & "dấu"'
TOLD = "&lt;img src=x onerror=alert(1)&gt; &amp; &quot;dấu&quot;"
GROUPS = [
    ("", "Chưa chọn"),
    ("Xã", [("1", EVIL), ('"2"', "Bát Xát")]),
    (3, "Sa Pa"),
]


class Communes(ListTable):
    """A name, a number with a heading in bold, and what a table makes of a record itself."""

    name = tables.Column("Tên", attrs={"td": {"class": "name"}})
    count = NumberColumn(verbose_name=format_html("<b>{}</b>", "Số"))
    link = tables.Column("Nơi", empty_values=())

    def render_link(self, record: dict[str, object]) -> str:
        """A link."""
        return format_html('<a href="/x/">{}</a>', record["name"])


def rows(data: list[dict[str, object]]) -> str:
    """What the body of the table says."""
    template = engines["django"].from_string("{% load lists %}{% table_rows table %}")
    return template.render({"table": Communes(data)}, HttpRequest())


def test_a_cell_is_escaped_once_and_the_first_names_its_row() -> None:
    written = rows([{"name": EVIL, "count": 1234}])
    assert re.sub(r"\s+", " ", written) == (
        f'<tr><th class="name" scope="row">{TOLD}</th>'
        '<td class="n" data-label="Số">1.234</td>'
        f'<td data-label="Nơi"><a href="/x/">{TOLD}</a></td></tr>'
    )


def test_without_records_there_are_no_rows() -> None:
    assert rows([]) == ""


class OwnSelect(forms.Select):
    """A list of which one entry cannot be chosen."""

    def create_option(self, name, value, *args, **kwargs):  # type: ignore[no-untyped-def]
        """Switch Sa Pa off."""
        option = super().create_option(name, value, *args, **kwargs)
        return {**option, "attrs": ({"disabled": True} if value == 3 else {}) | option["attrs"]}


@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple, OwnSelect])
def test_a_select_is_written_as_django_writes_it(widget: type[forms.Select]) -> None:
    field = widget(choices=GROUPS, attrs={"id": "x", "required": True})
    chosen = ["3"] if widget is forms.SelectMultiple else "3"
    own = forms.renderers.TemplatesSetting()
    django = forms.renderers.DjangoTemplates()
    pages = [field.render("noi", chosen, renderer=one) for one in (own, django)]
    bare = [re.sub(r"\s*\n\s*", "", page) for page in pages]
    assert bare[0] == bare[1]
    assert bare[0].count("selected") == 1
    assert TOLD in bare[0]


@pytest.mark.parametrize(("required", "nothing"), [(True, "Chọn…"), (False, "Chưa chọn")])
def test_nothing_is_told_in_words(required: bool, nothing: str) -> None:
    class CommuneForm(forms.Form):
        place = forms.TypedChoiceField(
            choices=[*BLANK_CHOICE_DASH, ("1", "Bát Xát")], required=required
        )

    page = str(CommuneForm()["place"])
    assert re.findall("<option.*?</option>", page, re.DOTALL) == [
        f'<option value="" selected>{nothing}</option>',
        '<option value="1">Bát Xát</option>',
    ]
