"""Rounds, nominations and their review."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0022_idle_accounts"),
        ("enterprises", "0021_record_indexes"),
        ("programs", "0003_reading_decisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dossier",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for review"),
                            ("returned", "Returned, to be mended"),
                            ("shortlisted", "Shortlisted"),
                            ("proposed", "Selection proposed"),
                            ("selected", "Selected"),
                            ("not_selected", "Not selected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="submitted at"
                    ),
                ),
                ("proposed_at", models.DateTimeField(null=True, verbose_name="proposed at")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                (
                    "reason",
                    core.fields.PassageField(
                        blank=True, db_collation="vi-x-icu", verbose_name="reason"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.instrument",
                        verbose_name="decision",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dossiers",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.task",
                        verbose_name="task",
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier of a nomination",
                "verbose_name_plural": "dossiers of nominations",
                "ordering": ("round", "task__position", "enterprise__name", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "selected"), _negated=True),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("proposed_at__isnull", False),
                                ("proposed_by__isnull", False),
                                models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dossier_selected_by_a_second_person",
                        violation_error_message="Another person than the proposer selects.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "proposed"), _negated=True),
                            models.Q(
                                ("proposed_at__isnull", False), ("proposed_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="dossier_proposed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "not_selected"), _negated=True),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dossier_not_selected_with_reason",
                        violation_error_message="Say why the enterprise is not selected.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision__isnull", True), ("state", "selected"), _connector="OR"
                        ),
                        name="dossier_decision_of_the_selected",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NominationRound",
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
                    "title",
                    core.fields.NameField(
                        db_collation="vi-x-icu", max_length=200, verbose_name="title of the round"
                    ),
                ),
                ("opens_on", models.DateField(verbose_name="opens on")),
                ("closes_on", models.DateField(verbose_name="closes on")),
                ("review_by", models.DateField(verbose_name="reviewed by")),
                (
                    "quota",
                    models.PositiveSmallIntegerField(verbose_name="quota of each organisation"),
                ),
                (
                    "criteria",
                    core.fields.PassageField(db_collation="vi-x-icu", verbose_name="criteria"),
                ),
                (
                    "prepared_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        editable=False,
                        verbose_name="prepared at",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="opened at"),
                ),
                (
                    "closed_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="closed at"),
                ),
                (
                    "closed_reason",
                    core.fields.PassageField(
                        blank=True,
                        db_collation="vi-x-icu",
                        editable=False,
                        verbose_name="reason of the closing",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.plan",
                        verbose_name="plan",
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "nomination round",
                "verbose_name_plural": "nomination rounds",
                "ordering": ("-opens_on", "-pk"),
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_key"],
                        name="nomination_round_search",
                        opclasses=["gin_trgm_ops"],
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "title"),
                        name="nomination_round_title_unique",
                        violation_error_message="A round with this title is here already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                        name="nomination_round_days_in_order",
                        violation_error_message="The round closes before it opens; correct one of the days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("review_by__gte", models.F("closes_on"))),
                        name="nomination_round_review_after_close",
                        violation_error_message="The review ends before the round closes; correct one of the days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quota__gte", 1)),
                        name="nomination_round_quota_above_zero",
                        violation_error_message="The quota is at least 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opened_at__isnull", True), ("opened_by__isnull", True)),
                            models.Q(("opened_at__isnull", False), ("opened_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="nomination_round_opened_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_by__isnull", True)),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                ("opened_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="nomination_round_closed_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NominationBatch",
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
                    "file_name",
                    core.fields.NameField(
                        db_collation="vi-x-icu", max_length=200, verbose_name="file"
                    ),
                ),
                ("rows", models.JSONField(default=list, verbose_name="rows")),
                (
                    "letter_number",
                    core.fields.NameField(
                        db_collation="vi-x-icu", max_length=60, verbose_name="number of the letter"
                    ),
                ),
                ("letter_date", models.DateField(verbose_name="date of the letter")),
                (
                    "brought_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="brought at"
                    ),
                ),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="submitted at")),
                (
                    "brought_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.nominationround",
                    ),
                ),
            ],
            options={
                "verbose_name": "sheet of nominations",
                "verbose_name_plural": "sheets of nominations",
                "ordering": ("-brought_at",),
            },
        ),
        migrations.CreateModel(
            name="Nomination",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned, to be mended"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                (
                    "new_tax_code",
                    models.CharField(blank=True, max_length=14, verbose_name="tax code"),
                ),
                (
                    "new_name",
                    core.fields.NameField(
                        blank=True,
                        db_collation="vi-x-icu",
                        max_length=255,
                        verbose_name="name of the enterprise",
                    ),
                ),
                (
                    "new_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("enterprise", "Enterprise"),
                            ("cooperative", "Cooperative"),
                            ("household", "Household business"),
                        ],
                        max_length=20,
                        verbose_name="kind of enterprise",
                    ),
                ),
                (
                    "need",
                    core.fields.PassageField(
                        blank=True, db_collation="vi-x-icu", verbose_name="need of the enterprise"
                    ),
                ),
                (
                    "expected_cost",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="expected cost (VND)"
                    ),
                ),
                (
                    "state_share",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="of it state budget (VND)"
                    ),
                ),
                (
                    "enterprise_share",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="of it capital of the enterprise (VND)"
                    ),
                ),
                (
                    "commitment",
                    core.fields.PassageField(
                        blank=True,
                        db_collation="vi-x-icu",
                        verbose_name="commitment of the enterprise",
                    ),
                ),
                (
                    "outside_reason",
                    core.fields.PassageField(
                        blank=True,
                        db_collation="vi-x-icu",
                        verbose_name="why you nominate it all the same",
                    ),
                ),
                (
                    "letter_number",
                    core.fields.NameField(
                        blank=True,
                        db_collation="vi-x-icu",
                        max_length=60,
                        verbose_name="number of the letter",
                    ),
                ),
                (
                    "letter_date",
                    models.DateField(blank=True, null=True, verbose_name="date of the letter"),
                ),
                (
                    "drafted_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="drafted at"
                    ),
                ),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="submitted at")),
                ("mend_by", models.DateField(null=True, verbose_name="mend by")),
                (
                    "mend_fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        default=list,
                        size=None,
                        verbose_name="fields to mend",
                    ),
                ),
                (
                    "mend_reason",
                    core.fields.PassageField(
                        blank=True, db_collation="vi-x-icu", verbose_name="what is to be mended"
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="enterprises.dossier",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
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
                        related_name="nominations",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "new_area",
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                        verbose_name="nominating organisation",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.task",
                        verbose_name="task",
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="enterprises.nominationbatch",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="enterprises.nominationround",
                    ),
                ),
            ],
            options={
                "verbose_name": "nomination",
                "verbose_name_plural": "nominations",
                "ordering": ("-drafted_at", "-pk"),
                "indexes": [
                    models.Index(
                        fields=["round", "organisation", "state"], name="nomination_of_quota"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("submitted", "returned"))),
                        fields=("round", "task", "enterprise", "organisation"),
                        name="nomination_once",
                        violation_error_message="Your organisation has nominated this enterprise for this task already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(
                                ("enterprise_share__gte", 0),
                                ("expected_cost__gt", 0),
                                ("state_share__gte", 0),
                                (
                                    "expected_cost",
                                    django.db.models.expressions.CombinedExpression(
                                        models.F("state_share"), "+", models.F("enterprise_share")
                                    ),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="nomination_shares_add_up",
                        violation_error_message="State budget and capital of the enterprise do not add up to the expected cost; correct one of the three.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            models.Q(
                                ("dossier__isnull", False),
                                ("enterprise__isnull", False),
                                ("letter_date__isnull", False),
                                ("submitted_at__isnull", False),
                                ("submitted_by__isnull", False),
                                models.Q(("need", ""), _negated=True),
                                models.Q(("commitment", ""), _negated=True),
                                models.Q(("letter_number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="nomination_complete",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(
                                ("mend_by__isnull", False),
                                models.Q(("mend_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="nomination_returned_with_reason",
                        violation_error_message="Say why it is returned.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="dossier",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dossiers",
                to="enterprises.nominationround",
            ),
        ),
        migrations.CreateModel(
            name="NominationStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "act",
                    models.CharField(
                        choices=[
                            ("submit", "Submitted"),
                            ("resubmit", "Submitted again"),
                            ("return", "Returned"),
                            ("withdraw", "Withdrawn"),
                            ("pass_on", "Passed on to another organisation"),
                            ("shortlist", "Shortlisted"),
                            ("propose", "Selection proposed"),
                            ("take_back", "Proposal taken back"),
                            ("select", "Selected"),
                            ("refuse", "Not selected"),
                            ("conflict", "Conflict of interest declared"),
                        ],
                        max_length=20,
                        verbose_name="act",
                    ),
                ),
                ("from_state", models.CharField(blank=True, max_length=20)),
                ("to_state", models.CharField(blank=True, max_length=20)),
                (
                    "reason",
                    core.fields.PassageField(
                        blank=True, db_collation="vi-x-icu", verbose_name="reason"
                    ),
                ),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30), default=list, size=None
                    ),
                ),
                ("mend_by", models.DateField(null=True, verbose_name="mend by")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="enterprises.dossier",
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="enterprises.nomination",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a nomination",
                "verbose_name_plural": "steps of nominations",
                "ordering": ("at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "act__in",
                                    ("return", "withdraw", "refuse", "take_back", "conflict"),
                                ),
                                _negated=True,
                            ),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="nomination_step_with_reason",
                        violation_error_message="Say why.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewerConflict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    core.fields.PassageField(db_collation="vi-x-icu", verbose_name="reason"),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to="enterprises.dossier",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "conflict of interest",
                "verbose_name_plural": "conflicts of interest",
                "ordering": ("at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "reviewer"),
                        name="reviewer_conflict_once",
                        violation_error_message="You have declared this already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="reviewer_conflict_with_reason",
                        violation_error_message="Say in what the conflict lies.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundExtension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("closes_from", models.DateField(verbose_name="closed until now on")),
                ("closes_to", models.DateField(verbose_name="closes on")),
                (
                    "reason",
                    core.fields.PassageField(db_collation="vi-x-icu", verbose_name="reason"),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="enterprises.nominationround",
                    ),
                ),
            ],
            options={
                "verbose_name": "extension of a round",
                "verbose_name_plural": "extensions of a round",
                "ordering": ("at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_to__gt", models.F("closes_from"))),
                        name="round_extension_later",
                        violation_error_message="An extension ends after the day on which the round closes.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="round_extension_with_reason",
                        violation_error_message="Say why the round is extended.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RoundTask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "quota",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="quota of each organisation"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="round_tasks",
                        to="enterprises.nominationround",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "task of a round",
                "verbose_name_plural": "tasks of a round",
                "ordering": ("round", "task__position"),
                "constraints": [
                    models.UniqueConstraint(fields=("round", "task"), name="round_task_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("quota__isnull", True), ("quota__gte", 1), _connector="OR"
                        ),
                        name="round_task_quota_above_zero",
                        violation_error_message="The quota is at least 1.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="nominationround",
            name="tasks",
            field=models.ManyToManyField(
                related_name="+",
                through="enterprises.RoundTask",
                to="programs.task",
                verbose_name="tasks",
            ),
        ),
        migrations.AddIndex(
            model_name="dossier",
            index=models.Index(fields=["round", "state"], name="dossier_by_state"),
        ),
        migrations.AddConstraint(
            model_name="dossier",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("round", "task", "enterprise"),
                name="dossier_once",
                violation_error_message="This enterprise has a dossier for this task already.",
            ),
        ),
    ]
