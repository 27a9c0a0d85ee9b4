"""The checks over the five real plans: every mistake of their authors that a reader can see, and nothing else."""

from __future__ import annotations

from collections import Counter

import pytest

from models.document import pointers
from models.plan import Plan, walk_sections
from models.text import plain
from tests.models.reader import seeds
from tests.models.reader.labels import LABELS, TRAPS, WITHOUT_A_RULE


@pytest.fixture(scope="module")
def texts() -> dict[int, str]:
    found = seeds.texts()
    if not found:
        pytest.skip("the texts of the real plans are not here (KHS_SEEDS); their fixtures are read")
    return found


@pytest.fixture(scope="module")
def text_plans(texts: dict[int, str]) -> dict[int, Plan]:
    return {number: seeds.text_plan(number, text) for number, text in texts.items()}


def test_the_lists_are_of_these_texts(texts: dict[int, str]) -> None:
    """Each quote stands in its plan as often as it is said to, so that no list speaks of what is not there."""
    plain_texts = {number: _one_line(text) for number, text in texts.items()}
    for label in LABELS:
        assert plain_texts[label.plan].count(_one_line(label.quote)) >= label.texts, label
    for number, quote, _why in (*((trap.plan, trap.quote, trap.why) for trap in TRAPS), *WITHOUT_A_RULE):
        assert _one_line(quote) in plain_texts[number], quote
    assert all(len(label.quote.split()) <= 8 for label in LABELS)


def test_a_text_becomes_a_plan_whole(texts: dict[int, str], text_plans: dict[int, Plan]) -> None:
    """Every line of the prose is in a section or a basis: nothing is spared the reader."""
    for number, plan in text_plans.items():
        held = "\n".join(
            [section.text for section in walk_sections(plan.sections)] + [basis.text for basis in plan.legal_bases]
        )
        headings = {_one_line(section.heading).casefold() for section in walk_sections(plan.sections)}
        lines = Counter(line for line in texts[number].split("\n") if "\t" not in line and line.strip())
        kept = _one_line(held)
        lost = [
            line
            for line in lines
            if _one_line(line).strip(" -;.") not in kept
            and not any(head and head[:12] in _one_line(line).casefold() for head in headings)
        ]
        assert not lost, (number, lost[:3])
        assert len(pointers(plan)) > 40


def test_texts_of_the_real_plans(text_plans: dict[int, Plan], capsys: pytest.CaptureFixture[str]) -> None:
    result = seeds.outcome(text_plans, lambda label: label.texts)
    with capsys.disabled():
        print("", *result.lines("texts of the real plans"), sep="\n")
    assert not result.wrong
    assert not result.trapped
    assert not result.missed


def test_fixtures_of_the_real_plans(capsys: pytest.CaptureFixture[str]) -> None:
    result = seeds.outcome(seeds.fixture_plans(), lambda label: label.fixtures)
    with capsys.disabled():
        print("", *result.lines("fixtures of the real plans"), sep="\n")
    assert not result.wrong
    assert not result.trapped
    assert not result.missed


def _one_line(text: str) -> str:
    return " ".join(plain(seeds.without_marks(text)).split())
