"""Templates: those shipped are whole and in good order, and a faulty one is told by file and field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import msgspec
import pytest

from models import resources
from models.errors import TemplateError
from models.template import (
    Column,
    Indicator,
    Layout,
    TableSpec,
    Template,
    fill_years,
    forget,
    get,
    known,
    load,
    parse,
    parse_percent,
    walk,
)

SHIPPED = ["chinh-quyen-so-2021-2025", "chinh-quyen-so-2022", "chuyen-doi-so-2027"]
SIX_SOURCES = {"central_investment", "central_recurrent", "local_investment", "local_recurrent", "oda", "other"}
REVIEW = ["legal", "infrastructure", "platforms", "data", "apps", "people", "security", "budget", "assessment"]
TASKS = ["legal", "infrastructure", "platforms", "data", "apps", "security", "people"]
PLAN = ["bases", "goal", "targets", "tasks", "solutions", "budget", "organisation", "tasklist"]
#: Fields of a template that name things, and are no text for a reader.
NAMES = {"id", "key", "field", "section", "sections", "symbol", "parts", "ratio_of", "percent_of", "totals"}

each = pytest.mark.parametrize("template", SHIPPED, indirect=True)


@pytest.fixture
def template(request: pytest.FixtureRequest) -> Template:
    return get(request.param)


def required(template: Template) -> set[str]:
    return {section.key for section in walk(template.sections) if section.required}


def table(template: Template, key: str) -> TableSpec:
    found = template.table(key)
    assert found is not None
    return found


def layout(template: Template, table_key: str, key: str) -> Layout:
    return next(found for found in table(template, table_key).layouts if found.key == key)


def indicator(template: Template, key: str) -> Indicator:
    found = template.indicator(key)
    assert found is not None
    return found


def fields(found: Layout) -> list[str]:
    return [column.field for column in found.columns]


def texts(part: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text for a reader in a template, with the name of its field."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from texts(value, key)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from texts(value, name)
    elif isinstance(part, str) and name not in NAMES:
        yield name, part


# ---- the shipped templates


def test_the_shipped_templates_are_known() -> None:
    assert set(SHIPPED) <= set(known())


@each
def test_texts_are_clean(template: Template) -> None:
    for name, text in texts(msgspec.to_builtins(template)):
        assert text == text.strip(), name
        assert unicodedata.is_normalized("NFC", text), text
        assert "  " not in text, text
        assert "\n" not in text, text


@each
def test_every_section_and_table_says_what_to_write(template: Template) -> None:
    for section in walk(template.sections):
        assert section.hint or section.key == "plan", section.key
        assert len(re.findall(r"[.;](?=\s|$)", section.hint)) <= 4, section.key
    for spec in template.tables:
        assert spec.title and spec.label and spec.hint, spec.key


@each
def test_headings_have_no_numbers_and_capitals_where_they_are_printed_so(template: Template) -> None:
    styles = template.outline
    for depth, sections in levels(template):
        for section in sections:
            heading = fill_years(section.heading, template.default_from, template.default_from + template.years - 1)
            assert not re.match(r"([IVX]+|\d+(\.\d+)*|[a-zđ])[.)]\s", heading), heading
            assert "{" not in heading
            assert not heading.endswith((".", ":"))
            if styles[depth] in ("Phần I", "I"):
                assert heading == heading.upper()
            else:
                assert heading[0].isupper()
                assert heading != heading.upper()


def levels(template: Template) -> Iterator[tuple[int, list]]:
    depth, sections = 0, list(template.sections)
    while sections:
        yield depth, sections
        depth, sections = depth + 1, [child for section in sections for child in section.sections]


@each
def test_the_outline_has_the_sections_of_the_plan_format(template: Template) -> None:
    keys = [section.key for section in walk(template.sections)]
    assert keys[0] == "review"
    for key in REVIEW:
        assert f"review.{key}" in keys
    for key in PLAN:
        assert f"plan.{key}" in keys
    tasks = template.section("plan.tasks")
    assert tasks is not None
    assert [section.key for section in tasks.sections] == [f"plan.tasks.{key}" for key in TASKS]
    for section in walk(template.sections):
        for child in section.sections:
            assert child.key.startswith(section.key + ".")
    assert len(template.outline) >= max(depth for depth, _sections in levels(template)) + 1


@each
def test_the_plans_own_list_of_tasks_is_required_and_the_only_one_of_its_years(template: Template) -> None:
    assert [spec.key for spec in template.tables if spec.required] == ["tasks"]
    assert [spec.key for spec in template.tables if spec.span == "plan"] == ["tasks"]
    assert not table(template, "tasks").section
    assert table(template, "tasks").unit == "million"
    assert table(template, "tasks").words


@each
def test_the_budget_section_speaks_of_the_table_of_tasks(template: Template) -> None:
    section = template.section("plan.budget")
    assert section is not None
    assert section.totals == ("tasks",)
    assert re.search(r"\{total(_million)?:tasks\}", section.text)
    assert "{words:tasks}" in section.text
    assert "{appendix:tasks}" in section.text


@each
def test_placeholders_in_texts_are_those_a_plan_knows(template: Template) -> None:
    """Starter texts only speak of a table that is always there: an empty one is no appendix and has no name."""
    for section in walk(template.sections):
        for name in re.findall(r"\{(.*?)\}", section.text):
            assert name in ("year", "previous_year") or re.fullmatch(
                r"(total|total_million|words|appendix):tasks|share:security", name
            ), name
        for kind, key in re.findall(r"\{(\w+):(\w+)\}", section.hint):
            assert kind in ("total", "total_million", "words", "share")
            assert key == "security" or template.table(key), key


@each
def test_no_year_is_left_open(template: Template) -> None:
    last = template.default_from + template.years - 1
    for name, text in texts(msgspec.to_builtins(template)):
        if name not in ("hint", "text"):
            assert "{" not in fill_years(text, template.default_from, last), text


@each
def test_columns_fit_the_page(template: Template) -> None:
    """Printed with about 10 mm for the number: 247 mm across a page that lies, 165 mm on one that stands."""
    for spec in template.tables:
        for found in spec.layouts:
            spread = [column.width * (template.years if column.field == "years.*" else 1) for column in found.columns]
            if "funding.*" in fields(found):
                # Spread over the sources in use; with up to five of them the page is not overfull.
                spare = next(column.width for column in found.columns if column.field == "funding.*")
                assert sum(spread) + 10 + 4 * spare <= 247, (spec.key, found.key)
            else:
                assert sum(spread) + 10 in (165, 247), (spec.key, found.key)
            assert fields(found)[0] == "task"
            assert len(set(fields(found))) == len(found.columns)


@each
def test_funding_columns_stand_under_one_head(template: Template) -> None:
    for spec in template.tables:
        for found in spec.layouts:
            heads = [column.head for column in found.columns if column.field.startswith("funding.")]
            assert all(head == "Nguồn vốn" for head in heads)
            places = [index for index, column in enumerate(found.columns) if column.head]
            assert places == list(range(min(places, default=0), max(places, default=-1) + 1))


@each
def test_sources(template: Template) -> None:
    assert {source.key for source in template.sources} >= SIX_SOURCES
    assert template.source("local_investment").short == "NSĐP đầu tư"
    assert template.source("lottery").label == "lottery"
    labels = [source.label for source in template.sources]
    assert len(set(labels)) == len(labels)


@each
def test_indicators_are_asked_for_in_the_review(template: Template) -> None:
    for spec in template.indicators:
        assert spec.section.startswith("review."), spec.key
        assert spec.unit, spec.key
    assert indicator(template, "computers_online").ratio_of == "computers"
    assert indicator(template, "computers_antivirus").ratio_of == "computers"
    assert indicator(template, "staff_it").ratio_of == "staff"
    stated = [spec for spec in template.indicators if spec.percent_of]
    assert stated
    assert all(spec.unit == "%" and spec.percent_of[1] == "files_total" for spec in stated)


@each
def test_head_and_foot_of_the_document(template: Template) -> None:
    assert template.kind == "KẾ HOẠCH"
    assert template.symbol == "KH"
    assert template.closing
    assert template.closing[-1] not in "./;"
    assert template.recipients[0].startswith(template.addressee)
    assert template.recipients[-1] == "Lưu: VT"
    assert not any(line.endswith((";", ".")) for line in template.recipients)


def test_the_plan_of_2022() -> None:
    template = get("chinh-quyen-so-2022")
    assert required(template) == {
        "review.legal",
        "review.infrastructure",
        "review.apps",
        "review.people",
        "review.security",
        "plan.targets",
        "plan.tasks",
        "plan.organisation",
    }
    assert (template.years, template.default_from) == (1, 2022)
    assert template.addressee == "Sở Thông tin và Truyền thông"
    assert template.security_limit == Fraction(1, 10)
    assert template.outline == ("Phần I", "I", "1", "a")
    assert {source.key for source in template.sources} == SIX_SOURCES

    assert [found.key for found in table(template, "tasks").layouts] == ["simple", "sources", "no-amounts"]
    assert fields(layout(template, "tasks", "simple")) == ["task", "objective", "lead", "time", "total", "note"]
    by_source = layout(template, "tasks", "sources")
    assert by_source.numbered
    assert [(column.head, column.label) for column in by_source.columns if column.head] == [
        ("Nguồn vốn", "NSNN SN"),
        ("Nguồn vốn", "NSNN đầu tư"),
    ]
    assert "total" not in fields(layout(template, "tasks", "no-amounts"))
    assert layout(template, "tasks", "no-amounts").columns[-1] == Column(field="note", label="Nguồn kinh phí", width=19)

    spending = table(template, "spending")
    assert (spending.unit, spending.span, spending.section) == ("dong", "previous", "")
    assert fields(spending.layouts[0]) == ["task", "objective", "total", "note", "time", "result"]
    assert table(template, "software").section == "review.apps"
    assert table(template, "software").columns == (
        "Tên phần mềm, CSDL",
        "Hiện trạng",
        "Năm trang bị",
        "Đối tượng sử dụng",
    )
    review = template.section("review.budget")
    assert review is not None and review.totals == ("spending",)


@pytest.mark.parametrize("template_id", ["chinh-quyen-so-2022", "chinh-quyen-so-2021-2025"])
def test_online_services_had_levels_up_to_2022(template_id: str) -> None:
    template = get(template_id)
    for what in ("procedures", "files"):
        parts = tuple(f"{what}_level{level}" for level in (2, 3, 4))
        assert indicator(template, f"{what}_total").parts == parts
        assert all(indicator(template, part).ratio_of == f"{what}_total" for part in parts)


def test_the_plan_of_a_period() -> None:
    template = get("chinh-quyen-so-2021-2025")
    assert (template.years, template.default_from) == (5, 2021)
    assert template.security_limit == Fraction(1, 10)
    assert [spec.key for spec in template.tables] == ["documents", "spending", "spending_security", "tasks"]
    assert not any(spec.section for spec in template.tables)
    for key in ("spending", "spending_security"):
        spec = table(template, key)
        assert (spec.numbering, spec.continuous, spec.unit, spec.span) == (("I", "1"), True, "million", "previous")
        assert fields(spec.layouts[0]) == ["task", "lead", "objective", "scope", "time", "total", "note", "result"]
    tasks = table(template, "tasks")
    assert (tasks.numbering, tasks.continuous) == (("I", "1", "1.1"), False)
    assert [found.key for found in tasks.layouts] == ["period", "years", "sources"]
    assert {"objective+scope", "total", "funding"} <= set(fields(tasks.layouts[0]))
    years = next(column for column in tasks.layouts[1].columns if column.field == "years.*")
    assert years.head == "Phân kỳ theo năm"
    assert "funding.*" in fields(tasks.layouts[2])
    assert {source.key for source in template.sources} >= SIX_SOURCES
    review = template.section("review.budget")
    assert review is not None and review.totals == ("spending", "spending_security")
    assert fill_years(template.sections[0].heading, 2021, 2025).endswith("GIAI ĐOẠN 2016 - 2020")


def test_the_plan_under_todays_law() -> None:
    template = get("chuyen-doi-so-2027")
    assert (template.years, template.default_from) == (1, 2027)
    assert template.addressee == "Sở Khoa học và Công nghệ"
    assert template.security_limit == Fraction(15, 100)
    assert template.limits.security_source == "Luật An ninh mạng 116/2025/QH15, khoản 1 Điều 38"
    assert fill_years(template.subject, 2027, 2027) == "Chuyển đổi số năm 2027"
    assert required(template) == {
        "review",
        "plan.goal",
        "plan.targets",
        "plan.tasks",
        "plan.solutions",
        "plan.budget",
        "plan.deadlines",
        "plan.organisation",
    }
    parts = ("procedures_full", "procedures_partial", "procedures_info")
    assert indicator(template, "procedures_total").parts == parts
    assert indicator(template, "files_total").parts == ("files_online", "files_offline")
    assert indicator(template, "files_online_share").percent_of == ("files_online", "files_total")
    assert not any("level" in spec.key or "mức độ" in spec.label for spec in template.indicators)
    assert "Sở Thông tin và Truyền thông" not in str(template)


# ---- faults

GOOD = """\
id = "mau"
version = 1
name = "Mẫu"
summary = "Mẫu thử."
years = 1
default_from = 2022
addressee = "Sở A"
subject = "Thử năm {year}"
outline = ["Phần I", "I"]

[limits]
security_share = "12,5%"

[[sources]]
key = "local"
label = "Ngân sách địa phương"
short = "NSĐP"

[[indicators]]
key = "computers"
label = "Số máy tính"
section = "review"

[[sections]]
key = "review"
heading = "ĐÁNH GIÁ"
totals = ["tasks"]

[[tables]]
key = "tasks"
title = "NHIỆM VỤ"

[[tables.layouts]]
key = "simple"
label = "Đơn giản"
columns = [{ field = "task", label = "Tên" }, { field = "funding.local", label = "NSĐP", width = 30 }]
"""

FAULTS = [
    # what is changed, into what, what the sentence names
    ('name = "Mẫu"\n', "", "“name”: thiếu trường này"),
    ('heading = "ĐÁNH GIÁ"\n', "", "“sections[0].heading”: thiếu trường này"),
    ("years = 1", "years = 1\ntuoi = 3", "“tuoi”: trường lạ"),
    ('heading = "ĐÁNH GIÁ"', 'heading = "ĐÁNH GIÁ"\nrequire = true', "“sections[0].require”: trường lạ"),
    ("version = 1", 'version = "1"', "“version”"),
    ('label = "Ngân sách địa phương"', "label = 5", "“sources[0].label”"),
    ('outline = ["Phần I", "I"]', 'outline = ["A"]', "“outline[0]”"),
    ('title = "NHIỆM VỤ"', 'title = "NHIỆM VỤ"\nunit = "nghìn"', "“tables[0].unit”"),
    ("width = 30", "width = 0", "“tables[0].layouts[0].columns[1].width”"),
    ("width = 30", "width = 2470", "“tables[0].layouts[0].columns[1].width”"),
    ("years = 1", "years = 0", "“years”: phải từ 1 đến 20"),
    ('security_share = "12,5%"', 'security_share = "10"', "“limits.security_share”"),
    ('security_share = "12,5%"', 'security_share = "10.5%"', "“limits.security_share”"),
    ('security_share = "12,5%"', "security_share = 0.1", "“limits.security_share”"),
    ("funding.local", "funding.lottery", "“tables.tasks.layouts.simple.funding.lottery”: không có trường này"),
    ("funding.local", "years.sang", "“tables.tasks.layouts.simple.years.sang”"),
    ("width = 30", "width = 30, merged = true", "“tables.tasks.layouts.simple.funding.local.merged”: cột này không"),
    ("funding.local", "cost", "“tables.tasks.layouts.simple.cost”"),
    ('totals = ["tasks"]', 'totals = ["spending"]', "“sections.review.totals”: không có khóa “spending”"),
    ('section = "review"', 'section = "reviews"', "“indicators.computers.section”: không có khóa “reviews”"),
    ('section = "review"', 'parts = ["servers"]', "“indicators.computers.parts”: không có khóa “servers”"),
    ('section = "review"', 'ratio_of = "staff"', "“indicators.computers.ratio_of”: không có khóa “staff”"),
    ('section = "review"', 'percent_of = ["computers"]', "“indicators.computers.percent_of”: phải có đúng hai khóa"),
    ('title = "NHIỆM VỤ"', 'title = "NHIỆM VỤ"\nsection = "x"', "“tables.tasks.section”: không có khóa “x”"),
    ('title = "NHIỆM VỤ"', 'title = "NHIỆM VỤ"\ncolumns = ["A"]', "“tables.tasks”: phải có đúng một trong hai"),
    (
        "[[indicators]]",
        '[[sources]]\nkey = "local"\nlabel = "A"\nshort = "A"\n\n[[indicators]]',
        "“sources.local”: khóa này có hai lần",
    ),
    (
        "[[tables]]",
        '[[sections.sections]]\nkey = "review"\nheading = "A"\n\n[[tables]]',
        "“sections.review”: khóa này có hai lần",
    ),
    (
        "[[tables.layouts]]",
        '[[tables.layouts]]\nkey = "simple"\nlabel = "A"\ncolumns = []\n\n[[tables.layouts]]',
        "“tables.tasks.layouts.simple”: khóa này có hai lần",
    ),
    ("version = 1", "version = 0", "“version”: phải từ 1 trở lên"),
    ("version = 1", "version = ", "“dòng 2, cột 11”: không đúng cú pháp TOML"),
    ('"Đơn giản"', '"Đơn giản', "“dòng 35, cột 18”: không đúng cú pháp TOML"),
    ("[[sources]]", "[[sources]", "không đúng cú pháp TOML"),
    ('NSĐP", width = 30 }]\n', 'NSĐP"', "“cuối tệp”: không đúng cú pháp TOML"),
]


def test_a_good_template_is_read() -> None:
    template = parse(GOOD, "mau.toml")
    assert template.security_limit == Fraction(1, 8)
    assert template.source("local").short == "NSĐP"
    assert template.section("review") is not None
    assert template.section("plan") is None
    assert template.table("spending") is None
    assert template.indicator("servers") is None


@pytest.mark.parametrize(("old", "new", "told"), FAULTS)
def test_a_fault_is_told_by_file_and_field(old: str, new: str, told: str) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(TemplateError) as caught:
        parse(GOOD.replace(old, new), "mau.toml")
    sentence = str(caught.value)
    assert sentence.startswith("Tệp mẫu “mau.toml” có lỗi ở “")
    assert told in sentence
    assert sentence.endswith(".")
    assert not re.search(r"(?i)expected|object|invalid|error|statement|got|float|\bint\b|\bstr\b|\$", sentence)


def test_a_file_is_named_by_its_template(tmp_path: Path) -> None:
    for name in ("mau", "mau_1"):
        path = tmp_path / f"{name}.toml"
        path.write_text(GOOD, encoding="utf-8")
        assert load(path).id == "mau"
    for name in ("khac", "mau_2", "mau_01"):
        path = tmp_path / f"{name}.toml"
        path.write_text(GOOD, encoding="utf-8")
        with pytest.raises(TemplateError, match="“id”: phải trùng với tên tệp"):
            load(path)


def test_a_template_without_a_limit_has_none() -> None:
    assert parse(GOOD.replace('security_share = "12,5%"', ""), "mau.toml").security_limit is None


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    not_utf8 = tmp_path / "mau.toml"
    not_utf8.write_bytes(GOOD.encode("utf-16"))
    folder = tmp_path / "thư mục.toml"
    folder.mkdir()
    for path in (not_utf8, folder, tmp_path / "không có.toml"):
        with pytest.raises(TemplateError, match=f"Không đọc được tệp mẫu “{path.name}”"):
            load(path)


def test_a_file_saved_by_notepad(tmp_path: Path) -> None:
    path = tmp_path / "mau.toml"
    path.write_text(GOOD.replace("\n", "\r\n"), encoding="utf-8-sig", newline="")
    assert load(path) == parse(GOOD, "mau.toml")


@pytest.mark.parametrize("template_id", ["chinh-quyen-so-2030", "", "../chinh-quyen-so-2022", "x" * 5000])
def test_an_unknown_template_names_the_known_ones(template_id: str) -> None:
    with pytest.raises(TemplateError) as caught:
        get(template_id)
    sentence = str(caught.value)
    assert f"“{template_id[:60]}”" in sentence
    for key in SHIPPED:
        assert key in sentence
    assert len(sentence) < 400


def test_a_template_is_found_among_the_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A unit may add one of its own beside those shipped."""
    (tmp_path / "mau.toml").write_text(GOOD, encoding="utf-8")
    monkeypatch.setattr(resources, "path", lambda *parts: tmp_path.joinpath(*parts[1:]))
    assert known() == ["mau"]
    forget()
    try:
        assert get("mau").name == "Mẫu"
    finally:
        forget()


# ---- years and percentages


@pytest.mark.parametrize(
    ("text", "first", "last", "filled"),
    [
        ("Năm {year}, sau năm {previous_year}", 2022, 2022, "Năm 2022, sau năm 2021"),
        ("Kế hoạch {period}", 2022, 2022, "Kế hoạch năm 2022"),
        ("Kế hoạch {period}", 2022, None, "Kế hoạch năm 2022"),
        ("Kết quả {previous_period}", 2022, 2022, "Kết quả năm 2021"),
        ("{from} - {to}", 2021, 2025, "2021 - 2025"),
        ("Kế hoạch {period}", 2021, 2025, "Kế hoạch giai đoạn 2021 - 2025"),
        ("Kết quả {previous_period}", 2021, 2025, "Kết quả giai đoạn 2016 - 2020"),
        ("KẾT QUẢ {PREVIOUS_PERIOD}", 2021, 2025, "KẾT QUẢ GIAI ĐOẠN 2016 - 2020"),
        ("KẾ HOẠCH {PERIOD}", 2021, 2025, "KẾ HOẠCH GIAI ĐOẠN 2021 - 2025"),
        ("KẾ HOẠCH {PERIOD}", 2022, 2022, "KẾ HOẠCH NĂM 2022"),
        ("{year} {total:tasks} {khác} {} {", 2022, 2022, "2022 {total:tasks} {khác} {} {"),
        ("Năm {year} {PERIOD}", None, None, "Năm {year} {PERIOD}"),
        ("Năm {year}", None, 2025, "Năm {year}"),
        ("không có năm", 2022, 2022, "không có năm"),
        ("", 2022, 2022, ""),
    ],
)
def test_years_are_filled_in(text: str, first: int | None, last: int | None, filled: str) -> None:
    assert fill_years(text, first, last) == filled


@pytest.mark.parametrize(
    ("text", "share"),
    [("10%", Fraction(1, 10)), ("15%", Fraction(15, 100)), ("12,5%", Fraction(1, 8)), ("100%", 1), ("0%", 0)],
)
def test_a_percentage(text: str, share: Fraction) -> None:
    assert parse_percent(text) == share


@pytest.mark.parametrize("text", ["", "10", "%", "10 %", "-10%", "10.5%", "10,%", ",5%", "mười phần trăm"])
def test_no_percentage(text: str) -> None:
    with pytest.raises(ValueError):
        parse_percent(text)
