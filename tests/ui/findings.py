"""The list of findings, as tests of it read it."""

from __future__ import annotations

from models.checks import Finding
from models.plan import Plan
from tests.plans import small_plan, task, tasks
from ui.pages.findings import FindingsPage
from ui.widgets.findings_model import Heading
from ui.workspace import Workspace


def the_list(workspace: Workspace) -> FindingsPage:
    workspace.enter_place("findings")
    page = workspace.page
    assert isinstance(page, FindingsPage)
    return page


def selected(page: FindingsPage) -> Finding:
    finding = page.selected()
    assert finding is not None
    return finding


def shown(page: FindingsPage) -> list[str]:
    """The rows of the list, headings in brackets."""
    return [f"[{row.name}]" if isinstance(row, Heading) else row.rule for row in page.model.rows]


def said(workspace: Workspace) -> list[str]:
    lines: list[str] = []
    workspace.notice.connect(lambda text, _kind: lines.append(text))
    return lines


def no_amounts(count: int) -> Plan:
    return small_plan(tasks(*[task(f"Việc {n}") for n in range(count)]))
