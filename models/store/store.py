"""Kho dữ liệu: the plans of this computer, in one SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from models.errors import StoreError
from models.i18n import N_, _
from models.plan import LegalBasis, Part, Plan, Section, Table, adopt, child_lists, insert, remove
from models.store import exported
from models.store.columns import AS_JSON, PLAIN
from models.store.exported import KeptExport
from models.store.files import FILE_NAME, connect, explain
from models.store.history import Past, timeline
from models.store.open_plan import OpenPlan
from models.store.queries import NEXT_EDIT
from models.store.reader import read_plan

if TYPE_CHECKING:
    from models.store.writer import Writer

T = TypeVar("T")

#: Total (đồng; ``None`` where it has no tasks), errors and warnings of a plan.
Evaluation = tuple[int | None, int, int]


@dataclass(frozen=True, slots=True)
class Summary:
    """What the list of plans shows of one; ``total`` is đồng, ``changed`` local time (ISO 8601)."""

    id: str
    template: str
    revision: int
    period_from: int | None
    period_to: int | None
    unit_name: str
    subject: str
    changed: str
    total: int | None
    errors: int
    warnings: int


class Store:
    """The store in one folder; for one thread. ``StoreError`` tells what is wrong with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        self.connection = connect(folder)
        self._writer: Writer | None = None

    def close(self) -> None:
        if self._writer is not None:
            self._writer.dispose()
        self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def writer(self) -> Writer:
        """What writes to this store; SQLAlchemy is loaded when it is first needed."""
        if self._writer is None:
            from models.store.writer import Writer

            self._writer = Writer(self.connection, self.path)
        return self._writer

    # ---- plans

    def add(self, plan: Plan, label: str = N_("Tạo kế hoạch")) -> None:
        """Store a new plan; ``StoreError`` where its id is there already."""
        if self.has(plan.id):
            raise StoreError(_("Kho dữ liệu đã có kế hoạch “{id}”.").format(id=plan.id))
        self.writer().add(plan, label)

    def put(self, plan: Plan, label: str) -> None:
        """Store a plan; one of the same id takes its content in one edit that can be undone."""
        if not self.has(plan.id):
            self.add(plan, label)
            return
        if self.is_deleted(plan.id):
            self.restore(plan.id)
        held = self.open_plan(plan.id)
        if held.plan.revision != plan.revision:
            self.writer().raise_revision(plan.id, max(plan.revision, held.plan.revision), label)
        with held.edit(label) as target:
            _replace(target, plan)

    def put_all(self, plans: Iterable[Plan], label: str) -> None:
        """``put`` for each of the plans, in one transaction: all of them are stored, or none."""
        with self.writer().transaction():
            for plan in plans:
                self.put(plan, label)

    def has(self, plan_id: str) -> bool:
        return bool(self._query("SELECT 1 FROM plan WHERE id = ?", (plan_id,)))

    def is_deleted(self, plan_id: str) -> bool:
        return bool(self._query("SELECT 1 FROM plan WHERE id = ? AND deleted IS NOT NULL", (plan_id,)))

    def read(self, plan_id: str) -> Plan:
        """A plan by its id, to be read only; ``StoreError`` where there is none."""
        try:
            plan = read_plan(self.connection, plan_id)
        except sqlite3.Error as error:
            raise explain(error, self.path) from error
        if plan is None:
            raise StoreError(
                _("Kho dữ liệu không có kế hoạch “{id}”; lệnh list cho biết các kế hoạch đang có.").format(id=plan_id)
            )
        return plan

    def open_plan(self, plan_id: str) -> OpenPlan:
        """A plan by its id, to be edited; ``StoreError`` where there is none."""
        return OpenPlan(self, self.read(plan_id))

    def delete(self, plan_id: str) -> None:
        """Put a plan into the bin; ``restore`` takes it out again."""
        self.writer().set_deleted(plan_id, True, N_("Xóa kế hoạch"))

    def restore(self, plan_id: str) -> None:
        self.writer().set_deleted(plan_id, False, N_("Khôi phục kế hoạch"))

    def set_revision(self, plan_id: str, revision: int, label: str) -> None:
        """Keep the revision that a final export was given; it is no step that can be undone."""
        self.writer().raise_revision(plan_id, revision, label)

    # ---- final exports

    def keep_export(self, plan_id: str, revision: int, label: str, code: str, package: bytes) -> None:
        """Keep a final export: the plan's revision, and the package as it was given out."""
        with self.keeping_export(plan_id, revision, label, code, package):
            pass

    @contextmanager
    def keeping_export(self, plan_id: str, revision: int, label: str, code: str, package: bytes) -> Iterator[None]:
        """The same, kept only if what is done inside succeeds; a store that cannot be written fails first."""
        with self.writer().transaction():
            self.set_revision(plan_id, revision, label)
            self.writer().keep_export(plan_id, revision, code, package)
            yield

    def keep_signed(self, plan_id: str, revision: int, signed: bytes) -> None:
        """Keep the PDF of a final export as it came back signed."""
        self.writer().keep_signed(plan_id, revision, signed)

    def exports(self, plan_id: str) -> list[KeptExport]:
        """The final exports of a plan that were made in this store, the newest first."""
        return self._read(lambda: exported.listed(self.connection, plan_id))

    def exported_package(self, plan_id: str, revision: int) -> bytes | None:
        """The package of a final export, byte for byte; ``None`` where it was not made in this store."""
        return self._read(lambda: exported.package_of(self.connection, plan_id, revision))

    def signed_pdf(self, plan_id: str, revision: int) -> bytes | None:
        """The signed PDF of a final export; ``None`` where none came back."""
        return self._read(lambda: exported.signed_of(self.connection, plan_id, revision))

    # ---- lists

    def summaries(self, evaluate: Callable[[Plan], Evaluation], deleted: bool = False) -> list[Summary]:
        """All plans (or those in the bin), the last changed first.

        ``evaluate`` works out total, errors and warnings of a plan that has changed since they were kept.
        """
        query = f"""
            SELECT p.id, p.template, p.revision, p.period_from, p.period_to, p.unit_name, p.subject,
                   last.id, last.at, s.edit_id, s.total, s.errors, s.warnings
            FROM plan p
            JOIN edit last ON last.id = (SELECT max(id) FROM edit WHERE plan_id = p.id AND undone = 0)
            LEFT JOIN summary s ON s.plan_id = p.id
            WHERE p.deleted IS {"NOT NULL" if deleted else "NULL"}
            ORDER BY last.at DESC, last.id DESC"""
        found = []
        for plan_id, template, revision, first, last, unit, subject, edit_id, changed, kept_for, *kept in self._query(
            query, ()
        ):
            total, errors, warnings = kept
            if kept_for != edit_id:
                total, errors, warnings = evaluate(self.read(plan_id))
                self.writer().set_summary(plan_id, edit_id, total, errors, warnings)
            found.append(
                Summary(plan_id, template, revision, first, last, unit, subject, changed, total, errors, warnings)
            )
        return found

    def earlier(self, plan_id: str, year: int) -> list[tuple[str, str, str]]:
        """Id, unit's code and unit's name of the other plans that begin before ``year``, the newest first."""
        query = """
            SELECT id, unit_code, unit_name FROM plan WHERE deleted IS NULL AND id <> ? AND period_from < ?
            ORDER BY period_from DESC, (SELECT max(id) FROM edit WHERE plan_id = plan.id) DESC"""
        return [(found, code or "", name or "") for found, code, name in self._query(query, (plan_id, year))]

    def history(self, plan_id: str) -> list[Past]:
        """The edits of a plan, the newest first."""
        query = """
            SELECT id, at, who, label, undone, EXISTS (SELECT 1 FROM change WHERE edit_id = edit.id)
            FROM edit WHERE plan_id = ? ORDER BY id DESC"""
        return timeline(self._query(query, (plan_id,)))

    def next_label(self, plan_id: str, back: bool) -> str | None:
        """The label of the edit that undo (``back``) or redo would take next."""
        found = self._query(NEXT_EDIT[back], {"plan": plan_id})
        return found[0][1] if found else None

    def _query(self, query: str, values: Any) -> list[Any]:
        return self._read(lambda: self.connection.execute(query, values).fetchall())

    def _read(self, read: Callable[[], T]) -> T:
        try:
            return read()
        except sqlite3.Error as error:
            raise explain(error, self.path) from error


def _replace(target: Plan, source: Plan) -> None:
    """Give a plan all the content of another one, within an edit."""
    for name in (*PLAIN[Plan], *AS_JSON[Plan]):
        if name != "revision" and getattr(target, name) != getattr(source, name):
            setattr(target, name, getattr(source, name))
    for mine, theirs in zip(child_lists(target), child_lists(source), strict=True):
        for part in list(mine):
            remove(part)
        for part in list(theirs):
            _detach(part)
            insert(target, part)


def _detach(part: Part) -> None:
    assert isinstance(part, LegalBasis | Section | Table)
    part.__dict__["parent"] = None
    part.__dict__["row_id"] = 0
    adopt(part)
