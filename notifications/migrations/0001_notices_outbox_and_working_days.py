"""Inbox, outbox, choice of mail, working calendar, the work of a day."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import core.fields


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_areas_and_successions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DailyRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("lease_until", models.DateTimeField(null=True, verbose_name="held until")),
                ("lease_token", models.UUIDField(editable=False, null=True)),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished at")),
            ],
            options={
                "verbose_name": "daily run",
                "verbose_name_plural": "daily runs",
                "ordering": ("-day",),
            },
        ),
        migrations.CreateModel(
            name="MailPreference",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="mail_preference",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
                (
                    "mail",
                    models.CharField(
                        choices=[
                            ("single", "one mail for each notice, at once"),
                            ("digest", "one mail a day with all notices, at 07:30"),
                        ],
                        default="single",
                        max_length=10,
                        verbose_name="mail",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice of mail",
                "verbose_name_plural": "choices of mail",
            },
        ),
        migrations.CreateModel(
            name="WorkingDayOverride",
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
                    "day",
                    models.DateField(
                        error_messages={
                            "unique": "This day has an entry already; change that one."
                        },
                        unique=True,
                        verbose_name="day",
                    ),
                ),
                ("is_working", models.BooleanField(verbose_name="offices work")),
                (
                    "reason",
                    core.fields.NameField(
                        db_collation="vi-x-icu", max_length=200, verbose_name="reason"
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
            ],
            options={
                "verbose_name": "entry of the working calendar",
                "verbose_name_plural": "entries of the working calendar",
                "ordering": ("day",),
            },
        ),
        migrations.CreateModel(
            name="OutboxMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("lease_until", models.DateTimeField(null=True, verbose_name="held until")),
                ("lease_token", models.UUIDField(editable=False, null=True)),
                ("to", models.EmailField(max_length=320, verbose_name="recipient")),
                ("from_email", models.CharField(max_length=320, verbose_name="sender")),
                ("subject", models.CharField(max_length=250, verbose_name="subject of the mail")),
                ("body", models.TextField(blank=True, verbose_name="text")),
                ("html", models.TextField(blank=True, verbose_name="formatted text")),
                (
                    "message_id",
                    models.CharField(max_length=250, unique=True, verbose_name="message id"),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="written at"
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
                ("failed_at", models.DateTimeField(null=True, verbose_name="given up at")),
                ("error", models.TextField(blank=True, verbose_name="error")),
                ("wiped_at", models.DateTimeField(null=True, verbose_name="text wiped at")),
            ],
            options={
                "verbose_name": "mail in the outbox",
                "verbose_name_plural": "mails in the outbox",
                "ordering": ("-created_at", "-pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("failed_at__isnull", True), ("sent_at__isnull", True)),
                        fields=["lease_until"],
                        name="outbox_mail_unfinished",
                    ),
                    models.Index(fields=["-created_at"], name="outbox_mail_newest"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at__isnull", True), ("failed_at__isnull", True), _connector="OR"
                        ),
                        name="outbox_mail_one_end",
                        violation_error_message="A mail is either sent or given up.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("sent_at__isnull", True), ("wiped_at__isnull", False), _connector="OR"
                        ),
                        name="outbox_mail_sent_is_wiped",
                        violation_error_message="The text of a mail is wiped when it is sent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wiped_at__isnull", True),
                            models.Q(("body", ""), ("html", "")),
                            _connector="OR",
                        ),
                        name="outbox_mail_wiped_is_empty",
                        violation_error_message="Nothing is left of a text that was wiped.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("search_key", core.fields.SearchKeyField(default="", editable=False)),
                ("kind", models.CharField(max_length=60, verbose_name="kind of notice")),
                (
                    "title",
                    core.fields.NameField(
                        db_collation="vi-x-icu", max_length=200, verbose_name="title"
                    ),
                ),
                (
                    "text",
                    core.fields.PassageField(
                        blank=True, db_collation="vi-x-icu", verbose_name="text"
                    ),
                ),
                ("url", models.CharField(blank=True, max_length=500, verbose_name="address")),
                ("key", models.CharField(blank=True, max_length=200, verbose_name="key")),
                (
                    "at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="time"),
                ),
                ("read_at", models.DateTimeField(null=True, verbose_name="read at")),
                ("mailed_at", models.DateTimeField(null=True, verbose_name="mailed at")),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="recipient",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ("-at", "-pk"),
                "indexes": [
                    models.Index(fields=["recipient", "-at"], name="notice_inbox"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["recipient"],
                        name="notice_unread",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search_key"], name="notice_search", opclasses=["gin_trgm_ops"]
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("recipient", "key"),
                        name="notice_told_once",
                        violation_error_message="The person was told this already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("url", ""), ("url__regex", "^/($|[^/\\\\])"), _connector="OR"
                        ),
                        name="notice_url_of_the_portal",
                        violation_error_message="A notice leads to a page of the portal.",
                    ),
                ],
            },
        ),
    ]
