"""What is done about the findings in the open plan: going to the next, putting right, setting aside, asking why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.i18n import _
from models.plan import Table
from ui.finding_walk import at_cursor, told

if TYPE_CHECKING:
    from models.checks import Finding
    from ui.workspace import Workspace


def next_finding(workspace: Workspace, by: int) -> None:
    """Go to the next (+1) or previous (-1) finding in the order of the outline, from where the cursor is."""
    page, document = workspace.page, workspace.document
    page.save()
    if not document.is_checked:
        document.check_again()
    step = workspace.walk.step(document, workspace.outline.places(), workspace.place, page.here(), by)
    if step is None:
        workspace.notice.emit(_("Không có lỗi hay cảnh báo nào."), "info")
        return
    finding, number, count = step
    workspace.go_to_finding(finding)
    workspace.walk.arrived(finding, workspace.place, workspace.page.here())
    workspace.notice.emit(told(finding, number, count), "info")


def fix_here(workspace: Workspace) -> None:
    """Put right what is wrong at the cursor, as an ordinary edit."""
    workspace.page.save()
    document, here = workspace.document, workspace.page.here()
    finding = _of_page(workspace) or at_cursor(document, here, with_fix=True)
    wrong = finding or at_cursor(document, here)
    if finding is not None and finding.fix is not None:
        document.apply_fix(finding)
        workspace.notice.emit(_("Đã sửa, Ctrl+Z để hoàn tác: {sentence}").format(sentence=finding.message), "info")
    elif wrong is not None:
        workspace.notice.emit(_("Chỗ này phải tự sửa: {sentence}").format(sentence=wrong.message), "info")
    else:
        workspace.notice.emit(_("Ở đây không có gì cần sửa."), "info")


def set_aside_here(workspace: Workspace) -> None:
    """Ask why the finding at the cursor may be set aside, on the page of all findings; there, take it up again."""
    from models.checks.aside import may_be

    workspace.page.save()
    finding = _of_page(workspace) or at_cursor(workspace.document, workspace.page.here())
    if finding is None:
        workspace.notice.emit(_("Ở đây không có lỗi hay cảnh báo nào."), "info")
    elif finding.reason:
        workspace.document.set_aside(finding, "")
    elif not may_be(finding):
        sentence = _("Lỗi này phải sửa, không bỏ qua được: {sentence}")
        workspace.notice.emit(sentence.format(sentence=finding.message), "info")
    else:
        workspace.enter_place("findings")
        if ask := getattr(workspace.page, "ask_reason", None):
            ask(finding)


def why_here(workspace: Workspace) -> None:
    """Show or hide the rule behind what is wrong at the cursor, where that is told."""
    if isinstance(workspace.place, Table):
        shown = workspace.card.toggle_why(at_cursor(workspace.document, workspace.page.here()))
    else:
        shown = workspace.page.toggle_why()
    if not shown:
        workspace.notice.emit(_("Ở đây không có lỗi hay cảnh báo nào."), "info")


def _of_page(workspace: Workspace) -> Finding | None:
    """The finding that is selected in the list, or whose words the cursor is in; others are told by their field."""
    for name in ("selected", "finding_here"):
        if ask := getattr(workspace.page, name, None):
            found: Finding | None = ask()
            return found
    return None
