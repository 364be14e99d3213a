"""The tables of the history and of the chain over it."""

import django.db.models.functions.datetime
from django.db import migrations, models

import audit.models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ChainLink",
            fields=[
                (
                    "position",
                    models.BigIntegerField(
                        primary_key=True, serialize=False, verbose_name="position"
                    ),
                ),
                ("entry_id", models.BigIntegerField(unique=True, verbose_name="entry")),
                ("previous", models.CharField(max_length=64, verbose_name="previous digest")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
            ],
            options={
                "verbose_name": "link of the audit chain",
                "verbose_name_plural": "links of the audit chain",
                "ordering": ["position"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1)),
                        name="audit_chainlink_position",
                        violation_error_message="Positions of the chain begin at 1.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="time"
                    ),
                ),
                ("act", models.CharField(max_length=100, verbose_name="act")),
                ("actor_id", models.BigIntegerField(null=True, verbose_name="person")),
                ("actor_name", models.CharField(max_length=200, verbose_name="name of the person")),
                (
                    "origin_kind",
                    models.CharField(
                        choices=[
                            ("web", "Web page"),
                            ("command", "Command line"),
                            ("job", "Background job"),
                            ("direct", "Direct call"),
                        ],
                        max_length=10,
                        verbose_name="origin",
                    ),
                ),
                (
                    "origin_detail",
                    models.CharField(blank=True, max_length=500, verbose_name="path or name"),
                ),
                ("remote_address", models.GenericIPAddressField(null=True, verbose_name="address")),
                (
                    "target_type",
                    models.CharField(blank=True, max_length=100, verbose_name="kind of record"),
                ),
                (
                    "target_id",
                    models.CharField(blank=True, max_length=100, verbose_name="key of the record"),
                ),
                (
                    "target_label",
                    models.CharField(blank=True, max_length=200, verbose_name="record"),
                ),
                (
                    "before",
                    models.JSONField(
                        encoder=audit.models.AuditJSONEncoder, null=True, verbose_name="before"
                    ),
                ),
                (
                    "after",
                    models.JSONField(
                        encoder=audit.models.AuditJSONEncoder, null=True, verbose_name="after"
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
            ],
            options={
                "verbose_name": "audit entry",
                "verbose_name_plural": "audit entries",
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["target_type", "target_id"], name="audit_entry_target"),
                    models.Index(fields=["actor_id"], name="audit_entry_actor"),
                    models.Index(fields=["act"], name="audit_entry_act"),
                    models.Index(fields=["at"], name="audit_entry_at"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("act", ""), _negated=True),
                        name="audit_entry_has_act",
                        violation_error_message="An entry names its act.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("origin_kind__in", ["web", "command", "job", "direct"])
                        ),
                        name="audit_entry_origin",
                        violation_error_message="An entry comes from one of the known origins.",
                    ),
                ],
            },
        ),
    ]
