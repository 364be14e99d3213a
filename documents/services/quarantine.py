"""Files that came while the scanner gave no answer: scanned later, kept from everyone till then."""

import logging

from django.db import transaction

from audit.actors import System
from audit.services import record
from core.files.faults import UploadRefusedError
from core.files.scanner import Scan, scan
from documents.models import Attachment, AttachmentVersion, LateScan

logger = logging.getLogger(__name__)

BY = System("quarantine_sweep")


def quarantine_sweep() -> int:
    """Scan every file in quarantine; returns how many are out of it, released or removed.

    Ends at the first file that the scanner does not answer for. Two sweeps at once do no harm.
    """
    done = 0
    waiting = AttachmentVersion.objects.in_quarantine().order_by("pk")
    for version in waiting.iterator():
        try:
            with version.file.open("rb") as file:
                if scan(file) is not Scan.CLEAN:
                    return done
            signature = ""
        except UploadRefusedError as error:
            signature = error.values["signature"]
        except FileNotFoundError:
            logger.exception("The file of version %d is not there.", version.pk)
            continue
        done += _late_scan_keep(version, signature)
    return done


@transaction.atomic
def _late_scan_keep(version: AttachmentVersion, signature: str) -> bool:
    """Write down what the scanner said, unless another sweep has; a virus does not stay."""
    attachment = Attachment.objects.select_for_update().get(pk=version.attachment_id)
    _scan, is_new = LateScan.objects.get_or_create(
        version=version, defaults={"signature": signature[:200]}
    )
    if is_new:
        act = "attachment_infected" if signature else "attachment_release"
        after = {"file_name": version.name, "file_sha256": version.sha256}
        if signature:
            after["signature"] = signature
            transaction.on_commit(lambda: version.file.storage.delete(str(version.file.name)))
        record(act=act, by=BY, target=attachment, after=after)
    return is_new
