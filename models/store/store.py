"""Kho dữ liệu: the plans of this computer, in one SQLite file."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from models.errors import StoreError
from models.i18n import N_, _
from models.plan import LegalBasis, Part, Plan, Section, Table, adopt, child_lists, insert, remove
from models.store import changes, exported, history
from models.store.changes import Key, PartChange, Values
from models.store.columns import AS_JSON, PLAIN
from models.store.compaction import Compaction
from models.store.damage import damaged, found_damaged
from models.store.exported import KeptExport
from models.store.files import FILE_NAME, connect, explain
from models.store.history import Past
from models.store.open_plan import OpenPlan
from models.store.queries import LAST_EDIT, NEXT_EDIT
from models.store.reader import read_plan
from models.store.reading import Opened

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
    #: Of its template, as ``Plan.extra`` states it (``template.version_of``); ``None`` where it states none.
    template_version: int | None = None


class Store:
    """The store in one folder; for one thread. ``StoreError`` tells what is wrong with it.

    Where it may not be written (``models.store.access``), or with ``reading``, it is opened for reading.
    """

    def __init__(self, folder: Path, reading: bool = False) -> None:
        self.folder = folder
        self.path = folder / FILE_NAME
        self._writer: Writer | None = None
        self._take(connect(folder, reading))

    def _take(self, opened: Opened) -> None:
        self._opened = opened
        self.connection = opened.connection
        #: Keeps the undo log within bounds.
        self.compaction = Compaction(self.connection)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.dispose()
            self._writer = None
        self._opened.close()

    @property
    def why_reading(self) -> str:
        """The sentence why the store can only be read; empty where it can be written."""
        return self._opened.why() if self._opened.why is not None else ""

    @property
    def is_reading(self) -> bool:
        return self._opened.why is not None

    @property
    def is_damaged(self) -> bool:
        """Whether anything showed that its file is damaged since the program started."""
        return self.path in found_damaged

    @property
    def uri(self) -> str:
        """The address by which another connection reads what this one does."""
        return self._opened.uri

    def try_writing(self) -> bool:
        """Open a store that is read for writing, if that can be now; else read it anew. Plans are to be read again.

        ``StoreError`` where it can no longer be opened at all; it then stays as it was.
        """
        if self.is_reading:
            # Who asks does so again.
            opened = connect(self.folder, waits=False)
            self._opened.close()
            self._take(opened)
        return not self.is_reading

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def writer(self) -> Writer:
        """What writes to this store; SQLAlchemy is loaded when it is first needed. ``StoreError`` where it is read."""
        if self.is_reading:
            raise StoreError(self.why_reading)
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
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            # A column that no program wrote like this.
            raise damaged(self.path) from error
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
                   CASE WHEN json_valid(p.extra) THEN json_extract(p.extra, '$.template_version') END,
                   last.id, last.at, s.edit_id, s.total, s.errors, s.warnings
            FROM plan p
            JOIN edit last ON last.id = {LAST_EDIT}
            LEFT JOIN summary s ON s.plan_id = p.id
            WHERE p.deleted IS {"NOT NULL" if deleted else "NULL"}
            ORDER BY last.at DESC, last.id DESC"""
        found = []
        for *head, version, edit_id, changed, kept_for, total, errors, warnings in self._query(query, ()):
            if kept_for != edit_id:
                total, errors, warnings = evaluate(self.read(head[0]))
                if not self.is_reading:
                    self.writer().set_summary(head[0], edit_id, total, errors, warnings)
            version = version if type(version) is int and version > 0 else None
            found.append(Summary(*(*head, changed, total, errors, warnings, version)))
        return found

    def templates_used(self) -> Counter[tuple[str, int | None]]:
        """How many plans were made with each template, told by id and stated version; those in the bin count too."""
        query = """
            SELECT template, CASE WHEN json_valid(extra) THEN json_extract(extra, '$.template_version') END FROM plan"""
        return Counter(
            (template, version if type(version) is int and version > 0 else None)
            for template, version in self._query(query, ())
        )

    def earlier(self, plan_id: str, year: int) -> list[tuple[str, str, str]]:
        """Id, unit's code and unit's name of the other plans that begin before ``year``, the newest first."""
        query = f"""
            SELECT id, unit_code, unit_name FROM plan p WHERE deleted IS NULL AND id <> ? AND period_from < ?
            ORDER BY period_from DESC, {LAST_EDIT} DESC"""
        return [(found, code or "", name or "") for found, code, name in self._query(query, (plan_id, year))]

    def history(self, plan_id: str) -> list[Past]:
        """The edits of a plan, the newest first."""
        return self._read(lambda: history.read(self.connection, plan_id))

    def edit_changes(self, edit_id: int, most: int) -> tuple[list[PartChange], int]:
        """What an edit did to parts, the first ``most`` of them, and to how many; none where it is too old."""
        return self._read(lambda: changes.of_edit(self.connection, edit_id, most))

    def lost_parts(self, plan_id: str, keys: Collection[Key]) -> dict[Key, Values]:
        """How parts that a plan has no longer were, as far as the undo log knows."""
        return self._read(lambda: changes.whole(self.connection, plan_id, keys))

    def log(self, plan_id: str) -> Callable[[Callable[[], bool]], Iterator[tuple[int, PartChange]]]:
        """What reads all that the undo log holds of a plan, the newest first; for a thread, as long as it is wanted."""
        uri = self.uri
        return lambda is_wanted: changes.every(uri, plan_id, is_wanted)

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
