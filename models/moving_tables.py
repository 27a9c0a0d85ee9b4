"""Moving the tables of a plan to another template."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from models.create import new_table
from models.i18n import _
from models.moving_change import Change
from models.moving_sections import Fill, reorder
from models.next_year_outline import words_of
from models.plan import Plan, Table, find_section, find_table, insert, remove
from models.template_parts import Layout, TableSpec, Template

#: A head of fewer words says too little to know it again.
_LEAST_WORDS = 3


def move(plan: Plan, old: Template | None, new: Template, fill: Fill, referred: Collection[str]) -> list[Change]:
    """Tables gone, changed and new; ``referred`` are keys that texts of the plan speak of."""
    found = list(_gone(plan, old, new, fill, referred))
    for spec in new.tables:
        before = old.table(spec.key) if old is not None else None
        table = find_table(plan, spec.key)
        if table is not None and table.is_register != bool(spec.columns):
            found.append(_set_apart(plan, table, spec))
            table = None
        elif table is not None and before is not None:
            found += _changed(table, before, spec, fill)
        if table is None and (before is None or bool(before.columns) != bool(spec.columns)
                              or (spec.required and not before.required)):  # fmt: skip
            found.append(_added(plan, spec, new, fill))
    if old is not None:
        orders = ({spec.key: at for at, spec in enumerate(one.tables)} for one in (old, new))
        if reorder(plan.tables, *orders):
            found.append(Change("tables", _("Các bảng xếp theo thứ tự mới.")))
    return found


def settle(plan: Plan, old: Template | None, new: Template) -> list[Change]:
    """Once the sections stand: a table of a section that is not there goes back, or to the appendices."""
    found = []
    for table in plan.tables:
        spec = new.table(table.key)
        if not table.section or spec is None or table.section != spec.section or find_section(plan, table.section):
            continue
        before = old.table(table.key) if old is not None else None
        earlier = before.section if before is not None else ""
        table.section = earlier if earlier and find_section(plan, earlier) else ""
        sentence = _("Bảng “{name}” in ở phụ lục, vì kế hoạch không có mục của nó.")
        if not table.section:
            found.append(Change("tables", sentence.format(name=_name(table))))
    return found


def _name(table: Table) -> str:
    return table.title or table.key


def _gone(plan: Plan, old: Template | None, new: Template, fill: Fill, referred: Collection[str]) -> Iterator[Change]:
    if old is None:
        return
    for table in list(plan.tables):
        spec = old.table(table.key)
        if spec is None or new.table(table.key) is not None:
            continue
        is_untouched = (
            not table.rows
            and table.stated_total is None
            and not table.extra
            and table.title == fill(spec.title)
            and table.key not in referred
        )
        if is_untouched:
            remove(table)
            yield Change("tables", _("Bỏ bảng “{name}”, chưa có dòng nào.").format(name=_name(table)))
        else:
            sentence = _("Bảng “{name}” không còn trong mẫu; giữ lại làm bảng riêng của đơn vị.")
            yield Change("tables", sentence.format(name=_name(table)), is_kept=True)


def _set_apart(plan: Plan, table: Table, spec: TableSpec) -> Change:
    """A list of tasks and a register cannot become one another: the old one stays beside the new, under another key."""
    keys = {one.key for one in plan.tables} | {spec.key}
    number = 2
    while f"{spec.key}.{number}" in keys:
        number += 1
    table.key = f"{spec.key}.{number}"
    sentence = _("Bảng “{name}” nay thuộc loại khác; bảng cũ giữ lại làm bảng riêng của đơn vị.")
    return Change("tables", sentence.format(name=_name(table)), is_kept=True)


def _added(plan: Plan, spec: TableSpec, new: Template, fill: Fill) -> Change:
    before = {one.key for one in new.tables[: new.tables.index(spec)]}
    table = new_table(spec, fill)
    insert(plan, table, max((at + 1 for at, one in enumerate(plan.tables) if one.key in before), default=0))
    sentence = _("Thêm bảng “{name}” (bắt buộc).") if spec.required else _("Thêm bảng “{name}”.")
    return Change("tables", sentence.format(name=_name(table)))


# ---- one that is in both


def _changed(table: Table, old: TableSpec, new: TableSpec, fill: Fill) -> Iterator[Change]:
    was, title = fill(old.title), fill(new.title)
    if was != title:
        if table.title == was:
            table.title = title
            yield Change("tables", _("Bảng “{old}” đổi tên thành “{new}”.").format(old=was, new=title))
        elif table.title != title:
            sentence = _("Bảng “{name}” giữ tên do đơn vị đặt; mẫu mới gọi là “{new}”.")
            yield Change("tables", sentence.format(name=_name(table), new=title), is_kept=True)
    name = _name(table)
    if old.section != new.section and table.section == old.section:
        table.section = new.section
        yield Change("tables", _("Bảng “{name}” in ở chỗ khác theo mẫu mới.").format(name=name))
    if old.unit != new.unit and table.unit == old.unit:
        table.unit = new.unit
        yield Change("tables", _("Bảng “{name}” hiện số tiền theo đơn vị khác; số tiền giữ nguyên.").format(name=name))
    if not new.columns:
        if old.numbering != new.numbering and table.numbering == list(old.numbering):
            table.numbering = list(new.numbering)
            yield Change("tables", _("Bảng “{name}” đánh số kiểu {styles}.").format(
                name=name, styles=" – ".join(new.numbering)))  # fmt: skip
        if old.continuous != new.continuous and table.continuous == old.continuous:
            table.continuous = new.continuous
            sentence = (
                _("Bảng “{name}” đánh số liên tục qua các nhóm.")
                if new.continuous
                else _("Bảng “{name}” đánh số lại từ đầu ở mỗi nhóm.")
            )
            yield Change("tables", sentence.format(name=name))
    if old.required != new.required:
        sentence = _("Bảng “{name}” nay là bắt buộc.") if new.required else _("Bảng “{name}” không còn bắt buộc.")
        yield Change("tables", sentence.format(name=name))
    yield from _columns(table, old, new) if new.columns else _layouts(table, old, new)


def _columns(table: Table, old: TableSpec, new: TableSpec) -> Iterator[Change]:
    """The columns of a register: cells go with their head; a column that is gone stays where it holds anything."""
    assert table.columns is not None
    if old.columns == new.columns or table.columns == list(new.columns):
        return
    name = _name(table)
    if table.columns != list(old.columns) or len(set(new.columns)) != len(new.columns):
        sentence = _("Bảng “{name}” giữ các cột do đơn vị đặt.")
        yield Change("tables", sentence.format(name=name), is_kept=True)
        return
    was = list(table.columns)
    filled = {
        head
        for at, head in enumerate(was)
        if any(row.cells is not None and at < len(row.cells) and row.cells[at].strip() for row in table.rows)
    }
    if len(set(was)) != len(was):
        # Two columns of one name cannot be told apart.
        yield Change("tables", _("Bảng “{name}” giữ các cột do đơn vị đặt.").format(name=name), is_kept=True)
        return
    for earlier, head in _renamed(was, new.columns).items():
        was[was.index(earlier)] = head
        filled |= {head} if earlier in filled else set()
        sentence = _("Bảng “{name}”: cột “{old}” đổi tên thành “{new}”.")
        yield Change("tables", sentence.format(name=name, old=earlier, new=head))
    kept = [head for head in was if head not in new.columns and head in filled]
    heads = [*new.columns, *kept]
    for row in table.rows:
        cells = list(row.cells or [])
        by_head = dict(zip(was, cells, strict=False))
        # What stands beyond the last head is of no column, and stays at the end.
        row.cells = [by_head.get(head, "") for head in heads] + cells[len(was) :]
    table.columns = heads
    yield from _of_columns(name, [head for head in new.columns if head not in was],
                           [head for head in was if head not in heads])  # fmt: skip
    for head in kept:
        sentence = _("Bảng “{name}”: cột “{column}” không còn trong mẫu nhưng đã ghi nên giữ lại.")
        yield Change("tables", sentence.format(name=name, column=head), is_kept=True)


def _renamed(was: list[str], columns: Collection[str]) -> dict[str, str]:
    """The columns that only have another name now, with it: one says all the words of the other, and no third does."""
    gone = [head for head in was if head not in columns]
    added = [head for head in columns if head not in was]

    def alike(one: str, other: str) -> bool:
        least, most = sorted((words_of(one), words_of(other)), key=len)
        return len(least) >= _LEAST_WORDS and least <= most

    pairs = [(one, other) for one in gone for other in added if alike(one, other)]
    olds, news = [one for one, _other in pairs], [other for _one, other in pairs]
    return {one: other for one, other in pairs if olds.count(one) == 1 and news.count(other) == 1}


def _layouts(table: Table, old: TableSpec, new: TableSpec) -> Iterator[Change]:
    """The layouts of a list of tasks; what its rows hold is shown and printed in any of them."""
    name = _name(table)
    before, after = ({one.key: one for one in spec.layouts} for spec in (old, new))
    if table.layout and table.layout not in after:
        # The name stays for the way back; one that is not known counts as none.
        sentence = _("Bảng “{name}”: kiểu cột đã chọn không còn; chương trình chọn kiểu hợp với nội dung.")
        yield Change("tables", sentence.format(name=name))
    for key, layout in after.items():
        if key not in before:
            yield Change("tables", _("Bảng “{name}”: thêm kiểu cột “{layout}”.").format(name=name, layout=layout.label))
        else:
            yield from _of_layout(name, before[key], layout)
    for key, layout in before.items():
        if key not in after:
            yield Change("tables", _("Bảng “{name}”: bỏ kiểu cột “{layout}”.").format(name=name, layout=layout.label))


def _of_layout(name: str, old: Layout, new: Layout) -> Iterator[Change]:
    was, now = ({column.field: column for column in layout.columns} for layout in (old, new))
    heads = [column.label for field, column in now.items() if field not in was]
    yield from _of_columns(name, heads, [column.label for field, column in was.items() if field not in now])
    for field, column in now.items():
        if field in was and was[field].label != column.label:
            sentence = _("Bảng “{name}”: cột “{old}” đổi tên thành “{new}”.")
            yield Change("tables", sentence.format(name=name, old=was[field].label, new=column.label))


def _of_columns(name: str, added: list[str], gone: list[str]) -> Iterator[Change]:
    for head in added:
        yield Change("tables", _("Bảng “{name}”: thêm cột “{column}”.").format(name=name, column=head))
    for head in gone:
        yield Change("tables", _("Bảng “{name}”: bỏ cột “{column}”.").format(name=name, column=head))
