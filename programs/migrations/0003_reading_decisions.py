"""By which document an unclear passage is read in which way."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0002_outputs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReadingDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="recorded at",
                    ),
                ),
                (
                    "corrected_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="corrected at"),
                ),
                (
                    "voided_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="voided at"),
                ),
                (
                    "voided_reason",
                    core.fields.PassageField(
                        blank=True,
                        db_collation="vi-x-icu",
                        editable=False,
                        verbose_name="reason of the voiding",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="in force from")),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.instrument",
                    ),
                ),
                (
                    "issue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="programs.textissue",
                    ),
                ),
                (
                    "reading",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="programs.textissuereading",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recorded by",
                    ),
                ),
                (
                    "voided_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="voided by",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision on a reading",
                "verbose_name_plural": "decisions on readings",
                "ordering": ("valid_from", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("issue", "valid_from"),
                        name="reading_decision_once_a_day",
                        violation_error_message="Another reading of this passage is in force from this day already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="reading_decision_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
    ]
