"""What the checks find in a plan, as rules and JSON Pointers."""

from __future__ import annotations

from models import document
from models.checks import Finding, check
from models.plan import Plan
from models.template import get
from tests.plans import resolve

#: A rule and where it was found.
Place = tuple[str, str]


def findings(plan: Plan, *rules: str) -> list[Finding]:
    """The findings of ``rules`` (of all by default)."""
    return [finding for finding in check(plan, get(plan.template)) if not rules or finding.rule in rules]


def pointer(plan: Plan, finding: Finding) -> str:
    """The JSON Pointer of a finding; it leads to something in the document, or to a field missing there."""
    place = document.pointer(document.pointers(plan)[id(finding.part)], finding.part, finding.field)
    written = document.dump(plan)
    try:
        resolve(written, place)
    except (KeyError, TypeError):
        # Missing there, or in a group of fields that is itself given as null.
        above, _slash, name = place.rpartition("/")
        assert name in document_names(finding) or finding.field.partition("/")[0] in ("funding", "years", "indicators")
        if above not in ("/period", "/organisation", "/document", "/signature"):
            # These four are left out where they are empty; all else that holds a field is there.
            resolve(written, above)
    return place


def document_names(finding: Finding) -> set[str]:
    names = document.FIELD_NAMES[type(finding.part)].values()
    return {name.rpartition("/")[2] for name in names} | {"sections", "tables", "rows"}


def places(plan: Plan, *rules: str) -> list[Place]:
    return [(finding.rule, pointer(plan, finding)) for finding in findings(plan, *rules)]


def pointers(plan: Plan, rule: str) -> list[str]:
    return [place for _rule, place in places(plan, rule)]
