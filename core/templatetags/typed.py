"""What a form carries so that nothing typed into it is lost."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.typed import TOKEN_FIELD, Offer, is_worth_keeping, typed_of

register = template.Library()


@register.simple_tag(takes_context=True)
def keep_typed(context: dict[str, Any], form: Any) -> SafeString:
    """Sign the form for the person it is made for, and fill it if the address asks for that.

    Stands inside ``<form>`` before its fields.
    """
    typed = typed_of(context.get("request"))
    if typed is None or not is_worth_keeping(form):
        return SafeString("")
    typed.restore(form)
    token = typed.token(form, str(context.get("title", "")))
    if not token:
        return SafeString("")
    return format_html('<input type="hidden" name="{}" value="{}">', TOKEN_FIELD, token)


@register.simple_tag(takes_context=True)
def typed_earlier(context: dict[str, Any], form: Any) -> list[Offer]:
    """Return what was typed into the form earlier and not sent."""
    typed = typed_of(context.get("request"))
    return typed.offers(form) if typed and is_worth_keeping(form) else []
