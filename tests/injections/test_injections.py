"""One mistake in each of 1,000 plans: how many the checks see; and that they see none where there is none."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from models.words import parse_words
from tests.injections.bases import Base
from tests.injections.kinds import KINDS
from tests.injections.mistakes import slip
from tests.injections.run import Report, clean, findings, run
from tests.models.reader.seeds import READING

NUMBER = 1000


@pytest.fixture(scope="module")
def plans() -> list[Base]:
    return clean(60)


@pytest.fixture(scope="module")
def report(plans: list[Base]) -> Report:
    return run(NUMBER, plans)


def test_nothing_is_marked_in_a_clean_plan(plans: list[Base]) -> None:
    """No error at all, and nothing that reading finds; a low share for security may be told."""
    told = Counter(
        (plan.name, found.rule, found.message)
        for plan in plans
        for _told, (_place, found) in findings(plan.document)
        if found.severity == "error" or found.rule in READING
    )
    assert not told


def test_mistakes_are_found(report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print("", *report.lines(), sep="\n")
    assert report.made.total() == NUMBER
    assert report.share(arithmetic=True) >= 0.99
    assert report.share() >= 0.95


def test_no_kind_is_left_out(report: Report) -> None:
    """Each kind is put in as often as any other, and most of each is found."""
    assert {kind.name for kind in KINDS} == set(report.made)
    assert max(report.made.values()) - min(report.made.values()) <= 1
    poor = {name: report.found[name] for name, made in report.made.items() if report.found[name] < 0.7 * made}
    assert not poor


def test_a_mistake_is_a_mistake(plans: list[Base]) -> None:
    """What is put in differs from the plan it is put into, which stays as it was."""
    random = Random(1)
    for kind in KINDS:
        for plan in random.sample(plans, 8):
            before = repr(plan.document)
            mistake = kind.inject(plan, random)
            assert repr(plan.document) == before
            if mistake:
                assert mistake.document != plan.document
                assert mistake.rules and mistake.places and mistake.said


def test_the_same_plans_each_time() -> None:
    one, two = clean(6), clean(6)
    assert [plan.document for plan in one] == [plan.document for plan in two]


def test_slipped_figures() -> None:
    random = Random(2)
    for text in ("5.039,772", "100", "77", "2.215.000.000", "07", "9"):
        for _ in range(200):
            now = slip(text, random)
            assert now != text
            assert len(now) == len(text)
            assert [letter for letter in now if not letter.isdigit()] == [
                letter for letter in text if not letter.isdigit()
            ]
            assert text.startswith("0") or not now.startswith("0")


def test_words_in_the_clean_plans_are_right(plans: list[Base]) -> None:
    """The sentences' own tokens: words that can be read, at least."""
    said = [
        token.text
        for plan in plans
        for sentence in plan.sentences
        for _at, token in sentence.tokens()
        if token.kind == "words"
    ]
    assert said
    assert all(parse_words(words) for words in said)
