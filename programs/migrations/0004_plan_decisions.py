"""What staff decide about a plan waits for a second person; assignments; choices of measures."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0022_idle_accounts"),
        ("programs", "0003_reading_decisions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MeasureChoice",
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
                ("measure_key", models.CharField(max_length=60, verbose_name="measure")),
                (
                    "measure_parameters",
                    models.JSONField(
                        blank=True, default=dict, verbose_name="parameters of the measure"
                    ),
                ),
            ],
            options={
                "verbose_name": "choice of a measure",
                "verbose_name_plural": "choices of measures",
                "ordering": ("valid_from", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_at__isnull", True),
                            models.Q(("returned_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="measure_choice_returned_with_reason",
                        violation_error_message="Say why it is returned.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="measure_choice_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskAssignment",
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
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="planned from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="planned until")),
            ],
            options={
                "verbose_name": "task assignment",
                "verbose_name_plural": "task assignments",
                "ordering": ("valid_from", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on__isnull", True),
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="task_assignment_days_in_order",
                        violation_error_message="The last planned day is before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("returned_at__isnull", True),
                            models.Q(("returned_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="task_assignment_returned_with_reason",
                        violation_error_message="Say why it is returned.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("voided_at__isnull", True),
                            models.Q(("voided_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="task_assignment_voided_with_reason",
                        violation_error_message="Say why the record is voided.",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="readingdecision",
            name="reading_decision_once_a_day",
        ),
        migrations.RemoveConstraint(
            model_name="target",
            name="target_one_standing",
        ),
        migrations.AddField(
            model_name="readingdecision",
            name="approved_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="approved at"),
        ),
        migrations.AddField(
            model_name="readingdecision",
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
            model_name="readingdecision",
            name="note",
            field=core.fields.PassageField(
                blank=True, db_collation="vi-x-icu", verbose_name="note"
            ),
        ),
        migrations.AddField(
            model_name="readingdecision",
            name="returned_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="returned at"),
        ),
        migrations.AddField(
            model_name="readingdecision",
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
            model_name="readingdecision",
            name="returned_reason",
            field=core.fields.PassageField(
                blank=True,
                db_collation="vi-x-icu",
                editable=False,
                verbose_name="reason of the return",
            ),
        ),
        migrations.AddField(
            model_name="readingdecision",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="target",
            name="approved_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="approved at"),
        ),
        migrations.AddField(
            model_name="target",
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
            model_name="target",
            name="corrected_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="corrected at"),
        ),
        migrations.AddField(
            model_name="target",
            name="note",
            field=core.fields.PassageField(
                blank=True, db_collation="vi-x-icu", verbose_name="note"
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="recorded_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="recorded at"
            ),
        ),
        migrations.AddField(
            model_name="target",
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
            model_name="target",
            name="returned_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="returned at"),
        ),
        migrations.AddField(
            model_name="target",
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
            model_name="target",
            name="returned_reason",
            field=core.fields.PassageField(
                blank=True,
                db_collation="vi-x-icu",
                editable=False,
                verbose_name="reason of the return",
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="target",
            name="voided_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="voided at"),
        ),
        migrations.AddField(
            model_name="target",
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
        migrations.AddField(
            model_name="target",
            name="voided_reason",
            field=core.fields.PassageField(
                blank=True,
                db_collation="vi-x-icu",
                editable=False,
                verbose_name="reason of the voiding",
            ),
        ),
        migrations.AddConstraint(
            model_name="readingdecision",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("voided_at__isnull", True),
                    models.Q(
                        ("recorded_by__isnull", True),
                        ("approved_at__isnull", False),
                        _connector="OR",
                    ),
                ),
                fields=("issue", "valid_from"),
                name="reading_decision_once_a_day",
                violation_error_message="Another reading of this passage is in force from this day already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="readingdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        models.Q(("approved_by", models.F("recorded_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reading_decision_second_person",
                violation_error_message="Another person than the one who entered it approves.",
            ),
        ),
        migrations.AddConstraint(
            model_name="readingdecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned_at__isnull", True),
                    models.Q(("returned_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="reading_decision_returned_with_reason",
                violation_error_message="Say why it is returned.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("replaced_at__isnull", True),
                    ("voided_at__isnull", True),
                    models.Q(
                        ("recorded_by__isnull", True),
                        ("approved_at__isnull", False),
                        _connector="OR",
                    ),
                ),
                fields=("indicator", "task", "phase", "year", "valid_from"),
                name="target_one_standing",
                nulls_distinct=False,
                violation_error_message="A target with this date stands here already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        models.Q(("approved_by", models.F("recorded_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="target_second_person",
                violation_error_message="Another person than the one who entered it approves.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("returned_at__isnull", True),
                    models.Q(("returned_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="target_returned_with_reason",
                violation_error_message="Say why it is returned.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("voided_at__isnull", True),
                    models.Q(("voided_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="target_voided_with_reason",
                violation_error_message="Say why the record is voided.",
            ),
        ),
        migrations.AddField(
            model_name="measurechoice",
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
            model_name="measurechoice",
            name="indicator",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measure_choices",
                to="programs.indicator",
            ),
        ),
        migrations.AddField(
            model_name="measurechoice",
            name="instrument",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programs.instrument",
            ),
        ),
        migrations.AddField(
            model_name="measurechoice",
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
            model_name="measurechoice",
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
            model_name="measurechoice",
            name="task",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="measure_choices",
                to="programs.task",
            ),
        ),
        migrations.AddField(
            model_name="measurechoice",
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
        migrations.AddField(
            model_name="taskassignment",
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
            model_name="taskassignment",
            name="coordinating",
            field=models.ManyToManyField(
                blank=True,
                related_name="+",
                to="accounts.organisation",
                verbose_name="co-ordinating units",
            ),
        ),
        migrations.AddField(
            model_name="taskassignment",
            name="instrument",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programs.instrument",
            ),
        ),
        migrations.AddField(
            model_name="taskassignment",
            name="lead",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.organisation",
                verbose_name="lead unit",
            ),
        ),
        migrations.AddField(
            model_name="taskassignment",
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
            model_name="taskassignment",
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
            model_name="taskassignment",
            name="task",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="assignments",
                to="programs.task",
            ),
        ),
        migrations.AddField(
            model_name="taskassignment",
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
            model_name="measurechoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("indicator__isnull", True), ("task__isnull", False)),
                    models.Q(("indicator__isnull", False), ("task__isnull", True)),
                    _connector="OR",
                ),
                name="measure_choice_one_subject",
                violation_error_message="A measure belongs to an indicator or to a task.",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurechoice",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("voided_at__isnull", True),
                    models.Q(
                        ("recorded_by__isnull", True),
                        ("approved_at__isnull", False),
                        _connector="OR",
                    ),
                ),
                fields=("indicator", "task", "valid_from"),
                name="measure_choice_once_a_day",
                nulls_distinct=False,
                violation_error_message="Another measure is in force from this day already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurechoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        models.Q(("approved_by", models.F("recorded_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="measure_choice_second_person",
                violation_error_message="Another person than the one who entered it approves.",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskassignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("voided_at__isnull", True),
                    models.Q(
                        ("recorded_by__isnull", True),
                        ("approved_at__isnull", False),
                        _connector="OR",
                    ),
                ),
                fields=("task", "valid_from"),
                name="task_assignment_once_a_day",
                violation_error_message="Another assignment is in force from this day already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskassignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                    models.Q(
                        ("approved_at__isnull", False),
                        ("approved_by__isnull", False),
                        models.Q(("approved_by", models.F("recorded_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="task_assignment_second_person",
                violation_error_message="Another person than the one who entered it approves.",
            ),
        ),
    ]
