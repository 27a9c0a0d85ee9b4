"""What has to be asked of a table from outside: what its columns are, its unit, how its amounts are written."""

from __future__ import annotations

from models import entries
from models.i18n import _
from models.imports.understood import CELLS, FIELDS, Mapping, Understood
from models.template import Template

#: Roles of the rows of a grid that each make a row of a plan.
ROWS = ("group", "task", "part")
_AMOUNTS = ("total", "funding", "years")


def label_of(field: str, template: Template | None = None) -> str:
    """What a column that holds ``field`` is called."""
    kind, _dot, key = field.partition(".")
    if field == CELLS:
        return _("Ô của danh mục")
    if kind == "funding" and key:
        return _("Nguồn: {source}").format(source=template.source(key).short if template else key)
    if kind == "years" and key:
        return _("Năm {year}").format(year=key)
    return _(FIELDS[field]) if field in FIELDS else field


def is_amount(field: str) -> bool:
    """Whether a column of that field holds amounts."""
    return field.partition(".")[0] in _AMOUNTS


def offered(mapping: Mapping, template: Template, first: int, last: int) -> list[tuple[str, str]]:
    """The fields that a column of a table can be, with their names; ``first`` and ``last``: the years of the plan."""
    if mapping.kind == "register":
        fields = [CELLS, "number", ""]
    else:
        years = {f"years.{year}" for year in range(first, last + 1)}
        years |= {field for field in mapping.columns if field.startswith("years.")}
        fields = list(FIELDS)
        at = fields.index("funding") + 1
        fields[at:at] = [*(f"funding.{source.key}" for source in template.sources), *sorted(years)]
    fields += [field for field in mapping.columns if field not in fields]
    return [(field, label_of(field, template)) for field in dict.fromkeys(fields)]


def needs_unit(found: Understood) -> bool:
    """Whether a table has amounts in a unit that nothing tells."""
    mapping = found.mapping
    return mapping.kind == "tasks" and not mapping.unit and any(map(is_amount, mapping.columns))


def unclear(found: Understood) -> list[str]:
    """The amounts of a table that may be read in two ways, as long as nobody has said which one is meant."""
    mapping = found.mapping
    if mapping.kind != "tasks" or mapping.notation:
        return []
    columns = [at for at, field in enumerate(mapping.columns) if is_amount(field) and field != "funding"]
    texts: dict[str, None] = {}
    for role, row in zip(found.role, found.grid.rows, strict=False):
        if role in ROWS or role == "total":
            texts.update(dict.fromkeys(row[at].text for at in columns if row[at].value is None and row[at].text))
    return [text for text in texts if entries.readings(text, mapping.unit or "million")]
