"""The Word file, opened with python-docx: headings, texts, tables, sections, heads, properties."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from models import document, template
from models.errors import Cancelled
from models.exports import content, docx, nd30, phrases
from models.exports.docx_xml import clean
from models.numbering import heading
from models.plan import Plan
from models.text import appendices, appendix_names
from models.totals import compute
from tests.models.exports.word import body_of, is_whole, opened, parts, text_of
from tests.plans import MILLION, NUMBERS, fixture_plan, small_plan, task, tasks

MARGINS = ("top_margin", "bottom_margin", "left_margin", "right_margin")


def render(plan: Plan, **options: Any) -> bytes:
    return docx.render(plan, template.get(plan.template), **options)


@pytest.fixture(scope="module")
def written() -> list[bytes]:
    return [render(fixture_plan(number)) for number in NUMBERS]


def paragraph_of(document: Any, text: str) -> Any:
    return next(one for one in document.paragraphs if text in one.text)


# ---- text


@pytest.mark.parametrize("number", NUMBERS)
def test_headings_are_words_own_at_the_level_of_the_outline(number: int, written: list[bytes]) -> None:
    plan = fixture_plan(number)
    items = content.body(plan, template.get(plan.template), compute(plan))
    expected = []
    for item in items:
        if isinstance(item, content.Heading):
            text = (
                f"{item.number}\n{item.text}" if item.style == "Phần I" else heading(item.number, item.style, item.text)
            )
            expected.append((f"Heading {item.depth + 1}", clean(text).casefold()))
    made = opened(written[number])
    found = [(one.style.name, one.text.casefold()) for one in made.paragraphs if one.style.name.startswith("Heading")]
    assert found == expected
    for level in range(1, 5):
        outline = made.styles[f"Heading {level}"].element.find(f"./{qn('w:pPr')}/{qn('w:outlineLvl')}")
        assert outline.get(qn("w:val")) == str(level - 1)


@pytest.mark.parametrize("number", NUMBERS)
def test_paragraphs_and_bullets_with_their_styles(number: int, written: list[bytes]) -> None:
    plan = fixture_plan(number)
    items = content.body(plan, template.get(plan.template), compute(plan))
    styles = {"text": ("Body Text", ""), "basis": ("Căn cứ", "")}
    styles |= {"bullet": ("Gạch đầu dòng", "- "), "subbullet": ("Dấu cộng đầu dòng", "+ ")}
    expected = []
    for item in items:
        if isinstance(item, content.Text):
            name, mark = styles[item.kind]
            expected.append((name, mark + clean("".join(run.text for run in item.runs))))
    names = {name for name, _mark in styles.values()}
    found = [(one.style.name, one.text) for one in opened(written[number]).paragraphs if one.style.name in names]
    assert found == expected
    assert found[-1][1].endswith("./.")


def test_bold_and_italic_letters_stay_so() -> None:
    plan = small_plan()
    plan.sections[1].sections[0].text = "Tổng **mười** đồng, *bằng chữ*\nvà thôi & <hết>"
    runs = [(run.text, bool(run.bold), bool(run.italic)) for run in paragraph_of(opened(render(plan)), "Tổng ").runs]
    assert runs == [
        ("Tổng ", False, False), ("mười", True, False), (" đồng, ", False, False), ("bằng chữ", False, True),
        ("\nvà thôi & <hết>", False, False),
    ]  # fmt: skip


def test_sizes_and_spacing_are_those_of_the_decree() -> None:
    made = opened(render(small_plan()))
    body = made.styles["Body Text"]
    assert body.font.size == Pt(nd30.BODY.size)
    assert body.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert body.paragraph_format.space_after == Pt(6)
    assert body.paragraph_format.first_line_indent == pytest.approx(Mm(12.7), abs=700)
    assert 1 <= body.paragraph_format.line_spacing <= 1.5
    basis = made.styles["Căn cứ"]
    assert (basis.font.italic, basis.font.size) == (True, Pt(nd30.BASIS.size))
    for style in made.styles.element.iter(qn("w:rFonts")):
        assert {style.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    languages = {node.get(qn("w:val")) for node in made.styles.element.iter(qn("w:lang"))}
    assert languages == {"vi-VN"}


def test_headings_look_as_their_number_asks_at_any_level() -> None:
    made = opened(render(small_plan(outline=["I", "1", "a"])))
    first, second, third = (made.styles[f"Heading {level}"].font for level in (1, 2, 3))
    assert (first.bold, second.bold, third.bold) == (True, True, None)
    parts_made = opened(render(small_plan(outline=["Phần I", "I"])))
    assert parts_made.styles["Heading 1"].paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER


# ---- pages


@pytest.mark.parametrize("number", NUMBERS)
def test_sections_paper_and_margins(number: int, written: list[bytes]) -> None:
    plan = fixture_plan(number)
    sections = list(opened(written[number]).sections)
    assert len(sections) == 1 + len(appendices(plan, template.get(plan.template)))
    for at, section in enumerate(sections):
        sides = sorted((section.page_width, section.page_height))
        assert sides == pytest.approx([Mm(210), Mm(297)], abs=700)
        assert (section.orientation == WD_ORIENT.LANDSCAPE) == (section.page_width > section.page_height)
        for name, length in zip(MARGINS, (20, 20, 30, 15), strict=True):
            assert getattr(section, name) == pytest.approx(Mm(length), abs=700)
        assert section.different_first_page_header_footer == (at == 0)
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
    assert sections[0].orientation == WD_ORIENT.PORTRAIT


def test_the_number_of_a_page_is_in_its_head_but_for_the_first() -> None:
    first, appendix = opened(render(small_plan())).sections
    field = f".//{qn('w:fldSimple')}"
    assert first.first_page_header._element.find(field) is None
    assert first.header._element.find(field).get(qn("w:instr")) == " PAGE "
    assert appendix.header._element.find(field) is not None
    assert first.header.paragraphs[0].style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert first.header.paragraphs[0].style.font.size == Pt(nd30.PAGE_NUMBER.size)


@pytest.mark.parametrize("draft", [False, True])
def test_a_draft_says_so_in_every_head_and_foot(draft: bool) -> None:
    for section in opened(render(small_plan(), draft=draft, code="ABCD-1234")).sections:
        for head, foot in ((section.header, section.footer), (section.first_page_header, section.first_page_footer)):
            if head is section.first_page_header and not section.different_first_page_header_footer:
                continue
            marks = [node.get("string") for node in head._element.iter("{urn:schemas-microsoft-com:vml}textpath")]
            assert [mark for mark in marks if mark] == ["DỰ THẢO"] * draft
            text = "".join(paragraph.text for paragraph in foot.paragraphs)
            assert text.startswith("ABCD-1234") and ("DỰ THẢO" in text) == draft


def test_the_code_is_that_of_the_plan_unless_given() -> None:
    from models.exports import stamp

    plan = small_plan()
    foot = opened(render(plan)).sections[0].footer
    assert foot.paragraphs[0].text == stamp.short_code(document.to_bytes(plan))


# ---- head and end


def test_both_heads_stand_side_by_side() -> None:
    head = opened(render(small_plan(number="5"))).tables[0]
    left, right = ([p.text for p in cell.paragraphs if p.text] for cell in head.rows[0].cells)
    assert left == ["UBND TỈNH A", "SỞ B"]
    assert right == [phrases.NATION, phrases.MOTTO]
    number, place = (cell.paragraphs[0].text for cell in head.rows[1].cells)
    assert number == "Số:\u00a005/KH-SB"
    assert " ".join(place.split()) == "Tỉnh A, ngày tháng 10 năm 2021"
    assert "ngày" + phrases.DAY_BLANK in place
    rules = [p for cell in head.rows[0].cells for p in cell.paragraphs if p._p.find(f".//{qn('w:pBdr')}") is not None]
    assert len(rules) == 2


def test_the_signature_is_one_row_that_stays_whole_with_the_end_of_the_text() -> None:
    plan = small_plan(signer_position="Giám đốc", recipients=["Như trên", "Lưu: VT"])
    made = opened(render(plan))
    inner = list(body_of(made))
    end = made.tables[-2]
    at = next(i for i, item in enumerate(inner) if getattr(item, "_tbl", None) is end._tbl)
    assert len(end.rows) == 1 and is_whole(end.rows[0])
    recipients, signer = end.rows[0].cells
    assert [p.text for p in recipients.paragraphs] == ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
    assert signer.paragraphs[-1].text == "Nguyễn Văn A"
    assert signer.paragraphs[-1].style.paragraph_format.space_before >= Mm(25)
    assert all(item.paragraph_format.keep_with_next for item in inner[at - 2 : at])
    assert [p.style.font.size for p in recipients.paragraphs] == [Pt(12), Pt(11), Pt(11)]


def test_links_lead_to_the_appendix() -> None:
    plan = fixture_plan(4)
    made = opened(render(plan))
    names = appendix_names(plan, template.get(plan.template))
    marks = {
        node.get(qn("w:name")): "".join(text.text for text in node.getparent().iter(qn("w:t")))
        for node in made.element.body.iter(qn("w:bookmarkStart"))
    }
    led = {
        "".join(text.text for text in link.iter(qn("w:t"))): marks[link.get(qn("w:anchor"))]
        for link in made.element.body.iter(qn("w:hyperlink"))
    }
    assert "Phụ lục I" in led and set(led) <= set(names.values())
    assert all(title.startswith(name) for name, title in led.items())


def test_the_choices_of_print_are_followed() -> None:
    options = {"attached": "ban-hanh-kem-theo", "bases": "bullets", "charts": True}
    text = text_of(opened(render(small_plan(print_options=options))))
    assert "(Ban hành kèm theo Kế hoạch" in text
    assert "BIỂU ĐỒ KINH PHÍ" in text and "Tổng kinh phí: 120 triệu đồng" in text


# ---- the file


def test_properties() -> None:
    made = opened(render(small_plan(day=5, subject="Việc " * 100))).core_properties
    assert (made.author, made.language, made.last_modified_by) == ("SỞ B", "vi-VN", "Kế Hoạch Số")
    assert made.title.startswith("Kế hoạch Việc") and len(made.title) <= 255
    assert made.created == made.modified == datetime(2021, 10, 5, tzinfo=UTC)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_same_plan_gives_the_same_bytes(number: int, written: list[bytes]) -> None:
    time.sleep(0.01)
    plan = fixture_plan(number)
    before = document.to_bytes(plan)
    assert render(plan) == written[number]
    assert document.to_bytes(plan) == before


def test_nothing_of_another_program_is_in_the_file() -> None:
    assert not any(
        "thumbnail" in name or "theme" in name or "customXml" in name for name in parts(render(small_plan()))
    )


def test_progress_grows_and_stops_the_work() -> None:
    plan = small_plan(tasks(*(task(f"Việc {number}", MILLION) for number in range(900))))
    told: list[float] = []
    render(plan, progress=told.append)
    assert told == sorted(told) and told[-1] == 1.0 and len(told) > 4
    with pytest.raises(Cancelled):
        render(plan, progress=lambda done: done < 0.3)
