"""The thresholds from which the size class of an enterprise follows."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.dated
import core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_areas_and_successions"),
        ("enterprises", "0010_found_by"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SizeThreshold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
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
                (
                    "size_class",
                    models.CharField(
                        choices=[("micro", "Micro"), ("small", "Small"), ("medium", "Medium")],
                        max_length=10,
                        verbose_name="size class",
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("agriculture", "agriculture, forestry, fishery"),
                            ("industry", "industry, construction"),
                            ("services", "trade, services"),
                        ],
                        max_length=20,
                        verbose_name="size sector",
                    ),
                ),
                ("labour", models.PositiveIntegerField(verbose_name="highest average labour")),
                ("revenue", models.BigIntegerField(verbose_name="highest revenue (VND)")),
                ("capital", models.BigIntegerField(verbose_name="highest capital (VND)")),
                (
                    "legal_basis",
                    core.fields.NameField(
                        db_collation="vi-x-icu", max_length=200, verbose_name="legal basis"
                    ),
                ),
                (
                    "approved_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="approved at"),
                ),
            ],
            options={
                "verbose_name": "size threshold",
                "verbose_name_plural": "size thresholds",
                "ordering": ("sector", "labour", "valid_from", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="size_threshold_dates_in_order",
                        violation_error_message="The end date is before the start date; correct one of them.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True), ("approved_at__isnull", False)
                        ),
                        expressions=[
                            ("sector", "="),
                            ("size_class", "="),
                            (core.dated.DateRange(), "&&"),
                        ],
                        name="size_threshold_no_overlap",
                        violation_error_message="A threshold of this sector and class is in force at these dates.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("capital__gt", 0), ("labour__gt", 0), ("revenue__gt", 0)
                        ),
                        name="size_threshold_above_zero",
                        violation_error_message="Thresholds are above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="size_threshold_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="sizethreshold",
            name="approved_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sizethreshold",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="recorded by",
            ),
        ),
        migrations.AddField(
            model_name="sizethreshold",
            name="voided_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="voided by",
            ),
        ),
    ]
