"""Mistakes in figures that a text or the indicators tell."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from random import Random

from models import template
from models.words import parse_words
from tests.injections import places
from tests.injections.bases import Base
from tests.injections.mistakes import Injector, Mistake, slip
from tests.injections.sentences import Sentence

_TOLD = {
    "total": ("total.text", "words.text"),
    "figure": ("words.text", "total.text"),
    "words": ("words.text",),
    "sum": ("indicator.parts", "total.text"),
    "count": ("indicator.parts", "indicator.share"),
    "share": ("indicator.share",),
}


def in_sentence(kinds: Iterable[str], change: Callable[[Sentence, int, str, Random], str | None]) -> Injector:
    """Changes one token of such a kind in a sentence."""

    def inject(base: Base, random: Random) -> Mistake | None:
        found = [
            (sentence, at, token)
            for sentence in base.sentences
            for at, token in sentence.tokens()
            if token.kind in kinds
        ]
        if not found:
            return None
        sentence, at, token = random.choice(found)
        now = change(sentence, at, token.text, random)
        return None if now is None else _in_line(base, sentence, now, _TOLD[token.kind], token.text)

    return inject


def _in_line(base: Base, sentence: Sentence, now: str, rules: Iterable[str], was: str) -> Mistake | None:
    data = copy.deepcopy(base.document)
    pointer, section = next(found for found in places.sections(data) if found[1]["key"] == sentence.section)
    if section["text"].count(sentence.text) != 1:
        return None
    section["text"] = section["text"].replace(sentence.text, now)
    # A sum may be told over several lines; then the finding is at the one with the whole.
    near = section["text"] if "indicator.parts" in rules else now
    return Mistake(data, frozenset(rules), (f"{pointer}/text",), f"“{was}”: {now}", near)


def digits(sentence: Sentence, at: int, text: str, random: Random) -> str | None:
    now = slip(text, random)
    if now.lstrip("0") == text.lstrip("0"):
        return None
    return sentence.changed(at, now)


def thousandfold(sentence: Sentence, at: int, text: str, random: Random) -> str | None:
    """Three noughts more or less where the unit is đồng, tỷ for triệu where it is triệu."""
    after = sentence.pieces[at + 1]
    assert isinstance(after, str)
    if "triệu" in after[:8]:
        line = sentence.changed(at, text)
        start = len("".join(piece if isinstance(piece, str) else piece.text for piece in sentence.pieces[: at + 1]))
        return line[:start] + line[start:].replace("triệu", random.choice(("tỷ", "nghìn")), 1)
    return sentence.changed(at, text.removesuffix(".000") if text.endswith(".000") else text + ".000")


_NUMBER_WORDS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("nghìn", "triệu", "tỷ")


def other_word(sentence: Sentence, at: int, text: str, random: Random) -> str | None:
    """One number word for another."""
    said = text.split(" ")
    kinds = [
        (place, kind) for place, word in enumerate(said) for kind in (_NUMBER_WORDS, _SCALES) if word.lower() in kind
    ]
    place, kind = random.choice(kinds)
    word = random.choice([word for word in kind if word != said[place].lower()])
    said[place] = word.capitalize() if said[place][0].isupper() else word
    now = " ".join(said)
    return None if parse_words(now) == parse_words(text) else sentence.changed(at, now)


def indicator(base: Base, random: Random) -> Mistake | None:
    """In one of the numbers of a whole and its parts, all of which are given."""
    data = copy.deepcopy(base.document)
    values = data.get("indicators") or {}
    wholes = [spec for spec in template.get(data["template"]).indicators if spec.parts]
    keys = [key for spec in wholes for key in (spec.key, *spec.parts) if {spec.key, *spec.parts} <= values.keys()]
    if not keys:
        return None
    key = random.choice(keys)
    was = values[key]
    values[key] = int(slip(str(was), random))
    rules = frozenset(("indicator.parts", "indicator.share"))
    return Mistake(data, rules, ("/indicators", "/sections"), f"{key}: {was} → {values[key]}")
