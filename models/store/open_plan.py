"""An open plan: edits that are transactions, and undo and redo over all of them, also after a restart.

``edit(label)`` is the only place in which a plan changes. What happened inside is written in one transaction,
on disk when ``edit`` ends; if anything fails, the plan in memory is put back as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from models.plan import Part, Plan, child_lists, children_of, walk
from models.store.columns import AS_JSON, KEYS, PLAIN, key_of, to_column
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
        edit.removed.append(part)
        for below in list(walk(part)):
            edit.record_state(below)
            below.__dict__["guard"] = None

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
            work = self._work(edit)
            if work.any:
                self.store.writer().write(self.plan.id, label, work.new, work.updates, work.gone)
                self.store.compaction.wrote(self.plan.id)
        except BaseException:
            self._edit = None
            edit.revert(self.holds)
            raise
        if work.any:
            for part in work.new:
                self._parts[type(part), key_of(part)] = part
            for part in work.gone:
                del self._parts[type(part), key_of(part)]
            self._tell(Change(label, work.parts(edit), edit.owners()))

    def holds(self, part: Part) -> bool:
        """Whether the part is in the store, as one of this plan."""
        return self._parts.get((type(part), key_of(part))) is part

    def _work(self, edit: _Edit) -> _Work:
        """What the store must be told of an edit: how the plan stands now against what the store holds."""
        work = _Work()
        taken_out = edit.taken_out()
        if edit.added or taken_out:
            # Parts may have been put in, moved about and taken out again: only the end counts.
            live: set[int] = set()
            for part in walk(self.plan):
                live.add(id(part))
                if not self.holds(part):
                    work.new.append(part)
            for key, part in taken_out.items():
                if self.holds(part):
                    if key not in live:
                        work.gone.append(part)
                    else:
                        # What was done to it while it was out is not known.
                        edit.changed[key] = (part, {"parent", *PLAIN[type(part)], *AS_JSON[type(part)]})
        gone = {id(part) for part in work.gone}
        for key, (part, names) in edit.changed.items():
            if key not in gone and self.holds(part) and (other := edit.other_now(part, names)):
                work.updates.append((part, other))
        return work

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
        self.store.compaction.went_back(self.plan.id)
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
        #: Parts put in and taken out, each with all below it; some perhaps more than once.
        self.added: list[Part] = []
        self.removed: list[Part] = []
        self.changed: dict[int, tuple[Part, set[str]]] = {}
        self._before: dict[tuple[int, str], Any] = {}

    def record_set(self, part: Part, name: str) -> None:
        old = part.__dict__.get(name, _MISSING)
        self.journal.append(("set", part, name, old))
        self._before.setdefault((id(part), name), old)
        self.changed.setdefault(id(part), (part, set()))[1].add(name)

    def record_list(self, owner: Part, children: list[Any]) -> None:
        self.journal.append(("list", owner, children, list(children)))

    def record_state(self, part: Part) -> None:
        """All of a part that is being taken out: its changes are not told from then on."""
        lists = [(children, list(children)) for children in child_lists(part)]
        self.journal.append(("state", part, lists, dict(part.__dict__)))
        for name, old in part.__dict__.items():
            self._before.setdefault((id(part), name), old)

    def other_now(self, part: Part, names: set[str]) -> set[str]:
        """Those of ``names`` that have another value than before the edit."""
        return {name for name in names if not _equal(name, self._before[id(part), name], part.__dict__.get(name))}

    def taken_out(self) -> dict[int, Part]:
        """Every part that was taken out at some time, by its ``id()``."""
        return {id(entry[1]): entry[1] for entry in self.journal if entry[0] == "state"}

    def owners(self) -> set[Part]:
        return {entry[1] for entry in self.journal if entry[0] == "list"}

    def revert(self, held: Callable[[Part], bool]) -> None:
        """Put everything back as it was; ``held`` tells the parts that were there before."""
        for kind, part, what, old in reversed(self.journal):
            if kind == "list":
                what[:] = old
            elif kind == "state":
                part.__dict__.clear()
                part.__dict__.update(old)
                for children, before in what:
                    children[:] = before
            elif old is _MISSING:
                part.__dict__.pop(what, None)
            else:
                part.__dict__[what] = old
        for top in self.added:
            for below in walk(top):
                if not held(below):
                    below.__dict__["guard"] = None


@dataclass(slots=True)
class _Work:
    """What of an edit is written, in this order: parts that are new, fields that are other, parts that are gone."""

    new: list[Part] = field(default_factory=list)
    updates: list[tuple[Part, set[str]]] = field(default_factory=list)
    gone: list[Part] = field(default_factory=list)

    @property
    def any(self) -> bool:
        return bool(self.new or self.updates or self.gone)

    def parts(self, edit: _Edit) -> set[Part]:
        """The parts that changed, of a tree that came or went only its top."""
        found = {part for part, _names in self.updates}
        found.update(set(edit.added).intersection(self.new))
        found.update(set(edit.removed).intersection(self.gone))
        return found


def _equal(name: str, old: Any, new: Any) -> bool:
    if name == "parent" or old is _MISSING:
        return old is new
    return type(old) is type(new) and bool(to_column(name, old) == to_column(name, new))
