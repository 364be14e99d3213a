"""Who stands in for a lead, and who hands over to whom."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.dated
import core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0020_kept_forms_and_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Deputy",
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
                    "reason",
                    core.fields.PassageField(db_collation="vi-x-icu", verbose_name="reason"),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="recorded at",
                    ),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended on")),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputyships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="deputy",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputies",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="lead",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deputies",
                        to="accounts.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "deputy of a lead",
                "verbose_name_plural": "deputies of leads",
                "ordering": ("-valid_from", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="deputy_dates_in_order",
                        violation_error_message="The end date is before the start date; correct one of them.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__isnull", False)),
                        name="deputy_has_last_day",
                        violation_error_message="Say until which day the deputy stands in.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lead", models.F("deputy")), _negated=True),
                        name="deputy_another_person",
                        violation_error_message="A lead cannot stand in for themself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_by__isnull", True), ("ended_on__isnull", True)),
                            models.Q(("ended_by__isnull", False), ("ended_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="deputy_end_with_person",
                        violation_error_message="An end is recorded by somebody.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        expressions=[
                            ("lead", "="),
                            ("organisation", "="),
                            (core.dated.DateRange(), "&&"),
                        ],
                        name="deputy_one_at_a_time",
                        violation_error_message="This lead has a deputy on some of these days already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_day", models.DateField(verbose_name="last day")),
                (
                    "reason",
                    core.fields.PassageField(db_collation="vi-x-icu", verbose_name="reason"),
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
                    "carried_out_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="carried out at"),
                ),
                (
                    "moved",
                    models.JSONField(blank=True, default=dict, verbose_name="work handed over"),
                ),
                (
                    "colleague",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who takes over",
                    ),
                ),
                (
                    "leaver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who leaves",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="organisation",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "handover",
                "verbose_name_plural": "handovers",
                "ordering": ("-recorded_at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("leaver", models.F("colleague")), _negated=True),
                        name="handover_two_people",
                        violation_error_message="Choose another person than the one who leaves.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("carried_out_at__isnull", True)),
                        fields=("leaver", "organisation"),
                        name="handover_one_pending",
                        violation_error_message="A handover of this person is recorded already and waits for its day.",
                    ),
                ],
            },
        ),
    ]
