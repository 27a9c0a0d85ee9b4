"""The printed page measured against Nghị định 30/2020/NĐ-CP: what stands where, what stays together."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from models import template
from models.exports import nd30, pdf, phrases
from models.exports.nd30 import Style
from models.plan import LegalBasis, Plan, Section
from tests.models.exports.pages import MM, PageOfWords, Word, pages_of, text_of
from tests.plans import MILLION, group, register, small_plan, task, tasks


def printed(plan: Plan, **options: Any) -> list[PageOfWords]:
    return pages_of(pdf.render(plan, template.get(plan.template), **options))


def middle(*words: Word) -> float:
    return (min(word.left for word in words) + max(word.right for word in words)) / 2


def run(page: PageOfWords, text: str) -> list[Word]:
    """The words of ``text`` where they stand one after the other."""
    wanted = text.split()
    texts = [word.text for word in page.words]
    start = next(at for at in range(len(texts)) if texts[at : at + len(wanted)] == wanted)
    return page.words[start : start + len(wanted)]


# ---- the data


def test_sizes_and_margins_are_within_the_decree() -> None:
    styles = [value for value in vars(nd30).values() if isinstance(value, Style)]
    styles += [getattr(head, field.name) for head in (nd30.HEAD, nd30.SMALL_HEAD) for field in fields(head)]
    styles += nd30.HEADINGS.values()
    for style in styles:
        assert style.allowed[0] <= style.size <= style.allowed[1]
    for side, (least, most) in nd30.MARGINS_ALLOWED.items():
        assert least <= getattr(nd30.MARGINS, side) / MM <= most
    assert any(abs(nd30.INDENT / MM - allowed) < 0.01 for allowed in nd30.INDENT_ALLOWED)
    assert nd30.PARAGRAPH_GAP >= 6
    assert 1 <= nd30.BODY_LEADING / nd30.BODY.leading <= 1.5
    assert 1 / 3 <= nd30.RULE_SHARE <= 1 / 2


# ---- the head


def test_the_head() -> None:
    page = printed(small_plan(number="5", day=3, month=2, year=2022))[0]
    nation = run(page, phrases.NATION)
    motto = run(page, phrases.MOTTO)
    parent, unit = run(page, "UBND TỈNH A"), run(page, "SỞ B")
    number, place = run(page, "Số: 05/KH-SB"), run(page, "Tỉnh A, ngày 03 tháng 02 năm 2022")
    assert nation[-1].right == pytest.approx(page.width - 15 * MM, abs=0.5)
    assert middle(*motto) == pytest.approx(middle(*nation), abs=0.5)
    assert middle(*place) == pytest.approx(middle(*nation), abs=0.5)
    assert middle(*unit) == pytest.approx(middle(*parent), abs=0.5)
    assert middle(*number) == pytest.approx(middle(*parent), abs=0.5)
    assert parent[0].top < unit[0].top < number[0].top
    # Letters of 13 and 14 points on one line.
    assert number[0].bottom == pytest.approx(place[0].bottom, abs=1.5)
    assert parent[0].left >= 30 * MM - 0.5


def test_blanks_keep_the_room_that_a_stamp_needs() -> None:
    page = printed(small_plan(number="", day=None, month=10, year=2021))[0]
    number, symbol = page.find("Số:"), page.find("/KH-SB")
    assert symbol.left - number.right > 13 * MM
    day, month = page.find("ngày"), page.find("tháng")
    assert month.left - day.right > 8 * MM
    page = printed(small_plan(month=None))[0]
    assert page.find("năm").left - page.find("tháng").right > 8 * MM


@pytest.mark.parametrize(
    ("day", "month", "expected"),
    [
        (9, 1, "ngày 09 tháng 01 năm 2021"),
        (10, 2, "ngày 10 tháng 02 năm 2021"),
        (1, 3, "ngày 01 tháng 3 năm 2021"),
        (31, 12, "ngày 31 tháng 12 năm 2021"),
    ],
)
def test_leading_zeros_of_the_date(day: int, month: int, expected: str) -> None:
    assert phrases.place_line(small_plan(day=day, month=month)).replace("\u00a0", " ") == f"Tỉnh A, {expected}"


@pytest.mark.parametrize(("number", "expected"), [("5", "05/KH-SB"), ("172", "172/KH-SB"), ("5a", "5a/KH-SB")])
def test_number_and_symbol(number: str, expected: str) -> None:
    line = phrases.number_line(small_plan(number=number, symbol="KH - SB"))
    assert line.replace("\u00a0", " ") == f"Số: {expected}"


def test_long_names_wrap_and_stay_centred_and_clear_of_each_other() -> None:
    plan = small_plan(
        unit_parent="ỦY BAN NHÂN DÂN TỈNH BÀ RỊA - VŨNG TÀU",
        unit_name="BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ XÂY DỰNG CÔNG TRÌNH GIAO THÔNG",
        place="Thành phố Phan Rang - Tháp Chàm",
    )
    page = printed(plan)[0]
    nation = run(page, phrases.NATION)
    number = page.find("Số:")
    left = [word for word in page.body if word.top < number.bottom and word.right < nation[0].left]
    lines: dict[float, list[Word]] = {}
    for word in left:
        if word.top < number.top - 5:
            lines.setdefault(round(word.top), []).append(word)
    assert len(lines) >= 4
    centres = [middle(*words) for words in lines.values()]
    assert max(centres) - min(centres) < 1
    assert max(word.right for word in left) < nation[0].left


def test_kind_and_subject_are_centred() -> None:
    page = printed(small_plan(subject="Phát triển chính quyền số và bảo đảm an toàn thông tin mạng của Sở B năm 2022"))[
        0
    ]
    text_middle = (30 * MM + page.width - 15 * MM) / 2
    assert middle(*run(page, "KẾ HOẠCH")) == pytest.approx(text_middle, abs=0.5)
    first = run(page, "Phát triển chính quyền số")[0]
    line = [word for word in page.body if abs(word.top - first.top) < 1]
    assert middle(*line) == pytest.approx(text_middle, abs=0.5)


# ---- the body


def test_paragraphs_are_justified_and_their_first_line_is_in() -> None:
    text = "Câu văn này đủ dài để chiếm nhiều dòng trên trang giấy khi in ra, vì nó được lặp lại. " * 6
    page = printed(small_plan(sections=[Section(key="a", heading="A", text=f"{text}\n\nNgắn.")]))[0]
    start = run(page, "Câu văn này")[0]
    lines: dict[int, list[Word]] = {}
    for word in page.body:
        if word.top >= start.top - 1:
            lines.setdefault(round(word.top), []).append(word)
    rows = [lines[top] for top in sorted(lines)]
    assert rows[0][0].left == pytest.approx(30 * MM + 12.7 * MM, abs=0.5)
    for row in rows[:3]:
        assert row[-1].right == pytest.approx(page.width - 15 * MM, abs=0.5)
    for row in rows[1:3]:
        assert row[0].left == pytest.approx(30 * MM, abs=0.5)
    assert rows[1][0].top - rows[0][0].top == pytest.approx(nd30.BODY_LEADING, abs=0.2)
    short = run(page, "Ngắn./.")[0]
    before = max(word.top for word in page.body if word.top < short.top - 1)
    assert short.top - before == pytest.approx(nd30.BODY_LEADING + nd30.PARAGRAPH_GAP, abs=0.2)


def test_headings_by_the_styles_of_the_outline() -> None:
    deep = Section(key="d", heading="Điểm", sections=[Section(key="e", heading="Sâu hơn", text="Chữ.")])
    third = Section(key="c", heading="Khoản", sections=[deep])
    plan = small_plan(
        sections=[Section(key="a", heading="Phần đầu", sections=[Section(key="b", heading="Mục", sections=[third])])]
    )
    plan.outline = ["Phần I", "I", "1", "a"]
    made = pdf.render(plan, template.get(plan.template))
    lines = text_of(made, "-raw").splitlines()
    for line in ("Phần I", "PHẦN ĐẦU", "I. MỤC", "1. Khoản", "a) Điểm", "Sâu hơn"):
        assert line in lines
    plan.outline = ["I", "1", "1.1", "a"]
    lines = text_of(pdf.render(plan, template.get(plan.template)), "-raw").splitlines()
    for line in ("I. PHẦN ĐẦU", "1. Mục", "1.1. Khoản", "a) Điểm"):
        assert line in lines


@pytest.mark.parametrize("ending", ["", ".", "./.", ";", " . ", "/."])
def test_the_body_ends_with_its_mark_once(ending: str) -> None:
    text = text_of(_pdf(small_plan(sections=[Section(key="a", heading="A", text=f"Một.\n\n- Hai{ending}")])))
    assert "- Hai./.\n" in text
    assert text.count("./.") == 1


def test_the_mark_at_the_end_of_bold_text() -> None:
    text = text_of(_pdf(small_plan(sections=[Section(key="a", heading="A", text="Một **hai**.")])))
    assert "Một hai./.\n" in text


def test_bullets_of_two_levels_bold_and_placeholders() -> None:
    text = "- Tổng: **{total:tasks}**\n+ {khác} và {appendix:tasks}\n\nHết"
    made = text_of(_pdf(small_plan(sections=[Section(key="a", heading="A", text=text)])))
    assert "- Tổng: 120.000.000 đồng" in made
    assert "+ {khác} và Phụ lục" in made


def _pdf(plan: Plan) -> bytes:
    return pdf.render(plan, template.get(plan.template))


# ---- what stays together


@pytest.mark.parametrize("count", range(14, 40))
def test_the_signature_is_never_alone_and_never_cut(count: int) -> None:
    text = "\n\n".join(["Một đoạn văn ngắn."] * count)
    plan = small_plan(sections=[Section(key="a", heading="A", text=text)], signer_name="Nguyễn_Văn_A")
    plan.tables = []
    pages = printed(plan)
    last = pages[-1]
    name, label = last.find("Nguyễn_Văn_A"), last.find("nhận:")
    position = last.find("GIÁM")
    assert label.top == pytest.approx(position.top, abs=3)
    assert name.top - position.bottom >= 28 * MM
    above = {round(word.top) for word in last.body if word.bottom < label.top}
    assert len(above) >= 2
    assert "văn" in [word.text for word in last.body if word.bottom < label.top]


@pytest.mark.parametrize("count", range(14, 34))
def test_a_heading_is_never_at_the_foot_of_a_page(count: int) -> None:
    long = "Đoạn văn dài nhiều dòng để xem trang giấy được ngắt ở đâu trong đoạn này. " * 4
    text = "\n\n".join(["Đoạn ngắn."] * count)
    sections = [
        Section(key="a", heading="A", text=text),
        Section(key="b", heading="B", sections=[Section(key="c", heading="TIÊUĐỀ", text=long)]),
    ]
    for page in printed(small_plan(sections=sections)):
        headings = [word for word in page.body if "TIÊUĐỀ" in word.text]
        for heading in headings:
            below = {round(word.top) for word in page.body if word.top > heading.bottom}
            assert len(below) >= 2


@pytest.mark.parametrize("count", range(8, 26))
def test_a_group_row_is_kept_with_its_first_task(count: int) -> None:
    rows = [group("Đầu", *(task(f"Việc {number}", MILLION) for number in range(count)))]
    rows.append(group("NHÓMHAI", task("CÔNGVIỆCĐẦU", MILLION), task("Sau", MILLION)))
    for page in printed(small_plan(tasks(*rows))):
        texts = [word.text for word in page.words]
        assert ("NHÓMHAI" in texts) == ("CÔNGVIỆCĐẦU" in texts)


@pytest.mark.parametrize("count", range(10, 24))
def test_the_total_is_kept_with_the_last_task(count: int) -> None:
    pages = printed(small_plan(tasks(*(task(f"VIỆC{number}.", MILLION) for number in range(count)))))
    texts = [word.text for word in pages[-1].words]
    assert "TỔNG" in texts and f"VIỆC{count - 1}." in texts and "(Bằng" in texts


# ---- appendices


def test_an_appendix_begins_a_page_with_what_it_belongs_to() -> None:
    plan = small_plan(unit_name="SỞ NỘI VỤ", symbol="KH-SNV")
    page = printed(plan)[-1]
    text = " ".join(text_of(_pdf(plan), "-raw").rpartition("\f1\n")[2].split())
    assert "Phụ lục NHIỆM VỤ (Kèm theo Kế hoạch số /KH-SNV ngày tháng 10 năm 2021 của Sở Nội vụ)" in text
    assert page.find("/KH-SNV").left - page.find("số").right > 13 * MM
    assert middle(*run(page, "Phụ lục")) == pytest.approx((30 * MM + page.width - 15 * MM) / 2, abs=0.5)


def test_a_register_is_printed_in_its_section() -> None:
    plan = small_plan(register(["Văn phòng điện tử", "2011"], section="review.apps", title="Phần mềm"), tasks(task()))
    lines = text_of(_pdf(plan), "-raw")
    assert lines.index("REVIEW.APPS") < lines.index("Văn phòng điện tử") < lines.index("REVIEW.PEOPLE")
    assert "Phụ lục I" not in lines


def test_bases_are_cited_in_italics_with_their_marks() -> None:
    bases = [
        LegalBasis(
            kind="Quyết định",
            number="749/QĐ-TTg",
            date="2020-06-03",
            issuer="Thủ tướng Chính phủ",
            subject="phê duyệt A.",
        ),
        LegalBasis(text="Căn cứ thực tế;"),
    ]
    text = " ".join(text_of(_pdf(small_plan(legal_bases=bases))).split())
    assert (
        "Căn cứ Quyết định số 749/QĐ-TTg ngày 03 tháng 6 năm 2020 của Thủ tướng Chính phủ phê duyệt A; Căn cứ thực tế."
        in text
    )
