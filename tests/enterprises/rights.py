"""Who may do what on the pages of the register."""

from tests.enterprises import record_rights
from tests.enterprises.record_rights import WATCHERS, enterprise
from tests.rights import DOST, Row, Target

ROWS = [
    Row(
        "enterprise_detail",
        get=DOST | WATCHERS,
        make=lambda world: Target((enterprise(world).pk,)),
    ),
    *record_rights.ROWS,
]
