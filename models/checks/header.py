"""Checks of the whole document: its head, required sections and tables, indicators."""

from __future__ import annotations

from collections.abc import Sequence

from models.checks.context import Context
from models.checks.finding import Finding, Fix, finding
from models.i18n import N_
from models.money import LIMIT
from models.plan import Plan, Section, find_section, find_table
from models.template import SectionSpec, walk
from models.text import format_number
from models.totals import differs

_REQUIRED = (
    ("unit_name", N_("Chưa có tên đơn vị.")),
    ("place", N_("Chưa có địa danh.")),
    ("subject", N_("Chưa có trích yếu của kế hoạch.")),
    ("signer_name", N_("Chưa có họ tên người ký.")),
)


def check_header(at: Context) -> Sequence[Finding]:
    """``header.missing`` and the ``period.order`` of the plan's own period."""
    plan = at.plan
    found = [finding("header.missing", plan, field, text) for field, text in _REQUIRED if not getattr(plan, field)]
    if plan.year is None:
        found.append(finding("header.missing", plan, "year", N_("Chưa có năm ban hành kế hoạch.")))
    if plan.period_from is None:
        found.append(finding("header.missing", plan, "period_from", N_("Chưa có năm của kế hoạch.")))
    elif plan.period_to is not None and plan.period_to < plan.period_from:
        values = {"first": plan.period_from, "last": plan.period_to}
        fix = Fix(N_("Đổi năm cuối"), "period_to", plan.period_from)
        text = N_("Kỳ kế hoạch {first}-{last} kết thúc trước khi bắt đầu.")
        found.append(finding("period.order", plan, "period_to", text, values, fix=fix))
    return found


def check_required(at: Context) -> Sequence[Finding]:
    """``section.missing`` and ``table.missing``: what the template requires has content."""
    found: list[Finding] = []
    for spec in walk(at.template.sections):
        if spec.required and not _is_filled(at, spec):
            section = find_section(at.plan, spec.key)
            part, field = (section, "text") if section else (at.plan, "sections")
            text = N_("Mục “{heading}” chưa có nội dung.")
            found.append(finding("section.missing", part, field, text, {"heading": _heading(section, spec)}))
    for table_spec in at.template.tables:
        if table_spec.required:
            table = find_table(at.plan, table_spec.key)
            if table is None or not table.rows:
                owner, field = (table, "rows") if table else (at.plan, "tables")
                text = N_("Bảng “{title}” chưa có dòng nào.")
                values = {"title": table.title if table and table.title else table_spec.label or table_spec.title}
                found.append(finding("table.missing", owner, field, text, values))
    return found


def _heading(section: Section | None, spec: SectionSpec) -> str:
    return section.heading if section and section.heading else spec.heading


def _is_filled(at: Context, spec: SectionSpec) -> bool:
    """A required section counts as filled when it or any section, register or indicator under it has content."""
    keys = {below.key for below in walk([spec])}
    section = find_section(at.plan, spec.key)
    if section is not None and _has_text(section, keys):
        return True
    if any(table.section in keys and table.rows for table in at.plan.tables):
        return True
    return any(
        indicator.section in keys and indicator.key in at.plan.indicators for indicator in at.template.indicators
    )


def _has_text(section: Section, keys: set[str]) -> bool:
    """Whether the section or one below has text; gathers the keys of those below."""
    keys.add(section.key)
    found = bool(section.text.strip())
    for child in section.sections:
        found = _has_text(child, keys) or found
    return found


def check_indicators(at: Context) -> Sequence[Finding]:
    """``indicator.parts`` and ``indicator.share``."""
    values = at.plan.indicators
    found: list[Finding] = []
    for spec in at.template.indicators:
        value = values.get(spec.key)
        if value is None:
            continue
        parts = [values.get(key) for key in spec.parts]
        known = [part for part in parts if part is not None]
        if differs(value, parts):
            text = N_("“{label}” là {actual}, khác tổng các phần {expected}.")
            names = {"label": spec.label, "actual": format_number(value), "expected": format_number(sum(known))}
            found.append(_indicator("indicator.parts", at.plan, spec.key, text, names, sum(known), value))
        if spec.percent_of:
            part, whole = (values.get(key) for key in spec.percent_of)
            if part is not None and whole and abs(part / whole) <= LIMIT / 100:
                percent = 100 * part / whole
                decimals = len(str(value).partition(".")[2]) if isinstance(value, float) else 0
                if abs(percent - value) > 0.5 * 10**-decimals + 1e-9:
                    text = N_("“{label}” đã nêu {actual}%, tính được {expected}%.")
                    names = {
                        "label": spec.label,
                        "actual": format_number(value),
                        "expected": format_number(round(percent, 2)),
                    }
                    computed = round(percent, 2)
                    found.append(_indicator("indicator.share", at.plan, spec.key, text, names, computed, value))
    return found


def _indicator(
    rule: str, plan: Plan, key: str, text: str, values: dict[str, str], expected: int | float, actual: int | float
) -> Finding:
    fix = Fix(N_("Lấy số tính được"), "indicators", {**plan.indicators, key: expected})
    return finding(rule, plan, f"indicators/{key}", text, values, expected=expected, actual=actual, fix=fix)
