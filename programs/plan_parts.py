"""The register of what upper rooms keep of a plan file, for instance its money."""

from collections.abc import Callable

from programs.plan_file.schema import PlanFile
from programs.plan_sync import PlanSync

# Brings the part of the file that the room keeps into its tables.
PartLoader = Callable[[PlanSync, PlanFile], None]

_loaders: list[PartLoader] = []


def register(loader: PartLoader) -> None:
    """Load another part with every plan, in the same transaction."""
    _loaders.append(loader)


def load(sync: PlanSync, plan_file: PlanFile) -> None:
    """Load the parts of all upper rooms."""
    for loader in _loaders:
        loader(sync, plan_file)
