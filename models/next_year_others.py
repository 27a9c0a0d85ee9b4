"""The tables of last year's plan beside its list of tasks, put into the new plan."""

from __future__ import annotations

from models.i18n import N_
from models.next_year_notes import CHANGED, KEPT, PAST, Note
from models.next_year_outline import Outline, Sources
from models.next_year_tables import kept_table, past_tables, take_register, texts_of
from models.next_year_text import moved
from models.plan import Plan, Table, find_section
from models.template import TableSpec


def take_tables(
    plan: Plan, of: Sources, main: Table | None, outline: Outline, keep: set[int], notes: list[Note]
) -> None:
    """Take over all tables but the list of tasks (``main``); ``keep`` are numbers of the old reviews that stay."""
    past = {one.number for one in past_tables(of, main)}
    same = of.plan.template == of.new.id
    filled: set[str] = set()
    # The list of tasks has its title, whatever else has its key.
    titled: set[str] = set() if main is None else {main.key}
    for number, old in enumerate(of.plan.tables):
        if old is main:
            continue
        spec = of.new.table(old.key)
        new = next((table for table in plan.tables if table.key == old.key), None) if spec is not None else None
        taken = {table.key for table in plan.tables}
        fits = new is not None and old.key not in titled and old.is_register == new.is_register
        if fits and new is not None:
            titled.add(old.key)
            _take_title(new, old, of, same, notes)
        if number in past:
            if new is not None and not new.rows and old.key not in filled and not (main is not None and main.rows):
                _take_past(new, old, of, notes)
            elif number in keep:
                plan.tables.append(kept_table(old, of, outline.keys, taken, years=False))
            else:
                text = N_("Bảng “{title}” ({count} dòng) nói về các năm trước nữa nên chỉ còn trong kế hoạch trước.")
                values = {"title": old.title, "count": len(old.rows)}
                notes.append(Note(PAST, text, values, tuple(texts_of(old))))
        elif new is not None and spec is not None and old.is_register and new.is_register and old.key not in filled:
            filled.add(old.key)
            _take_same_register(new, old, spec, of, outline, same, notes)
        elif old.rows or not fits:
            kept = kept_table(old, of, outline.keys, taken)
            plan.tables.append(kept)
            if not same:
                text = N_("Bảng “{title}” không có trong mẫu mới, được giữ riêng.")
                notes.append(Note(KEPT, text, {"title": kept.title}))


def _take_past(new: Table, old: Table, of: Sources, notes: list[Note]) -> None:
    """Where the old plan has no tasks, its own review is what there is to begin with; it still speaks of its years."""
    kept = kept_table(old, of, {}, (), years=False)
    for name in ("title", "unit", "numbering", "continuous", "stated_total", "layout", "extra", "rows"):
        setattr(new, name, getattr(kept, name))
    text = N_("Kế hoạch trước không có nhiệm vụ; bảng “{title}” được chép lại, hãy thay bằng số liệu của năm sau đó.")
    notes.append(Note(KEPT, text, {"title": old.title}))


def _take_same_register(
    new: Table, old: Table, spec: TableSpec, of: Sources, outline: Outline, same: bool, notes: list[Note]
) -> None:
    is_appendix = bool(old.rows) and find_section(of.plan, old.section) is None
    if same or is_appendix:
        # An appendix stays one: texts speak of it as such.
        new.section = outline.keys.get(old.section, old.section)
    if same or not take_register(old, new, of):
        kept = kept_table(old, of, outline.keys, ())
        new.columns, new.rows, new.extra = kept.columns, kept.rows, kept.extra
    elif old.columns != new.columns:
        text = N_("Các cột của bảng “{title}” theo mẫu mới.")
        notes.append(Note(CHANGED, text, {"title": new.title}, tuple(old.columns or ())))


def _take_title(new: Table, old: Table, of: Sources, same: bool, notes: list[Note]) -> None:
    """A title of the unit's own goes on with the same template, and gives way to that of another."""
    old_spec = of.old.table(old.key) if of.old is not None else None
    title = moved(old.title, of.by)[0]
    if not title.strip() or title == new.title or (old_spec is not None and old.title == of.was(old_spec.title)):
        return
    if same:
        new.title = title
    else:
        text = N_("Tên bảng “{title}” theo mẫu mới.")
        notes.append(Note(CHANGED, text, {"title": old.title}, (old.title,)))
