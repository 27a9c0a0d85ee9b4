"""A plan seen whole: its sums and findings, for lists, the command line and the window."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from models import document, template, totals
from models.checks import Finding, check
from models.errors import TemplateError
from models.plan import Plan
from models.template import Template
from models.text import security_table
from models.totals import Totals


@dataclass(slots=True)
class Evaluation:
    """The plan's template, sums and findings at one moment."""

    plan: Plan
    template: Template
    totals: Totals
    findings: list[Finding]

    def count(self, severity: str) -> int:
        return sum(finding.severity == severity for finding in self.findings)

    @property
    def total(self) -> int | None:
        """The total (đồng) of the plan's own list of tasks; ``None`` where it has no such table."""
        table = security_table(self.plan, self.template)
        return None if table is None else self.totals.of(table).total


def evaluate(plan: Plan) -> Evaluation:
    """Sums and findings of a plan; ``TemplateError`` where its template is unknown."""
    plan_template = template.of(plan)
    sums = totals.compute(plan)
    return Evaluation(plan, plan_template, sums, check(plan, plan_template, sums))


def summed(plan: Plan) -> tuple[int | None, int, int]:
    """What a list of plans tells of one: total (đồng), errors, warnings; nothing where its template is unknown."""
    try:
        found = evaluate(plan)
    except TemplateError:
        return None, 0, 0
    return found.total, found.count("error"), found.count("warning")


def report(found: Evaluation) -> dict[str, Any]:
    """What ``check --json`` prints: money in đồng, shares as fractions, places as JSON Pointers.

    A finding that a person set aside is a note with the reason under ``set_aside``.
    """
    plan = found.plan
    tables: dict[str, Any] = {}
    for table in plan.tables:
        if not table.is_register:
            sums = found.totals.of(table)
            tables[table.key] = {
                "total": sums.total,
                "by_source": sums.by_source,
                "by_year": dict(sorted(sums.by_year.items())),
                "security": sums.security,
                "security_share": _plain(sums.security_share),
            }
    places = document.pointers(plan)
    findings = [
        {
            "rule": finding.rule,
            "severity": finding.severity,
            "path": document.pointer(places[id(finding.part)], finding.part, finding.field),
            "message": finding.message,
            "expected": _plain(finding.expected),
            "actual": _plain(finding.actual),
            **({"set_aside": finding.reason} if finding.reason else {}),
        }
        for finding in found.findings
    ]
    head = {"id": plan.id, "subject": plan.subject, "template": plan.template}
    return {"plan": head, "totals": tables, "findings": findings}


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, Fraction) else value
