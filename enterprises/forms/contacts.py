"""The form of a contact."""

from core.forms import VersionedForm
from enterprises.models import Contact
from enterprises.services.contacts import FIELDS


class ContactForm(VersionedForm):
    """A person who speaks for an enterprise."""

    class Meta:
        model = Contact
        fields = FIELDS
