"""The PDF: against the same cells in reportlab's own table and against LibreOffice, its growth, its memory."""

from __future__ import annotations

import io
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

from models import document, template
from models import totals as sums
from models.exports import fonts, nd30, pdf
from models.exports.cells import PrintedTable, printed_table
from models.exports.pdf_text import Measure
from models.exports.pdf_widths import fit, lies
from models.plan import Plan, adopt
from tests.benchmarks import plans
from tests.benchmarks.figure import Figure, compare

_ROOT = Path(__file__).resolve().parent.parent.parent
#: What a process of its own does: print a plan of so many tasks, and say how much memory it took at most.
_CHILD = "from tests.benchmarks import printing; printing.print_alone({tasks})"


def measure() -> Iterator[Figure]:
    plan = _plan(200)
    cells = _table(plan)
    yield compare(
        "PDF of 200 tasks / the same cells in a bare reportlab LongTable",
        lambda: _print(plan),
        lambda: _long_table(cells),
        limit=1.6,
        runs=9,
    )
    yield _growth()
    yield Figure("peak memory of printing 5,000 tasks / 300 MB (MB, not ms)", _peak(5000) / 1e9, 0.3, limit=1.0)
    if shutil.which("soffice"):
        yield from _against_office(plan)


def _plan(tasks: int) -> Plan:
    return document.load(plans.document(tasks))


def _in_one_group(plan: Plan) -> Plan:
    first, *others = plan.tables[-1].rows
    for group in others:
        first.rows += group.rows
    plan.tables[-1].rows = [first]
    adopt(plan)
    return plan


def _print(plan: Plan) -> bytes:
    return pdf.render(plan, template.get(plan.template))


# ---- reportlab's own table


def _table(plan: Plan) -> PrintedTable:
    return printed_table(plan, plan.tables[-1], template.get(plan.template), sums.compute(plan))


def _long_table(table: PrintedTable) -> bytes:
    """The cells as paragraphs of the same font and size in columns of the same widths, with a repeated head."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, TableStyle

    font = fonts.family()
    paper = nd30.A4[::-1] if lies(table) else nd30.A4
    margins = nd30.MARGINS
    widths = fit(Measure(font), table, paper[0] - margins.left - margins.right)
    # reportlab.lib.enums: left, centre, right.
    aligned: dict[str, Literal[0, 1, 2]] = {"text": 0, "amount": 2}
    styles = [
        ParagraphStyle(
            column.kind, fontName=font.faces[fonts.REGULAR], fontSize=widths.size, leading=widths.size * 1.17,
            alignment=aligned.get(column.kind, 1),
        )
        for column in table.columns
    ]  # fmt: skip
    rows = [[column.label for column in table.columns], *(row.cells for row in table.rows)]
    data = [[Paragraph(escape(text), style) for text, style in zip(row, styles, strict=True)] for row in rows]
    padding = nd30.TABLE_PADDING * widths.size
    made = LongTable(data, colWidths=widths.columns, repeatRows=1)
    made.setStyle(
        TableStyle(
            [
                ("GRID", (0, 0), (-1, -1), nd30.TABLE_RULE, (0, 0, 0)), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("LEFTPADDING", (0, 0), (-1, -1), padding), ("RIGHTPADDING", (0, 0), (-1, -1), padding),
                ("TOPPADDING", (0, 0), (-1, -1), 2), ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
        )
    )  # fmt: skip
    stream = io.BytesIO()
    SimpleDocTemplate(
        stream, pagesize=paper, leftMargin=margins.left - 6, rightMargin=margins.right - 6,
        topMargin=margins.top - 6, bottomMargin=margins.bottom - 6, initialFontName=font.faces[fonts.REGULAR],
    ).build([made])  # fmt: skip
    return stream.getvalue()


# ---- growth and memory


def _growth() -> Figure:
    """Time for a task of 5,000 against one of 1,000, in one group each: more groups have longer Roman numerals, which
    leave less room for the texts."""
    small, large = (_in_one_group(_plan(tasks)) for tasks in (1000, 5000))
    found = compare("", lambda: _processor_time(large), lambda: _processor_time(small), limit=1.1, runs=5)
    return Figure(
        "PDF of 5,000 tasks / of 1,000 (ms for a task)", found.seconds / 5000, found.reference / 1000, limit=1.1
    )


def _processor_time(plan: Plan) -> float:
    """Seconds of work: other programs that want the processor meanwhile do not count."""
    start = time.process_time()
    _print(plan)
    return time.process_time() - start


def print_alone(tasks: int) -> None:
    """For a process of its own: print a plan, and say the most memory that was in use, in bytes."""
    _print(_plan(tasks))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(peak if sys.platform == "darwin" else peak * 1024)


def _peak(tasks: int) -> int:
    child = [sys.executable, "-c", _CHILD.format(tasks=tasks)]
    return int(subprocess.run(child, cwd=_ROOT, capture_output=True, check=True, text=True).stdout)


# ---- LibreOffice


def _against_office(plan: Plan) -> Iterator[Figure]:
    from models.exports import docx

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        word = folder / "ke-hoach.docx"
        word.write_bytes(docx.render(plan, template.get(plan.template)))

        def convert() -> float:
            command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
            start = time.perf_counter()
            subprocess.run([*command, "--outdir", name, str(word)], capture_output=True, check=True)
            seconds = time.perf_counter() - start
            assert (folder / "ke-hoach.pdf").stat().st_size > 10_000
            return seconds

        yield compare(
            "PDF of 200 tasks / LibreOffice headless converting the Word file",
            lambda: _print(plan),
            convert,
            limit=0.5,
            runs=3,
        )
