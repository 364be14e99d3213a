"""Steps, extensions and conflicts of interest are written once."""

from django.db import migrations

from audit.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_append_only_and_chain"),
        ("enterprises", "0030_nomination_rounds"),
    ]

    operations = [
        AppendOnly("enterprises_nominationstep"),
        AppendOnly("enterprises_roundextension"),
        AppendOnly("enterprises_reviewerconflict"),
    ]
