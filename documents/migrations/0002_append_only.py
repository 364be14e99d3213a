"""Versions of files and what a scanner said of them never change."""

from django.db import migrations

from audit.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only_and_chain"),
        ("documents", "0001_attachments"),
    ]

    operations = [
        AppendOnly("documents_attachmentversion"),
        AppendOnly("documents_latescan"),
    ]
