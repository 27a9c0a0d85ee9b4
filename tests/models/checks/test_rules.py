"""Why something is a finding: every rule in words with its source, and the figures of a finding as its sentence has them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import template
from models.checks import SEVERITIES, Finding, Fix
from models.checks.fixes import merged
from models.checks.rules import OF_CATALOGUE, OF_TEMPLATE, OWN, RULES, explanation, figures, source
from models.plan import LegalBasis, Plan, Section
from tests.models.checks.found import findings
from tests.plans import MILLION, fixture_plan, small_plan, task, tasks

#: The laws that the project's papers name (formatting-nd30.md, the templates), and no others.
KNOWN_LAWS = ("Nghị định 30/2020/NĐ-CP", "Nghị định 224/2026/NĐ-CP", "Luật An ninh mạng 116/2025/QH15")


def test_every_rule_is_in_words_and_no_other():
    assert set(RULES) == set(SEVERITIES)


@pytest.mark.parametrize("rule", SEVERITIES)
@pytest.mark.parametrize("name", template.known())
def test_a_rule_says_what_it_compares_what_to_do_and_whence_it_is(rule: str, name: str):
    found = explanation(rule, template.get(name))
    assert [label for label, _sentence in found] == ["So sánh", "Cách sửa", "Căn cứ"]
    for _label, sentence in found:
        assert sentence.endswith(".") and "{" not in sentence and sentence[0].isupper()
    assert not RULES[rule].title.endswith(".")


@pytest.mark.parametrize("rule", SEVERITIES)
@pytest.mark.parametrize("name", template.known())
def test_no_law_is_named_that_the_papers_do_not_name(rule: str, name: str):
    said = source(rule, template.get(name))
    laws = re.findall(r"(?:Nghị định|Luật|Thông tư|Quyết định)[^.;:,]*?\d+/\d{4}/[\w-]+", said)
    assert all(law.startswith(KNOWN_LAWS) for law in laws)
    assert laws or RULES[rule].source in (OWN, OF_CATALOGUE, OF_TEMPLATE)


def test_a_rule_of_the_template_names_its_law():
    of_2027, of_2022 = template.get("chuyen-doi-so-2027"), template.get("chinh-quyen-so-2022")
    assert "Luật An ninh mạng 116/2025/QH15, khoản 1 Điều 38" in source("share.security", of_2027)
    assert "10%" in source("share.security", of_2022)
    assert "Nghị định 224/2026/NĐ-CP, Điều 7" in source("section.missing", of_2027)
    assert source("section.missing", of_2022) == f"Mẫu “{of_2022.name}”."
    assert "Nghị định 30/2020/NĐ-CP" in source("header.missing", of_2022)
    assert source("total.stated", of_2027) == OWN


def test_figures_are_those_of_the_sentence():
    (stated,) = findings(fixture_plan(0), "total.stated")
    assert figures(stated) == ("5.039,722 triệu đồng", "5.039,772 triệu đồng")
    (share,) = findings(fixture_plan(0), "share.security")
    assert figures(share)[1] == "ít nhất 10%"


def test_figures_without_a_sentence_of_their_own():
    base = LegalBasis(kind="Thông tư", number="17/2019/TT-BKHCN", date="2022-02-01")
    plan = small_plan(tasks(task("A", -5 * MILLION)), legal_bases=[base])
    (year,) = findings(plan, "basis.year")
    assert figures(year) == ("2022", "2019")
    (future,) = findings(plan, "basis.future")
    assert figures(future) == ("01/02/2022", "không sau 31/10/2021")
    assert figures(findings(plan, "amount.negative")[0]) == ("-5 triệu đồng", "từ 0 trở lên")
    (missing,) = findings(small_plan(subject=""), "header.missing")
    assert figures(missing) == ("", "")


@pytest.mark.parametrize("number", range(5))
def test_figures_of_all_findings_of_the_real_plans(number: int):
    for finding in findings(fixture_plan(number)):
        actual, expected = figures(finding)
        assert not re.search(r"\d{7,}|Fraction|None", f"{actual} {expected}")


# ---- many fixes at once


def a_fix(part: Plan | Section, field: str, value: object) -> Finding:
    return Finding("words.text", part, field, "", fix=Fix("", field, value))


def test_fixes_of_different_parts_are_made_each():
    one, other = Section(text="a"), Section(text="b")
    assert merged([a_fix(one, "text", "x"), a_fix(other, "text", "y"), Finding("r", one, "", "")]) == [
        (one, "text", "x"),
        (other, "text", "y"),
    ]


def test_fixes_of_one_dictionary_are_put_together():
    plan = small_plan(indicators={"a": 1, "b": 2, "c": 3})
    found = [a_fix(plan, "indicators", {"a": 9, "b": 2, "c": 3}), a_fix(plan, "indicators", {"a": 1, "b": 8, "c": 3})]
    assert merged(found) == [(plan, "indicators", {"a": 9, "b": 8, "c": 3})]


def test_fixes_of_one_text_are_put_together():
    text = "Tổng 5 triệu đồng (bằng chữ: Sáu triệu đồng), thêm 7 triệu đồng (bằng chữ: Tám triệu đồng)."
    plan = small_plan()
    section = plan.sections[1].sections[2]
    section.text = text
    found = findings(plan, "words.text")
    assert len(found) == 2
    ((part, field, value),) = merged(found)
    assert (part, field) == (section, "text")
    assert value == text.replace("Sáu triệu", "Năm triệu").replace("Tám triệu", "Bảy triệu")
    section.text = value
    assert findings(plan, "words.text") == []


@given(st.lists(st.text("abc", max_size=4), min_size=1, max_size=6), st.data())
def test_any_words_of_a_text_can_be_put_right_together(words: list[str], data: st.DataObject):
    numbered = [f"{n}:{word}" for n, word in enumerate(words)]
    section = Section(text=" | ".join(numbered))
    wrong = data.draw(st.sets(st.integers(0, len(words) - 1), min_size=1))
    right = [f"{n}:{word.upper()}!" if n in wrong else f"{n}:{word}" for n, word in enumerate(words)]
    found = []
    for place in sorted(wrong):
        alone = [*numbered[:place], right[place], *numbered[place + 1 :]]
        found.append(a_fix(section, "text", " | ".join(alone)))
    assert merged(found) == [(section, "text", " | ".join(right))]
