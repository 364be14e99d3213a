"""The register of those who take part."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.dated
import core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_areas_and_successions"),
        ("programs", "0002_outputs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Enterprise",
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
                ("tax_code", models.CharField(max_length=14, verbose_name="tax code")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("enterprise", "Enterprise"),
                            ("cooperative", "Cooperative"),
                            ("household", "Household business"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "name",
                    core.fields.NameField(
                        db_collation="vi-x-icu", max_length=255, verbose_name="name"
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("agriculture", "agriculture, forestry, fishery"),
                            ("industry", "industry, construction"),
                            ("services", "trade, services"),
                        ],
                        max_length=20,
                        verbose_name="size sector",
                    ),
                ),
                (
                    "main_line",
                    core.fields.NameField(
                        blank=True,
                        db_collation="vi-x-icu",
                        max_length=255,
                        verbose_name="main line of business",
                    ),
                ),
                (
                    "address",
                    core.fields.NameField(
                        blank=True, db_collation="vi-x-icu", max_length=255, verbose_name="address"
                    ),
                ),
                (
                    "representative",
                    core.fields.NameField(
                        blank=True,
                        db_collation="vi-x-icu",
                        max_length=120,
                        verbose_name="representative",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telephone")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
                ),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="started on")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                (
                    "verified_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="verified at"),
                ),
                (
                    "merged_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="merged at"),
                ),
                (
                    "merge_reason",
                    core.fields.PassageField(
                        blank=True,
                        db_collation="vi-x-icu",
                        editable=False,
                        verbose_name="reason of the merger",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.administrativearea",
                        verbose_name="commune or ward",
                    ),
                ),
                (
                    "former_district",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.administrativearea",
                        verbose_name="former district",
                    ),
                ),
                (
                    "managing_departments",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="managing departments",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "territory",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.administrativearea",
                        verbose_name="province before the merger",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "enterprise",
                "verbose_name_plural": "enterprises",
                "ordering": ("name", "pk"),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_key"], name="enterprise_search", opclasses=["gin_trgm_ops"]
                    ),
                    models.Index(fields=["name", "id"], name="enterprise_by_name"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tax_code",),
                        name="enterprise_tax_code_unique",
                        violation_error_message="An enterprise with this tax code is here already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("started_on__isnull", True),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="enterprise_dates_in_order",
                        violation_error_message="The end date is before the start date; correct one of them.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(("merged_into", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="enterprise_merged_into_another",
                        violation_error_message="An enterprise cannot be merged into itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("representative", "Legal representative"),
                            ("contact", "Contact person"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "name",
                    core.fields.NameField(
                        db_collation="vi-x-icu", max_length=120, verbose_name="full name"
                    ),
                ),
                (
                    "position",
                    core.fields.NameField(
                        blank=True, db_collation="vi-x-icu", max_length=120, verbose_name="position"
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telephone")),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
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
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact",
                "verbose_name_plural": "contacts",
                "ordering": ("kind", "name"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="contact_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AwardEntry",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="reporting year")),
                (
                    "result",
                    core.fields.NameField(
                        blank=True, db_collation="vi-x-icu", max_length=200, verbose_name="result"
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
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="award_entries",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "verbose_name": "award entry",
                "verbose_name_plural": "award entries",
                "ordering": ("-year", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("enterprise", "year"),
                        name="award_entry_once_a_year",
                        violation_error_message="The enterprise entered in this year already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="award_entry_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnterpriseFigures",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "labour",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="average labour"
                    ),
                ),
                (
                    "revenue",
                    models.BigIntegerField(blank=True, null=True, verbose_name="revenue (VND)"),
                ),
                (
                    "capital",
                    models.BigIntegerField(blank=True, null=True, verbose_name="capital (VND)"),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="enterprises.enterprise",
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
                "verbose_name": "figures of a year",
                "verbose_name_plural": "figures of years",
                "ordering": ("enterprise", "-year"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("enterprise", "year"),
                        name="figures_once_a_year",
                        violation_error_message="Figures of this year are here already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("revenue__isnull", True), ("revenue__gte", 0), _connector="OR"
                            ),
                            models.Q(
                                ("capital__isnull", True), ("capital__gte", 0), _connector="OR"
                            ),
                        ),
                        name="figures_not_negative",
                        violation_error_message="Revenue and capital are not negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="figures_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EnterpriseTaxCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tax_code", models.CharField(max_length=14, verbose_name="tax code")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="to")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tax_codes",
                        to="enterprises.enterprise",
                    ),
                ),
            ],
            options={
                "verbose_name": "tax code",
                "verbose_name_plural": "tax codes",
                "ordering": ("valid_from", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("tax_code",),
                        name="tax_code_of_one_enterprise",
                        violation_error_message="An enterprise with this tax code is here already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_from__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="tax_code_dates_in_order",
                        violation_error_message="The end date is before the start date; correct one of them.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImprovementTool",
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
                (
                    "name",
                    core.fields.NameField(
                        db_collation="vi-x-icu", max_length=120, verbose_name="name of the tool"
                    ),
                ),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=core.fields.NameField(db_collation="vi-x-icu", max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="other names",
                    ),
                ),
            ],
            options={
                "verbose_name": "improvement tool",
                "verbose_name_plural": "improvement tools",
                "ordering": ("name",),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_key"], name="tool_search", opclasses=["gin_trgm_ops"]
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"),
                        name="tool_name_unique",
                        violation_error_message="A tool of this name is here already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ModelRecognition",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("comprehensive", "Comprehensive model enterprise"),
                            ("pilot", "Pilot model"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("recognised_on", models.DateField(verbose_name="recognised on")),
                (
                    "decision_number",
                    core.fields.NameField(
                        blank=True,
                        db_collation="vi-x-icu",
                        max_length=60,
                        verbose_name="number of the decision",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recognitions",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.instrument",
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
                "verbose_name": "recognition as a model",
                "verbose_name_plural": "recognitions as a model",
                "ordering": ("-recognised_on", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("enterprise", "kind", "recognised_on"),
                        name="recognition_unique",
                        violation_error_message="This recognition is here already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="recognition_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NetworkMembership",
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
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="network_memberships",
                        to="enterprises.enterprise",
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
                "verbose_name": "membership of the network",
                "verbose_name_plural": "memberships of the network",
                "ordering": ("-valid_from", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="network_dates_in_order",
                        violation_error_message="The end date is before the start date; correct one of them.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        expressions=[("enterprise", "="), (core.dated.DateRange(), "&&")],
                        name="network_no_overlap",
                        violation_error_message="The enterprise is a member of the network at these dates already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="network_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Product",
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
                    "name",
                    core.fields.NameField(
                        db_collation="vi-x-icu", max_length=255, verbose_name="name of the product"
                    ),
                ),
                (
                    "group",
                    core.fields.NameField(
                        blank=True,
                        db_collation="vi-x-icu",
                        max_length=120,
                        verbose_name="group of products",
                    ),
                ),
                (
                    "obligated",
                    models.BooleanField(default=False, verbose_name="conformity is mandatory"),
                ),
                (
                    "obligated_from",
                    models.DateField(blank=True, null=True, verbose_name="mandatory from"),
                ),
                (
                    "obligated_to",
                    models.DateField(blank=True, null=True, verbose_name="mandatory to"),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="enterprises.enterprise",
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
                "verbose_name": "product",
                "verbose_name_plural": "products",
                "ordering": ("name", "pk"),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_key"], name="product_search", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("enterprise"),
                        django.db.models.functions.text.Lower("name"),
                        condition=models.Q(("voided_at__isnull", True)),
                        name="product_name_unique",
                        violation_error_message="The enterprise has a product of this name already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("obligated_from__isnull", True),
                            ("obligated_to__isnull", True),
                            ("obligated_to__gte", models.F("obligated_from")),
                            _connector="OR",
                        ),
                        name="product_obligation_in_order",
                        violation_error_message="The end date is before the start date; correct one of them.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="product_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyListEntry",
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
                    "decision_number",
                    core.fields.NameField(
                        blank=True,
                        db_collation="vi-x-icu",
                        max_length=60,
                        verbose_name="number of the decision",
                    ),
                ),
                (
                    "approved_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="approved at"),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="key_entries",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.instrument",
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
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="key_entries",
                        to="enterprises.product",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of a key list",
                "verbose_name_plural": "entries of key lists",
                "ordering": ("valid_from", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="key_entry_dates_in_order",
                        violation_error_message="The end date is before the start date; correct one of them.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("enterprise__isnull", True), ("product__isnull", False)),
                            models.Q(("enterprise__isnull", False), ("product__isnull", True)),
                            _connector="OR",
                        ),
                        name="key_entry_one_subject",
                        violation_error_message="An entry is about a product or about an enterprise.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("voided_at__isnull", True), ("product__isnull", False)),
                        expressions=[("product", "="), (core.dated.DateRange(), "&&")],
                        name="key_entry_product_no_overlap",
                        violation_error_message="The product is on the list at these dates already.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True), ("enterprise__isnull", False)
                        ),
                        expressions=[("enterprise", "="), (core.dated.DateRange(), "&&")],
                        name="key_entry_enterprise_no_overlap",
                        violation_error_message="The enterprise is on the list at these dates already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="key_entry_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductivityProject",
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
                    "kind",
                    models.CharField(
                        choices=[("project", "Project"), ("plan", "Plan")],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "name",
                    core.fields.NameField(
                        blank=True, db_collation="vi-x-icu", max_length=255, verbose_name="name"
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="projects",
                        to="enterprises.enterprise",
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
                "verbose_name": "productivity project or plan",
                "verbose_name_plural": "productivity projects and plans",
                "ordering": ("-valid_from", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="project_dates_in_order",
                        violation_error_message="The end date is before the start date; correct one of them.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("enterprise", "kind", "valid_from"),
                        name="project_unique",
                        violation_error_message="A project or plan of this kind begins here on this day already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="project_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductivityYear",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("pretax_profit", models.BigIntegerField(verbose_name="pre-tax profit (VND)")),
                ("labour_cost", models.BigIntegerField(verbose_name="labour cost (VND)")),
                ("depreciation", models.BigIntegerField(verbose_name="depreciation (VND)")),
                ("interest", models.BigIntegerField(verbose_name="interest (VND)")),
                (
                    "production_taxes",
                    models.BigIntegerField(verbose_name="taxes on production (VND)"),
                ),
                ("fixed_assets", models.BigIntegerField(verbose_name="fixed assets (VND)")),
                (
                    "labour",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="average labour"
                    ),
                ),
                ("is_base", models.BooleanField(default=False, verbose_name="baseline year")),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="productivity_years",
                        to="enterprises.enterprise",
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
                "verbose_name": "productivity figures of a year",
                "verbose_name_plural": "productivity figures of years",
                "ordering": ("enterprise", "-year"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("enterprise", "year"),
                        name="productivity_once_a_year",
                        violation_error_message="Productivity figures of this year are here already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True), ("is_base", True)),
                        fields=("enterprise",),
                        name="productivity_one_base_year",
                        violation_error_message="The enterprise has another baseline year already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("labour__gt", 0), ("fixed_assets__gt", 0)),
                        name="productivity_denominators",
                        violation_error_message="Average labour and fixed assets are above zero: productivity divides by them.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("labour_cost__gte", 0),
                            ("depreciation__gte", 0),
                            ("interest__gte", 0),
                            ("production_taxes__gte", 0),
                        ),
                        name="productivity_costs_not_negative",
                        violation_error_message="Only the profit may be negative.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="productivity_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Standard",
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
                (
                    "number",
                    core.fields.NameField(
                        db_collation="vi-x-icu",
                        max_length=120,
                        verbose_name="number of the standard",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("tcvn", "National standard (TCVN)"),
                            ("qcvn", "National technical regulation (QCVN)"),
                            ("regional", "Regional standard"),
                            ("foreign", "Foreign standard"),
                            ("tccs", "Enterprise standard (TCCS)"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "title",
                    core.fields.PassageField(
                        blank=True, db_collation="vi-x-icu", verbose_name="title"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("in_force", "In force"),
                            ("replaced", "Replaced"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="in_force",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=core.fields.NameField(db_collation="vi-x-icu", max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="other names",
                    ),
                ),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="link")),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="enterprises.standard",
                        verbose_name="replaced by",
                    ),
                ),
            ],
            options={
                "verbose_name": "standard",
                "verbose_name_plural": "standards",
                "ordering": ("number",),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_key"], name="standard_search", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("number"),
                        name="standard_number_unique",
                        violation_error_message="A standard with this number is here already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaced_by__isnull", True),
                            models.Q(("replaced_by", models.F("pk")), _negated=True),
                            _connector="OR",
                        ),
                        name="standard_replaced_by_another",
                        violation_error_message="A standard cannot replace itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
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
                (
                    "scheme",
                    models.CharField(
                        choices=[
                            ("iso_9001", "ISO 9001"),
                            ("iso_14001", "ISO 14001"),
                            ("iso_22000", "ISO 22000"),
                            ("haccp", "HACCP"),
                            ("iso_45001", "ISO 45001"),
                            ("iatf_16949", "IATF 16949"),
                            ("iso_27001", "ISO/IEC 27001"),
                            ("iso_17025", "ISO/IEC 17025"),
                            ("standard", "Conformity with a standard"),
                            ("regulation", "Conformity with a technical regulation"),
                            ("foreign", "Foreign standard"),
                            ("other", "Other scheme"),
                        ],
                        max_length=20,
                        verbose_name="scheme",
                    ),
                ),
                (
                    "scheme_name",
                    core.fields.NameField(
                        blank=True,
                        db_collation="vi-x-icu",
                        max_length=120,
                        verbose_name="name of the scheme",
                    ),
                ),
                (
                    "number",
                    core.fields.NameField(
                        db_collation="vi-x-icu",
                        max_length=120,
                        verbose_name="number of the certificate",
                    ),
                ),
                (
                    "scope",
                    core.fields.PassageField(
                        blank=True, db_collation="vi-x-icu", verbose_name="scope"
                    ),
                ),
                (
                    "issuer",
                    core.fields.NameField(
                        blank=True, db_collation="vi-x-icu", max_length=200, verbose_name="issuer"
                    ),
                ),
                (
                    "method",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="method"),
                ),
                ("issued_on", models.DateField(verbose_name="issued on")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, null=True, verbose_name="withdrawn on"),
                ),
                (
                    "withdrawn_reason",
                    core.fields.PassageField(
                        blank=True, db_collation="vi-x-icu", verbose_name="reason of the withdrawal"
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
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="enterprises.product",
                    ),
                ),
                (
                    "standard",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificates",
                        to="enterprises.standard",
                    ),
                ),
            ],
            options={
                "verbose_name": "certificate",
                "verbose_name_plural": "certificates",
                "ordering": ("-issued_on", "pk"),
                "indexes": [
                    models.Index(fields=["expires_on"], name="certificate_by_expiry"),
                    models.Index(fields=["scheme", "issued_on"], name="certificate_by_scheme"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("enterprise"),
                        models.F("product"),
                        models.F("scheme"),
                        django.db.models.functions.text.Lower("number"),
                        condition=models.Q(("voided_at__isnull", True)),
                        name="certificate_unique",
                        nulls_distinct=False,
                        violation_error_message="A certificate with this number is here already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on__isnull", True),
                            ("expires_on__gte", models.F("issued_on")),
                            _connector="OR",
                        ),
                        name="certificate_expiry_in_order",
                        violation_error_message="The certificate expires before it is issued.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on__isnull", True),
                            ("withdrawn_on__gte", models.F("issued_on")),
                            _connector="OR",
                        ),
                        name="certificate_withdrawal_in_order",
                        violation_error_message="The certificate is withdrawn before it is issued.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("scheme__in", ("standard", "regulation")),
                                ("product__isnull", False),
                            ),
                            models.Q(
                                (
                                    "scheme__in",
                                    (
                                        "iso_9001",
                                        "iso_14001",
                                        "iso_22000",
                                        "haccp",
                                        "iso_45001",
                                        "iatf_16949",
                                        "iso_27001",
                                    ),
                                ),
                                ("product__isnull", True),
                            ),
                            models.Q(
                                (
                                    "scheme__in",
                                    (
                                        "standard",
                                        "regulation",
                                        "iso_9001",
                                        "iso_14001",
                                        "iso_22000",
                                        "haccp",
                                        "iso_45001",
                                        "iatf_16949",
                                        "iso_27001",
                                    ),
                                ),
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="certificate_of_product_or_system",
                        violation_error_message="A conformity certificate names its product; that of a management system names none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("method__isnull", True),
                            models.Q(("method__gte", 1), ("method__lte", 8)),
                            _connector="OR",
                        ),
                        name="certificate_method",
                        violation_error_message="The method of product certification is 1 to 8.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="certificate_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardDeclaration",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("tcvn", "National standard (TCVN)"),
                            ("qcvn", "National technical regulation (QCVN)"),
                            ("regional", "Regional standard"),
                            ("foreign", "Foreign standard"),
                            ("tccs", "Enterprise standard (TCCS)"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("declared_on", models.DateField(verbose_name="declared on")),
                ("expires_on", models.DateField(blank=True, null=True, verbose_name="expires on")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="enterprises.product",
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
                    "standard",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="enterprises.standard",
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
                "verbose_name": "declaration of a standard",
                "verbose_name_plural": "declarations of standards",
                "ordering": ("-declared_on", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("product", "standard", "declared_on"),
                        name="declaration_unique",
                        violation_error_message="This declaration is here already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expires_on__isnull", True),
                            ("expires_on__gte", models.F("declared_on")),
                            _connector="OR",
                        ),
                        name="declaration_dates_in_order",
                        violation_error_message="The end date is before the start date; correct one of them.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="declaration_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Surveillance",
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
                ("due_on", models.DateField(verbose_name="due on")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("kept", "Certificate kept"),
                            ("corrections", "Kept after corrections"),
                            ("failed", "Failed"),
                        ],
                        max_length=20,
                        verbose_name="result",
                    ),
                ),
                (
                    "note",
                    core.fields.PassageField(
                        blank=True, db_collation="vi-x-icu", verbose_name="note"
                    ),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="surveillances",
                        to="enterprises.certificate",
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
                "verbose_name": "surveillance audit",
                "verbose_name_plural": "surveillance audits",
                "ordering": ("due_on", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        fields=("certificate", "due_on"),
                        name="surveillance_once_a_day",
                        violation_error_message="A surveillance audit of this day is here already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_on__isnull", True), ("result", "")),
                            models.Q(
                                ("done_on__isnull", False), models.Q(("result", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="surveillance_done_with_result",
                        violation_error_message="A surveillance audit that was done has a result.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="surveillance_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ToolAdoption",
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
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tool_adoptions",
                        to="enterprises.enterprise",
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
                    "tool",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adoptions",
                        to="enterprises.improvementtool",
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
                "verbose_name": "tool in use",
                "verbose_name_plural": "tools in use",
                "ordering": ("-valid_from", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="tool_adoption_dates_in_order",
                        violation_error_message="The end date is before the start date; correct one of them.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        expressions=[
                            ("enterprise", "="),
                            ("tool", "="),
                            (core.dated.DateRange(), "&&"),
                        ],
                        name="tool_adoption_no_overlap",
                        violation_error_message="The enterprise uses this tool at these dates already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="tool_adoption_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CertificateSuspension",
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
                    "reason",
                    core.fields.PassageField(db_collation="vi-x-icu", verbose_name="reason"),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="suspensions",
                        to="enterprises.certificate",
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
                "verbose_name": "suspension of a certificate",
                "verbose_name_plural": "suspensions of certificates",
                "ordering": ("valid_from", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="suspension_dates_in_order",
                        violation_error_message="The end date is before the start date; correct one of them.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("voided_at__isnull", True)),
                        expressions=[("certificate", "="), (core.dated.DateRange(), "&&")],
                        name="suspension_no_overlap",
                        violation_error_message="The certificate is suspended at these dates already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="suspension_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
    ]
