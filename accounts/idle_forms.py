"""The form of somebody whose account was closed for disuse."""

from django import forms
from django.utils.translation import gettext_lazy as _


class IdleAccountForm(forms.Form):
    """Where to send the link."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
