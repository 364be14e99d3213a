"""What was typed comes back into every kind of field, and every form carries its signed field."""

import datetime as dt
import re

import pytest
from django import forms
from django.conf import settings
from django.http import QueryDict

from core.typed import fill, is_worth_keeping

POST_FORM = re.compile(r'<form[^>]*method="(?:post|\{\{ method)[^>]*>.*?</form>', re.DOTALL)
FIELDS = re.compile(r"\|crispy|\{\{ ?form(?:set)?[ .]")


class Everything(forms.Form):
    """One field of each kind."""

    name = forms.CharField(initial="cũ")
    text = forms.CharField(widget=forms.Textarea)
    day = forms.DateField(initial=dt.date(2020, 1, 1))
    number = forms.IntegerField()
    amount = forms.DecimalField()
    yes = forms.BooleanField(initial=True)
    no = forms.BooleanField()
    one = forms.ChoiceField(choices=[("a", "A"), ("b", "B")])
    radio = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B"), ("c", "C")])
    boxes = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B"), ("c", "C")], widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=7)
    untouched = forms.CharField(initial="như cũ")
    fixed = forms.CharField(initial="không đổi", disabled=True)
    password = forms.CharField(widget=forms.PasswordInput(render_value=True))
    file = forms.FileField()


TYPED = QueryDict(
    "f-name=Nguy%E1%BB%85n&f-text=m%E1%BB%99t%0Ahai&f-day=30/02/2026&f-number=ba&f-amount=1.234,5"
    "&f-no=on&f-one=b&f-radio=b&f-many=a&f-many=c&f-boxes=b&f-boxes=c&f-version=3&f-fixed=sai"
    "&f-password=bi-mat"
)


def test_a_form_shows_again_what_was_typed_right_or_wrong() -> None:
    form = Everything(prefix="f")
    fill(form, TYPED)
    assert not form.is_bound
    shown = {name: form[name].value() for name in form.fields}
    assert shown == {
        "name": "Nguyễn", "text": "một\nhai", "day": "30/02/2026", "number": "ba",
        "amount": "1.234,5", "yes": False, "no": True, "one": "b", "radio": "b",
        "many": ["a", "c"], "boxes": ["b", "c"], "version": "3", "untouched": "như cũ",
        "fixed": "không đổi", "password": None, "file": None,
    }  # fmt: skip
    page = form.as_p()
    assert 'value="30/02/2026"' in page
    assert 'value="1.234,5"' in page
    assert page.count("checked") == 4
    assert page.count("selected") == 3
    assert "bi-mat" not in page


class OnlySecrets(forms.Form):
    """What nobody wants kept."""

    oldpassword = forms.CharField(widget=forms.PasswordInput)
    token = forms.CharField()


class OnlyHidden(forms.Form):
    """What nobody types."""

    version = forms.IntegerField(widget=forms.HiddenInput)


@pytest.mark.parametrize(
    ("form", "worth"),
    [(Everything(), True), (OnlySecrets(), False), (OnlyHidden(), False), ("", False)],
)
def test_a_form_is_worth_keeping_when_people_type_into_it(form: object, worth: bool) -> None:
    assert is_worth_keeping(form) is worth


def test_every_form_with_fields_carries_its_signed_field() -> None:
    seen = 0
    for file in (settings.BASE_DIR / "templates").rglob("*.html"):
        for form in POST_FORM.findall(file.read_text()):
            # What a passkey fills in by itself is nothing that anyone typed.
            if FIELDS.search(form) and "data-passkey" not in form:
                seen += 1
                assert "{% keep_typed " in form, f"{file.name} has a form that loses what is typed"
    assert seen >= 2
