"""What the templates of the room may write about records."""

from django import template
from django.utils.safestring import SafeString

from enterprises.choices import CertificateState
from enterprises.record_tables import STATE_CHIPS, chip

register = template.Library()


@register.filter
def certificate_chip(state: str) -> SafeString:
    """Write the state of a certificate as a shape and a word."""
    known = CertificateState(state)
    return chip(STATE_CHIPS[known], known.label)
