"""The text reader over a plan of 60,000 words, and after an edit of it."""

from __future__ import annotations

import json
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from models import document, reader, template
from models.checks import prose
from models.live import LiveEvaluation
from models.plan import Plan, walk_rows, walk_sections
from models.store import Change, Store
from tests.benchmarks.figure import Figure, compare

WORDS = 60_000
_FIXTURES = Path(__file__).resolve().parent.parent / "fixtures"
_WORD = re.compile(r"\w+")
#: The promises in seconds, and the times that reading may take of merely finding the words.
_WHOLE, _EDIT, _TIMES = 1.0, 0.016, 60.0
_EDITS = 40


def measure() -> Iterator[Figure]:
    plan = large_plan()
    texts = [text for _part, _field, text in prose.texts(plan)]

    def read() -> None:
        known: dict[str, reader.Scan] = {}
        for text in texts:
            reader.read_once(text, known)

    words = sum(len(text.split()) for text in texts)
    yield compare(
        f"reading a plan of {words:,} words / finding its words",
        read,
        lambda: [_WORD.findall(text) for text in texts],
        limit=_TIMES,
        runs=5,
    )
    seconds = statistics.median(_time(read) for _run in range(5))
    yield Figure(f"reading a plan of {words:,} words / 1 s", seconds, _WHOLE, 1.0)
    yield from _edits(plan)


def _edits(plan: Plan) -> Iterator[Figure]:
    """The plan in a store, with an evaluation that follows its edits; only the following is timed."""
    times: list[float] = []
    with tempfile.TemporaryDirectory(prefix="reading-") as folder:
        store = Store(Path(folder) / "plans.sqlite")
        store.add(plan)
        opened = store.open_plan(plan.id)
        live = LiveEvaluation(opened.plan, template.of(opened.plan))
        live.check()

        def follow(change: Change) -> None:
            start = time.perf_counter()
            live.follow(change.parts, change.owners)
            times.append(time.perf_counter() - start)

        opened.listeners.append(follow)
        for what, edit in EDITS.items():
            times.clear()
            for number in range(_EDITS):
                with opened.edit("x") as now:
                    edit(now, number)
            yield Figure(f"following an edit of {what}, p90 / 16 ms", sorted(times)[int(_EDITS * 0.9)], _EDIT, 1.0)
        store.close()


def large_plan(words: int = WORDS) -> Plan:
    """A plan of about so many words, no two texts alike: sections, bases, a register and tasks of plan 004, over and over."""
    data: dict[str, Any] = json.loads((_FIXTURES / "plan-004.json").read_text(encoding="utf-8"))
    prose_data = [json.loads((_FIXTURES / f"plan-{n:03d}.json").read_text(encoding="utf-8")) for n in range(5)]
    plan = document.load(data)
    texts = [
        section["text"]
        for one in prose_data
        for top in one["sections"]
        for section in _walk(top)
        if section.get("text")
    ]
    count = sum(len(text.split()) for _part, _field, text in prose.texts(plan))
    number = 0
    more: list[dict[str, Any]] = []
    register = next(table for table in data["tables"] if table.get("columns"))
    tasks = next(table for table in data["tables"] if table["key"] == "tasks")
    group = next(group for group in tasks["rows"] if group.get("rows"))
    while count < words:
        number += 1
        text = re.sub(r"\{[^}]*\}", "12", texts[number % len(texts)]) + f"\n- Nội dung bổ sung số {number}."
        row = [f"{cell} ({number})" for cell in register["rows"][number % 53]]
        task = dict(group["rows"][1]["rows"][number % len(group["rows"][1]["rows"])]) | {"rows": []}
        task |= {name: f"{task[name]} ({number})" for name in ("task", "objective") if task.get(name)}
        more.append({"key": f"more.{number}", "heading": f"Nội dung {number}", "text": text})
        register["rows"].append(row)
        group["rows"][1]["rows"].append(task)
        count += sum(len(one.split()) for one in (text, *row, task["task"], task.get("objective", "")))
    data["sections"][1]["sections"].append({"key": "more", "heading": "Nội dung khác", "sections": more})
    data["id"] = "bench-words"
    return document.load(data)


def _walk(section: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield section
    for below in section.get("sections", ()):
        yield from _walk(below)


def _of_section(plan: Plan, number: int) -> None:
    sections = [section for section in walk_sections(plan.sections) if section.text]
    section = sections[number * 7 % len(sections)]
    section.text = section.text + f" Đã rà soát lần {number}."


def _of_register(plan: Plan, number: int) -> None:
    rows = next(table.rows for table in plan.tables if table.is_register)
    row = rows[number * 11 % len(rows)]
    row.cells = [*(row.cells or ())[:-1], f"Ghi chú {number}"]


def _of_task(plan: Plan, number: int) -> None:
    rows = [row for table in plan.tables if not table.is_register for row in walk_rows(table.rows) if row.task]
    row = rows[number * 13 % len(rows)]
    row.objective = row.objective + f" ({number})"


def _of_amount(plan: Plan, number: int) -> None:
    rows = [row for row in walk_rows(plan.tables[-1].rows) if row.task and not row.rows]
    row = rows[number * 13 % len(rows)]
    row.total = 1_000_000 * (number + 10)


def _of_basis(plan: Plan, number: int) -> None:
    basis = plan.legal_bases[number % len(plan.legal_bases)]
    basis.subject = f"{basis.subject} {number}"


def _of_date(plan: Plan, number: int) -> None:
    plan.day = number % 28 + 1


EDITS: dict[str, Callable[[Plan, int], None]] = {
    "a section's text": _of_section,
    "a register's cell": _of_register,
    "a task's words": _of_task,
    "a task's amount": _of_amount,
    "a legal basis": _of_basis,
    "the plan's date": _of_date,
}


def _time(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
