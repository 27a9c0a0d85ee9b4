"""Which columns a task table shows: the template's layout, and whatever else its rows hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from models.plan import Plan, Row, Table, walk_rows
from models.template import Column, Layout, TableSpec, Template, fill_years

#: Layout for a table that the template does not know.
_PLAIN = Layout(
    key="",
    label="",
    columns=(
        Column(field="task", label="Tên nhiệm vụ, dự án", width=70),
        Column(field="objective", label="Mục tiêu", width=50),
        Column(field="lead", label="Đơn vị chủ trì", width=35),
        Column(field="time", label="Thời gian thực hiện", width=25),
        Column(field="total", label="Kinh phí", width=25),
        Column(field="note", label="Ghi chú", width=35),
    ),
)
_LABELS = {
    "objective": "Mục tiêu",
    "scope": "Quy mô",
    "lead": "Đơn vị chủ trì",
    "time": "Thời gian thực hiện",
    "total": "Tổng kinh phí",
    "result": "Kết quả",
    "note": "Ghi chú",
}
#: The usual order of fields, for columns that a layout does not have.
_ORDER = (
    "task", "objective", "scope", "lead", "time", "total", "funding", "years", "security", "carried_over", "result",
    "note",
)  # fmt: skip
#: Fields beside the name that a column may show, and that may be empty.
_TEXTS = ("objective", "scope", "lead", "time", "total", "result", "note")
#: Fields that are set or not.
_MARKS = ("security", "carried_over")
_SOURCES_HEAD = "Nguồn vốn"
_YEARS_HEAD = "Phân kỳ theo năm"


def layout_of(
    plan: Plan, table: Table, template: Template, for_typing: bool = False, used: Iterable[str] | None = None
) -> Layout:
    """The layout the table names, else the template's first one that shows all that its rows hold.

    Where none does, columns for the rest are added, each where it is usual: nothing that was entered is left
    out of a document. ``years.*`` is spread over the plan's years, or those that the rows have; ``funding.*``
    over the sources in use, or ``for_typing`` over all of the template's, where each needs a cell of its own.
    ``used`` are the fields in use (``used_fields``) where they are known already.
    """
    spec = template.table(table.key)
    layouts = spec.layouts if spec and spec.layouts else (_PLAIN,)
    named = next((layout for layout in layouts if layout.key == table.layout), None)
    used = _in_order(used_fields(table) if used is None else used, template)
    fitting = named or next((layout for layout in layouts if not _missing(layout, used)), layouts[0])
    # The key of a source may be any text: "*" in a column that was added is one, not all of them.
    own = {column.field for column in fitting.columns}
    return _spread(_complete(fitting, used, template), own, plan, template, used, for_typing)


def numbering_of(table: Table, template: Template) -> tuple[str, ...]:
    """The number styles of the table's rows by depth: its own, else the template's."""
    if table.numbering is not None:
        return tuple(table.numbering)
    spec = template.table(table.key)
    return spec.numbering if spec and not spec.columns else ("1", "a")


def span_of(table: Table, template: Template) -> str:
    """Which years the table speaks of: ``plan``, ``previous`` or ``any``."""
    spec: TableSpec | None = template.table(table.key)
    return spec.span if spec else "any"


def fields_of(row: Row) -> list[str]:
    """The fields of a task that hold something: ``lead``, ``funding.KEY``, ``years.2022`` …"""
    if row.group is not None:
        return []
    found = [field for field in _TEXTS if (value := getattr(row, field)) is not None and value != ""]
    found.extend(mark for mark in _MARKS if getattr(row, mark))
    for key, amount in row.funding.items():
        if amount is not None:
            found.append(f"funding.{key}")
    for year, amount in row.years.items():
        if amount is not None:
            found.append(f"years.{year}")
    return found


def used_fields(table: Table) -> set[str]:
    """The fields that hold something in any task of the table."""
    found: set[str] = set()
    sources: set[str] = set()
    years: set[str] = set()
    wanted = list(_TEXTS + _MARKS)
    for row in walk_rows(table.rows):
        if row.group is not None:
            continue
        for field in wanted:
            value = getattr(row, field)
            if value is not None and value != "" and value is not False:
                found.add(field)
        if len(wanted) + len(found) > len(_TEXTS + _MARKS):
            wanted = [field for field in wanted if field not in found]
        if row.funding:
            sources.update([key for key, amount in row.funding.items() if amount is not None])
        if row.years:
            years.update([year for year, amount in row.years.items() if amount is not None])
    return found | {f"funding.{key}" for key in sources} | {f"years.{year}" for year in years}


def _in_order(used: Iterable[str], template: Template) -> list[str]:
    """``used`` as best shown: texts and the total in their usual order, sources as in the template, years.

    Marks are left out: on paper they have a column only where a layout gives them one.
    """
    known = [source.key for source in template.sources]

    def place(field: str) -> tuple[int, int, str]:
        kind, _dot, key = field.partition(".")
        if kind == "funding":
            return len(_TEXTS), known.index(key) if key in known else len(known), key
        return (len(_TEXTS) + 1, 0, key) if kind == "years" else (_TEXTS.index(field), 0, "")

    return sorted((field for field in used if field not in _MARKS), key=place)


def _missing(layout: Layout, used: list[str]) -> list[str]:
    shown: set[str] = set()
    for column in layout.columns:
        shown.update(column.field.split("+"))
    return [
        field
        for field in used
        if field not in shown
        and not (field.startswith("years.") and "years.*" in shown)
        and not (field.startswith("funding.") and ("funding" in shown or "funding.*" in shown))
    ]


def _complete(layout: Layout, used: list[str], template: Template) -> Layout:
    """``layout`` with columns for what it leaves out of ``used``, each behind those that usually come before it."""
    columns = list(layout.columns)
    for field in _missing(layout, used):
        kind, _dot, key = field.partition(".")
        if kind == "funding":
            added = Column(field=field, label=template.source(key).short, head=_SOURCES_HEAD, width=22)
        elif kind == "years":
            added = Column(field=field, label=key, head=_YEARS_HEAD, width=18)
        else:
            added = Column(field=field, label=_LABELS[field], width=30)
        place = max((i + 1 for i, column in enumerate(columns) if _rank(column.field) <= _rank(field)), default=0)
        if kind not in ("funding", "years"):
            # A text goes right behind the last one before it in the usual order, wherever that stands.
            before = [i + 1 for i, column in enumerate(columns) if _rank(column.field) < _rank(field)]
            nearest = max((_rank(columns[i - 1].field) for i in before), default=-1)
            place = max((i for i in before if _rank(columns[i - 1].field) == nearest), default=0)
        columns.insert(place, added)
    return _with(layout, columns)


def _rank(field: str) -> int:
    """The usual place of a field among the columns."""
    return _ORDER.index(field.partition(".")[0].partition("+")[0])


def _with(layout: Layout, columns: list[Column]) -> Layout:
    return Layout(
        key=layout.key,
        label=layout.label,
        columns=tuple(columns),
        numbered=layout.numbered,
        number_label=layout.number_label,
    )


def _spread(
    layout: Layout, own: Collection[str], plan: Plan, template: Template, used: list[str], for_typing: bool
) -> Layout:
    """``layout`` with ``years.*``, and ``funding.*`` of its ``own``, spread out, and years filled into its labels."""
    columns: list[Column] = []
    for column in layout.columns:
        label = fill_years(column.label, plan.period_from, plan.period_to)
        head = fill_years(column.head, plan.period_from, plan.period_to)
        if column.field == "years.*":
            for year in _years(plan, used):
                columns.append(Column(field=f"years.{year}", label=year, head=head or label, width=column.width))
        elif (column.field == "funding.*" and column.field in own) or (column.field == "funding" and for_typing):
            for key in _sources(template, used, for_typing):
                short = template.source(key).short
                columns.append(Column(field=f"funding.{key}", label=short, head=head or label, width=column.width))
        else:
            columns.append(msgspec.structs.replace(column, label=label, head=head))
    return _with(layout, columns)


def _sources(template: Template, used: list[str], for_typing: bool) -> list[str]:
    """The sources to show, in the template's order; without any in use, all of them."""
    in_use = [field.removeprefix("funding.") for field in used if field.startswith("funding.")]
    known = [source.key for source in template.sources]
    if for_typing or not in_use:
        return known + [key for key in in_use if key not in known]
    return sorted(in_use, key=lambda key: known.index(key) if key in known else len(known))


def years_of(plan: Plan) -> list[str]:
    """The years of the plan's period, as they are keys of ``Row.years``; at most twenty."""
    return _years(plan, [])


def _years(plan: Plan, used: list[str]) -> list[str]:
    years = {field.removeprefix("years.") for field in used if field.startswith("years.")}
    if plan.period_from is not None:
        last = plan.period_to if plan.period_to is not None else plan.period_from
        years.update(str(year) for year in range(plan.period_from, min(last, plan.period_from + 19) + 1))
    return sorted(years)
