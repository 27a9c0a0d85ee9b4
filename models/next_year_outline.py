"""The outline of next year's plan: the sections of last year's at their places, with their texts.

With the template it was made with, the unit's outline stays as the unit made it. With another one that one's outline
counts: a section goes where its key is, else where a heading says the same, and one of the unit's own stays among its
neighbours. Nothing that was written is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from models import unread
from models.folding import fold
from models.next_year_tasks import OF_ITS_OWN
from models.next_year_text import Moves, moved
from models.plan import Plan, Section, insert, walk_sections
from models.template import SectionSpec, Template, fill_years, walk

_WORDS = re.compile(r"[^\W_]+")
#: Abbreviations that headings have for the words of the templates.
_SHORT = {
    "cntt": "cong nghe thong tin", "attt": "an toan thong tin", "csdl": "co so du lieu", "cqs": "chinh quyen so",
    "cds": "chuyen doi so", "dam bao": "bao dam",
}  # fmt: skip
#: Words of headings that say nothing.
_EMPTY = frozenset({"va", "ve", "cac", "cua", "trong", "cho", "nhung", "de", "tai", "cong", "tac"})
#: Sections under sections, at most, with room for what a section holds: a document may be 12 levels deep.
MAX_SECTION_LEVELS = 5
#: From this share of common words on two headings say the same.
_ALIKE = 0.75
#: From this share of the words of the shorter one on, a longer heading says all that it does.
_MOST = 0.85


@dataclass(slots=True)
class Outline:
    """The sections made, which is which, and what was changed.

    ``keys``: the new key of a section by its old one. ``renamed``: headings that the new template words otherwise.
    ``gone``: headings that only held others together.
    """

    sections: list[Section] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    renamed: list[tuple[str, str]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    #: Headings of sections that the template has not, and that stay at their place.
    own: list[str] = field(default_factory=list)
    changes: dict[int, dict[str, int]] = field(default_factory=dict)
    #: Those with text from the old plan, by ``id()``.
    taken: dict[int, Section] = field(default_factory=dict)


@dataclass(slots=True)
class Sources:
    """The old plan with its template, where that is at hand, and how its years are moved."""

    plan: Plan
    old: Template | None
    new: Template
    years: tuple[int, int]
    by: Moves

    def was(self, text: str) -> str:
        """A text of the old template as it stood in the old plan."""
        return fill_years(text, self.plan.period_from, self.plan.period_to)

    def now(self, text: str) -> str:
        return fill_years(text, *self.years)


def same_outline(of: Sources) -> Outline:
    """The outline of the old plan, with what the template requires, or has had since, where it is missing."""
    made = Outline()

    def clone(section: Section) -> Section:
        new = _clone(section, of, made)
        new.sections = [clone(below) for below in section.sections]
        return new

    made.sections = [clone(section) for section in of.plan.sections]
    holder = Plan(id="", template="", sections=made.sections)
    present = {section.key for section in walk_sections(made.sections)}
    had = {spec.key for spec in walk(of.old.sections)} if of.old is not None else set()
    _complete(of.new.sections, holder, holder, of, lambda spec: spec.key not in present and (
        spec.required or spec.key not in had))  # fmt: skip
    made.sections = holder.sections
    return made


def _clone(section: Section, of: Sources, made: Outline) -> Section:
    """A section of the old plan with its years moved, without those under it."""
    heading, changed = section.heading, {}
    spec = of.old.section(section.key) if of.old is not None else None
    new_spec = of.new.section(section.key)
    if spec is not None and new_spec is not None and heading == of.was(spec.heading):
        heading = of.now(new_spec.heading)
    else:
        heading, counted = moved(heading, of.by)
        changed = dict(counted)
    extra = {name: value for name, value in section.extra.items() if name not in OF_ITS_OWN}
    new = Section(key=section.key, heading=heading, extra=extra)
    _take_text(section, new, spec, new_spec, of, made, changed)
    return new


def _take_text(
    section: Section, new: Section, spec: SectionSpec | None, new_spec: SectionSpec | None, of: Sources, made: Outline,
    changed: dict[str, int],
) -> None:  # fmt: skip
    """Put the text of an old section into the new one; the template's own words are those of the new template."""
    if spec is not None and new_spec is not None and section.text == of.was(spec.text):
        new.text = of.now(new_spec.text)
        return
    if not section.text.strip():
        return
    text, counted = moved(section.text, of.by)
    has_starter = new.text.strip() and id(new) not in made.taken
    new.text = text if has_starter or not new.text.strip() else f"{new.text}\n\n{text}"
    made.taken[id(new)] = new
    made.changes[id(new)] = dict(unread.merged(made.changes.get(id(new), {}), changed, counted))


def _complete(
    specs: tuple[SectionSpec, ...], owner: Plan | Section, holder: Plan, of: Sources,
    wanted: Callable[[SectionSpec], bool],
) -> None:  # fmt: skip
    """Put sections of the template that are missing below ``owner``, behind the ones that they follow."""
    for place, spec in enumerate(specs):
        found = next((one for one in walk_sections(holder.sections) if one.key == spec.key), None)
        if found is None and wanted(spec):
            found = Section(key=spec.key, heading=of.now(spec.heading), text=of.now(spec.text))
            before = {one.key for one in specs[:place]}
            at = [index for index, one in enumerate(owner.sections) if one.key in before]
            insert(owner, found, at[-1] + 1 if at else 0)
        if found is not None:
            _complete(spec.sections, found, holder, of, wanted)


# ---- another template


def other_outline(of: Sources, template_sections: list[Section], tables: set[str]) -> Outline:
    """The outline of the new template (``template_sections``, new) with what the old plan has.

    ``tables`` are keys of the sections in which tables of the old plan are printed.
    """
    made = Outline(sections=template_sections)
    counterparts = _counterparts(of, template_sections)
    made.keys = {
        old.key: counterparts[id(old)].key
        for old in reversed(list(walk_sections(of.plan.sections)))
        if id(old) in counterparts
    }
    holder = Plan(id="", template="", sections=template_sections)

    def visit(sections: list[Section], above: Plan | Section) -> None:
        last: Section | None = None
        for old in sections:
            new = counterparts.get(id(old))
            if new is not None:
                _fill(old, new, of, made)
            elif _stays(old):
                new = _clone(old, of, made)
                made.own.append(new.heading)
                above = _high_enough(above, old)
                beside = next((at for at, one in enumerate(above.sections) if one is last), None)
                insert(above, new, None if beside is None else beside + 1)
            if new is None:
                if old.heading.strip():
                    made.gone.append(old.heading)
                visit(old.sections, above)
            else:
                last = new
                visit(old.sections, new)

    def _stays(old: Section) -> bool:
        """Whether a section without a counterpart is kept: it says something, or nothing under it has another place."""
        if old.text.strip() or old.key in tables:
            return True
        below = list(walk_sections(old.sections))
        if any(id(one) in counterparts for one in below):
            return any(id(one) not in counterparts and (one.text.strip() or one.key in tables) for one in below)
        is_template = of.old is not None and of.old.section(old.key) is not None
        return not is_template or any(_stays(one) for one in old.sections)

    visit(of.plan.sections, holder)
    made.sections = holder.sections
    return made


def _high_enough(above: Plan | Section, old: Section) -> Plan | Section:
    """``above``, or what it hangs on, so that ``old`` with all below it does not stand deeper than a document may."""

    def height(section: Section) -> int:
        return 1 + max(map(height, section.sections), default=0)

    def depth(owner: Plan | Section) -> int:
        return 1 + depth(owner.parent) if isinstance(owner, Section) and owner.parent is not None else 0  # type: ignore[arg-type]

    while isinstance(above, Section) and depth(above) + height(old) > MAX_SECTION_LEVELS:
        assert isinstance(above.parent, Plan | Section)
        above = above.parent
    return above


def _fill(old: Section, new: Section, of: Sources, made: Outline) -> None:
    """Put what an old section says into its counterpart."""
    spec = of.old.section(old.key) if of.old is not None else None
    if fold(moved(old.heading, of.by)[0]).split() != fold(new.heading).split() and old.heading.strip():
        made.renamed.append((old.heading, new.heading))
    _take_text(old, new, spec, of.new.section(new.key), of, made, {})
    new.extra = {name: value for name, value in old.extra.items() if name not in OF_ITS_OWN} | new.extra


def _counterparts(of: Sources, template_sections: list[Section]) -> dict[int, Section]:
    """The new section of each old one that has one, by ``id()``: of the same key, else of the same meaning."""
    by_key = {section.key: section for section in reversed(list(walk_sections(template_sections)))}
    found: dict[int, Section] = {}
    claimed: set[int] = set()
    olds = list(walk_sections(of.plan.sections))
    for old in olds:
        new = by_key.get(old.key)
        if new is not None and id(new) not in claimed:
            found[id(old)] = new
            claimed.add(id(new))
    for old in olds:
        if id(old) in found:
            continue
        above = found.get(id(old.parent)) if isinstance(old.parent, Section) else None
        among = above.sections if above is not None else template_sections
        alike = [
            (same, new) for new in among if id(new) not in claimed and (same := _sameness(old, new, of)) >= _ALIKE
        ]  # fmt: skip
        if alike:
            new = max(alike, key=lambda one: one[0])[1]
            found[id(old)] = new
            claimed.add(id(new))
    return found


def _sameness(old: Section, new: Section, of: Sources) -> float:
    """How far a section's heading says that it is ``new``, as the new template calls that or as the old one did."""
    was = of.old.section(new.key) if of.old is not None else None
    headings = [new.heading, *([was.heading] if was is not None else [])]
    return max(_alike(words_of(old.heading), words_of(heading)) for heading in headings)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words in common; where nearly all of the shorter heading is in the longer one, nearly 1."""
    least, common = min(len(one), len(other)), len(one & other)
    if not least:
        return 0.0
    if (least >= 5 and common >= _MOST * least) or (least >= 3 and common == least):
        return common / least
    return common / len(one | other)


def words_of(text: str) -> frozenset[str]:
    """The words that a heading or the head of a column is about, without diacritics and years."""
    found = " ".join(_WORDS.findall(fold(text)))
    for short, long in _SHORT.items():
        found = re.sub(rf"\b{short}\b", long, found)
    return frozenset(word for word in found.split() if word not in _EMPTY and not re.fullmatch(r"(19|20)\d\d", word))
