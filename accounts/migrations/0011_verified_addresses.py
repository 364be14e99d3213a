"""The address of every account counts as verified: who made the account vouched for it."""

from django.db import migrations
from django.db.models import F


def verify(apps, schema_editor):
    users = apps.get_model("accounts", "User").objects
    addresses = apps.get_model("account", "EmailAddress").objects
    addresses.filter(email=F("user__email")).update(verified=True, primary=True)
    known = addresses.values("user")
    addresses.bulk_create(
        addresses.model(user=user, email=user.email, verified=True, primary=True)
        for user in users.exclude(pk__in=known)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0010_invitations"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(verify, migrations.RunPython.noop)]
