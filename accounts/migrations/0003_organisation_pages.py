"""Areas count their versions, organisations are found by words, a succession passes open work on."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_areas_and_successions"),
    ]

    operations = [
        migrations.AddField(
            model_name="administrativearea",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="search_key",
            field=core.fields.SearchKeyField(default="", editable=False),
        ),
        migrations.AddField(
            model_name="succession",
            name="work_passed_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="open work passed at"
            ),
        ),
        migrations.AlterField(
            model_name="administrativearea",
            name="code",
            field=models.CharField(
                error_messages={
                    "unique": "An area with this code is here already; choose another one."
                },
                max_length=40,
                unique=True,
                verbose_name="code",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="area",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="organisations",
                to="accounts.administrativearea",
                verbose_name="area governed",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="code",
            field=models.CharField(
                error_messages={
                    "unique": "An organisation with this code is here already; choose another one."
                },
                max_length=40,
                unique=True,
                verbose_name="code",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="branches",
                to="accounts.organisation",
                verbose_name="superior organisation",
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search_key"], name="organisation_search", opclasses=["gin_trgm_ops"]
            ),
        ),
    ]
