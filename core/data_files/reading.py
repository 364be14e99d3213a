"""Reads a data file: YAML with the line of every part, then the schema, then what must agree."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from core.data_files.sentences import sentence
from core.errors import DomainError

LARGEST_FILE = 5_000_000

Place = tuple[str | int, ...]


class DataFileError(DomainError):
    """What is wrong in a data file, one sentence a line, each with its place."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass
class _Document:
    """The parsed file: its data, and the line of every place in it."""

    data: Any
    lines: dict[Place, int]

    def where(self, place: Place) -> str:
        """Return a place as people read it: ``line 214, indicators[3].target``."""
        known = place
        while known and known not in self.lines:
            known = known[:-1]
        path = ""
        for step in place:
            path += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if path else str(step)
        line = self.lines.get(known, 1)
        if not path:
            return _("Line %(line)d") % {"line": line}
        return _("Line %(line)d, %(path)s") % {"line": line, "path": path}


class _Loader(yaml.SafeLoader):
    """Plain data only; decimals stay exact."""


def _decimal(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    return Decimal(str(loader.construct_scalar(node)).replace("_", ""))


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)


ModelT = TypeVar("ModelT", bound=BaseModel)


def read_data_file(
    path: Path,
    schema: type[ModelT],
    disagreements: Callable[[ModelT], Iterable[tuple[Place, str]]],
) -> ModelT:
    """Return what is in a file; raises ``DataFileError`` naming every fault and its line.

    ``disagreements`` yields what a schema cannot say: the place and the sentence.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise DataFileError([_("The file is larger than 5 MB; such a file is far smaller.")])
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = _("The file %(path)s cannot be read as UTF-8 text: check its name and encoding.")
        raise DataFileError([message % {"path": path}]) from error
    document = _parse(text)
    if not isinstance(document.data, dict):
        raise DataFileError([_("The file holds nothing to load: it must begin with “format: 1”.")])
    try:
        data_file = schema.model_validate(document.data)
    except ValidationError as error:
        faults = [
            f"{document.where(fault['loc'])}: {sentence(fault)}"
            for fault in error.errors(include_url=False)
        ]
        raise DataFileError(faults) from error
    faults = [f"{document.where(place)}: {told}" for place, told in disagreements(data_file)]
    if faults:
        raise DataFileError(faults)
    return data_file


def _parse(text: str) -> _Document:
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            return _Document(None, {})
        lines: dict[Place, int] = {}
        repeated = list(_walk(root, (), lines))
        document = _Document(None, lines)
        if repeated:
            told = _("this key is here twice; keep one of them.")
            raise DataFileError([f"{document.where(place)}: {told}" for place in repeated])
        document.data = loader.construct_document(root)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        message = _("Line %(line)d: this is not valid YAML; check indentation, colons and quotes.")
        raise DataFileError([message % {"line": line}]) from error
    except (yaml.YAMLError, ValueError, ArithmeticError, RecursionError) as error:
        raise DataFileError([_("The file is not valid YAML.")]) from error
    finally:
        loader.dispose()
    return document


def _walk(node: yaml.Node, place: Place, lines: dict[Place, int]) -> Iterator[Place]:
    """Note the line of every place and yield the places that are named twice."""
    lines.setdefault(place, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below = (*place, str(key.value))
            if below in lines:
                yield below
            lines[below] = key.start_mark.line + 1
            yield from _walk(value, below, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _walk(value, (*place, index), lines)
