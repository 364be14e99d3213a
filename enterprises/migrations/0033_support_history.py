"""Steps of support cases are written once."""

from django.db import migrations

from audit.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only_and_chain"),
        ("enterprises", "0032_support_cases"),
    ]

    operations = [AppendOnly("enterprises_supportstep")]
