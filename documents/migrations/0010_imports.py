"""Imports of the data workbook: the run, the rows of its file, what it changed."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import audit.models
import core.fields
import core.files.storage
import documents.models.imports


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "started_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="started at"),
                ),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="attempts"
                    ),
                ),
                (
                    "lease_until",
                    models.DateTimeField(editable=False, null=True, verbose_name="held until"),
                ),
                ("lease_token", models.UUIDField(editable=False, null=True)),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        default=0, editable=False, verbose_name="percent"
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        storage=core.files.storage.private_storage,
                        upload_to=documents.models.imports.stored_name,
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                ("size", models.PositiveIntegerField(verbose_name="size in bytes")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="asked at"
                    ),
                ),
                (
                    "task",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("check", "checking the file"),
                            ("import", "importing the rows"),
                            ("undo", "undoing the import"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="work to be done",
                    ),
                ),
                ("checked_at", models.DateTimeField(null=True, verbose_name="checked at")),
                ("failed_at", models.DateTimeField(null=True, verbose_name="refused at")),
                (
                    "notice",
                    core.fields.PassageField(
                        blank=True, db_collation="vi-x-icu", verbose_name="notice"
                    ),
                ),
                ("counts", models.JSONField(default=dict, verbose_name="rows")),
                ("skipped", models.JSONField(default=list, verbose_name="skipped sheets")),
                ("warnings", models.JSONField(default=list, verbose_name="warnings")),
                (
                    "digest",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="digest of the preview"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed at")),
                (
                    "good_rows_only",
                    models.BooleanField(default=False, verbose_name="good rows only"),
                ),
                ("imported_at", models.DateTimeField(null=True, verbose_name="imported at")),
                (
                    "changes_made",
                    models.PositiveIntegerField(default=0, verbose_name="records changed"),
                ),
                (
                    "entry_id",
                    models.BigIntegerField(null=True, verbose_name="entry of the history"),
                ),
                ("undone_at", models.DateTimeField(null=True, verbose_name="undone at")),
                (
                    "obstacles",
                    models.JSONField(default=list, verbose_name="what stands in the way"),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undo_asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "ordering": ("-asked_at", "-pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("task", ""), _negated=True),
                        fields=["lease_until"],
                        name="import_run_unfinished",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("imported_at__isnull", True),
                            ("checked_at__isnull", False),
                            _connector="OR",
                        ),
                        name="import_run_imported_after_check",
                        violation_error_message="A file is checked before it is imported.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("failed_at__isnull", True),
                            ("imported_at__isnull", True),
                            _connector="OR",
                        ),
                        name="import_run_refused_not_imported",
                        violation_error_message="A refused file is not imported.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at__isnull", True),
                            ("imported_at__isnull", False),
                            _connector="OR",
                        ),
                        name="import_run_undone_after_import",
                        violation_error_message="Only what was imported is undone.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sheet", models.CharField(max_length=40, verbose_name="sheet")),
                ("number", models.PositiveIntegerField(verbose_name="row")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("changed", "altered"),
                            ("unchanged", "unchanged"),
                            ("wrong", "wrong"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("label", models.CharField(blank=True, max_length=400, verbose_name="record")),
                ("changes", models.JSONField(default=list, verbose_name="changes")),
                ("problems", models.JSONField(default=list, verbose_name="what is wrong")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="documents.importrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "row of an import",
                "verbose_name_plural": "rows of imports",
                "ordering": ("run", "pk"),
                "indexes": [
                    models.Index(fields=["run", "sheet", "outcome"], name="import_row_filter"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.PositiveIntegerField(verbose_name="step")),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("create", "added"),
                            ("update", "changed"),
                            ("count", "counted on"),
                        ],
                        max_length=10,
                        verbose_name="act",
                    ),
                ),
                ("target_type", models.CharField(max_length=100, verbose_name="kind of record")),
                ("target_id", models.BigIntegerField(verbose_name="key of the record")),
                (
                    "before",
                    models.JSONField(encoder=audit.models.AuditJSONEncoder, verbose_name="before"),
                ),
                (
                    "after",
                    models.JSONField(encoder=audit.models.AuditJSONEncoder, verbose_name="after"),
                ),
                ("sheet", models.CharField(blank=True, max_length=40, verbose_name="sheet")),
                ("row", models.PositiveIntegerField(null=True, verbose_name="row")),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="documents.importrun",
                    ),
                ),
            ],
            options={
                "verbose_name": "change by an import",
                "verbose_name_plural": "changes by imports",
                "ordering": ("run", "step", "pk"),
                "indexes": [
                    models.Index(fields=["target_type", "target_id"], name="import_change_target"),
                ],
            },
        ),
    ]
