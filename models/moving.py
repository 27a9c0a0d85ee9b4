"""Moving a plan to a newer version of its template, or to another template.

What the unit wrote stays, whatever the new template says: a text that the old template put in and nobody touched
follows the new one, anything else is the unit's. What has no place in the new template is kept as the unit's own
(sections, tables, and, through ``template_carried``, sources and indicators that are in use). What goes is only what is
empty and came from the old template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from models import document, moving_sections, moving_tables, template_carried
from models import template as templates
from models.errors import TemplateError
from models.i18n import N_, _
from models.moving_change import AREAS, Area, Change
from models.plan import Plan, walk_rows, walk_sections
from models.template_parts import Indicator, Source, Template
from models.template_years import fill_years

__all__ = ["AREAS", "Change", "changes", "move", "newer_for", "old_of"]

_REFERRED = re.compile(r"\{\w+:([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class _Move:
    plan: Plan
    old: Template | None
    new: Template
    fill: Callable[[str], str]


_Named = TypeVar("_Named", Source, Indicator)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is told of the parts of one area: what they are called, and sentences with ``{name}`` (all ``N_``)."""

    area: Area
    what: str
    added: str
    kept: str
    dropped: str


_SOURCES = _Said(
    "sources",
    N_("Nguồn vốn"),
    N_("Thêm nguồn vốn “{name}”."),
    N_("Nguồn vốn “{name}” không còn trong mẫu; số tiền đã ghi vẫn giữ và vẫn in."),
    N_("Bỏ nguồn vốn “{name}”, chưa có số tiền."),
)
_INDICATORS = _Said(
    "indicators",
    N_("Số liệu"),
    N_("Thêm số liệu “{name}”."),
    N_("Số liệu “{name}” không còn trong mẫu; số đã ghi vẫn giữ."),
    N_("Bỏ số liệu “{name}”, chưa ghi."),
)


def newer_for(plan: Plan, used: Template) -> Template | None:
    """The newest version of the plan's template, where that is newer than the one it was made with."""
    try:
        newest = templates.newest(plan.template)
    except TemplateError:
        return None
    return newest if newest.version > used.version else None


def old_of(plan: Plan) -> Template | None:
    """The template of a plan as it is now; ``None`` where it is not at hand."""
    try:
        return templates.of(plan)
    except TemplateError:
        return None


def changes(plan: Plan, old: Template | None, new: Template) -> list[Change]:
    """What ``move`` would change, in the order of ``AREAS``; the plan stays as it is."""
    return move(document.copy(plan), old, new)


def move(plan: Plan, old: Template | None, new: Template) -> list[Change]:
    """Make ``plan`` one of ``new``, and tell what that changed; inside an edit where it is open.

    ``old`` is what it was made with (``old_of``); where that is not at hand, everything in the plan counts as the
    unit's.
    """
    it = _Move(plan, old, new, partial(fill_years, first=plan.period_from, last=plan.period_to))
    found: list[Change] = [*_names(it), *_head(it)]
    kept_sources, of_sources = _sources(it)
    found += of_sources
    referred = _referred(it)
    found += moving_tables.move(plan, it.old, new, it.fill, referred)
    found += moving_sections.move(plan, it.old, new, it.fill)
    found += moving_tables.settle(plan, it.old, new)
    kept_indicators, of_indicators = _indicators(it)
    found += of_indicators
    plan.template = new.id
    template_carried.carry(plan, kept_sources, kept_indicators)
    plan.extra = plan.extra | {templates.VERSION_FIELD: new.version}
    return sorted(found, key=lambda change: AREAS.index(change.area))


def _names(it: _Move) -> list[Change]:
    """The template itself, its limits, and what it prints round the text."""
    old, new, found = it.old, it.new, []
    if old is None or old.name != new.name:
        found.append(Change("general", _("Mẫu: “{name}”.").format(name=new.name)))
    if old is None:
        return found
    if old.years != new.years:
        sentence = _("Mẫu mới lập cho {new} năm, mẫu cũ cho {old} năm; các năm của kế hoạch giữ nguyên.")
        found.append(Change("general", sentence.format(new=new.years, old=old.years)))
    if old.limits.security_share != new.limits.security_share:
        found.append(Change("limits", _limit(new)))
    elif old.limits.security_source != new.limits.security_source:
        sentence = _("Căn cứ của mức kinh phí an toàn thông tin: {law}.")
        found.append(Change("limits", sentence.format(law=new.limits.security_source or "–")))
    if old.law != new.law and new.law:
        found.append(Change("general", _("Đề cương theo {law}.").format(law=new.law)))
    for name, text in (("kind", N_("Tên loại văn bản")), ("closing", N_("Lời kết"))):
        if getattr(old, name) != getattr(new, name):
            found.append(Change("general", _("{what} in theo mẫu mới.").format(what=_(text))))
    if old.outline != new.outline:
        sentence = (
            _("Đánh số đề mục: {styles}.")
            if it.plan.outline is None
            else _("Mẫu mới đánh số đề mục {styles}; kế hoạch giữ kiểu đã chọn riêng.")
        )
        found.append(Change("general", sentence.format(styles=" – ".join(new.outline))))
    return found


def _limit(new: Template) -> str:
    share, law = new.limits.security_share, new.limits.security_source
    if not share:
        return _("Không còn mức tối thiểu kinh phí an toàn thông tin.")
    if not law:
        return _("Kinh phí an toàn thông tin tối thiểu {share}.").format(share=share)
    return _("Kinh phí an toàn thông tin tối thiểu {share} ({law}).").format(share=share, law=law)


_HEAD: tuple[tuple[str, str], ...] = (
    ("subject", N_("Trích yếu")), ("addressee", N_("Nơi nhận báo cáo")), ("recipients", N_("Nơi nhận")),
    ("symbol", N_("Ký hiệu")),
)  # fmt: skip


def _head(it: _Move) -> list[Change]:
    """Fields of the plan that still say what the old template put in follow the new one."""
    if it.old is None:
        return []
    found = []
    before, after = _usual(it, it.old), _usual(it, it.new)
    for name, label in _HEAD:
        value = getattr(it.plan, name)
        if before[name] == after[name]:
            continue
        if value == before[name]:
            setattr(it.plan, name, after[name])
            shown = "; ".join(after[name]) if isinstance(after[name], list) else after[name]
            found.append(Change("general", _("{field}: “{value}”.").format(field=_(label), value=shown)))
        elif value and value != after[name]:
            sentence = _("{field} giữ nguyên như đơn vị đã ghi.").format(field=_(label))
            found.append(Change("general", sentence, is_kept=True))
    return found


def _usual(it: _Move, template: Template) -> dict[str, Any]:
    """What a new plan of a template has in these fields."""
    return {
        "subject": it.fill(template.subject),
        "addressee": template.addressee,
        "recipients": [it.fill(one) for one in template.recipients],
        "symbol": f"{template.symbol}-{it.plan.unit_code}" if it.plan.unit_code else "",
    }


def _sources(it: _Move) -> tuple[list[Source], list[Change]]:
    """The sources that the plan is to carry along, and what changes."""
    used = {
        key
        for table in it.plan.tables
        for row in walk_rows(table.rows)
        for key, amount in row.funding.items()
        if amount is not None
    }
    return _compared(_SOURCES, it.old.sources if it.old else None, it.new.sources, used)


def _indicators(it: _Move) -> tuple[list[Indicator], list[Change]]:
    """The same of the indicators."""
    used = {*it.plan.indicators, *_referred(it)}
    return _compared(_INDICATORS, it.old.indicators if it.old else None, it.new.indicators, used)


def _compared(
    said: _Said, before: Sequence[_Named] | None, after: Sequence[_Named], used: Collection[str]
) -> tuple[list[_Named], list[Change]]:
    """Those of a template that the new one has no more but the plan uses, and what changes.

    ``before`` is ``None`` where the old template is not at hand: nothing is told as new then.
    """
    found: list[Change] = []
    old, new = {one.key: one for one in before or ()}, {one.key: one for one in after}
    for key, one in new.items():
        if before is not None and key not in old:
            found.append(Change(said.area, _(said.added).format(name=one.label)))
        elif key in old and _called(old[key]) != _called(one):
            found.append(Change(said.area, _renamed(_(said.what), old[key].label, one.label)))
    kept = []
    for key, one in old.items():
        if key in new:
            continue
        is_used = key in used
        if is_used:
            kept.append(one)
        sentence = _(said.kept if is_used else said.dropped)
        found.append(Change(said.area, sentence.format(name=one.label), is_kept=is_used))
    return kept, found


def _called(one: Source | Indicator) -> tuple[str, ...]:
    """What is read of a source or an indicator: where that changed, it has another name."""
    return (one.label, one.short) if isinstance(one, Source) else (one.label,)


def _renamed(what: str, old: str, new: str) -> str:
    return _("{what} “{old}” đổi thành “{new}”.").format(what=what, old=old, new=new)


def _referred(it: _Move) -> set[str]:
    """The keys that texts of the plan speak of in placeholders, but those that go with the old template."""
    found: set[str] = set()
    for section in walk_sections(it.plan.sections):
        if not moving_sections.follows(section, it.old, it.fill):
            found |= set(_REFERRED.findall(section.text))
    for spec in templates.walk(it.new.sections):
        found |= set(_REFERRED.findall(spec.text))
    return found
