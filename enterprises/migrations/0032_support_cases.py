"""Support cases with their milestones and steps, and the rules of support."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.dated
import core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("enterprises", "0031_nomination_history"),
        ("programs", "0004_plan_decisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SupportCase",
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
                    "stage",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Selected, not agreed"),
                            (2, "Agreed, not begun"),
                            (3, "In progress"),
                            (4, "Accepted"),
                            (5, "Closed"),
                        ],
                        default=1,
                        verbose_name="stage",
                    ),
                ),
                (
                    "imported_stage",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Selected, not agreed"),
                            (2, "Agreed, not begun"),
                            (3, "In progress"),
                            (4, "Accepted"),
                            (5, "Closed"),
                        ],
                        editable=False,
                        null=True,
                        verbose_name="stage when imported",
                    ),
                ),
                ("selected_on", models.DateField(verbose_name="selected on")),
                (
                    "agreement_number",
                    core.fields.NameField(
                        blank=True,
                        db_collation="vi-x-icu",
                        max_length=60,
                        verbose_name="number of the agreement",
                    ),
                ),
                ("agreed_on", models.DateField(blank=True, null=True, verbose_name="agreed on")),
                (
                    "due_on",
                    models.DateField(blank=True, null=True, verbose_name="to be accepted by"),
                ),
                (
                    "state_share",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="state budget (VND)"
                    ),
                ),
                (
                    "enterprise_share",
                    models.BigIntegerField(
                        blank=True, null=True, verbose_name="capital of the enterprise (VND)"
                    ),
                ),
                (
                    "total",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.expressions.CombinedExpression(
                            models.F("state_share"), "+", models.F("enterprise_share")
                        ),
                        output_field=models.BigIntegerField(),
                        verbose_name="total (VND)",
                    ),
                ),
                (
                    "agreement_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="agreement proposed at"
                    ),
                ),
                (
                    "agreement_returned_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="agreement returned at"
                    ),
                ),
                (
                    "agreement_returned_reason",
                    core.fields.PassageField(
                        blank=True, db_collation="vi-x-icu", verbose_name="why it was returned"
                    ),
                ),
                (
                    "agreement_approved_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="agreement approved at"
                    ),
                ),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="begun on")),
                (
                    "begun_on",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.db.models.functions.comparison.Coalesce(
                            "started_on", "selected_on"
                        ),
                        output_field=models.DateField(),
                        verbose_name="first day",
                    ),
                ),
                (
                    "acceptance_number",
                    core.fields.NameField(
                        blank=True,
                        db_collation="vi-x-icu",
                        max_length=60,
                        verbose_name="number of the acceptance record",
                    ),
                ),
                (
                    "accepted_on",
                    models.DateField(blank=True, null=True, verbose_name="accepted on"),
                ),
                (
                    "result",
                    core.fields.PassageField(
                        blank=True, db_collation="vi-x-icu", verbose_name="what was reached"
                    ),
                ),
                (
                    "acceptance_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="acceptance proposed at"
                    ),
                ),
                (
                    "acceptance_returned_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="acceptance returned at"
                    ),
                ),
                (
                    "acceptance_returned_reason",
                    core.fields.PassageField(
                        blank=True, db_collation="vi-x-icu", verbose_name="why it was returned"
                    ),
                ),
                (
                    "acceptance_approved_at",
                    models.DateTimeField(
                        editable=False, null=True, verbose_name="acceptance approved at"
                    ),
                ),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                (
                    "cancelled_on",
                    models.DateField(blank=True, null=True, verbose_name="cancelled on"),
                ),
                (
                    "cancelled_reason",
                    core.fields.PassageField(
                        blank=True, db_collation="vi-x-icu", verbose_name="why it was cancelled"
                    ),
                ),
                (
                    "acceptance_approved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "acceptance_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agreement_approved_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agreement_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.certificate",
                        verbose_name="certificate",
                    ),
                ),
                (
                    "declaration",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.standarddeclaration",
                        verbose_name="declaration of a standard",
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support_case",
                        to="enterprises.dossier",
                    ),
                ),
                (
                    "enterprise",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support_cases",
                        to="enterprises.enterprise",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.productivityproject",
                        verbose_name="productivity project or plan",
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
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="programs.task",
                        verbose_name="task",
                    ),
                ),
                (
                    "tool",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="enterprises.tooladoption",
                        verbose_name="tool in use",
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
                "verbose_name": "support case",
                "verbose_name_plural": "support cases",
                "ordering": ("-selected_on", "-pk"),
                "indexes": [
                    models.Index(fields=["task", "stage"], name="support_case_by_stage"),
                    models.Index(fields=["task", "accepted_on"], name="support_case_accepted"),
                    models.Index(fields=["enterprise", "stage"], name="support_case_of_enterprise"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("cancelled_on__isnull", True),
                            ("stage__lt", 4),
                            ("voided_at__isnull", True),
                        ),
                        fields=("enterprise", "task"),
                        name="support_case_one_open",
                        violation_error_message="The enterprise has a case for this task that is not accepted yet; finish or cancel that one first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state_share__isnull", True),
                                ("state_share__gte", 0),
                                _connector="OR",
                            ),
                            models.Q(
                                ("enterprise_share__isnull", True),
                                ("enterprise_share__gte", 0),
                                _connector="OR",
                            ),
                        ),
                        name="support_case_amounts",
                        violation_error_message="An amount is never below zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__lt", 2),
                            models.Q(("imported_stage__gte", 2), ("imported_stage__isnull", False)),
                            models.Q(
                                ("enterprise_share__isnull", False),
                                ("state_share__isnull", False),
                                models.Q(("agreement_number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="support_case_agreed_amounts",
                        violation_error_message="An agreement has a number and both amounts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agreed_on__isnull", True),
                            ("selected_on__isnull", True),
                            ("agreed_on__gte", models.F("selected_on")),
                            _connector="OR",
                        ),
                        name="support_case_agreed_on_in_order",
                        violation_error_message="The agreement is before the selection.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_on__isnull", True),
                            ("agreed_on__isnull", True),
                            ("started_on__gte", models.F("agreed_on")),
                            _connector="OR",
                        ),
                        name="support_case_started_on_in_order",
                        violation_error_message="The beginning is before the agreement.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_on__isnull", True),
                            ("started_on__isnull", True),
                            ("accepted_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="support_case_accepted_on_in_order",
                        violation_error_message="The acceptance is before the beginning.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            ("accepted_on__isnull", True),
                            ("closed_on__gte", models.F("accepted_on")),
                            _connector="OR",
                        ),
                        name="support_case_closed_on_in_order",
                        violation_error_message="The closing is before the acceptance.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_on__isnull", True),
                            ("selected_on__isnull", True),
                            ("cancelled_on__gte", models.F("selected_on")),
                            _connector="OR",
                        ),
                        name="support_case_cancelled_on_in_order",
                        violation_error_message="The cancelling is before the selection.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("stage__lt", 2), ("agreed_on__isnull", False), _connector="OR"
                            ),
                            models.Q(
                                ("stage__lt", 3), ("started_on__isnull", False), _connector="OR"
                            ),
                            models.Q(
                                ("stage__lt", 4),
                                models.Q(
                                    ("imported_stage__gte", 4), ("imported_stage__isnull", False)
                                ),
                                ("accepted_on__isnull", False),
                                _connector="OR",
                            ),
                            models.Q(
                                ("stage__lt", 5),
                                models.Q(
                                    ("imported_stage__gte", 5), ("imported_stage__isnull", False)
                                ),
                                ("closed_on__isnull", False),
                                _connector="OR",
                            ),
                        ),
                        name="support_case_stages_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__lt", 2),
                            models.Q(("imported_stage__gte", 2), ("imported_stage__isnull", False)),
                            models.Q(
                                ("agreement_approved_by__isnull", False),
                                ("agreement_by__isnull", False),
                                models.Q(
                                    ("agreement_approved_by", models.F("agreement_by")),
                                    _negated=True,
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="support_case_agreed_by_two",
                        violation_error_message="Another person than the proposer approves.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__lt", 4),
                            models.Q(("imported_stage__gte", 4), ("imported_stage__isnull", False)),
                            models.Q(
                                ("acceptance_approved_by__isnull", False),
                                ("acceptance_by__isnull", False),
                                models.Q(
                                    ("acceptance_approved_by", models.F("acceptance_by")),
                                    _negated=True,
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="support_case_accepted_by_two",
                        violation_error_message="Another person than the proposer approves.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("certificate__isnull", False),
                                ("declaration__isnull", True),
                                ("project__isnull", True),
                                ("tool__isnull", True),
                            ),
                            models.Q(
                                ("certificate__isnull", True),
                                ("declaration__isnull", False),
                                ("project__isnull", True),
                                ("tool__isnull", True),
                            ),
                            models.Q(
                                ("certificate__isnull", True),
                                ("declaration__isnull", True),
                                ("project__isnull", True),
                                ("tool__isnull", False),
                            ),
                            models.Q(
                                ("certificate__isnull", True),
                                ("declaration__isnull", True),
                                ("project__isnull", False),
                                ("tool__isnull", True),
                            ),
                            models.Q(
                                ("certificate__isnull", True),
                                ("declaration__isnull", True),
                                ("project__isnull", True),
                                ("tool__isnull", True),
                                models.Q(
                                    ("stage__lt", 4),
                                    models.Q(
                                        ("imported_stage__gte", 4),
                                        ("imported_stage__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="support_case_one_outcome",
                        violation_error_message="An acceptance names one outcome: a certificate, a declaration, a tool or a project.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_on__isnull", True),
                            ("imported_stage__isnull", False),
                            models.Q(("cancelled_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="support_case_cancelled_with_reason",
                        violation_error_message="Say why it is cancelled.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_on__isnull", True), ("stage__lt", 4), _connector="OR"
                        ),
                        name="support_case_cancelled_before_acceptance",
                        violation_error_message="What was accepted is not cancelled any more.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="support_case_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportMilestone",
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
                    "title",
                    core.fields.NameField(
                        db_collation="vi-x-icu", max_length=200, verbose_name="milestone"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="due on")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="done on")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="milestones",
                        to="enterprises.supportcase",
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
                "verbose_name": "milestone of a support case",
                "verbose_name_plural": "milestones of support cases",
                "ordering": ("due_on", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="support_milestone_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportRule",
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
                ("valid_from", models.DateField(verbose_name="in force from")),
                (
                    "note",
                    core.fields.PassageField(
                        blank=True, db_collation="vi-x-icu", verbose_name="note"
                    ),
                ),
                (
                    "approved_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="approved at"),
                ),
                (
                    "returned_at",
                    models.DateTimeField(editable=False, null=True, verbose_name="returned at"),
                ),
                (
                    "returned_reason",
                    core.fields.PassageField(
                        blank=True,
                        db_collation="vi-x-icu",
                        editable=False,
                        verbose_name="reason of the return",
                    ),
                ),
                (
                    "kind",
                    models.CharField(blank=True, max_length=40, verbose_name="kind of support"),
                ),
                (
                    "state_percent",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="highest state share (%)",
                    ),
                ),
                (
                    "state_limit",
                    models.BigIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="highest state money of an enterprise (VND)",
                    ),
                ),
                (
                    "legal_basis",
                    core.fields.NameField(
                        db_collation="vi-x-icu", max_length=200, verbose_name="legal basis"
                    ),
                ),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="to")),
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
                    "returned_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "verbose_name": "rule of support",
                "verbose_name_plural": "rules of support",
                "ordering": ("kind", "valid_from", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="support_rule_dates_in_order",
                        violation_error_message="The end date is before the start date; correct one of them.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state_percent__isnull", True),
                            models.Q(("state_percent__gte", 0), ("state_percent__lte", 100)),
                            _connector="OR",
                        ),
                        name="support_rule_percent",
                        violation_error_message="The state share lies between 0 and 100 percent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state_limit__isnull", True), ("state_limit__gt", 0), _connector="OR"
                        ),
                        name="support_rule_limit",
                        violation_error_message="The highest amount is above zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state_percent__isnull", False),
                            ("state_limit__isnull", False),
                            _connector="OR",
                        ),
                        name="support_rule_says_something",
                        violation_error_message="Give the highest share, the highest amount, or both.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(
                                ("recorded_by__isnull", True),
                                ("approved_at__isnull", False),
                                _connector="OR",
                            ),
                        ),
                        expressions=[("kind", "="), (core.dated.DateRange(), "&&")],
                        name="support_rule_no_overlap",
                        violation_error_message="A rule for this kind is in force at these dates.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                models.Q(("approved_by", models.F("recorded_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="support_rule_second_person",
                        violation_error_message="Another person than the one who entered it approves.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_at__isnull", True),
                            models.Q(("returned_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="support_rule_returned_with_reason",
                        violation_error_message="Say why it is returned.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="support_rule_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportStep",
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
                            ("select", "Selected"),
                            ("import", "Taken over from the lists of the Department"),
                            ("agreement_propose", "Agreement proposed"),
                            ("agreement_return", "Proposed agreement returned"),
                            ("agree", "Agreed"),
                            ("start", "Begun"),
                            ("acceptance_propose", "Acceptance proposed"),
                            ("acceptance_return", "Proposed acceptance returned"),
                            ("accept", "Accepted"),
                            ("close", "Closed"),
                            ("cancel", "Cancelled"),
                            ("step_back", "Last step taken back"),
                            ("void", "Voided"),
                        ],
                        max_length=20,
                        verbose_name="act",
                    ),
                ),
                ("on", models.DateField(null=True, verbose_name="on")),
                (
                    "reason",
                    core.fields.PassageField(
                        blank=True, db_collation="vi-x-icu", verbose_name="reason"
                    ),
                ),
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="enterprises.supportcase",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a support case",
                "verbose_name_plural": "steps of support cases",
                "ordering": ("at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "act__in",
                                    (
                                        "agreement_return",
                                        "acceptance_return",
                                        "cancel",
                                        "step_back",
                                        "void",
                                    ),
                                ),
                                _negated=True,
                            ),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="support_step_with_reason",
                        violation_error_message="Say why.",
                    ),
                ],
            },
        ),
    ]
