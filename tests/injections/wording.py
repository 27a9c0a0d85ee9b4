"""Mistakes in periods and in the words themselves."""

from __future__ import annotations

import copy
import re
from random import Random

from tests.injections import places
from tests.injections.bases import Base
from tests.injections.mistakes import Mistake, in_text, pick_task

_PERIOD = re.compile(r"(?<![\d/.\-–])(?P<first>20\d\d)(?P<dash>\s*[-–]\s*| đến năm )(?P<last>20\d\d)(?![\d/\-–])")


def period_in_text(base: Base, random: Random) -> Mistake | None:
    data = copy.deepcopy(base.document)
    found = [
        (text, match)
        for text in places.texts(data)
        for match in _PERIOD.finditer(text.value)
        if match["first"] < match["last"]
        and (match["dash"] != " đến năm " or text.value[: match.start()].endswith("từ năm "))
    ]
    if not found:
        return None
    text, match = random.choice(found)
    now = f"{match['last']}{match['dash']}{match['first']}"
    return in_text(data, text, match.start(), match.end(), now, ("period.order",))


def period_of_task(base: Base, random: Random) -> Mistake | None:
    found = pick_task(base, random, lambda at: bool(_PERIOD.fullmatch(at.row.get("time") or "")))
    if not found:
        return None
    row = found[1].row
    row["time"] = _PERIOD.sub(r"\g<last>\g<dash>\g<first>", row["time"])
    row["from"], row["to"] = row.get("to"), row.get("from")
    return Mistake(found[0], frozenset(("period.order",)), (found[1].pointer,), row["time"])


def year_outside(base: Base, random: Random) -> Mistake | None:
    """The time of one of the plan's own tasks, moved out of the plan's period."""
    first, last = base.document["period"]["from"], base.document["period"]["to"]
    found = pick_task(
        base, random, lambda at: at.above[0][1]["key"] == "tasks" and bool(at.row.get("from") and at.row.get("time"))
    )
    if not found:
        return None
    row = found[1].row
    begin, end = row["from"], row["to"]
    by = random.choice((first - end - random.randint(1, 8), last - begin + random.randint(1, 8)))
    row["time"] = re.sub(r"20\d\d", lambda year: str(int(year[0]) + by), row["time"])
    row["from"], row["to"] = begin + by, end + by
    return Mistake(found[0], frozenset(("period.outside",)), (found[1].pointer,), row["time"])


#: Words that are no repetition of themselves; others double to mean something ("dần dần", "luôn luôn").
_SMALL = frozenset(["các", "của", "cho", "được", "trong", "với", "và", "theo", "tại", "những"])
_RUN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")


def phrase_repeated(base: Base, random: Random) -> Mistake | None:
    """One small word or two to four words typed twice, in prose or in the words of a row."""
    data = copy.deepcopy(base.document)
    found = [text for text in places.texts(data) if len(text.value) > 30]
    text = random.choice(found)
    runs = [match for match in _RUN.finditer(text.value) if len(match[0].split(" ")) > 4 and "http" not in match[0]]
    if not runs:
        return None
    run = random.choice(runs)
    said = run[0].split(" ")
    length = random.randint(1, 4)
    starts = [
        at
        for at in range(1, len(said) - length)
        if (said[at] in _SMALL if length == 1 else len(set(said[at - 1 : at + length + 1])) == length + 2)
        and all(word.islower() for word in said[at : at + length])
        and not {"dần", "ngày", "từng", "luôn"} & set(said[at : at + length])
    ]
    if not starts:
        return None
    at = random.choice(starts)
    twice = [*said[: at + length], *said[at:]]
    return in_text(data, text, run.start(), run.end(), " ".join(twice), ("text.repeat",))
