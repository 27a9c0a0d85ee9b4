"""The plan document inside the PDF, the places of parts on its pages, and the choices of print."""

from __future__ import annotations

import hashlib
import subprocess
from pathlib import Path
from typing import Any

import pytest

from models import document, template
from models.document.places import pointers
from models.exports import pdf
from models.exports.pdf import Printed
from models.plan import LegalBasis, Plan, Section, walk_rows, walk_sections
from models.text import appendix_names, charts_name
from tests.models.exports.measured import Sheet, sheets
from tests.models.exports.pages import MM, qpdf_check, reader_of, squeezed, text_of
from tests.plans import MILLION, NUMBERS, fixture_plan, group, register, small_plan, task, tasks


def render(plan: Plan, **options: Any) -> bytes:
    return pdf.render(plan, template.get(plan.template), **options)


def placed(plan: Plan) -> Printed:
    return pdf.render_placed(plan, template.get(plan.template))


# ---- the attachment


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("draft", [False, True])
def test_the_plan_document_comes_back_byte_for_byte(number: int, draft: bool, tmp_path: Path) -> None:
    plan = fixture_plan(number)
    made = render(plan, draft=draft)
    (tmp_path / "a.pdf").write_bytes(made)
    listed = subprocess.run(["pdfdetach", "-list", "a.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "1 embedded files" in listed.stdout and "1: plan.json" in listed.stdout and listed.stderr == ""
    subprocess.run(["pdfdetach", "-save", "1", "-o", "b.json", "a.pdf"], cwd=tmp_path, check=True)
    assert (tmp_path / "b.json").read_bytes() == document.to_bytes(plan)
    assert made.startswith(b"%PDF-1.7")
    assert "No syntax or stream encoding errors" in qpdf_check(made, tmp_path)


def test_what_is_said_of_the_attachment() -> None:
    plan = fixture_plan(4)
    plan_json = document.to_bytes(plan)
    root: Any = reader_of(render(plan)).root_object
    (file,) = root["/AF"]
    name, named = root["/Names"]["/EmbeddedFiles"]["/Names"]
    spec = file.get_object()
    assert name == "plan.json" and named.get_object() == spec
    assert spec["/F"] == spec["/UF"] == "plan.json"
    assert spec["/AFRelationship"] == "/Source"
    stream = spec["/EF"]["/F"]
    assert stream["/Subtype"] == "/application/json"
    assert stream["/Params"]["/Size"] == len(plan_json)
    assert bytes(stream["/Params"]["/CheckSum"].original_bytes) == hashlib.md5(plan_json).digest()
    assert "/ModDate" not in stream["/Params"] and "/CreationDate" not in stream["/Params"]
    assert stream.get_data() == plan_json
    assert len(stream._data) < len(plan_json) / 3
    assert len(render(plan)) < 600_000


# ---- places


@pytest.mark.parametrize("number", NUMBERS)
def test_each_printed_part_has_its_place(number: int) -> None:
    plan = fixture_plan(number)
    made = placed(plan)
    assert made.data == render(plan)
    found = sheets(made.data)
    paths = pointers(plan)
    for fixed in ("/organisation", "/document", "/signature", "/recipients"):
        assert fixed in made.places
    page, top = made.places["/organisation"]
    assert page == 0 and top == pytest.approx(20 * MM, abs=0.1)
    for part in [*walk_sections(plan.sections), *plan.legal_bases]:
        assert paths[id(part)] in made.places
    for table in plan.tables:
        for row in walk_rows(table.rows):
            page, top = made.places[paths[id(row)]]
            text = (row.cells[0] if row.cells else row.task or row.group) or ""
            sheet = found[page]
            starts = [squeezed(piece.text) for piece in sheet.body if piece.y < sheet.height - top]
            assert any(squeezed(text).startswith(start) for start in starts)
    for section in walk_sections(plan.sections):
        page, top = made.places[paths[id(section)]]
        # The heading is the first thing from there on, or its number ("Phần I") is.
        below = squeezed(_text_below(found[page], top)).casefold()
        assert squeezed(section.heading).casefold() in below[: len(section.heading) + 12]


def _text_below(sheet: Sheet, top: float) -> str:
    return " ".join(piece.text for line in sheet.lines() if line.y < sheet.height - top for piece in line.pieces)


def test_places_are_kept_in_reading_order() -> None:
    rows = [group("Nhóm", *(task(f"Việc {number}", MILLION) for number in range(100)))]
    places = placed(small_plan(tasks(*rows))).places
    below = [places[f"/tables/0/rows/0/rows/{number}"] for number in range(100)]
    assert below == sorted(below) and below[-1][0] > below[0][0] + 2
    assert places["/tables/0"] < places["/tables/0/rows/0"] < below[0]
    assert places["/signature"] < places["/tables/0"]


# ---- the choices of print


def _bases(**fields: Any) -> Plan:
    bases = [LegalBasis(kind="Luật", subject="Công nghệ thông tin", date="2006-06-29"), LegalBasis(text="Xét đề nghị.")]
    return small_plan(legal_bases=bases, **fields)


@pytest.mark.parametrize("in_section", [False, True])
@pytest.mark.parametrize("form", ["paragraphs", "bullets"])
def test_legal_bases_as_paragraphs_or_bullets(form: str, in_section: bool) -> None:
    sections = [Section(key="plan.bases", heading="Căn cứ")] if in_section else [Section(key="a", heading="A")]
    sections.append(Section(key="b", heading="B", text="Hết."))
    plan = _bases(sections=sections, print_options={"bases": form})
    first = next(line for line in sheets(render(plan))[0].lines() if "Luật Công nghệ" in line.text)
    text = " ".join(text_of(render(plan)).split())
    if form == "paragraphs":
        assert "Căn cứ Luật Công nghệ thông tin ngày 29 tháng 6 năm 2006; Xét đề nghị." in text
        assert first.styles == {(False, True)}
    else:
        opening = "- Luật" if in_section else "- Căn cứ Luật"
        assert f"{opening} Công nghệ thông tin ngày 29 tháng 6 năm 2006; - Xét đề nghị." in text
        assert first.styles == {(False, False)}


def test_charts_are_the_last_appendix() -> None:
    plan = small_plan(tasks(task("Việc", 100 * MILLION, funding={"local_recurrent": 100 * MILLION})))
    plan.sections[-1].sections[0].text = "Chi tiết tại {appendix:tasks}, biểu đồ tại Phụ lục II."
    known = template.get(plan.template)
    assert list(appendix_names(plan, known).values()) == ["Phụ lục"] and charts_name(plan, known) == ""
    before = sheets(render(plan))
    plan.print_options["charts"] = True
    assert list(appendix_names(plan, known).values()) == ["Phụ lục I"] and charts_name(plan, known) == "Phụ lục II"
    made = render(plan)
    found = sheets(made)
    assert len(found) == len(before) + 1
    lines = [line.text for line in found[-1].lines()]
    assert lines[:2] == ["Phụ lục II", "BIỂU ĐỒ KINH PHÍ"]
    assert lines[2].startswith("(Kèm theo Kế hoạch số")
    assert lines.count("BIỂU ĐỒ KINH PHÍ") == 1
    assert [piece.text for piece in found[-1].number] == ["1"]
    assert "Chi tiết tại Phụ lục I," in " ".join(text_of(made).split())
    reader = reader_of(made)
    last = reader.pages[-1].indirect_reference
    links = [annotation.get_object() for page in reader.pages for annotation in page.get("/Annots", [])]
    assert [str(link["/Contents"]) for link in links if link["/Dest"][0] == last] == ["Phụ lục II"]
    titles = [str(entry["/Title"]) for entry in reader.outline if not isinstance(entry, list)]
    assert titles[-1] == "Phụ lục II. BIỂU ĐỒ KINH PHÍ"


def test_charts_of_a_plan_without_amounts_are_no_appendix() -> None:
    plan = small_plan(tasks(task("Việc")), print_options={"charts": True})
    known = template.get(plan.template)
    assert charts_name(plan, known) == "" and list(appendix_names(plan, known).values()) == ["Phụ lục"]
    assert "BIỂU ĐỒ" not in text_of(render(plan))


def test_charts_alone_are_just_an_appendix() -> None:
    plan = small_plan(tasks(task("Việc", MILLION), section="review.apps"), print_options={"charts": True})
    assert charts_name(plan, template.get(plan.template)) == "Phụ lục"


@pytest.mark.parametrize("number", NUMBERS)
def test_charts_of_the_real_plans_fit_one_page(number: int) -> None:
    plan = fixture_plan(number)
    without = len(sheets(render(plan)))
    plan.print_options["charts"] = True
    known = template.get(plan.template)
    assert len(sheets(render(plan))) == without + bool(charts_name(plan, known))


def test_a_register_in_a_section_has_a_place() -> None:
    plan = small_plan(register(["Văn phòng điện tử", "2011"], section="review.apps", title="Phần mềm"))
    places = placed(plan).places
    assert places["/sections/0/sections/2"] < places["/tables/0"] < places["/tables/0/rows/0"]
