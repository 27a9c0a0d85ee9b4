"""Funding sources as offices name them, and which of a template's they are."""

from __future__ import annotations

import re

from models.folding import fold
from models.template import Template

_CENTRAL = re.compile(r"\b(?:ns ?tw|tw|trung uong)\b")
_LOCAL = re.compile(
    r"\b(?:ns ?dp|nst|dp|dia phuong|(?:ns|ngan sach|von)(?: cap| nha nuoc cap)?"
    r" (?:tinh|huyen|thanh pho|tp|thi xa|xa|phuong)|cap (?:tinh|huyen|xa))\b"
)
_INVESTMENT = re.compile(r"\b(?:dau tu|dtpt|dtc|dt|xdcb)\b")
_RECURRENT = re.compile(r"\b(?:su nghiep|sn|thuong xuyen|tx)\b")
_FOREIGN = re.compile(r"\b(?:oda|vay)\b")
_OTHER = re.compile(r"\b(?:khac|xa hoi hoa|xhh|hop phap)\b")
#: Words that make of a known name something else: the income of a service is no budget.
_UNCLEAR = re.compile(r"\bnguon thu\b")
_STATE = re.compile(r"\b(?:ns|nsnn|ngan sach|von|kinh phi|nguon)\b")
#: A name is short; what is longer explains.
_LONGEST = 80
_UNITS = re.compile(r"\((?:dvt|don vi(?: tinh)?)?:? *(?:[\d.]+ *)?(?:trd|tr|nghin|trieu|ty|dong|tr\.d)[^()]*\)")

Traits = tuple[frozenset[str], frozenset[str]]


def plain(text: str) -> str:
    """``text`` for comparing: without diacritics, capitals, units in parentheses and double blanks."""
    return " ".join(_UNITS.sub(" ", " ".join(fold(text).split())).split()).strip(" .:;,*")


def _traits(name: str) -> Traits:
    """Whose money it is, and of what kind, as far as the name says it."""
    whose = {
        trait
        for trait, pattern in (("central", _CENTRAL), ("local", _LOCAL), ("foreign", _FOREIGN), ("other", _OTHER))
        if pattern.search(name)
    }
    kind = {
        trait for trait, pattern in (("investment", _INVESTMENT), ("recurrent", _RECURRENT)) if pattern.search(name)
    }
    if "foreign" in whose:
        kind = set()
    return frozenset(whose), frozenset(kind)


class Sources:
    """The sources of a template, to be looked up by the names that offices give them."""

    def __init__(self, template: Template) -> None:
        self._exact: dict[str, str] = {}
        self._traits: dict[str, Traits] = {}
        for source in template.sources:
            self._exact |= {plain(source.label): source.key, plain(source.short): source.key}
            self._traits[source.key] = _traits(plain(f"{source.label} {source.short}"))
        self._found: dict[str, str] = {}

    def key(self, name: str) -> str:
        """The key of the one source that ``name`` can mean; empty where it may be several, or none."""
        if name not in self._found:
            self._found[name] = self._key(plain(name))
        return self._found[name]

    def _key(self, name: str) -> str:
        if name in self._exact:
            return self._exact[name]
        if not name or len(name) > _LONGEST or _UNCLEAR.search(name):
            return ""
        whose, kind = _traits(name)
        if len(whose) > 1 or len(kind) > 1 or not (whose or kind):
            return ""
        same = [key for key, traits in self._traits.items() if (whose, kind) == traits]
        fitting = same or [key for key, traits in self._traits.items() if whose <= traits[0] and kind <= traits[1]]
        return fitting[0] if len(fitting) == 1 else ""

    def is_name(self, text: str) -> bool:
        """Whether ``text`` names a source at all, clear or not."""
        name = plain(text)
        if not name or len(name) > _LONGEST:
            return False
        whose, kind = _traits(name)
        return name in self._exact or bool(whose or (kind and _STATE.search(name))) or name in ("nsnn", "ngan sach")
