"""The annual report in three formats against WeasyPrint alone on the same HTML."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.line import Line, compare

GOAL = 1.3
YEAR = 2026

# WeasyPrint as its own documentation calls it, in a process of its own like ours.
ALONE = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2])"


def annual_report() -> Line:
    """Compare: snapshot, document, PDF, Word and Excel of plan 191 – and the PDF alone."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "laocai_nscl.settings")
    import django

    django.setup()
    from django.core.management import call_command

    from programs.models import Plan
    from reports.choices import PeriodKind
    from reports.documents.files import document_of, render_files
    from reports.documents.pdf import html_of
    from reports.services.periods import reporting_period_of
    from reports.services.snapshots import snapshot_take

    call_command("migrate", verbosity=0)
    call_command("load_plan", "plans/laocai-191.yaml", stdout=sys.stderr)
    plan = Plan.objects.get(code="191")
    period = reporting_period_of(plan=plan, kind=PeriodKind.ANNUAL, year=YEAR)
    with tempfile.TemporaryDirectory() as folder:
        page, pdf = Path(folder) / "report.html", Path(folder) / "report.pdf"
        page.write_text(html_of(document_of(snapshot_take(plan=plan, period=period).data)))
        return compare(
            "annual report, 3 formats",
            "WeasyPrint alone on the same HTML",
            GOAL,
            ours=lambda: render_files(snapshot_take(plan=plan, period=period).data),
            theirs=lambda: subprocess.run(
                [sys.executable, "-c", ALONE, str(page), str(pdf)], check=True
            ),
        )
