"""A workbook of this program, filled in or changed with a spreadsheet program, taken back in.

What the workbook was exported from lies in it (``models.exports.sheet_kept``). A cell that still says what it said then
changes nothing, so nothing is lost that the sheets do not show; a cell that says something else is taken into the plan.
"""

from __future__ import annotations

import re
from pathlib import Path

from models import document, template
from models import totals as sums
from models.errors import DocumentError
from models.exports.sheet_forms import BASIS_FIELDS
from models.exports.sheet_kept import KeptSheet
from models.i18n import _
from models.imports.workbook_cells import MAX_BYTES, open_workbook
from models.imports.workbook_forms import TAKERS, take_register
from models.imports.workbook_rows import take_tasks
from models.plan import Plan, adopt
from models.template import TASK_FIELDS

__all__ = ["MAX_BYTES", "read"]


def read(path: Path) -> Plan:
    """The plan in a workbook that ``models.exports.xlsx`` made, with what was changed in its cells.

    ``DocumentError`` where it is another workbook or a broken one, or names the cell that does not fit: nothing is
    taken in then.
    """
    opened, found = open_workbook(path)
    plan = document.load(opened.kept.plan, path.name)
    used = template.of(plan)
    totals = sums.compute(plan)
    for sheet in found:
        kept = sheet.kept
        if kept.kind in TAKERS and _is_proper(kept):
            TAKERS[kept.kind](sheet, plan)
            continue
        is_there = kept.kind not in TAKERS and 0 <= kept.table < len(plan.tables) and _is_proper(kept)
        if not is_there or plan.tables[kept.table].is_register != (kept.kind == "register"):
            raise DocumentError(
                _("Tệp “{file}” bị sai phần dữ liệu ẩn nên không nhận được; hãy xuất biểu mới rồi điền lại.").format(
                    file=path.name
                )
            )
        if kept.kind == "register":
            take_register(sheet, plan, kept.table)
        else:
            take_tasks(sheet, plan, kept.table, used, totals, opened.kept.fill_in)
    adopt(plan)
    # What was typed keeps the rules of the document too: size, depth, letters.
    return document.from_bytes(document.to_bytes(plan), path.name)


#: What the columns of a sheet may show; the map comes from outside, and what it names is read and set.
_FORM_FIELDS = {
    "particulars": {"value"}, "bases": set(BASIS_FIELDS), "indicators": {"value"}, "sections": {"heading", "text"},
}  # fmt: skip
_FIELD = re.compile(r"funding\..*|years\.[12]\d{3}|objective\+scope|scope\+objective", re.DOTALL)


def _is_proper(kept: KeptSheet) -> bool:
    """Whether the columns of a sheet are such as the export writes."""
    names = kept.fields
    if kept.kind in _FORM_FIELDS:
        return _FORM_FIELDS[kept.kind] <= set(names)
    if kept.kind == "register":
        cells = [name for name in names if name != "number"]
        return cells == [f"cells.{at}" for at in range(len(cells))]
    return (
        "number" in names
        and len(set(names)) == len(names)
        and all(
            name == "number" or name in TASK_FIELDS or name == "funding" or _FIELD.fullmatch(name) for name in names
        )
    )
