"""Who was selected before there were support cases has one, selected on the day of that decision."""

from django.db import migrations
from django.utils import timezone

SELECT = "select"


def open_cases(apps, schema_editor):
    """Open a case for every selected dossier; of two of one enterprise and task, for the first."""
    dossiers = apps.get_model("enterprises", "Dossier")
    cases = apps.get_model("enterprises", "SupportCase")
    steps = apps.get_model("enterprises", "SupportStep")
    known = set()
    for dossier in dossiers.objects.filter(state="selected").order_by("decided_at", "pk"):
        if (dossier.enterprise_id, dossier.task_id) in known:
            continue
        known.add((dossier.enterprise_id, dossier.task_id))
        day = timezone.localdate(dossier.decided_at)
        case = cases.objects.create(
            enterprise_id=dossier.enterprise_id,
            task_id=dossier.task_id,
            dossier=dossier,
            selected_on=day,
            recorded_by_id=dossier.decided_by_id,
        )
        steps.objects.create(
            case=case, act=SELECT, on=day, by_id=dossier.decided_by_id, at=dossier.decided_at
        )


class Migration(migrations.Migration):
    dependencies = [("enterprises", "0033_support_history")]

    operations = [migrations.RunPython(open_cases, migrations.RunPython.noop)]
