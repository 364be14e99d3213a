"""Forms that were posted after the end of a session, and drafts of long ones."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_verified_addresses"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=400, verbose_name="form")),
                ("page", models.CharField(max_length=1000, verbose_name="page")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("data", models.JSONField(verbose_name="what was typed")),
                (
                    "saved_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="saved at"
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="kept until")),
                ("done_at", models.DateTimeField(null=True, verbose_name="sent at")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "draft of a form",
                "verbose_name_plural": "drafts of forms",
                "ordering": ("-saved_at", "-pk"),
                "indexes": [models.Index(fields=["expires_at"], name="form_draft_expires")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "key"),
                        name="form_draft_one_per_form",
                        violation_error_message="There is a draft of this form already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptForm",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=400, verbose_name="form")),
                ("page", models.CharField(max_length=1000, verbose_name="page")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="title")),
                ("data", models.JSONField(verbose_name="what was typed")),
                (
                    "saved_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="saved at"
                    ),
                ),
                ("expires_at", models.DateTimeField(verbose_name="kept until")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "kept form",
                "verbose_name_plural": "kept forms",
                "ordering": ("-saved_at", "-pk"),
                "indexes": [
                    models.Index(fields=["user", "key"], name="kept_form_user_key"),
                    models.Index(fields=["expires_at"], name="kept_form_expires"),
                ],
            },
        ),
    ]
