"""The list of fields that fill themselves in, each with the value it will print."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from models.i18n import N_, _
from models.plan import Plan, find_table
from models.template import Template
from models.text import placeholder_names

_NAMES = {
    "total": N_("Tổng của “{table}” (đồng)"),
    "total_million": N_("Tổng của “{table}” (triệu đồng)"),
    "words": N_("Tổng của “{table}” bằng chữ"),
    "appendix": N_("Số phụ lục của “{table}”"),
    "share": N_("Tỷ lệ kinh phí an toàn thông tin"),
    "year": N_("Năm kế hoạch"),
    "previous_year": N_("Năm trước"),
}
_LONGEST = 48


def placeholder_label(name: str, plan: Plan, template: Template) -> str:
    """What a placeholder is, in words: ``total:tasks`` → "Tổng của “Nhiệm vụ” (đồng)"."""
    kind, _colon, key = name.partition(":")
    if kind == "indicator":
        spec = template.indicator(key)
        return spec.label if spec else key
    table, table_spec = find_table(plan, key), template.table(key)
    title = (table_spec.label if table_spec else "") or (table.title if table else "") or key
    return _(_NAMES[kind]).format(table=_cut(title)) if kind in _NAMES else name


def fill_menu(
    menu: QMenu, plan: Plan, template: Template, value: Callable[[str], str | None], choose: Callable[[str], None]
) -> None:
    """Offer every placeholder of the plan, those of numbers about the unit in a list of their own."""
    menu.clear()
    numbers: QMenu | None = None
    for name in placeholder_names(plan, template):
        place = menu
        if name.startswith("indicator:"):
            if numbers is None:
                menu.addSeparator()
                numbers = menu.addMenu(_("Số liệu của đơn vị"))
            place = numbers
        text = f"{placeholder_label(name, plan, template)}\t{_cut(value(name) or '–')}"
        action = place.addAction(text.replace("&", "&&"))
        action.setToolTip("{" + name + "}")
        action.triggered.connect(lambda _checked=False, name=name: choose(name))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
