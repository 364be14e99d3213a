"""Files that hang on records, their versions, and scans that came late."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

import core.fields
import core.files.storage
import documents.models.versions


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("search_key", core.fields.SearchKeyField(default="", editable=False)),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
                ),
                ("holder_type", models.CharField(max_length=100, verbose_name="kind of record")),
                ("holder_id", models.BigIntegerField(verbose_name="key of the record")),
                (
                    "title",
                    core.fields.NameField(
                        db_collation="vi-x-icu", max_length=200, verbose_name="title"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("decision", "decision"),
                            ("letter", "official letter"),
                            ("minutes", "minutes, acceptance record"),
                            ("contract", "contract, agreement"),
                            ("certificate", "certificate, declaration"),
                            ("voucher", "voucher, invoice"),
                            ("report", "report, dossier"),
                            ("data", "table of data"),
                            ("picture", "picture"),
                            ("other", "other document"),
                        ],
                        max_length=20,
                        verbose_name="kind of document",
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="withdrawn at"),
                ),
                (
                    "withdrawal_reason",
                    core.fields.PassageField(
                        blank=True,
                        db_collation="vi-x-icu",
                        verbose_name="reason for the withdrawal",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "file",
                "verbose_name_plural": "files",
                "ordering": ("title", "pk"),
                "indexes": [
                    models.Index(fields=["holder_type", "holder_id"], name="attachment_holder"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_key"], name="attachment_search", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawal_reason", ""),
                                ("withdrawn_at__isnull", True),
                                ("withdrawn_by__isnull", True),
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="attachment_withdrawn_with_reason",
                        violation_error_message="A file is withdrawn by somebody and with a reason.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AttachmentVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "file",
                    models.FileField(
                        storage=core.files.storage.private_storage,
                        upload_to=documents.models.versions.stored_name,
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="file name")),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("PDF", "PDF"),
                            ("DOCX", "Word (.docx)"),
                            ("XLSX", "Excel (.xlsx)"),
                            ("PNG", "PNG"),
                            ("JPEG", "JPEG (.jpg)"),
                        ],
                        max_length=10,
                        verbose_name="format",
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "scan",
                    models.CharField(
                        choices=[
                            ("clean", "no virus found"),
                            ("quarantined", "the scanner gave no answer"),
                            ("no_scanner", "no scanner is set up"),
                        ],
                        max_length=20,
                        verbose_name="virus check",
                    ),
                ),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="uploaded at",
                    ),
                ),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="documents.attachment",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a file",
                "verbose_name_plural": "versions of files",
                "ordering": ("attachment", "-number"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("scan", "quarantined")),
                        fields=["scan"],
                        name="attachment_version_quarantine",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("attachment", "number"),
                        name="attachment_version_unique",
                        violation_error_message="The file has a version with this number already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gt", 0), ("size__gt", 0)),
                        name="attachment_version_not_empty",
                        violation_error_message="A version of a file is not empty.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="attachment",
            name="current",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.attachmentversion",
            ),
        ),
        migrations.CreateModel(
            name="LateScan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scanned_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        verbose_name="scanned at",
                    ),
                ),
                ("signature", models.CharField(blank=True, max_length=200, verbose_name="virus")),
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="late_scan",
                        to="documents.attachmentversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "late virus check",
                "verbose_name_plural": "late virus checks",
                "ordering": ("-scanned_at",),
            },
        ),
    ]
