"""Before printing: has the font every character of the plan? One that it has not is named, with its place."""

from __future__ import annotations

from collections.abc import Iterator

from models.errors import ExportError
from models.exports.fonts import Family, missing_characters
from models.i18n import _
from models.plan import Plan, Table, walk_rows, walk_sections

_SHOWN = 5


def require(plan: Plan, font: Family) -> None:
    """Raise ``ExportError`` where the plan holds a character that the font has no glyph for."""
    characters: set[str] = set()
    for _place, text in _texts(plan):
        characters.update(text)
    if not missing_characters(characters | set("".join(characters).upper())):
        return
    found: list[str] = []
    first = ""
    for place, text in _texts(plan):
        for character in sorted(missing_characters(text + text.upper())):
            shown = f"“{character}” (U+{ord(character):04X})"
            if shown not in found:
                found.append(shown)
                first = first or place
    raise ExportError(
        _("Phông chữ {font} không có ký tự {characters} (gặp đầu tiên ở {place}); hãy sửa hoặc xóa ký tự đó.").format(
            font=font.name, characters=", ".join(found[:_SHOWN]), place=first
        )
    )


def _texts(plan: Plan) -> Iterator[tuple[str, str]]:
    """Every text that is printed, with the name of its place."""
    yield (
        _("thông tin chung"),
        "\n".join(
            (
                plan.unit_parent, plan.unit_name, plan.place, plan.number, plan.symbol, plan.subject, plan.capacity,
                plan.signer_position, plan.signer_name, *plan.recipients,
            )
        ),
    )  # fmt: skip
    for basis in plan.legal_bases:
        yield _("căn cứ"), "\n".join((basis.kind, basis.number, basis.issuer, basis.subject, basis.text))
    for section in walk_sections(plan.sections):
        yield _("mục “{heading}”").format(heading=section.heading[:60]), section.heading + "\n" + section.text
    for table in plan.tables:
        yield from _table_texts(table)


def _table_texts(table: Table) -> Iterator[tuple[str, str]]:
    place = _("bảng “{title}”").format(title=table.title[:60])
    yield place, "\n".join((table.title, *(table.columns or ())))
    for row in walk_rows(table.rows):
        texts = row.cells
        if texts is None:
            texts = [
                row.group or "", row.task or "", row.objective, row.scope, row.lead, row.time, row.result, row.note,
                *row.funding,
            ]  # fmt: skip
        yield place, "\n".join(texts)
