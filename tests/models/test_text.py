"""The text of sections: paragraphs, bullets, bold and italic, placeholders, names of appendices."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import document, totals
from models.money import LIMIT
from models.plan import Plan, Section, Table
from models.template import get
from models.text import (
    PLACEHOLDER,
    Run,
    appendices,
    appendix_names,
    clean,
    expand,
    expanded,
    format_number,
    paragraphs,
    placeholder_names,
    placeholders,
    plain,
    runs,
    security_table,
)
from tests.plans import MILLION, NUMBERS, fixture_plan, plans, register, small_plan, task, tasks, texts

YEARLY = get("chinh-quyen-so-2022")


# ---- paragraphs


def kinds(text: str) -> list[tuple[str, str]]:
    return [(paragraph.kind, paragraph.plain) for paragraph in paragraphs(text)]


def test_an_empty_line_ends_a_paragraph() -> None:
    assert kinds("một\n\nhai\n  \n\nba") == [("text", "một"), ("text", "hai"), ("text", "ba")]


def test_bullets_of_two_levels() -> None:
    assert kinds("Gồm:\n- một\n+ con\n- hai\n\nHết") == [
        ("text", "Gồm:"), ("bullet", "một"), ("subbullet", "con"), ("bullet", "hai"), ("text", "Hết"),
    ]  # fmt: skip


def test_a_line_goes_on_with_the_one_before() -> None:
    assert kinds("một\nhai\n- ba\nbốn") == [("text", "một\nhai"), ("bullet", "ba\nbốn")]


def test_what_only_looks_like_a_bullet_is_text() -> None:
    assert kinds("-một\n\n+2%\n\n-\n\n--\n\n– dài") == [("text", x) for x in ("-một", "+2%", "-", "--", "– dài")]


def test_spaces_around_lines_do_not_count() -> None:
    assert kinds("  - một  \n   + hai ") == [("bullet", "một"), ("subbullet", "hai")]
    assert kinds("") == kinds("\n \n") == []


@given(texts)
def test_no_word_is_lost_between_paragraphs(text: str) -> None:
    without_bullets = [line.strip().removeprefix("- ").removeprefix("+ ") for line in text.split("\n")]
    words = " ".join(plain_of for line in without_bullets for plain_of in line.split()).replace("*", "")
    shown = " ".join(paragraph.plain for paragraph in paragraphs(text)).replace("*", "")
    assert "".join(shown.split()).replace("-", "").replace("+", "") == "".join(words.split()).replace("-", "").replace(
        "+", ""
    )


# ---- bold and italic


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("thường", (Run("thường"),)),
        ("a **b** c", (Run("a "), Run("b", bold=True), Run(" c"))),
        ("a *b* c", (Run("a "), Run("b", italic=True), Run(" c"))),
        ("**a *b* c**", (Run("a ", bold=True), Run("b", bold=True, italic=True), Run(" c", bold=True))),
        ("***a***", (Run("a", bold=True, italic=True),)),
        ("2 * 3", (Run("2 "), Run("*"), Run(" 3"))),
        ("a ** b", (Run("a "), Run("**"), Run(" b"))),
        ("(*) ghi chú", (Run("("), Run("*"), Run(") ghi chú"))),
        ("", ()),
    ],
)
def test_runs(text: str, cut: tuple[Run, ...]) -> None:
    assert runs(text) == cut


@given(st.text(st.sampled_from("ab *"), max_size=20))
def test_only_marks_that_have_a_partner_are_taken_away(text: str) -> None:
    shown = plain(text)
    assert shown.replace("*", "") == text.replace("*", "")
    assert shown.count("*") <= text.count("*")
    assert (text.count("*") - shown.count("*")) % 2 == 0


# ---- placeholders


def value(plan: Plan, name: str) -> str | None:
    template = get(plan.template)
    return placeholders(plan, template, totals.compute(plan))(name)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("total:tasks", "120.000.000 đồng"),
        ("total_million:tasks", "120 triệu đồng"),
        ("words:tasks", "Một trăm hai mươi triệu đồng"),
        ("share:security", "16,67%"),
        ("indicator:computers", "1.077"),
        ("indicator:servers", "0"),
        ("indicator:own", "37,04"),
        ("year", "2022"),
        ("previous_year", "2021"),
        ("appendix:tasks", "Phụ lục"),
        ("total:missing", None),
        ("total:software", None),
        ("appendix:software", None),
        ("appendix:missing", None),
        ("indicator:missing", None),
        ("share:other", None),
        ("total", None),
        ("years", None),
        ("", None),
        (":", None),
        ("total:", None),
        ("Total:tasks", None),
        ("total: tasks", None),
    ],
)
def test_placeholders(name: str, printed: str | None) -> None:
    table = tasks(task(total=100 * MILLION), task(total=20 * MILLION, security=True))
    software = register(["Văn phòng điện tử", "2011"], section="review.apps")
    plan = small_plan(table, software, indicators={"computers": 1077, "own": 37.04})
    assert value(plan, name) == printed


def test_placeholders_without_what_they_speak_of() -> None:
    plan = small_plan(tasks(task()), period_from=None, period_to=None)
    assert (value(plan, "year"), value(plan, "previous_year")) == (None, None)
    assert (value(plan, "total:tasks"), value(plan, "words:tasks")) == ("0 đồng", "Không đồng")
    assert value(plan, "share:security") == "–"
    assert value(small_plan(register()), "share:security") is None


def test_an_amount_beyond_all_limits_still_prints() -> None:
    plan = small_plan(tasks(*(task(str(n), LIMIT) for n in range(1001))))
    assert value(plan, "words:tasks") == value(plan, "total:tasks") == "1.001.000.000.000.000.000 đồng"
    assert value(small_plan(tasks(task(total=-5))), "words:tasks") == "Âm năm đồng"


def test_expanding_leaves_what_is_unknown() -> None:
    text = "Tổng {total:tasks}, {lạ}, {total:tasks}, { }, {}, {a\nb}"
    known = {"total:tasks": "{year}"}
    assert expand(text, known.get) == "Tổng {year}, {lạ}, {year}, { }, {}, {a\nb}"
    assert expand("không có", known.get) == "không có"


def test_expanded_text_of_a_real_plan() -> None:
    plan = fixture_plan(2)
    printed = expanded(plan, get(plan.template))("{total:tasks} (*Bằng chữ: {words:tasks}*), {appendix:tasks}")
    assert printed == "405.000.000 đồng (*Bằng chữ: Bốn trăm lẻ năm triệu đồng*), Phụ lục"


@pytest.mark.parametrize("number", NUMBERS)
def test_offered_placeholders_are_known(number: int) -> None:
    plan = fixture_plan(number)
    for name in placeholder_names(plan, get(plan.template)):
        assert value(plan, name) is not None, name
        assert PLACEHOLDER.fullmatch(f"{{{name}}}")


@given(plans(), texts)
def test_expanding_never_fails(plan: Plan, text: str) -> None:
    printed = expanded(plan, get(plan.template))(
        text + "{words:tasks}{share:security}{appendix:tasks}{indicator:computers}"
    )
    assert isinstance(printed, str)


# ---- appendices


def appendix(key: str, **fields: object) -> Table:
    return tasks(task(), **({"key": key} | fields))


def test_one_appendix_has_no_number_and_several_have() -> None:
    plan = small_plan(appendix("tasks"))
    assert list(appendix_names(plan, YEARLY).values()) == ["Phụ lục"]
    plan = small_plan(appendix("spending"), appendix("own"), appendix("tasks"))
    assert list(appendix_names(plan, YEARLY).values()) == ["Phụ lục I", "Phụ lục II", "Phụ lục III"]


def test_what_is_printed_in_a_section_is_no_appendix() -> None:
    inside = appendix("software", section="review.apps")
    astray = appendix("own", section="no.such.section")
    plan = small_plan(inside, astray, tasks())
    assert appendices(plan, YEARLY) == [astray, plan.tables[2]]


def test_an_empty_table_is_an_appendix_only_where_it_is_required() -> None:
    plan = small_plan(tasks(key="spending"), tasks())
    assert [table.key for table in appendices(plan, YEARLY)] == ["tasks"]
    assert appendices(small_plan(tasks(key="spending")), YEARLY) == []


def test_a_section_without_a_key_holds_no_tables() -> None:
    plan = small_plan()
    plan.sections.append(Section(heading="Mục khác"))
    assert appendices(plan, YEARLY) == plan.tables


def test_appendices_of_plan_004() -> None:
    plan = fixture_plan(4)
    names = appendix_names(plan, get(plan.template))
    assert [names[id(table)] for table in plan.tables] == [f"Phụ lục {n}" for n in ("I", "II", "III", "IV")]


def test_the_table_of_the_security_share_is_the_plans_own() -> None:
    plan = small_plan(tasks(task(), key="spending"), register(key="tasks"), tasks(task()))
    assert security_table(plan, YEARLY) is plan.tables[2]
    assert security_table(small_plan(tasks(key="spending")), YEARLY) is None


# ---- numbers, cleaning


@pytest.mark.parametrize(
    ("number", "printed"),
    [
        (0, "0"),
        (1234, "1.234"),
        (37.04, "37,04"),
        (37.0, "37"),
        (1234567.5, "1.234.567,5"),
        (-3.25, "-3,25"),
        (0.00001, "0"),
    ],
)
def test_numbers(number: float, printed: str) -> None:
    assert format_number(number) == printed


@given(st.text())
def test_cleaned_text_is_taken_by_the_document(text: str) -> None:
    plan = Plan(id="a", template="b", sections=[Section(key="k", text=clean(text))])
    again = document.from_bytes(document.to_bytes(plan))
    assert again.sections[0].text == plan.sections[0].text == clean(clean(text))


def test_cleaning_keeps_lines_and_words() -> None:
    assert clean("a\r\nb\rc\u2028d\te\x00f") == "a\nb\nc\nd ef"
    assert clean("e\u0302\u0301") == "ế"
