"""Whole Word plans as plans: what the offices typed arrives, whatever way they typed it; nothing is dropped unsaid."""

from __future__ import annotations

import functools
import io
import unicodedata
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import document, template
from models.evaluate import evaluate
from models.exports import docx as export
from models.imports import word, word_plan
from models.imports.word_plan import Taken
from models.plan import walk_sections
from tests.models.imports.words import level, listed, make, numbering, p, r, tbl, tc
from tests.models.reader import seeds
from tests.offices_word import compare
from tests.offices_word.kept import lost
from tests.offices_word.make import OFFICES
from tests.offices_word.make import make as typed
from tests.plans import NUMBERS, fixture_plan

YEARLY = "chinh-quyen-so-2022"
WAYS = {way.name: way for way in OFFICES}
SEEDS = seeds.folder()


@functools.cache
def office_file(number: int, way: str) -> bytes:
    """One of the five real plans as an office typed it, or as this program exports it."""
    plan = fixture_plan(number)
    return export.render(plan, template.of(plan)) if way == "export" else typed(plan, WAYS[way])


def take(folder: Path, data: bytes, used: str = YEARLY) -> Taken:
    path = folder / "kế hoạch.docx"
    path.write_bytes(data)
    return word_plan.plan(word.read(path), template.get(used), path.name)


def messages(taken: Taken) -> str:
    return "\n".join(doubt.message for doubt in taken.doubts)


# ---- the five real plans


@pytest.mark.parametrize("way", [*WAYS, "export"])
@pytest.mark.parametrize("number", NUMBERS)
def test_a_real_plan_arrives(tmp_path: Path, number: int, way: str) -> None:
    expected = fixture_plan(number)
    taken = take(tmp_path, office_file(number, way), expected.template)
    plan = taken.plan
    assert compare.head(plan) == compare.head(expected)
    assert compare.bases(plan) == compare.bases(expected)
    assert compare.outline(plan) == compare.outline(expected)
    assert compare.sums(plan) == compare.sums(expected)
    assert [table.key for table in plan.tables] == [table.key for table in expected.tables]
    for found, known in zip(plan.tables, expected.tables, strict=True):
        assert compare.blanks(found.title) == compare.blanks(known.title)
        assert compare.rows(found) == compare.rows(known)
        assert found.is_register or found.unit == known.unit
    # Headings of the template are known by what they mean, whatever their numbers.
    specs = {section.key for section in template.walk(template.of(expected).sections)}
    keys = {section.key for section in walk_sections(plan.sections)}
    assert {section.key for section in walk_sections(expected.sections)} & specs <= keys
    assert document.to_bytes(document.from_bytes(document.to_bytes(plan))) == document.to_bytes(plan)
    evaluate(plan)


@pytest.mark.parametrize("way", [*WAYS, "export"])
@pytest.mark.parametrize("number", NUMBERS)
def test_no_word_of_a_real_plan_is_lost(tmp_path: Path, number: int, way: str) -> None:
    path = tmp_path / "x.docx"
    path.write_bytes(office_file(number, way))
    assert lost(path, template.of(fixture_plan(number))) == set()


@pytest.mark.skipif(SEEDS is None, reason="the texts of the real plans are not here (KHS_SEEDS)")
@pytest.mark.parametrize("number", NUMBERS)
def test_no_word_of_a_real_text_is_lost(tmp_path: Path, number: int) -> None:
    """The texts of the real plans line by line, with the marks and tables that the reading by machine left in them."""
    made: Any = docx.Document()
    assert SEEDS is not None
    text = sorted(SEEDS.glob("*.txt"))[number].read_text(encoding="utf-8")
    for line in text.split("\n"):
        made.add_paragraph("".join(letter for letter in line if letter.isprintable() or letter == "\t"))
    path = tmp_path / "x.docx"
    made.save(str(path))
    assert lost(path, template.of(fixture_plan(number))) == set()


# ---- headings


def outline(plan: Any) -> list[tuple[str, str]]:
    return [(section.key, section.heading) for section in walk_sections(plan.sections)]


TITLE = p("KẾ HOẠCH") + p(r("Chuyển đổi số năm 2022", bold=True))


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("Phần I", "I.", "1."), ("PHẦN THỨ NHẤT:", "I/", "1)"), ("A.", "I.", "1."), ("I.", "1.", "1.1."), ("I -", "1/", "a)"),
        ("Chương I.", "Mục 1.", "1.1"), ("PHẦN A -", "II)", "2."), ("", "I.", "1."),
    ],
)  # fmt: skip
def test_headings_of_any_numbers(tmp_path: Path, first: str, second: str, third: str) -> None:
    def head(number: str, text: str) -> str:
        return p(r(f"{number} {text}".strip(), bold=True))

    body = [
        TITLE, head(first, "ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN NĂM 2021"), head(second, "HẠ TẦNG KỸ THUẬT"), head(third, "Máy tính của Sở"),
        p("Có 54 máy."), head(first, "NỘI DUNG KẾ HOẠCH NĂM 2022"), head(second, "KINH PHÍ THỰC HIỆN"), p("Theo dự toán."),
    ]  # fmt: skip
    plan = take(tmp_path, make(*body)).plan
    assert [one for one in outline(plan) if plan_text(plan, one[0]) or one[0] in ("review", "plan")] == [
        ("review", "ĐÁNH GIÁ KẾT QUẢ THỰC HIỆN NĂM 2021"), ("review.infrastructure.1", "Máy tính của Sở"),
        ("plan", "NỘI DUNG KẾ HOẠCH NĂM 2022"), ("plan.budget", "KINH PHÍ THỰC HIỆN"),
    ]  # fmt: skip
    assert plan_text(plan, "review.infrastructure.1") == "Có 54 máy."


def plan_text(plan: Any, key: str) -> str:
    return next((section.text for section in walk_sections(plan.sections) if section.key == key), "")


def test_items_of_a_list_are_no_headings(tmp_path: Path) -> None:
    lists = numbering(level(0, "decimal", "%1."))
    body = [
        TITLE, p(r("I. NHIỆM VỤ", bold=True)), p("Gồm các việc sau:"), p("1. Mua sắm máy tính;"), p("2. Thuê đường truyền."),
        p("a) Tập huấn cho công chức của Sở"), p("Nâng cấp phần mềm", properties=listed(1)), p("Bảo trì mạng", properties=listed(1)),
    ]  # fmt: skip
    plan = take(tmp_path, make(*body, lists=lists)).plan
    text = next(section.text for section in walk_sections(plan.sections) if section.heading == "NHIỆM VỤ")
    for line in (
        "1. Mua sắm máy tính;",
        "2. Thuê đường truyền.",
        "a) Tập huấn cho công chức của Sở",
        "1. Nâng cấp phần mềm",
        "2. Bảo trì mạng",
    ):
        assert line in text.split("\n")


def test_a_heading_that_means_nothing_is_the_units_own(tmp_path: Path) -> None:
    body = [
        TITLE,
        p(r("I. HẠ TẦNG KỸ THUẬT", bold=True)),
        p("Có mạng."),
        p(r("II. HỢP TÁC VỚI BƯU ĐIỆN", bold=True)),
        p("Có."),
    ]
    plan = take(tmp_path, make(*body)).plan
    assert ("review.infrastructure", "HẠ TẦNG KỸ THUẬT") in outline(plan)
    assert ("own.1", "HỢP TÁC VỚI BƯU ĐIỆN") in outline(plan) and plan_text(plan, "own.1") == "Có."


def test_sections_that_the_template_requires_are_added_empty_and_told(tmp_path: Path) -> None:
    taken = take(tmp_path, make(TITLE, p(r("I. HẠ TẦNG KỸ THUẬT", bold=True)), p("Có mạng.")))
    required = {spec.key for spec in template.walk(template.get(YEARLY).sections) if spec.required}
    assert required <= {section.key for section in walk_sections(taken.plan.sections)}
    assert "đã thêm mục trống" in messages(taken) and "TỔ CHỨC THỰC HIỆN" in messages(taken)


def test_text_without_any_heading_is_kept(tmp_path: Path) -> None:
    taken = take(tmp_path, make(p("Một đoạn."), p("- Hai."), tbl(["Tên", "Số"], ["x", "1"])))
    assert plan_text(taken.plan, "own.1") == "Một đoạn.\n- Hai."
    assert "Không nhận ra đề mục nào" in messages(taken) and "Văn bản không nói rõ năm" in messages(taken)
    assert [table.key for table in taken.plan.tables] == [key for key in taken.keys if key]


# ---- head, bases and end


def test_bases_before_the_first_heading(tmp_path: Path) -> None:
    body = [
        TITLE, p("Căn cứ Luật Công nghệ thông tin ngày 29 tháng 6 năm 2006;"),
        p("Căn cứ Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ phê duyệt Chương trình;"),
        p("Thực hiện Công văn số 12/STTTT ngày 01/9/2021 của Sở Thông tin và Truyền thông,"),
        p("Theo đề nghị của Chánh Văn phòng,"), p("Sở xây dựng Kế hoạch như sau:"), p(r("I. NHIỆM VỤ", bold=True)), p("Làm."),
    ]  # fmt: skip
    plan = take(tmp_path, make(*body)).plan
    assert [(basis.kind, basis.number, basis.date, basis.text) for basis in plan.legal_bases] == [
        ("Luật", "", "2006-06-29", ""), ("Quyết định", "749/QĐ-TTg", "2020-06-03", ""),
        ("", "", "", "Thực hiện Công văn số 12/STTTT ngày 01/9/2021 của Sở Thông tin và Truyền thông"),
        ("", "", "", "Theo đề nghị của Chánh Văn phòng"),
    ]  # fmt: skip
    assert plan.sections[0].text.startswith("Sở xây dựng Kế hoạch như sau:") or "Sở xây dựng" in str(
        document.dump(plan)
    )


def test_who_signs_in_many_ways(tmp_path: Path) -> None:
    ends = {
        (("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thị B")): ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thị B"),
        (("GIÁM ĐỐC", "(đã ký)", "NGUYỄN VĂN AN")): ("", "GIÁM ĐỐC", "NGUYỄN VĂN AN"),
        (("CHÁNH VĂN PHÒNG",)): ("", "CHÁNH VĂN PHÒNG", ""),
    }  # fmt: skip
    for lines, expected in ends.items():
        cells = [tc(inside=p("Nơi nhận:") + p("- Như trên;") + p("- Lưu: VT.")), tc(inside="".join(map(p, lines)))]
        plan = take(tmp_path, make(TITLE, p("Căn cứ tình hình thực tế;"), p("Nội dung."), tbl(cells))).plan
        assert (plan.capacity, plan.signer_position, plan.signer_name) == expected
        assert plan.recipients == ["Như trên", "Lưu: VT"]


def test_addressee_draft_and_another_kind(tmp_path: Path) -> None:
    body = [
        p("DỰ THẢO"),
        p("BÁO CÁO", r("")),
        p(r("Kết quả năm 2022", bold=True)),
        p("Kính gửi:"),
        p("- Sở A;"),
        p("- Sở B."),
        p("Nội dung."),
    ]
    taken = take(tmp_path, make(*body))
    assert taken.plan.addressee == "Sở A; Sở B" and taken.plan.subject == "Kết quả năm 2022"
    assert "Văn bản ghi là “BÁO CÁO”" in messages(taken) and "DỰ THẢO" in messages(taken)


# ---- tables and appendices


def appendix(*more: str) -> list[str]:
    table = tbl(
        ["TT", "Tên nhiệm vụ", "Kinh phí (triệu đồng)"],
        ["1", "Mua máy", "250"],
        ["2", "Thuê mạng", "50"],
        ["", "Tổng cộng", "300"],
    )
    return [
        TITLE, p(r("I. NHIỆM VỤ", bold=True)), p("Xem phụ lục."), p("Nơi nhận:"), p("- Lưu: VT."), *more,
        p(r("DANH MỤC NHIỆM VỤ NĂM 2022", bold=True), properties='<w:jc w:val="center"/>'), table,
    ]  # fmt: skip


def test_an_appendix_and_what_stands_around_it(tmp_path: Path) -> None:
    above = [p(r("PHỤ LỤC II", bold=True)), p("(Kèm theo Kế hoạch số 1/KH-SNV"), p("ngày 01 tháng 10 năm 2021)")]
    body = [*appendix(*above), p("(Bằng chữ: Ba trăm triệu đồng)."), p("Ghi chú: chưa gồm thuế.")]
    taken = take(tmp_path, make(*body))
    [table] = taken.plan.tables
    assert (table.key, table.title, table.section) == ("tasks", "DANH MỤC NHIỆM VỤ NĂM 2022", "")
    assert compare.sums(taken.plan) == {"tasks": 300_000_000} and table.stated_total == 300_000_000
    # The total in words is printed anew; other lines below a table are kept.
    assert "chưa gồm thuế" in str(document.dump(taken.plan)) and "chưa gồm thuế" in messages(taken)
    assert "Ba trăm triệu" not in str(document.dump(taken.plan))


def test_other_words_for_the_total_are_told(tmp_path: Path) -> None:
    taken = take(tmp_path, make(*appendix(p(r("PHỤ LỤC", bold=True))), p("Bằng chữ: Ba trăm linh một triệu đồng.")))
    assert "dòng bằng chữ “Ba trăm linh một triệu đồng” khác tổng tính được" in messages(taken)


def test_an_appendix_of_text_is_a_section(tmp_path: Path) -> None:
    body = [
        *appendix(p(r("PHỤ LỤC I", bold=True))),
        p(r("PHỤ LỤC II. QUY ƯỚC VIẾT TẮT", bold=True)),
        p("CNTT: công nghệ thông tin."),
    ]
    taken = take(tmp_path, make(*body))
    last = list(walk_sections(taken.plan.sections))
    own = next(section for section in last if section.heading == "QUY ƯỚC VIẾT TẮT")
    assert own.text == "CNTT: công nghệ thông tin." and "chỉ có lời văn" in messages(taken)


def test_a_table_of_something_else_is_kept_as_it_stands(tmp_path: Path) -> None:
    head = ["Họ tên", "Chức vụ", "Điện thoại"]
    table = tbl(head, ["Nguyễn A", "Trưởng phòng", "0912"], ["Lê B", "Phó phòng", "0913"])
    again = tbl(head, ["Trần C", "Chuyên viên", "0914"])
    taken = take(tmp_path, make(TITLE, p(r("I. TỔ CHỨC THỰC HIỆN", bold=True)), p("Đầu mối:"), table, again))
    [found] = taken.plan.tables
    assert found.section == "plan.organisation" and [row.cells for row in found.rows][-1] == [
        "Trần C",
        "Chuyên viên",
        "0914",
    ]
    assert len(found.rows) == 3


def test_a_frame_around_text_is_text(tmp_path: Path) -> None:
    plan = take(tmp_path, make(TITLE, p(r("I. NHIỆM VỤ", bold=True)), tbl(["Lưu ý: làm ngay."]), p("Hết./."))).plan
    assert "Lưu ý: làm ngay.\n\nHết." in [section.text for section in walk_sections(plan.sections)]


def test_braces_are_no_placeholders(tmp_path: Path) -> None:
    taken = take(tmp_path, make(TITLE, p(r("I. NHIỆM VỤ", bold=True)), p("Theo mẫu {total:tasks}.")))
    assert "Theo mẫu (total:tasks)." in str(document.dump(taken.plan)) and "{total:tasks}" in messages(taken)


# ---- anything at all

TEXT = st.text(st.sampled_from("aăâbcđeêghiklmnoôơpqrstuưvxyàảãáạ ABĐHI.,;:-+()0123456789\t"), min_size=1, max_size=60)
PARAGRAPH = st.tuples(
    st.sampled_from(["", "- ", "+ ", "I. ", "1. ", "1.1. ", "a) ", "Phần I ", "PHỤ LỤC ", "Căn cứ ", "Nơi nhận: ", "Kính gửi: ", "Số: ", "KẾ HOẠCH "]),
    TEXT, st.booleans(), st.sampled_from(["", '<w:jc w:val="center"/>', listed(1), listed(1, 1)]),
)  # fmt: skip
TABLE = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(TEXT, min_size=width, max_size=width), min_size=1, max_size=3)
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(PARAGRAPH, PARAGRAPH, PARAGRAPH, TABLE), min_size=1, max_size=14))
def test_no_word_of_any_document_is_lost(tmp_path: Path, blocks: list[Any]) -> None:
    made = []
    for block in blocks:
        if isinstance(block, tuple):
            begun, text, bold, properties = block
            made.append(p(r(begun + text, bold=bold), properties=properties))
        else:
            made.append(tbl(*block))
    path = tmp_path / "x.docx"
    path.write_bytes(make(p("Mở đầu."), *made, lists=numbering(level(0, "decimal", "%1.") + level(1, "bullet", "-"))))
    assert lost(path, template.get(YEARLY)) == set()


def test_letters_come_as_a_plan_takes_them(tmp_path: Path) -> None:
    stream = io.BytesIO()
    made: Any = docx.Document()
    made.add_paragraph(unicodedata.normalize("NFD", "Đánh giá kết quả"))
    made.add_paragraph("chữ\u200b ẩn\u202e ngược")
    made.save(stream)
    dumped = str(document.dump(take(tmp_path, stream.getvalue()).plan))
    assert unicodedata.is_normalized("NFC", dumped) and "chữ ẩn ngược" in dumped
