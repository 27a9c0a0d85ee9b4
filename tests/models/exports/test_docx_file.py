"""The Word file as a file: whole by Word's rules for any plan, and taken by LibreOffice without a loss."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from models import document, template
from models.exports import docx, nd30
from models.exports.cells import printed_table
from models.exports.docx_xml import clean
from models.money import format_amount
from models.plan import LegalBasis, Plan, Section, walk_rows, walk_sections
from models.text import appendices
from models.totals import compute
from tests.models.exports import office
from tests.models.exports.pages import MM, PageOfWords, pages_of, squeezed, text_of
from tests.models.exports.word import check, opened, parts, task_tables
from tests.models.exports.word import text_of as letters_of
from tests.plans import MILLION, NUMBERS, fixture_plan, group, plans, register, small_plan, some, task, tasks


def render(plan: Plan, **options: Any) -> bytes:
    return docx.render(plan, template.get(plan.template), **options)


# ---- by Word's rules


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("draft", [False, True])
def test_real_plans_make_whole_files(number: int, draft: bool) -> None:
    check(render(fixture_plan(number), draft=draft))


@given(plans())
@some(0.3)
def test_any_plan_makes_a_whole_file_the_same_each_time(plan: Plan) -> None:
    plan.print_options = {"charts": True}
    before = document.to_bytes(plan)
    made = render(plan)
    check(made)
    assert made == render(plan)
    assert document.to_bytes(plan) == before
    text = squeezed(letters_of(opened(made))).casefold()
    for section in walk_sections(plan.sections):
        assert squeezed(clean(section.heading)).rstrip("./;:,").casefold() in text
    made_from = template.get(plan.template)
    for table in appendices(plan, made_from):
        for row in printed_table(plan, table, made_from, compute(plan)).rows:
            for cell in row.cells:
                assert squeezed(clean(cell)).casefold() in text


def test_what_no_xml_file_may_hold_is_left_out() -> None:
    plan = small_plan(subject="Việc \x00\x0b\ufffe\uffff & <một> “hai” ]]>", unit_name="SỞ \x1fB")
    plan.tables[0].title = 'Bảng "một" & <hai>'
    made = render(plan)
    check(made)
    assert "Việc  & <một> “hai” ]]>" in letters_of(opened(made))


def test_letters_are_composed() -> None:
    plan = small_plan(subject="Ky\u0303 thua\u0323\u0302t")
    assert "Kỹ thuật" in letters_of(opened(render(plan)))


@pytest.mark.parametrize("draft", [False, True])
def test_nothing_but_what_stands_here_is_in_the_file(draft: bool) -> None:
    assert list(parts(render(small_plan(), draft=draft))) == [
        "[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml", "word/_rels/document.xml.rels",
        "word/styles.xml", "word/settings.xml", "word/header1.xml", "word/header2.xml", "word/footer1.xml",
    ]  # fmt: skip


# ---- LibreOffice


@cache
def converted() -> dict[str, list[PageOfWords]]:
    """The pages that LibreOffice makes of plans by name; all in one go, because it takes seconds to start."""
    with tempfile.TemporaryDirectory() as folder:
        sources = []
        for name, plan in _plans().items():
            sources.append(Path(folder, f"{name}.docx"))
            sources[-1].write_bytes(render(plan, draft=name == "draft"))
        pdfs = [path.read_bytes() for path in office.convert(Path(folder), "pdf", *sources)]
    TEXTS.update({source.stem: bare(text_of(pdf)) for source, pdf in zip(sources, pdfs, strict=True)})
    return {source.stem: pages_of(pdf) for source, pdf in zip(sources, pdfs, strict=True)}


TEXTS: dict[str, str] = {}
#: A cell longer than several pages, each of its words told from the others.
LONG = " ".join(f"ý{number}." for number in range(1500))


def bare(text: str) -> str:
    """``text`` without white space and dashes: at the end of a line pdftotext takes a dash for a hyphen."""
    return squeezed(text).replace("-", "").casefold()


def _plans() -> dict[str, Plan]:
    found = {str(number): fixture_plan(number) for number in NUMBERS}
    return found | {"draft": small_plan(), "hard": hard_plan()}


def hard_plan() -> Plan:
    plan = small_plan(
        tasks(
            group("Nhóm " * 60, task("Dài hơn một trang", MILLION, objective=LONG), task("Chưa rõ")),
            task("Từ" + "dàihơnmộtcột" * 40, 0),
            task("Số lớn", 999_999_999_999_999),
        ),
        register([], columns=["Tên " * 30, "Năm"]),
        register(["một", "hai", "ba", "bốn\nnăm"], columns=["Tên"], key="khac"),
        subject="Phát triển chính quyền số " * 20,
        capacity="KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC " * 5,
        recipients=[f"Đơn vị thứ {number}" for number in range(120)],
        legal_bases=[LegalBasis(text="Luật " * 120)],
        outline=["Phần I", "I", "1", "1.1", "a"],
    )
    deep = Section(heading="Tiêu đề năm trăm ký tự " * 22, text="Có.")
    for level in range(11):
        deep = Section(heading=f"Cấp thứ {11 - level}", text="- gạch\n+ cộng", sections=[deep])
    plan.sections.append(deep)
    return plan


@pytest.mark.parametrize("number", NUMBERS)
def test_libreoffice_loses_no_text(number: int) -> None:
    converted()
    plan, text = fixture_plan(number), TEXTS[str(number)]
    totals = compute(plan)
    for section in walk_sections(plan.sections):
        assert bare(section.heading) in text
    for table in plan.tables:
        assert bare(table.title) in text
        for row in walk_rows(table.rows):
            for cell in row.cells or [row.task or row.group or "", row.objective, row.lead]:
                assert bare(cell) in text
            if not table.is_register and (total := totals.row(row)) is not None:
                assert format_amount(total, table.unit) in text


@pytest.mark.parametrize("number", NUMBERS)
def test_pages_are_those_that_the_decree_wants(number: int) -> None:
    pages = converted()[str(number)]
    plan = fixture_plan(number)
    starts = [at for at, page in enumerate(pages) if at == 0 or page.number == "1"]
    assert pages[0].number == ""
    assert len(starts) == 1 + len(appendices(plan, template.get(plan.template)))
    for first, last in zip(starts, [*starts[1:], len(pages)], strict=True):
        numbers = [str(at - first + 1) for at in range(first, last)]
        assert [page.number for page in pages[first:last]] == [numbers[0] if first else "", *numbers[1:]]
        # One part lies or stands as a whole.
        assert len({page.width > page.height for page in pages[first:last]}) == 1
    made = opened(render(plan))
    lying = [section.page_width > section.page_height for section in made.sections]
    assert [pages[at].width > pages[at].height for at in starts] == lying


@pytest.mark.parametrize("number", NUMBERS)
def test_no_word_stands_in_a_margin(number: int) -> None:
    margins = nd30.MARGINS
    for page in converted()[str(number)]:
        for word in page.body:
            assert word.left > margins.left - 1 and word.right < page.width - margins.right + 1
            assert word.top > margins.top - 3 and word.bottom < page.height - margins.bottom + 3


@pytest.mark.parametrize("number", NUMBERS)
def test_the_signer_stands_level_with_the_recipients_on_one_page(number: int) -> None:
    plan = fixture_plan(number)
    page = next(page for page in converted()[str(number)] if any(word.text == "nhận:" for word in page.words))
    last = plan.signer_name.split()[-1]
    label = page.find("nhận:")
    names = [word for word in page.words if word.text == last and word.top > label.top]
    assert names and names[-1].left > page.width / 2
    level = [word for word in page.words if word.left > page.width / 2 and abs(word.top - label.top) < 5]
    assert level
    assert names[-1].top - level[0].bottom > 25 * MM
    # Something of the text stands above.
    assert any(word.bottom < label.top - 5 for word in page.body)


def test_a_draft_says_so_on_every_page() -> None:
    pages = converted()["draft"]
    assert len(pages) > 1
    for page in pages:
        assert [word.text for word in page.words if word.top > page.height - 15 * MM][-2:] == ["DỰ", "THẢO"]


def test_hard_content_loses_nothing() -> None:
    seen = [word.text for page in converted()["hard"] for word in page.words if word.text.startswith("ý")]
    assert seen == LONG.split()
    text = TEXTS["hard"]
    for wanted in ("Dài hơn một trang", "Từ" + "dàihơnmộtcột" * 40, "999.999.999,999999"):
        assert bare(wanted) in text
    assert bare("Đơn vị thứ 119.") in text and bare("Tiêu đề năm trăm ký tự " * 22) in text
    assert bare("Cấp thứ 11") in text


# ---- large tables


def test_two_thousand_tasks_are_there() -> None:
    rows = [task(f"Nhiệm vụ số {number}.", number * MILLION, objective="Mục tiêu " * 20) for number in range(2000)]
    plan = small_plan(tasks(*rows))
    made = render(plan)
    (table,) = task_tables(opened(made))
    assert len(table._tbl.tr_lst) == 2002
    text = letters_of(opened(made))
    assert [number for number in range(2000) if text.count(f"Nhiệm vụ số {number}.") != 1] == []
