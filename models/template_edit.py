"""Changing a template: each function gives another one, with what is named elsewhere named anew.

A section is told by its path, the places from the top of the outline down to it: ``(0, 2)`` is the third of the first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any, Literal

from msgspec.structs import replace

from models import limits
from models.folding import fold
from models.template_parts import Column, Indicator, Layout, SectionSpec, Source, TableSpec, Template, walk

Path = tuple[int, ...]
Kind = Literal["section", "table", "source", "indicator"]

_NO_KEY = re.compile(r"[^a-z0-9]+")
_LONGEST_KEY, _LONGEST_STEM = 40, 60


# ---- keys


def free_key(text: str, taken: Collection[str], inside: str = "") -> str:
    """A key that says what ``text`` says, in letters without diacritics, and is not taken; of a section ``inside``."""
    plain = _NO_KEY.sub("-", fold(text).lower()).strip("-")[:_LONGEST_KEY].strip("-") or "muc"
    stem = f"{inside}.{plain}"[:_LONGEST_STEM] if inside else plain
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    return key


def keys(template: Template, kind: Kind) -> list[str]:
    """The keys of all parts of a kind, in their order."""
    if kind == "section":
        return [section.key for section in walk(template.sections)]
    parts: Sequence[Any] = {"table": template.tables, "source": template.sources}.get(kind, template.indicators)
    return [part.key for part in parts]


def renamed(template: Template, kind: Kind, old: str, new: str) -> Template:
    """The template in which what names the part ``old`` names it ``new``; the part itself is changed by the caller.

    Placeholders in starting texts and hints follow too.
    """
    if old == new or not old:
        return template

    def one(key: str) -> str:
        return new if key == old else key

    def many(found: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(one, found))

    if kind == "section":
        return replace(
            template,
            indicators=tuple(replace(it, section=one(it.section)) for it in template.indicators),
            tables=tuple(replace(it, section=one(it.section)) for it in template.tables),
        )
    if kind == "table":
        made = _each_section(template, lambda it: replace(it, totals=many(it.totals)))
        return _in_texts(made, "total|total_million|words|appendix", old, new)
    if kind == "indicator":
        made = replace(template, indicators=tuple(
            replace(it, parts=many(it.parts), ratio_of=one(it.ratio_of), percent_of=many(it.percent_of))
            for it in template.indicators
        ))  # fmt: skip
        return _in_texts(made, "indicator", old, new)

    def column(it: Column) -> Column:
        return replace(it, field=f"funding.{new}") if it.field == f"funding.{old}" else it

    return replace(template, tables=tuple(
        replace(table, layouts=tuple(
            replace(layout, columns=tuple(map(column, layout.columns))) for layout in table.layouts
        )) for table in template.tables
    ))  # fmt: skip


def _in_texts(template: Template, names: str, old: str, new: str) -> Template:
    """Placeholders of these names (``a|b``) that speak of ``old`` speak of ``new``, in texts and hints."""
    spoken = re.compile(rf"(\{{(?:{names}):){re.escape(old)}\}}")

    def one(text: str) -> str:
        return spoken.sub(lambda found: f"{found.group(1)}{new}}}", text)

    return _each_section(template, lambda it: replace(it, text=one(it.text), hint=one(it.hint)))


def _each_section(template: Template, change: Callable[[SectionSpec], SectionSpec]) -> Template:
    def changed(specs: tuple[SectionSpec, ...]) -> tuple[SectionSpec, ...]:
        return tuple(change(replace(spec, sections=changed(spec.sections))) for spec in specs)

    return replace(template, sections=changed(template.sections))


# ---- the outline


def section_at(template: Template, path: Path) -> SectionSpec:
    specs = template.sections
    for at in path[:-1]:
        specs = specs[at].sections
    return specs[path[-1]]


def with_section(template: Template, path: Path, **fields: Any) -> Template:
    """The section at ``path`` with other fields; another key is taken over by what names it."""
    spec = section_at(template, path)
    made = _at(template, path, lambda specs, at: (*specs[:at], replace(spec, **fields), *specs[at + 1 :]))
    return renamed(made, "section", spec.key, fields.get("key", spec.key))


def insert_section(template: Template, path: Path, spec: SectionSpec) -> Template:
    """``spec`` put in so that it stands at ``path``."""
    return _at(template, path, lambda specs, at: (*specs[:at], spec, *specs[at:]))


def remove_section(template: Template, path: Path) -> Template:
    """Without the section at ``path`` and those below it; what was of it stands in none."""
    gone = {spec.key for spec in walk((section_at(template, path),))}
    made = _at(template, path, lambda specs, at: (*specs[:at], *specs[at + 1 :]))
    return replace(
        made,
        indicators=tuple(replace(it, section="") if it.section in gone else it for it in made.indicators),
        tables=tuple(replace(it, section="") if it.section in gone else it for it in made.tables),
    )


def move_section(template: Template, path: Path, where: Literal["up", "down", "in", "out"]) -> tuple[Template, Path]:
    """The section moved one place, or under the one before it, or out behind its own; gives its path then.

    Nothing changes where there is no such place.
    """
    spec, at, above = section_at(template, path), path[-1], path[:-1]
    siblings = section_at(template, above).sections if above else template.sections
    new = path
    if where == "up" and at > 0:
        new = (*above, at - 1)
    elif where == "down" and at < len(siblings) - 1:
        new = (*above, at + 1)
    elif where == "in" and at > 0 and len(path) + _levels(spec) <= limits.TEMPLATE_LEVELS:
        new = (*above, at - 1, len(siblings[at - 1].sections))
    elif where == "out" and above:
        new = (*above[:-1], above[-1] + 1)
    if new == path:
        return template, path
    without = _at(template, path, lambda specs, here: (*specs[:here], *specs[here + 1 :]))
    return insert_section(without, new, spec), new


def path_of(template: Template, key: str) -> Path | None:
    """Where the section of that key stands."""

    def found(specs: tuple[SectionSpec, ...], above: Path) -> Path | None:
        for at, spec in enumerate(specs):
            if spec.key == key:
                return (*above, at)
            if (below := found(spec.sections, (*above, at))) is not None:
                return below
        return None

    return found(template.sections, ())


def _levels(spec: SectionSpec) -> int:
    return 1 + max(map(_levels, spec.sections), default=0)


def _at(
    template: Template, path: Path, change: Callable[[tuple[SectionSpec, ...], int], tuple[SectionSpec, ...]]
) -> Template:
    """The template in which the list that ``path`` ends in is another one."""

    def changed(specs: tuple[SectionSpec, ...], rest: Path) -> tuple[SectionSpec, ...]:
        if len(rest) == 1:
            return change(specs, rest[0])
        at = rest[0]
        below = replace(specs[at], sections=changed(specs[at].sections, rest[1:]))
        return (*specs[:at], below, *specs[at + 1 :])

    return replace(template, sections=changed(template.sections, path))


# ---- tables and their layouts


def with_table(template: Template, at: int, **fields: Any) -> Template:
    """The table at that place with other fields; another key is taken over by what names it."""
    old = template.tables[at]
    made = replace(template, tables=with_item(template.tables, at, replace(old, **fields)))
    return renamed(made, "table", old.key, fields.get("key", old.key))


def with_tables(template: Template, tables: Sequence[TableSpec]) -> Template:
    """With these tables, whose keys are as they were."""
    return replace(template, tables=tuple(tables))


def with_layout(template: Template, table: int, at: int, **fields: Any) -> Template:
    layouts = template.tables[table].layouts
    return with_table(template, table, layouts=with_item(layouts, at, replace(layouts[at], **fields)))


def remove_table(template: Template, at: int) -> Template:
    """Without a table; sections whose text states its total do so no longer."""
    key = template.tables[at].key
    made = replace(template, tables=(*template.tables[:at], *template.tables[at + 1 :]))
    return _each_section(made, lambda it: replace(it, totals=tuple(one for one in it.totals if one != key)))


def as_register(table: TableSpec) -> TableSpec:
    """The table as a register: its columns have the heads of its first layout."""
    heads = tuple(column.label for layout in table.layouts[:1] for column in layout.columns)
    return replace(table, layouts=(), columns=heads or ("Nội dung", "Ghi chú"), words=False)


def as_tasks(table: TableSpec) -> TableSpec:
    """The table as a list of tasks, with one usual layout."""
    return replace(table, layouts=(usual_layout(),), columns=(), numbering=table.numbering or ("1", "a"))


def usual_layout(key: str = "simple") -> Layout:
    """The columns that most lists of tasks have; the money is in one of them."""
    columns = (
        Column(field="task", label="Tên nhiệm vụ, dự án", width=60),
        Column(field="objective", label="Mục tiêu", width=58),
        Column(field="lead", label="Đơn vị chủ trì", width=36),
        Column(field="time", label="Thời gian thực hiện", width=25),
        Column(field="total", label="Kinh phí (triệu đồng)", width=26),
        Column(field="note", label="Ghi chú", width=32),
    )
    return Layout(key=key, label="Một cột kinh phí", columns=columns)


def with_item(items: tuple[Any, ...], at: int, item: Any) -> tuple[Any, ...]:
    return (*items[:at], item, *items[at + 1 :])


def moved_item(items: tuple[Any, ...], at: int, by: int) -> tuple[Any, ...]:
    """With the item ``at`` so many places further; as it was where there is no such place."""
    if not 0 <= at + by < len(items):
        return items
    rest = (*items[:at], *items[at + 1 :])
    return (*rest[: at + by], items[at], *rest[at + by :])


# ---- sources and indicators


def with_sources(template: Template, sources: Sequence[Source]) -> Template:
    """With other sources; one whose key alone is another is followed by the columns that show it."""
    made = replace(template, sources=tuple(sources))
    for old, new in _same_places(template.sources, sources):
        made = renamed(made, "source", old, new)
    return made


def with_indicators(template: Template, indicators: Sequence[Indicator]) -> Template:
    """With other indicators; one whose key alone is another is followed by those that name it."""
    made = replace(template, indicators=tuple(indicators))
    for old, new in _same_places(template.indicators, indicators):
        made = renamed(made, "indicator", old, new)
    return made


def _same_places(before: Sequence[Any], after: Sequence[Any]) -> list[tuple[str, str]]:
    if len(before) != len(after):
        return []
    kept = {one.key for one in after}
    return [
        (old.key, new.key)
        for old, new in zip(before, after, strict=True)
        if old.key and new.key and old.key != new.key and old.key not in kept
    ]


# ---- new ones


def next_version(template: Template, at_hand: Collection[int]) -> Template:
    """The template as the version after all that are at hand."""
    return replace(template, version=max([template.version, *at_hand]) + 1)


def another(template: Template, known: Collection[str], name: str) -> Template:
    """The template as the first version of a new one."""
    template_id, number = f"{template.id[:56]}-moi", 2
    while template_id in known:
        template_id, number = f"{template.id[:56]}-moi-{number}", number + 1
    return replace(template, id=template_id, version=1, name=name)
