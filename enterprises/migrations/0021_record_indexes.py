"""Lists of records are read in the order of an index."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("enterprises", "0020_second_person"),
        ("programs", "0002_outputs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="product",
            name="product_by_name",
        ),
        migrations.AddIndex(
            model_name="certificate",
            index=models.Index(
                condition=models.Q(("voided_at__isnull", True)),
                fields=["-issued_on", "id"],
                name="certificate_by_issue",
            ),
        ),
        migrations.AddIndex(
            model_name="keylistentry",
            index=models.Index(
                condition=models.Q(("voided_at__isnull", True), ("approved_at__isnull", False)),
                fields=["-valid_from", "id"],
                name="key_entry_by_start",
            ),
        ),
        migrations.AddIndex(
            model_name="product",
            index=models.Index(
                condition=models.Q(("voided_at__isnull", True)),
                fields=["name", "id"],
                name="product_by_name",
            ),
        ),
    ]
