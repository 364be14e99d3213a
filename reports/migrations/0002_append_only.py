"""Snapshots and files never change."""

from django.db import migrations

from audit.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only_and_chain"),
        ("reports", "0001_initial"),
    ]

    operations = [
        AppendOnly("reports_snapshot"),
        AppendOnly("reports_reportfile"),
    ]
