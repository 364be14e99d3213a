"""Who may do what with files: whoever sees the task sees them, the Department adds them."""

from accounts.choices import Role
from documents.models import Attachment
from programs.models import Task
from tests.documents.factories import attachment, upload
from tests.documents.import_rights import IMPORT_ROWS
from tests.rights import DOST, WORKERS, Row, Target, World


def task(world: World) -> Task:
    """A task of the plan."""
    return Task.objects.get(plan=world.plan, code="B1.2.1")


def file(world: World) -> Attachment:
    """A file of a task."""
    return attachment(task(world), world.user(Role.PROGRAMME_OFFICER))


def holder(world: World) -> Target:
    """The task in the addresses of files, and a file to add."""
    data = {"title": "Ảnh", "kind": "picture", "file": upload("anh.png")}
    return Target(("nhiem-vu", task(world).pk), data=data)


REST = WORKERS - DOST

ROWS = [
    *IMPORT_ROWS,
    Row("attachment_list", get=WORKERS, make=holder),
    Row(
        "attachment_upload",
        get=DOST,
        get_refused=REST,
        post=DOST,
        post_refused=REST,
        make=holder,
    ),
    Row("attachment_detail", get=WORKERS, make=lambda world: Target((file(world).pk,))),
    Row(
        "attachment_replace",
        get=DOST,
        get_refused=REST,
        post=DOST,
        post_refused=REST,
        make=lambda world: Target((file(world).pk,), data={"file": upload("moi.pdf")}),
    ),
    Row(
        "attachment_withdraw",
        get=DOST,
        get_refused=REST,
        post=DOST,
        post_refused=REST,
        make=lambda world: Target((file(world).pk,), data={"reason": "Nhầm tệp."}),
    ),
    Row(
        "attachment_download",
        get=WORKERS,
        make=lambda world: Target((file(world).current.pk,)),
    ),
]
