"""What changed between two states of a plan, in the order of the newer one.

A document gives its parts no ids: ``models.pairing`` finds which is which. Revision and id are not compared.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterator

from models import totals as sums
from models.bases import basis_text
from models.compare_parts import changes, held, plain, put_places, reordered, side_by_side, unknown
from models.compare_tables import compare_tables
from models.comparison import Comparison, Item, Value
from models.document import FIELD_NAMES
from models.pairing import ALIKE, Pairs, alike, squeezed
from models.plan import LegalBasis, Part, Plan, Section, walk_sections
from models.template import Template
from models.text import expanded, security_table
from models.totals import Totals

_PARTICULARS = (
    "template", "unit_parent", "unit_name", "unit_code", "place", "addressee", "subject", "period_from", "period_to",
    "number", "symbol", "day", "month", "year", "capacity", "signer_position", "signer_name", "recipients", "outline",
)  # fmt: skip
_OBJECTS = ("period", "organisation", "document", "signature")
BASIS_FIELDS = ("kind", "number", "date", "issuer", "subject", "text")


def compare(before: Plan, after: Plan, template: Template) -> Comparison:
    """What changed from ``before`` to ``after``; ``template`` is that of the newer one, which names and numbers rows.

    Sections are compared as they print, so that an amount in a text follows the table it is taken from.
    """
    old_sums, new_sums = sums.compute(before), sums.compute(after)
    return Comparison(
        subject=after.subject,
        unit_name=after.unit_name,
        particulars=(*changes(particulars(before), particulars(after)),),
        indicators=(*changes(indicators(before, template), indicators(after, template)),),
        bases=tuple(_bases(before, after)),
        sections=tuple(_sections(before, after, template, old_sums, new_sums)),
        tables=tuple(compare_tables(before, after, template, old_sums, new_sums)),
        total_before=_main_total(before, template, old_sums),
        total_after=_main_total(after, template, new_sums),
    )


def _main_total(plan: Plan, template: Template, totals: Totals) -> int | None:
    table = security_table(plan, template)
    return None if table is None else totals.of(table).total


# ---- the plan itself


def particulars(plan: Plan) -> dict[str, Value]:
    """What a plan holds itself, by field, but its indicators."""
    found = held(plan, _PARTICULARS)
    for name in sorted(plan.print_options):
        value = plan.print_options[name]
        if (known := plain(value if isinstance(value, str | bool) else json.dumps(value, sort_keys=True))) is not None:
            found[f"print.{name}"] = known
    more = {name: value for name, value in plan.extra.items() if name not in _OBJECTS}
    own = {path.rpartition("/")[2] for path in FIELD_NAMES[Plan].values()}
    for name in _OBJECTS:
        inside = plan.extra.get(name) or {}
        more |= {f"{name}/{key}": value for key, value in inside.items() if key not in own}
    return found | unknown(plan, more)


def indicators(plan: Plan, template: Template) -> dict[str, Value]:
    """Those that a plan gives, by field, in the order of its template."""
    known = [spec.key for spec in template.indicators if spec.key in plan.indicators]
    return {f"indicators.{key}": plan.indicators[key] for key in (*known, *sorted(plan.indicators))}


# ---- legal bases


def _bases(before: Plan, after: Plan) -> Iterator[Item]:
    old, new = before.legal_bases, after.legal_bases
    pairs: Pairs[LegalBasis] = Pairs()
    keys: tuple[Callable[[LegalBasis], Hashable | None], ...] = (
        lambda basis: tuple(held(basis, BASIS_FIELDS).items()) or None,
        lambda basis: squeezed(basis.number) or None,
        lambda basis: squeezed(basis.text) or None,
        lambda basis: squeezed(basis.subject) or None,
        lambda basis: None if basis_text(basis) else (),
    )
    pairs.match(old, new, *keys)
    for one, other in alike(pairs.left_old(old), pairs.left_new(new), basis_text, lambda *found: found[2] >= ALIKE):
        pairs.join(one, other)
    moved = reordered(pairs, old, new)
    places = {id(basis): at for plan in (before, after) for at, basis in enumerate(plan.legal_bases, 1)}
    for one, other in side_by_side(pairs, old, new):
        shown = other or one
        fields = [held(basis, BASIS_FIELDS) | unknown(basis, basis.extra) if basis else {} for basis in (one, other)]
        if id(shown) in moved:
            put_places(fields, str(places[id(one)]), str(places[id(other)]))
        yield from _told(one, other, str(places[id(shown)]), basis_text(shown), *fields)


def _told(
    one: Part | None, other: Part | None, number: str, name: str, before: dict[str, Value], after: dict[str, Value]
) -> Iterator[Item]:
    """What became of a part without amounts; nothing where it is as it was."""
    fields = tuple(changes(before, after))
    if one is None or other is None:
        yield Item("removed" if other is None else "added", number, name, fields)
    elif fields:
        yield Item("changed", number, name, fields)


# ---- sections


def _sections(before: Plan, after: Plan, template: Template, old_sums: Totals, new_sums: Totals) -> Iterator[Item]:
    old, new = list(walk_sections(before.sections)), list(walk_sections(after.sections))
    pairs: Pairs[Section] = Pairs()
    pairs.match(
        old,
        new,
        lambda section: (section.key, section.heading),
        lambda section: section.key or None,
        lambda section: squeezed(section.heading) or None,
        lambda section: section.text or None,
    )
    printed = expanded(before, template, old_sums), expanded(after, template, new_sums)
    moved = {id(section) for section, _above in _moved_sections(pairs, before, after)}
    for one, other in side_by_side(pairs, old, new):
        fields: list[dict[str, Value]] = [held(part, ("heading", "key")) if part else {} for part in (one, other)]
        texts = [say(part.text) if part else "" for say, part in zip(printed, (one, other), strict=True)]
        if one and other and texts[0] == texts[1]:
            # It prints the same, and is written another way: typed where a placeholder stood.
            texts = [one.text, other.text]
        for part, known, text in zip((one, other), fields, texts, strict=True):
            if text:
                known["text"] = text
            if part:
                known |= unknown(part, part.extra)
        if id(other) in moved:
            put_places(fields, _where(one), _where(other))
        shown = other or one
        yield from _told(one, other, "", shown.heading or shown.key, *fields)


def _moved_sections(pairs: Pairs[Section], before: Plan, after: Plan) -> Iterator[tuple[Section, Plan | Section]]:
    """The sections under another one, or in another order there."""
    stack: list[Plan | Section] = [after]
    while stack:
        above = stack.pop()
        was = before if isinstance(above, Plan) else pairs.older.get(id(above))
        among = reordered(pairs, was.sections if was else (), above.sections)
        for section in above.sections:
            old = pairs.older.get(id(section))
            if old is not None and (old.parent is not was or id(section) in among):
                yield section, above
        stack += above.sections


def _where(section: Section) -> str:
    """The headings it stands under, and its place there."""
    names, part = [], section.parent
    while isinstance(part, Section):
        names.append(part.heading or part.key)
        part = part.parent
    assert isinstance(section.parent, Plan | Section)
    place = next(at for at, one in enumerate(section.parent.sections, 1) if one is section)
    return " › ".join([*reversed(names), str(place)])
