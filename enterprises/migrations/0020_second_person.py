"""A second person for key lists, coefficients of TFP, and versions of what lacked them."""

import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("enterprises", "0011_size_thresholds"),
        ("programs", "0002_outputs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProductivityCoefficients",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
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
                ("valid_from", models.DateField(verbose_name="from")),
                (
                    "capital_share",
                    models.DecimalField(
                        decimal_places=4, max_digits=5, verbose_name="share of capital (bK)"
                    ),
                ),
                (
                    "labour_share",
                    models.DecimalField(
                        decimal_places=4, max_digits=5, verbose_name="share of labour (bL)"
                    ),
                ),
                (
                    "basis",
                    core.fields.NameField(
                        db_collation="vi-x-icu", max_length=200, verbose_name="basis"
                    ),
                ),
                (
                    "approved_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="approved at"),
                ),
            ],
            options={
                "verbose_name": "coefficients of TFP",
                "verbose_name_plural": "coefficients of TFP",
                "ordering": ("-valid_from", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True), ("approved_at__isnull", False)
                        ),
                        fields=("valid_from",),
                        name="coefficients_once_a_day",
                        violation_error_message="Coefficients from this day are here already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("capital_share__gte", 0),
                            ("labour_share__gte", 0),
                            (
                                "labour_share",
                                django.db.models.expressions.CombinedExpression(
                                    models.Value(1), "-", models.F("capital_share")
                                ),
                            ),
                        ),
                        name="coefficients_are_shares",
                        violation_error_message="The two shares are not negative and add up to 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="coefficients_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="certificatesuspension",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="enterprisefigures",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="keylistentry",
            name="prepared_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="prepared at"),
        ),
        migrations.AddField(
            model_name="keylistentry",
            name="prepared_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="prepared by",
            ),
        ),
        migrations.AddField(
            model_name="keylistentry",
            name="proposal",
            field=models.JSONField(editable=False, null=True, verbose_name="proposed change"),
        ),
        migrations.AddField(
            model_name="keylistentry",
            name="returned_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="returned at"),
        ),
        migrations.AddField(
            model_name="keylistentry",
            name="returned_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="keylistentry",
            name="returned_reason",
            field=core.fields.PassageField(
                blank=True,
                db_collation="vi-x-icu",
                editable=False,
                verbose_name="reason of the return",
            ),
        ),
        migrations.AddField(
            model_name="surveillance",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
        migrations.AddIndex(
            model_name="keylistentry",
            index=models.Index(
                condition=models.Q(
                    ("voided_at__isnull", True),
                    models.Q(
                        ("approved_at__isnull", True), ("proposal__isnull", False), _connector="OR"
                    ),
                ),
                fields=["prepared_at"],
                name="key_entry_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(fields=["name", "id"], name="product_by_name"),
        ),
        migrations.AddConstraint(
            model_name="keylistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    ("prepared_by__isnull", True),
                    ("proposal__isnull", False),
                    models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                    _connector="OR",
                ),
                name="key_entry_second_person",
                violation_error_message="Another person must approve this.",
            ),
        ),
        migrations.AddConstraint(
            model_name="keylistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("proposal__isnull", True), ("approved_at__isnull", False), _connector="OR"
                ),
                name="key_entry_change_of_what_counts",
                violation_error_message="Only an entry that counts has a proposed change.",
            ),
        ),
        migrations.AddConstraint(
            model_name="keylistentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned_at__isnull", True),
                    models.Q(("returned_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="key_entry_returned_with_reason",
                violation_error_message="Say why it is returned.",
            ),
        ),
        migrations.AddField(
            model_name="productivitycoefficients",
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
            model_name="productivitycoefficients",
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
            model_name="productivitycoefficients",
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
        migrations.AddConstraint(
            model_name="productivitycoefficients",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    ("recorded_by__isnull", True),
                    models.Q(("approved_by", models.F("recorded_by")), _negated=True),
                    _connector="OR",
                ),
                name="coefficients_second_person",
                violation_error_message="Another person must approve this.",
            ),
        ),
    ]
