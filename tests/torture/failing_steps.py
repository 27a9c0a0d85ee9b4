"""The steps of a scripted officer: where each is done, how (with real key events), and how one sees that it is done."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from models import document as plan_document
from models.plan import Row, Table, find_table, insert, remove, walk_rows
from models.store import backups
from tests.keyboard import CTRL, key, keys
from tests.plans import MILLION, small_plan, task
from tests.torture.officer import PLAN, Officer
from tests.ui.showing import activate
from tests.ui.waiting import wait_for
from ui import backing_up, opening
from ui.dialogs.backups import BackupsDialog


@dataclass(frozen=True, slots=True)
class Step:
    """``prepare`` goes where the step is done, ``work`` does it, ``is_done`` looks whether what was wanted is there."""

    prepare: Callable[[], object]
    work: Callable[[], object]
    is_done: Callable[[], bool]


class Steps(Officer):
    """What the officer does; each time with another number and word, so that one sees whether it was done."""

    def __init__(self, folder: Path) -> None:
        self._count = 0
        self._word = ""
        self._backups: set[Path] = set()
        super().__init__(folder)

    def steps(self) -> dict[str, Step]:
        return {
            "amount": Step(self._at_amount, self._type_amount, lambda: self._row().total == self._count * MILLION),
            "section": Step(self._at_section, self._type_section, lambda: self._word in self._section().text),
            "subject": Step(self._next, self._set_subject, lambda: self.plan.subject == self._word),
            "new row": Step(self._at_end, self._add_row, lambda: self._word in self._names()),
            "row away": Step(self._at_new, lambda: key(Qt.Key.Key_Delete, CTRL), lambda: self._word not in self._names()),
            "undo": Step(self._edited, lambda: key(Qt.Key.Key_Z, CTRL), lambda: self.plan.subject != self._word),
            "redo": Step(self._undone, lambda: key(Qt.Key.Key_Y, CTRL), lambda: self.plan.subject == self._word),
            "many rows": Step(self._next, self._paste, lambda: self._word in self._names()),
            "settings": Step(self._next, self._set, self._is_set),
            "checkpoint": Step(self._edited, self._checkpoint, lambda: True),
            "leave": Step(self._next, self._leave, lambda: self.window is not None and not self.window.workspace),
            "open": Step(self._leave, self.open, lambda: self.window is not None and self.window.workspace is not None),
            "bin": Step(self._at_list, self._bin, lambda: self.store.is_deleted("ke-hoach-2")),
            "import": Step(self._at_file, self._import, lambda: self.store.has(f"ke-hoach-vao-{self._count}")),
            "draft": Step(self._at_export, lambda: self._export(True), lambda: self._is_exported(True)),
            "final": Step(self._at_export, lambda: self._export(False), lambda: self._is_exported(False)),
            "backup": Step(self._at_backup, self._back_up, self._is_backed_up),
            "backup asked": Step(self._at_dialog, lambda: self._dialog().now.click(), self._is_backed_up),
            "restore": Step(self._at_dialog, lambda: self._dialog().one.click(), self._is_restored),
            "start": Step(self.end, self.begin, lambda: self.window is not None and not self.store.is_reading),
            "end": Step(self._edited, self.end, lambda: self.window is None),
        }  # fmt: skip

    def _next(self) -> str:
        if self.window is None or self.store.is_reading:
            self.end()
            self.begin()
        assert self.window is not None
        for dialog in self.window.findChildren(BackupsDialog):
            dialog.close()
        self.open()
        if not self.window.isActiveWindow():
            activate(self.window)
        self._count += 1
        self._word = f"Việc {self._count}"
        return self._word

    # - in the table

    def _table(self) -> Any:
        self._next()
        self.workspace.show_place(self._tasks())
        page = self.workspace.page
        page.view.setFocus()
        return page

    def _cell(self, page: Any, row: int, name: str) -> None:
        page.view.select_cell(page.model.index(row, [column.field for column in page.model.columns].index(name)))

    def _tasks(self) -> Table:
        found = find_table(self.plan, "tasks")
        assert found is not None
        return found

    def _row(self) -> Row:
        return self._tasks().rows[0]

    def _names(self) -> list[str | None]:
        return [row.task for row in walk_rows(self._tasks().rows)]

    def _at_amount(self) -> None:
        self._cell(self._table(), 0, "total")

    def _type_amount(self) -> None:
        keys(str(self._count))
        key(Qt.Key.Key_Return)

    def _at_end(self) -> None:
        page = self._table()
        with self.workspace.document.edit("Xóa"):
            for row in self._tasks().rows[3:]:
                remove(row)
        self._cell(page, 0, "task")

    def _add_row(self) -> None:
        key(Qt.Key.Key_Return, CTRL)
        keys(self._word)
        key(Qt.Key.Key_Return)

    def _at_new(self) -> None:
        page = self._table()
        with self.workspace.document.edit("Thêm"):
            insert(self._tasks(), task(self._word, MILLION), 0)
        self._cell(page, 0, "task")

    def _paste(self) -> None:
        with self.workspace.document.edit("Dán"):
            for row in self._tasks().rows[1:]:
                row.objective = self._word
            for row in self._tasks().rows[3:]:
                remove(row)
            insert(self._tasks(), task(self._word, MILLION))

    # - elsewhere in the plan

    def _section(self) -> Any:
        return self.plan.sections[0].sections[0]

    def _at_section(self) -> None:
        self._next()
        self.workspace.show_place(self._section())
        self.workspace.page.enter()

    def _type_section(self) -> None:
        keys(f" {self._word}")
        self.workspace.show_place("general")

    def _set_subject(self) -> None:
        self.workspace.document.set(self.plan, "subject", self._word, "Sửa")

    def _edited(self) -> None:
        self._next()
        self.workspace.show_place("general")
        self._set_subject()

    def _undone(self) -> None:
        self._edited()
        self.workspace.document.undo()

    def _set(self) -> None:
        assert self.window is not None
        self.window.scale(0.1 if self.window.settings.number("scale", 1.0) < 1.2 else -0.1)

    def _is_set(self) -> bool:
        assert self.window is not None
        try:
            found = json.loads((self.data / "settings.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return bool(found.get("scale") == self.window.settings.get("scale"))

    def _checkpoint(self) -> None:
        """SQLite's own, which it makes after a commit when the log has grown."""
        try:
            self.store.connection.execute("PRAGMA wal_autocheckpoint=1")
            self.workspace.document.set(self.plan, "subject", f"{self._word} (ghi lại)", "Sửa")
        finally:
            self.store.connection.execute("PRAGMA wal_autocheckpoint=1000")

    # - plans and files

    def _leave(self) -> None:
        assert self.window is not None
        self.window.show_list()

    def _at_list(self) -> None:
        self._next()
        if not self.store.has("ke-hoach-2"):
            self.store.add(small_plan(id="ke-hoach-2"))
        self.store.restore("ke-hoach-2")
        self._leave()

    def _bin(self) -> None:
        assert self.window is not None
        page: Any = self.window._plans
        page.list.setCurrentIndex(page.list.model().index(0, 0))
        key(Qt.Key.Key_Delete)

    def _at_file(self) -> None:
        self._next()
        plan = small_plan(id=f"ke-hoach-vao-{self._count}", subject=self._word)
        (self.into / "vao.json").write_bytes(plan_document.to_bytes(plan))

    def _import(self) -> None:
        assert self.window is not None
        opening.take_in(self.window, [self.into / "vao.json"])

    def _at_export(self) -> None:
        self._next()
        # Each with another plan, and so with other bytes.
        self._set_subject()
        self.workspace.document.check_again()
        self.workspace.show_place("export")

    def _export(self, draft: bool) -> None:
        page = self.workspace.page
        button = page.draft if draft else page.final
        assert button.isEnabled()
        button.click()

    def _is_exported(self, draft: bool) -> bool:
        page = self.workspace.page
        if not page.result.isVisible():
            return False
        newest = max(self.out.glob("*.zip"), key=lambda path: path.stat().st_mtime_ns)
        kept = [one.revision for one in self.store.exports(PLAN)]
        return ("duthao" in newest.name) is draft and (draft or max(kept) == self.plan.revision)

    # - backups

    def _folder(self) -> Path:
        return backups.folder_of(self.data)

    def _at_backup(self) -> None:
        """None is there, so one is due."""
        self._edited()
        for path in self._folder().glob("*.db"):
            path.unlink()
        self._backups = set()

    def _back_up(self) -> None:
        assert self.window is not None
        backing_up.begin(self.window)

    def _at_dialog(self) -> None:
        """The dialog of backups, with one made before the last edit."""
        self._edited()
        backups.make(self.store.path, self._folder(), "asked")
        self._edited()
        assert self.window is not None
        backing_up.show(self.window)
        assert wait_for(self._dialog().one.isEnabled)
        self._backups = set(self._folder().glob("*.db"))

    def _dialog(self) -> BackupsDialog:
        assert self.window is not None
        return next(one for one in self.window.findChildren(BackupsDialog) if one.isVisible())

    def _is_backed_up(self) -> bool:
        return bool(set(self._folder().glob("*.db")) - self._backups)

    def _is_restored(self) -> bool:
        return self.plan.subject == f"Việc {self._count - 1}"
