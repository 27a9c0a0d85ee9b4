"""What an edit of the past did to a plan, as ``models.comparison``: each part named as the window names it now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from models.bases import basis_text
from models.columns import numbering_of
from models.compare import BASIS_FIELDS, indicators, particulars
from models.compare_parts import changes, held, unknown
from models.compare_tables import TABLE_FIELDS, first_cell, row_fields
from models.comparison import Change, Comparison, Item, TableChange, Value
from models.i18n import _
from models.numbering import row_numbers
from models.pairing_rows import name_of
from models.plan import LegalBasis, Part, Plan, Row, Section, Table, walk, walk_rows
from models.template import Template

if TYPE_CHECKING:
    from models.store import PartChange

P = TypeVar("P", bound=Part)
#: A part by its type and its key in the store.
Key = tuple[type[Part], Any]
Values = Mapping[str, Any]

_NEEDED = {"id": "", "template": ""}


def parts_of(plan: Plan) -> dict[Key, Part]:
    """The parts of a plan by their keys in the store."""
    return {(type(part), part.id if isinstance(part, Plan) else part.row_id): part for part in walk(plan)}


def unnamed(found: Collection[PartChange], parts: Mapping[Key, Part], lost: Mapping[Key, Values]) -> set[Key]:
    """The parts that are not known: neither from the plan nor from these changes nor as ``lost``."""
    known = {one.key for one in found if one.before is None or one.after is None} | parts.keys() | lost.keys()
    wanted = {one.key for one in found}
    for key, values in (*((one.key, one.after or one.before or {}) for one in found), *lost.items()):
        if (owner := _owner(key, values)) is not None:
            wanted.add(owner)
    return wanted - known


def compared(
    found: Collection[PartChange], lost: Mapping[Key, Values], parts: Mapping[Key, Part], plan: Plan, template: Template
) -> Comparison:
    """The changes of one edit; ``lost`` are parts that the plan has no longer, as they were when it had them.

    Rows are numbered as they are now, sums and totals are not given: they were not changed but added up.
    """
    edit = _Edit(found, lost, parts, template)
    own = [one for one in found if one.key[0] is Plan and one.before is not None and one.after is not None]
    states = [[made(Plan, values or {}) for values in (one.before, one.after)] for one in own]
    return Comparison(
        subject=plan.subject,
        unit_name=plan.unit_name,
        particulars=tuple(one for pair in states for one in changes(*map(particulars, pair))),
        indicators=tuple(one for pair in states for one in changes(*(indicators(state, template) for state in pair))),
        bases=tuple(edit.items(LegalBasis)),
        sections=tuple(edit.items(Section)),
        tables=tuple(edit.tables(plan)),
        total_before=None,
        total_after=None,
    )


def texts_of(change: PartChange, template: Template) -> list[tuple[str, Value]]:
    """Every value by its field that a change holds, of before and after: what the history is searched for."""
    cls = change.key[0]
    found: list[tuple[str, Value]] = []
    for values in (change.before, change.after):
        if values is not None:
            found += _fields(made(cls, values), template).items()
    return found


def name(part: Part) -> str:
    """What a part is called."""
    if isinstance(part, Row):
        return name_of(part) or first_cell(part)
    if isinstance(part, LegalBasis):
        return basis_text(part)
    if isinstance(part, Section):
        return part.heading or part.key
    return part.title or part.key if isinstance(part, Table) else ""


def _fields(part: Part, template: Template) -> dict[str, Value]:
    if isinstance(part, Row):
        return row_fields(part)
    if isinstance(part, LegalBasis):
        return held(part, BASIS_FIELDS) | unknown(part, part.extra)
    if isinstance(part, Section):
        return held(part, ("heading", "text", "key")) | unknown(part, part.extra)
    if isinstance(part, Table):
        return held(part, ("key", *TABLE_FIELDS)) | unknown(part, part.extra)
    assert isinstance(part, Plan)
    return particulars(part) | indicators(part, template)


def made(cls: type[P], values: Values) -> P:
    """A part in no plan that has these values, and else nothing."""
    part = cls(**_NEEDED) if cls is Plan else cls()
    for field, value in values.items():
        if field in part.__dict__:
            setattr(part, field, value)
    return part


class _Edit:
    """The changes of one edit, with what their parts are called by."""

    def __init__(
        self, found: Collection[PartChange], lost: Mapping[Key, Values], parts: Mapping[Key, Part], template: Template
    ) -> None:
        self.found, self.parts, self.template = found, parts, template
        #: What is known of parts that the plan does not have.
        self.known = {one.key: one.after or one.before or {} for one in found} | dict(lost)
        self._numbers: dict[Table, dict[int, str]] = {}

    def items(self, cls: type[Part]) -> Iterator[Item]:
        """What became of the bases or of the sections."""
        for one in self.found:
            if one.key[0] is cls and (item := self._item(one)) is not None:
                yield item

    def tables(self, plan: Plan) -> Iterator[TableChange]:
        """What became of the tables and their rows, in the order of the plan."""
        own = {one.key: one for one in self.found if one.key[0] is Table}
        rows: defaultdict[Key | None, list[PartChange]] = defaultdict(list)
        for one in self.found:
            if one.key[0] is Row:
                rows[self._table_of(one.key)].append(one)
        live: list[Key | None] = [(Table, table.row_id) for table in plan.tables]
        for key in dict.fromkeys([*live, *own, *rows]):
            if key in own or key in rows:
                yield self._table(key, own.get(key) if key else None, rows.get(key, []))

    def _table(self, key: Key | None, own: PartChange | None, rows: list[PartChange]) -> TableChange:
        part = self.parts.get(key) if key else None
        table = part if isinstance(part, Table) else made(Table, self.known.get(key, {}) if key else {})
        kind = _kind(own) if own else "changed"
        live = {row.row_id: at for at, row in enumerate(walk_rows(table.rows))}
        rows = sorted(rows, key=lambda one: (live.get(one.key[1], len(live)), self._place(one.key)))
        return TableChange(
            kind=kind,
            title=table.title or table.key,
            unit=table.unit,
            columns=None if table.columns is None else tuple(table.columns),
            fields=self._changes(own) if own and kind == "changed" else (),
            rows=tuple(item for one in rows if (item := self._item(one)) is not None),
            sums=(),
            total_before=None,
            total_after=None,
        )

    def _item(self, change: PartChange) -> Item | None:
        """A basis, a section or a row; nothing where only its place between others was numbered anew."""
        fields, part = self._changes(change), self.parts.get(change.key)
        if not fields and change.before is not None and change.after is not None:
            return None
        then = made(change.key[0], change.after or change.before or {})
        known = part or made(change.key[0], self.known.get(change.key, {}))
        is_group = isinstance(known, Row) and known.is_group
        return Item(_kind(change), self._number(change.key), name(then) or name(known), fields, is_group)

    def _changes(self, change: PartChange) -> tuple[Change, ...]:
        cls = change.key[0]
        states = [
            _fields(made(cls, values), self.template) if values is not None else {}
            for values in (change.before, change.after)
        ]
        return (*self._moved(change), *changes(*states))

    def _moved(self, change: PartChange) -> Iterator[Change]:
        """Where a part that was moved stood and stands: the name of what is above it, or else the direction."""
        before, after = change.before, change.after
        if before is None or after is None:
            return
        if any(before.get(one) != after.get(one) for one in ("table_id", "parent_id")):
            yield Change("place", self._above(change.key, before), self._above(change.key, after))
        elif before.get("ordinal") != after.get("ordinal"):
            yield Change("place", None, _("lên trên") if after["ordinal"] < before["ordinal"] else _("xuống dưới"))

    def _above(self, key: Key, values: Values) -> str:
        owner = _owner(key, values)
        if owner is None or owner[0] is Plan:
            return _("cấp ngoài cùng")
        return name(self.parts.get(owner) or made(owner[0], self.known.get(owner, {}))) or "…"

    # ---- what is where

    def _table_of(self, key: Key | None) -> Key | None:
        """The table that a row is in, or was; ``None`` where that is not known any more."""
        while key is not None and key[0] is Row:
            part = self.parts.get(key)
            if part is not None:
                above = part.parent
                assert above is not None
                key = type(above), above.row_id
            else:
                key = _owner(key, self.known.get(key, {}))
        return key

    def _place(self, key: Key) -> list[int]:
        """The ordinals of the rows that a row stood under and its own: those of a list stand in their order."""
        place: list[int] = []
        above: Key | None = key
        while above is not None and above[0] is Row and above not in self.parts:
            values = self.known.get(above, {})
            place.insert(0, values.get("ordinal", 0))
            above = _owner(above, values)
        return place

    def _number(self, key: Key) -> str:
        """What the window calls the place of a part by now."""
        part = self.parts.get(key)
        if part is None:
            return _("(nay không còn)")
        if isinstance(part, LegalBasis):
            assert isinstance(part.parent, Plan)
            return str(next(at for at, one in enumerate(part.parent.legal_bases, 1) if one is part)) + "."
        if not isinstance(part, Row):
            return ""
        key_of_table = self._table_of(key)
        table = self.parts.get(key_of_table) if key_of_table else None
        assert isinstance(table, Table)
        if table not in self._numbers:
            self._numbers[table] = row_numbers(table, numbering_of(table, self.template))
        number = self._numbers[table][id(part)]
        if not number:
            number = str(next(at for at, row in enumerate(walk_rows(table.rows), 1) if row is part))
        return _("Dòng {number}:").format(number=number)


def _owner(key: Key, values: Values) -> Key | None:
    """What a part hangs on, by the columns that say so."""
    if values.get("parent_id") is not None:
        return key[0], values["parent_id"]
    if values.get("table_id") is not None:
        return Table, values["table_id"]
    return (Plan, values["plan_id"]) if values.get("plan_id") is not None else None


def _kind(change: PartChange) -> Literal["added", "removed", "changed"]:
    return "added" if change.before is None else "removed" if change.after is None else "changed"
