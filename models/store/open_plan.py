"""An open plan: edits that are transactions, and undo and redo over all of them, also after a restart.

``edit(label)`` is the only place in which a plan changes. What happened inside is written in one transaction,
on disk when ``edit`` ends; if anything fails, the plan in memory is put back as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from models.plan import Part, Plan, children_of, walk
from models.store.columns import AS_JSON, KEYS, PLAIN, key_of
from models.store.reader import read_parts

if TYPE_CHECKING:
    from models.store.store import Store

_MISSING = object()


@dataclass(slots=True)
class Change:
    """What an edit, an undo or a redo did: the parts changed, and whether any came, went or moved."""

    label: str
    parts: set[Part] = field(default_factory=set)
    #: Parts whose list of children is another now.
    owners: set[Part] = field(default_factory=set)


class OpenPlan:
    """A plan of the store, whose changes are written to it."""

    def __init__(self, store: Store, plan: Plan) -> None:
        self.store = store
        self.plan = plan
        #: Called after every change that is on disk.
        self.listeners: list[Callable[[Change], None]] = []
        self._edit: _Edit | None = None
        self._parts: dict[tuple[type[Part], Any], Part] = {}
        self._attach(plan)

    # ---- Guard: told by the parts themselves

    def change(self, part: Part, name: str) -> None:
        self._editing().record_set(part, name)

    def added(self, part: Part) -> None:
        self._editing().added.append(part)
        for below in walk(part):
            below.__dict__["guard"] = self

    def removed(self, part: Part) -> None:
        edit = self._editing()
        if part in edit.added:
            edit.added.remove(part)
        else:
            edit.removed.append(part)
        for below in walk(part):
            below.__dict__["guard"] = None
            edit.released.append(below)

    def reordered(self, owner: Part, children: list[Any]) -> None:
        self._editing().record_list(owner, children)

    def _editing(self) -> _Edit:
        if self._edit is None:
            raise RuntimeError("a plan of the store changes only inside edit(label)")
        return self._edit

    # ---- edits

    @contextmanager
    def edit(self, label: str) -> Iterator[Plan]:
        """One transaction and one undo step; ``label`` is a message marked with ``N_``.

        ``StoreError`` where it could not be written: the plan then is as it was before.
        """
        if self._edit is not None:
            raise RuntimeError("an edit is open already")
        self._edit = edit = _Edit()
        try:
            yield self.plan
            self._edit = None
            change = Change(label, edit.parts(), edit.owners())
            if change.parts:
                self.store.writer().write(self.plan, label, edit.added, edit.removed, edit.updates())
        except BaseException:
            self._edit = None
            edit.revert(self)
            raise
        if change.parts:
            for part in edit.added:
                self._attach(part)
            for part in edit.removed:
                for below in walk(part):
                    self._parts.pop((type(below), key_of(below)), None)
            self._tell(change)

    def undo(self) -> Change | None:
        """Take the last edit back; ``None`` where there is none."""
        return self._step(back=True)

    def redo(self) -> Change | None:
        """Make the last edit taken back again; ``None`` where there is none."""
        return self._step(back=False)

    def undo_label(self) -> str | None:
        """The label of the edit that ``undo`` would take back."""
        return self.store.next_label(self.plan.id, back=True)

    def redo_label(self) -> str | None:
        return self.store.next_label(self.plan.id, back=False)

    def _step(self, back: bool) -> Change | None:
        assert self._edit is None
        done = self.store.writer().step(self.plan.id, back)
        if done is None:
            return None
        label, touched = done
        change = Change(label)
        self._read_again(touched, change)
        self._tell(change)
        return change

    def _tell(self, change: Change) -> None:
        for listener in list(self.listeners):
            listener(change)

    def _attach(self, top: Part) -> None:
        for part in walk(top):
            part.__dict__["guard"] = self
            self._parts[type(part), key_of(part)] = part

    # ---- after undo and redo: the parts as they are in the store now

    def _read_again(self, touched: dict[type[Part], set[Any]], change: Change) -> None:
        gone: list[Part] = []
        live: list[tuple[Part, dict[str, Any]]] = []
        for cls, keys in touched.items():
            found = read_parts(self.store.connection, cls, sorted(keys))
            names = [name for name, _to in KEYS[cls]]
            for fresh, owner_keys in found:
                key = self.plan.id if cls is Plan else fresh.row_id
                part = self._parts.get((cls, key))
                if part is None:
                    part = self._parts[cls, key] = fresh
                    part.__dict__["guard"] = self
                else:
                    for name in (*PLAIN[cls], *AS_JSON[cls]):
                        part.__dict__[name] = fresh.__dict__[name]
                live.append((part, dict(zip(names, owner_keys, strict=True))))
                keys.discard(key)
            for key in keys:
                part = self._parts.pop((cls, key), None)
                if part is not None:
                    part.__dict__["guard"] = None
                    gone.append(part)
        change.parts.update(part for part, _keys in live)
        change.parts.update(gone)
        self._hang_again(live, gone, change)

    def _hang_again(self, live: list[tuple[Part, dict[str, Any]]], gone: list[Part], change: Change) -> None:
        moved = {id(part) for part in gone} | {id(part) for part, _keys in live}
        lists: dict[int, tuple[Part, list[Any], list[Any]]] = {}

        def rebuild(owner: Part, part: Part) -> list[Any]:
            children = children_of(owner, part)
            if id(children) not in lists:
                kept = [child for child in children if id(child) not in moved]
                lists[id(children)] = (owner, children, kept)
            return lists[id(children)][2]

        for part in gone:
            if part.parent is not None:
                rebuild(part.parent, part)
        for part, owner_keys in live:
            if isinstance(part, Plan):
                continue
            if part.parent is not None:
                rebuild(part.parent, part)
            owner = next(
                self._parts[to, owner_keys[name]] for name, to in KEYS[type(part)] if owner_keys[name] is not None
            )
            part.__dict__["parent"] = owner
            rebuild(owner, part).append(part)
        for owner, children, again in lists.values():
            again.sort(key=lambda part: part.ordinal)
            if [id(part) for part in again] != [id(part) for part in children]:
                change.owners.add(owner)
            children[:] = again


class _Edit:
    """What happens inside one edit, so that it can be written, or taken back."""

    def __init__(self) -> None:
        self.journal: list[tuple[Any, ...]] = []
        self.added: list[Part] = []
        self.removed: list[Part] = []
        self.released: list[Part] = []
        self.changed: dict[int, tuple[Part, set[str]]] = {}

    def record_set(self, part: Part, name: str) -> None:
        self.journal.append(("set", part, name, part.__dict__.get(name, _MISSING)))
        self.changed.setdefault(id(part), (part, set()))[1].add(name)

    def record_list(self, owner: Part, children: list[Any]) -> None:
        self.journal.append(("list", owner, children, list(children)))

    def updates(self) -> list[tuple[Part, set[str]]]:
        """The parts that were there before and have other fields now, with the names of those."""
        new = {id(below) for part in self.added for below in walk(part)}
        out = {id(below) for part in self.removed for below in walk(part)}
        return [(part, names) for key, (part, names) in self.changed.items() if key not in new and key not in out]

    def parts(self) -> set[Part]:
        found = {part for part, _names in self.changed.values()}
        return found.union(self.added, self.removed)

    def owners(self) -> set[Part]:
        return {entry[1] for entry in self.journal if entry[0] == "list"}

    def revert(self, guard: OpenPlan) -> None:
        for kind, part, name, old in reversed(self.journal):
            if kind == "list":
                name[:] = old
            elif old is _MISSING:
                part.__dict__.pop(name, None)
            else:
                part.__dict__[name] = old
        for top in self.added:
            for below in walk(top):
                below.__dict__["guard"] = None
        for part in self.released:
            part.__dict__["guard"] = guard
