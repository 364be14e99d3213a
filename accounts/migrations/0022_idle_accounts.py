"""When an account was warned of, disabled for and opened again after disuse."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0021_deputies_and_handovers"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="disabled_idle_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="disabled for disuse at"
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="idle_warned_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="warned of disuse at"
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="reopened_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="opened again at"
            ),
        ),
    ]
