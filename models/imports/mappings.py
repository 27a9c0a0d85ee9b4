"""How tables of a shape were put right the last time, remembered for the next file of that shape.

A small JSON file of its own in the data folder; what is in it may be anything, and is checked when it is read.
"""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path

import msgspec

from models import limits, money, private
from models.entries import NOTATIONS
from models.errors import reason
from models.i18n import _
from models.imports.understood import CELLS, FIELDS, Kind, Mapping

FILE_NAME = "settings-nhap.json"


class Kept(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What somebody said of the tables of one shape.

    ``guessed_unit`` is the unit that was guessed then: where the next file tells another one, that one counts.
    """

    shape: str
    kind: Kind
    columns: list[str]
    unit: str = ""
    guessed_unit: str = ""
    notation: str = ""
    #: The key of the table that its rows went into.
    table: str = ""


def read(folder: Path) -> tuple[list[Kept], str]:
    """All that is remembered, the latest last; and a sentence where the file was not to be read and is set aside."""
    path = folder / FILE_NAME
    try:
        with path.open("rb") as stream:
            data = stream.read(limits.MAPPINGS_BYTES + 1)
        if len(data) > limits.MAPPINGS_BYTES:
            raise ValueError
        kept = msgspec.json.decode(data, type=list[Kept])
        if not all(map(_is_sound, kept)):
            raise ValueError
        return kept[-limits.MAPPINGS :], ""
    except FileNotFoundError:
        return [], ""
    except (OSError, ValueError, RecursionError, msgspec.MsgspecError):
        aside = path.with_suffix(".hong.json")
        with contextlib.suppress(OSError):
            path.replace(aside)
        sentence = _("Không đọc được cách hiểu các bảng đã nhớ nên bắt đầu nhớ lại từ đầu; tệp cũ được giữ ở “{file}”.")
        return [], sentence.format(file=aside)


def remembered(kept: list[Kept], shape: str, guessed: Mapping) -> tuple[Mapping, str] | None:
    """A mapping as guessed but with what was put right for its shape, and the table it went into; ``None``: nothing."""
    found = next((one for one in reversed(kept) if one.shape == shape), None)
    if not shape or found is None or len(found.columns) != len(guessed.columns):
        return None
    unit = found.unit if found.guessed_unit == guessed.unit or not guessed.unit else guessed.unit
    notation = guessed.notation or found.notation
    mapping = replace(guessed, kind=found.kind, columns=list(found.columns), unit=unit, notation=notation)
    return mapping, found.table


def remember(kept: list[Kept], shape: str, guessed: Mapping, mapping: Mapping, table: str, usual: str) -> list[Kept]:
    """``kept`` with what was put right in ``mapping``; a shape that was understood rightly is forgotten.

    ``table`` is the key of the table that its rows went into, ``usual`` the one that was offered.
    """
    others = [one for one in kept if one.shape != shape]
    said = (mapping.kind, mapping.columns, mapping.unit, mapping.notation, table)
    if not shape or said == (guessed.kind, guessed.columns, guessed.unit, guessed.notation, usual):
        return others
    new = Kept(
        shape=shape,
        kind=mapping.kind,
        columns=list(mapping.columns),
        unit=mapping.unit,
        guessed_unit=guessed.unit,
        notation=mapping.notation,
        table=table,
    )
    return [*others, new][-limits.MAPPINGS :]


def write(folder: Path, kept: list[Kept]) -> str:
    """Keep what is remembered; gives a sentence where the file cannot be written."""
    data = msgspec.json.encode(kept)
    while len(data) > limits.MAPPINGS_BYTES:
        kept = kept[len(kept) // 2 + 1 :]
        data = msgspec.json.encode(kept)
    try:
        private.make_folder(folder)
        private.write(folder / FILE_NAME, data, flush=True)
    except OSError as error:
        sentence = _("Không nhớ được cách hiểu bảng cho lần sau ({reason}); kế hoạch không bị ảnh hưởng.")
        return sentence.format(reason=reason(error))
    return ""


def _is_sound(kept: Kept) -> bool:
    return (
        0 < len(kept.columns) <= limits.SHEET_COLUMNS
        and all(map(_is_field, kept.columns))
        and {kept.unit, kept.guessed_unit} <= {"", *money.UNITS}
        and kept.notation in ("", *NOTATIONS)
    )


def _is_field(name: str) -> bool:
    return name in FIELDS or name == CELLS or name.startswith(("funding.", "years."))
