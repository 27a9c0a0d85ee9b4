"""Checks of money in tables: what is stated against what is computed, signs, scale, missing amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.checks.context import Context, TableContext
from models.checks.finding import Finding, Fix, finding
from models.i18n import N_
from models.money import LIMIT, format_amount, format_percent, unit_name
from models.plan import Row
from models.text import security_table
from models.totals import add, differs

TAKE_COMPUTED = N_("Lấy số tính được")

#: From here on an amount is beyond what one unit's task can cost: 1.000 tỷ đồng.
_HUGE = 10**12
#: From here on an amount is odd if it is also far above the others of its table: 100 tỷ đồng.
LARGE = 10**11
_FAR_ABOVE = 1000
#: Below this an amount is no price of anything: 10.000 đồng.
_TINY = 10_000

_NEEDS_NONE = re.compile(
    r"không (?:cần|sử dụng|dùng|phát sinh|bố trí|yêu cầu) (?:thêm )?(?:kinh phí|ngân sách|vốn)|lồng ghép", re.IGNORECASE
)


def check_sums(row: Row, at: TableContext) -> Sequence[Finding]:
    """``total.stated`` of a group; ``total.funding``, ``total.years`` and ``total.parts`` of a task."""
    if row.group is not None:
        return _check_stated(row, row.stated_total, at.rows[id(row)] or 0, at.unit)
    funding, years, parts = row.funding, row.years, row.rows
    if not funding and not years and not parts:
        return ()
    amount = at.rows[id(row)]
    found: list[Finding] = []
    if funding and differs(amount, list(funding.values())):
        text = N_("Các nguồn vốn cộng lại là {actual}, khác tổng kinh phí {expected} {unit}.")
        found.append(_sum_finding("total.funding", row, "funding", text, amount, add(funding.values()), at.unit))
    if years and differs(amount, list(years.values())):
        text = N_("Kinh phí các năm cộng lại là {actual}, khác tổng kinh phí {expected} {unit}.")
        found.append(_sum_finding("total.years", row, "years", text, amount, add(years.values()), at.unit))
    if parts:
        amounts = [at.rows[id(part)] for part in parts]
        if differs(amount, amounts):
            text = N_("Các phần việc cộng lại là {actual}, khác tổng kinh phí {expected} {unit}.")
            found.append(_sum_finding("total.parts", row, "total", text, amount, add(amounts), at.unit))
    return found


def _sum_finding(
    rule: str, row: Row, field: str, text: str, whole: int | None, parts: int | None, unit: str
) -> Finding:
    assert whole is not None and parts is not None
    fix = _take("total", parts) if row.total is not None else None
    return finding(
        rule, row, field, text, _money(unit, expected=whole, actual=parts), expected=whole, actual=parts, fix=fix
    )


def check_stated_totals(at: Context) -> Sequence[Finding]:
    """``total.stated`` and ``amount.negative`` of what is stated for each table."""
    found: list[Finding] = []
    for table in at.plan.tables:
        if not table.is_register:
            found.extend(_check_stated(table, table.stated_total, at.totals.of(table).total, table.unit))
            if table.stated_total is not None and table.stated_total < 0:
                found.append(_negative(table, "stated_total", table.stated_total, table.unit))
    return found


def _check_stated(part: object, stated: int | None, computed: int, unit: str) -> Sequence[Finding]:
    if stated is None or stated == computed:
        return ()
    text = N_("Tổng đã nêu {actual} khác tổng tính được {expected} (lệch {difference} {unit}).")
    values = _money(unit, expected=computed, actual=stated, difference=abs(stated - computed))
    fix = _take("stated_total", computed)
    return (finding("total.stated", part, "stated_total", text, values, expected=computed, actual=stated, fix=fix),)


def _take(field: str, amount: int) -> Fix | None:
    """To take the computed amount; a sum beyond what a plan may hold is nothing to take."""
    return Fix(TAKE_COMPUTED, field, amount) if abs(amount) <= LIMIT else None


def check_amounts(row: Row, at: TableContext) -> Sequence[Finding]:
    """``amount.negative``, ``amount.scale`` and ``amount.missing``."""
    if row.group is not None:
        return _check_one(row, "stated_total", row.stated_total, at) if row.stated_total is not None else ()
    found: list[Finding] = []
    total, funding, years = row.total, row.funding, row.years
    if total is not None and (total < _TINY or total >= at.suspicious):
        found.extend(_check_one(row, "total", total, at))
    for name, amounts in (("funding", funding), ("years", years)):
        if amounts:
            for key, amount in amounts.items():
                if amount is not None and (amount < _TINY or amount >= at.suspicious):
                    found.extend(_check_one(row, f"{name}/{key}", amount, at))
    if at.rows[id(row)] is None and at.expects_amounts and not row.rows and not _needs_none(row, at):
        text = N_("Nhiệm vụ “{task}” chưa có kinh phí; nếu không cần kinh phí, hãy ghi 0.")
        found.append(finding("amount.missing", row, "total", text, {"task": short_name(row)}))
    return found


def _needs_none(row: Row, at: TableContext) -> bool:
    """Whether a task says that it needs no amount, or is a part of one that says so or has its own amount."""
    above: Row | None = row
    while above is not None:
        if any(_NEEDS_NONE.search(text) for text in (above.note, above.result, above.time) if text):
            return True
        above = at.tasks_above.get(id(above))
        if above and add((above.total, *above.funding.values(), *above.years.values())) is not None:
            return True
    return False


def _check_one(row: Row, field: str, amount: int, at: TableContext) -> Sequence[Finding]:
    if amount < 0:
        return (_negative(row, field, amount, at.unit),)
    if 0 < amount < _TINY:
        text = N_("Số tiền {actual} {unit} quá nhỏ; có thể đã gõ nhầm đơn vị tính (cột này là {unit}).")
    elif amount >= at.suspicious and field != "stated_total":
        text = N_("Số tiền {actual} {unit} quá lớn; có thể đã gõ nhầm đơn vị tính (cột này là {unit}).")
    else:
        return ()
    return (finding("amount.scale", row, field, text, _money(at.unit, actual=amount), actual=amount),)


def _negative(part: object, field: str, amount: int, unit: str) -> Finding:
    text = N_("Số tiền {actual} {unit} nhỏ hơn 0.")
    return finding("amount.negative", part, field, text, _money(unit, actual=amount), actual=amount)


def suspicious_from(amounts: Sequence[int]) -> int:
    """The least amount (đồng) of a table that looks typed in another unit, given the amounts of its tasks in order."""
    if len(amounts) < 4:
        return _HUGE
    median = amounts[len(amounts) // 2]
    return min(_HUGE, max(LARGE, median * _FAR_ABOVE))


def check_security_share(at: Context) -> Sequence[Finding]:
    """``share.security``: the share of the plan's own tasks against the template's limit."""
    limit = at.template.security_limit
    table = security_table(at.plan, at.template)
    if limit is None or table is None:
        return ()
    found = at.totals.of(table)
    share = found.security_share
    if share is None or found.total < 0 or share >= limit:
        return ()
    text = N_("Kinh phí bảo đảm an toàn thông tin {actual}, dưới mức {limit} của mẫu.")
    values = {"actual": format_percent(found.security, found.total), "limit": at.template.limits.security_share}
    return (finding("share.security", table, "", text, values, expected=limit, actual=share),)


def _money(unit: str, **amounts: int) -> dict[str, str]:
    return {name: format_amount(amount, unit) for name, amount in amounts.items()} | {"unit": unit_name(unit)}


def short_name(row: Row) -> str:
    """The task's name, cut to fit in a sentence."""
    name = row.task or row.group or ""
    return name if len(name) <= 60 else name[:59] + "…"
