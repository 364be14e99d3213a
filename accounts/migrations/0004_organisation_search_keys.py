"""Let the words of the organisations that are here already be found."""

from typing import Any

from django.db import migrations

from core.text import search_key


def fill(apps: Any, schema_editor: Any) -> None:
    organisations = apps.get_model("accounts", "Organisation").objects
    for organisation in organisations.all():
        words = (organisation.code, organisation.name, organisation.short_name)
        key = search_key(*words, *organisation.aliases)
        organisations.filter(pk=organisation.pk).update(search_key=key)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_organisation_pages"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
