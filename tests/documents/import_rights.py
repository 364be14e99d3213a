"""Who may do what with imports."""

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.choices import Role
from documents import services
from documents.models import ImportRun
from tests.rights import ALL, DOST, Row, Target, World
from tests.workbooks import workbook

FILE = workbook(
    {"DoanhNghiep": [["Mã số thuế", "Tên doanh nghiệp"], ["0100233488", "A"], ["1", "B"]]}
)


def run(world: World, *, checked: bool = True) -> ImportRun:
    """An import with a good and a wrong row."""
    brought = services.import_run_upload(
        file=SimpleUploadedFile("so-lieu.xlsx", FILE),
        by=world.user(Role.PROGRAMME_OFFICER),
        dispatch=lambda _run_id: None,
    )
    if checked:
        services.import_run_work(run=brought)
        brought.refresh_from_db()
    return brought


def imported(world: World) -> Target:
    """An import that is done."""
    brought = run(world)
    services.import_run_confirm(
        run=brought,
        good_rows=True,
        by=world.user(Role.PROGRAMME_OFFICER),
        dispatch=lambda _run_id: None,
    )
    services.import_run_work(run=ImportRun.objects.get(pk=brought.pk))
    return Target((brought.pk,))


def upload(_world: World) -> Target:
    """A file in a form."""
    return Target(data={"file": SimpleUploadedFile("so-lieu.xlsx", FILE)})


OTHERS = ALL - DOST
IMPORT_ROWS = [
    Row("import_run_list", get=DOST, get_refused=OTHERS),
    Row(
        "import_run_upload",
        get=DOST,
        get_refused=OTHERS,
        post=DOST,
        post_refused=OTHERS,
        make=upload,
    ),
    Row("import_template", get=DOST, get_refused=OTHERS),
    Row("import_run_detail", get=DOST, make=lambda world: Target((run(world).pk,))),
    Row(
        "import_run_progress",
        get=DOST,
        make=lambda world: Target((run(world, checked=False).pk,)),
    ),
    Row(
        "import_run_confirm",
        get=DOST,
        post=DOST,
        make=lambda world: Target((run(world).pk,), data={"rows": "good"}),
    ),
    Row("import_run_undo", get=DOST, post=DOST, make=imported),
    Row("import_run_marked", get=DOST, make=lambda world: Target((run(world).pk,))),
    Row("import_run_file", get=DOST, make=lambda world: Target((run(world).pk,))),
]
