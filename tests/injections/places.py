"""Where in a plan document a mistake can be put: its sections, tasks, bases and texts, with their JSON Pointers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.plans import Document


@dataclass(slots=True)
class Text:
    """A text of the document: how it is read and written, its pointer, and the part it is of."""

    pointer: str
    value: str
    part: Document
    put: Callable[[str], None]


@dataclass(slots=True)
class TaskPlace:
    """A row with a task, and all that is above it (groups, tasks, its table), outermost first."""

    pointer: str
    row: Document
    above: list[tuple[str, Document]]

    @property
    def stated(self) -> list[str]:
        """Pointers of what states a total that this task is in."""
        return [pointer for pointer, part in self.above if part.get("stated_total") is not None]


def sections(data: Document) -> Iterator[tuple[str, Document]]:
    def walk(found: list[Document], path: str) -> Iterator[tuple[str, Document]]:
        for at, section in enumerate(found):
            yield f"{path}/{at}", section
            yield from walk(section.get("sections") or [], f"{path}/{at}/sections")

    yield from walk(data["sections"], "/sections")


def tasks(data: Document) -> Iterator[TaskPlace]:
    for number, table in enumerate(data["tables"]):
        if "columns" not in table:
            pointer = f"/tables/{number}"
            yield from _tasks(table.get("rows") or [], pointer, [(pointer, table)])


def _tasks(rows: list[Document], path: str, above: list[tuple[str, Document]]) -> Iterator[TaskPlace]:
    for at, row in enumerate(rows):
        pointer = f"{path}/rows/{at}"
        if row.get("task"):
            yield TaskPlace(pointer, row, above)
        yield from _tasks(row.get("rows") or [], pointer, [*above, (pointer, row)])


def prose(data: Document) -> Iterator[Text]:
    for pointer, section in sections(data):
        if section.get("text"):
            yield _of(section, "text", pointer)


def texts(data: Document) -> Iterator[Text]:
    """All texts that are read: sections, bases, the words of rows, cells of registers."""
    yield from prose(data)
    for at, basis in enumerate(data["legal_bases"]):
        for key in ("subject", "text"):
            if basis.get(key):
                yield _of(basis, key, f"/legal_bases/{at}")
    for place in tasks(data):
        for key in ("task", "objective", "scope", "note"):
            if place.row.get(key):
                yield _of(place.row, key, place.pointer)
    for number, table in enumerate(data["tables"]):
        for at, row in enumerate(table.get("rows") or [] if "columns" in table else []):
            for cell, value in enumerate(row):
                if value:
                    yield _cell(row, cell, f"/tables/{number}/rows/{at}/{cell}")


def _of(part: Document, key: str, pointer: str) -> Text:
    def put(value: str) -> None:
        part[key] = value

    return Text(f"{pointer}/{key}", part[key], part, put)


def _cell(row: list[Any], cell: int, pointer: str) -> Text:
    def put(value: str) -> None:
        row[cell] = value

    return Text(pointer, row[cell], {}, put)
