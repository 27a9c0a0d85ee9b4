"""Large plans for measuring: realistic names, three levels, sources and years."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

_FIXTURE = Path(__file__).resolve().parent.parent / "fixtures" / "plan-004.json"


def document(tasks: int) -> dict[str, Any]:
    """A plan document of ``tasks`` tasks in groups of fifty, made of the texts of plan 004's appendix."""
    plan: dict[str, Any] = json.loads(_FIXTURE.read_text(encoding="utf-8"))
    source = [
        task
        for table in plan["tables"]
        if table["key"] == "spending"
        for group in table["rows"]
        for task in group["rows"]
    ]
    groups = []
    for start in range(0, tasks, 50):
        rows = []
        for number in range(start, min(start + 50, tasks)):
            task = dict(source[number % len(source)])
            amount = 1_000_000 * (number % 900 + 10)
            task |= {
                "task": f"{task['task']} ({number + 1})",
                "from": 2021 + number % 5,
                "to": 2021 + number % 5,
                "time": str(2021 + number % 5),
                "total": amount,
                "funding": {"local_recurrent": amount},
                "years": {str(2021 + number % 5): amount},
                "security": number % 8 == 0,
            }
            rows.append(task)
        groups.append({"group": f"Nhóm nhiệm vụ {start // 50 + 1}", "rows": rows})
    table = {"key": "tasks", "title": "DANH MỤC NHIỆM VỤ", "section": None, "unit": "million", "numbering": ["I", "1"],
             "continuous": True, "rows": groups}  # fmt: skip
    plan |= {"id": f"bench-{tasks}", "tables": [table]}
    return plan
