"""The pages of the records that hang on an enterprise."""

from enterprises.kinds import KINDS

# Opened step by step in tests/browser/test_records.py, which makes what they show.
ACTS = {f"{kind.name}_{act}" for kind in KINDS for act in ("add", "edit", "void")}
ENDS = {f"{kind.name}_end" for kind in KINDS if kind.end_fields}
ELSEWHERE = ACTS | ENDS | {"certificate_expiry_hint"}
