"""Finding in the history of a plan: by what was done, by whom and to what, and by the texts and amounts in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from models.change_texts import is_amount, value_text
from models.folding import fold
from models.money import UNIT_NAMES
from models.past_changes import Key, made, name, texts_of
from models.template import Template

if TYPE_CHECKING:
    from models.store import PartChange


def holds(text: str, query: str) -> bool:
    """Whether each word of ``query`` is in ``text``; capitals and diacritics are no matter."""
    folded = fold(text)
    return all(word in folded for word in fold(query).split())


def found_edits(
    log: Iterable[tuple[int, PartChange]],
    query: str,
    labels: Mapping[int, str],
    names: Mapping[Key, str],
    template: Template,
) -> set[int]:
    """The edits that hold each word of ``query``; for a thread.

    ``log`` are the changes, the newest edit first; ``labels`` what else is said of each edit; ``names`` what the parts
    of the plan are called now. Those it has no longer are called as they were when they went.
    """
    words = fold(query).split()
    known = dict(names)
    found: set[int] = set()
    missing: dict[int, list[str]] = {}
    for edit, change in log:
        if edit in found:
            continue
        if change.before is None or change.after is None:
            known.setdefault(change.key, name(made(change.key[0], change.after or change.before or {})))
        left = missing.get(edit)
        text = _text(change, template, known.get(change.key, ""))
        if left is None:
            # Of one edit no more is kept than the words that were not met yet.
            left, text = words, f"{labels.get(edit, '')} {text}"
        folded = fold(text)
        missing[edit] = left = [word for word in left if word not in folded]
        if not left:
            found.add(edit)
    return found


def _text(change: PartChange, template: Template, named: str) -> str:
    """All that is shown of a change, in any unit that an amount may be shown in."""
    texts = [named]
    for field, value in texts_of(change, template):
        units = UNIT_NAMES if is_amount(field) else ("dong",)
        texts += [value_text(field, value, unit) for unit in units]
    return " ".join(texts)
