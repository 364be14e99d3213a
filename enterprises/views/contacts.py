"""The people who speak for an enterprise."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import UserRequest
from core.forms import ReasonForm
from core.http import domain_errors_in_form, require
from enterprises import policies, services
from enterprises.forms.contacts import ContactForm
from enterprises.models import Contact
from enterprises.views.enterprises import act_page, enterprise_seen


@require_http_methods(["GET", "HEAD", "POST"])
def contact_add(request: UserRequest, pk: int) -> HttpResponse:
    """Add a contact to an enterprise."""
    enterprise = enterprise_seen(request, pk)
    require(policies.can_edit_enterprise(request.user, enterprise))
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.contact_add(enterprise=enterprise, values=form.values, by=request.user)
        if outcome.done:
            messages.success(request, _("The contact was added."))
            return redirect(enterprise)
    title = _("Add a contact: %(name)s") % {"name": enterprise}
    return act_page(request, enterprise, form, title, _("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
def contact_edit(request: UserRequest, pk: int, contact_pk: int) -> HttpResponse:
    """Correct a contact."""
    contact = _contact(request, pk, contact_pk)
    form = ContactForm(request.POST or None, instance=contact)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            services.contact_edit(
                contact=contact, values=form.values, version=form.seen_version, by=request.user
            )
        if outcome.done:
            messages.success(request, _("The contact was saved."))
            return redirect(contact.enterprise)
    title = _("Edit the contact %(name)s") % {"name": contact.name}
    return act_page(request, contact.enterprise, form, title, _("Save"))


@require_http_methods(["GET", "HEAD", "POST"])
def contact_void(request: UserRequest, pk: int, contact_pk: int) -> HttpResponse:
    """Take a contact away."""
    contact = _contact(request, pk, contact_pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with domain_errors_in_form(form) as outcome:
            reason = form.cleaned_data["reason"]
            services.contact_void(contact=contact, reason=reason, by=request.user)
        if outcome.done:
            messages.success(request, _("The contact was taken away."))
            return redirect(contact.enterprise)
    title = _("Take away the contact %(name)s") % {"name": contact.name}
    return act_page(request, contact.enterprise, form, title, _("Take away"))


def _contact(request: UserRequest, pk: int, contact_pk: int) -> Contact:
    enterprise = enterprise_seen(request, pk)
    contacts = Contact.objects.visible_to(request.user).standing().filter(enterprise=enterprise)
    contact: Contact = get_object_or_404(contacts, pk=contact_pk)
    require(policies.can_edit_enterprise(request.user, enterprise))
    return contact
