"""Areas, and how areas and organisations succeed each other."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import core.dated
import core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="aliases",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=core.fields.NameField(db_collation="vi-x-icu", max_length=200),
                blank=True,
                default=list,
                size=None,
                verbose_name="other names",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="decided_on",
            field=models.DateField(blank=True, null=True, verbose_name="date of the decision"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="decision_number",
            field=core.fields.NameField(
                blank=True,
                db_collation="vi-x-icu",
                max_length=60,
                verbose_name="number of the decision",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="sectors",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[
                        ("agriculture", "agriculture, forestry, fishery"),
                        ("industry", "industry, construction"),
                        ("services", "trade, services"),
                    ],
                    max_length=20,
                ),
                blank=True,
                default=list,
                size=None,
                verbose_name="sectors managed",
            ),
        ),
        migrations.AddField(
            model_name="organisation",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
        migrations.CreateModel(
            name="AdministrativeArea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="to")),
                ("search_key", core.fields.SearchKeyField(default="", editable=False)),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="code")),
                (
                    "name",
                    core.fields.NameField(
                        db_collation="vi-x-icu", max_length=120, verbose_name="name"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("province", "province"),
                            ("district", "district"),
                            ("commune", "commune or ward"),
                        ],
                        max_length=20,
                        verbose_name="level",
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
                    "decided_on",
                    models.DateField(blank=True, null=True, verbose_name="date of the decision"),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="accounts.administrativearea",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "administrative area",
                "verbose_name_plural": "administrative areas",
                "ordering": ("name",),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_key"], name="area_search", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="area_dates_in_order",
                        violation_error_message="The end date is before the start date; correct one of them.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("name", "="),
                            ("level", "="),
                            ("parent", "="),
                            (core.dated.DateRange(), "&&"),
                        ],
                        name="area_one_name_at_a_time",
                        violation_error_message="An area of this name exists here at these dates already.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="organisation",
            name="area",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="organisations",
                to="accounts.administrativearea",
            ),
        ),
        migrations.CreateModel(
            name="AreaSuccession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="from the day")),
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
                    "decided_on",
                    models.DateField(blank=True, null=True, verbose_name="date of the decision"),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="accounts.administrativearea",
                        verbose_name="old area",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessions",
                        to="accounts.administrativearea",
                        verbose_name="new area",
                    ),
                ),
            ],
            options={
                "verbose_name": "succession of areas",
                "verbose_name_plural": "successions of areas",
                "ordering": ("on", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("predecessor", "successor"),
                        name="area_succession_once",
                        violation_error_message="This succession is recorded already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="area_succession_two_areas",
                        violation_error_message="An area cannot succeed itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="from the day")),
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
                    "decided_on",
                    models.DateField(blank=True, null=True, verbose_name="date of the decision"),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="accounts.organisation",
                        verbose_name="old organisation",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessions",
                        to="accounts.organisation",
                        verbose_name="new organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "succession",
                "verbose_name_plural": "successions",
                "ordering": ("on", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("predecessor", "successor"),
                        name="succession_once",
                        violation_error_message="This succession is recorded already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="succession_two_organisations",
                        violation_error_message="An organisation cannot succeed itself.",
                    ),
                ],
            },
        ),
    ]
