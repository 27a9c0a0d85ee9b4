"""Kiểm tra: pure functions that read a plan and return findings; they never raise, never ask, never change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from models import totals as sums
from models.checks import amounts, bases, header, prose, stated, tasks
from models.checks.context import Context, TableContext, plan_context, table_context
from models.checks.finding import SEVERITIES, Finding, Fix, Severity
from models.plan import Plan, Row, walk_rows
from models.template import Template
from models.totals import Totals

__all__ = [
    "CHECKS",
    "OF_SUMS",
    "ROW_CHECKS",
    "SEVERITIES",
    "SEVERITY_ORDER",
    "Finding",
    "Fix",
    "Severity",
    "check",
    "worst",
]

#: Checks of the plan as a whole.
CHECKS: tuple[Callable[[Context], Sequence[Finding]], ...] = (
    header.check_header,
    bases.check_bases,
    header.check_required,
    header.check_indicators,
    prose.check_placeholders,
    stated.check_stated_amounts,
    prose.check_texts,
    prose.check_filled,
    prose.check_years,
    amounts.check_stated_totals,
    amounts.check_security_share,
    tasks.check_duplicates,
)

#: Those of them that look at sums; no other one can find anything else when only amounts and texts of tasks changed.
OF_SUMS = frozenset((
    stated.check_stated_amounts, prose.check_filled, amounts.check_stated_totals, amounts.check_security_share,
))  # fmt: skip

#: Checks of one row of a task table, given what its table needs to know.
ROW_CHECKS: tuple[Callable[[Row, TableContext], Sequence[Finding]], ...] = (
    tasks.check_complete,
    amounts.check_sums,
    amounts.check_amounts,
    tasks.check_times,
    prose.check_row_texts,
)

#: Which findings come first.
SEVERITY_ORDER: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


def check(plan: Plan, template: Template, totals: Totals | None = None) -> list[Finding]:
    """All findings of the plan, errors first; ``totals`` are its sums where they are at hand."""
    at = plan_context(plan, template, totals or sums.compute(plan))
    found: list[Finding] = []
    for check_plan in CHECKS:
        found.extend(check_plan(at))
    for table in plan.tables:
        if table.is_register:
            continue
        here = table_context(at, table)
        for row in walk_rows(table.rows):
            for check_row in ROW_CHECKS:
                if more := check_row(row, here):
                    found.extend(more)
    found.sort(key=lambda finding: SEVERITY_ORDER[finding.severity])
    return found


def worst(findings: Sequence[Finding]) -> Severity | None:
    """The gravest severity among the findings; ``None`` where there is none."""
    return min((finding.severity for finding in findings), key=SEVERITY_ORDER.__getitem__, default=None)
