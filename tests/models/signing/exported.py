"""PDFs that the tests sign: exported from a fixture, made once."""

from __future__ import annotations

from functools import cache

from models import document
from models.exports import pdf
from models.plan import Plan
from models.template import Template
from tests.models.exports.plans import fixture
from tests.models.signing import authority


def changed(plan_id: str = "", revision: int = 0, subject: str = "") -> tuple[Plan, Template]:
    """The first fixture, or another plan or revision made of it."""
    original, template = fixture(0)
    plan = document.copy(original)
    plan.id = plan_id or plan.id
    plan.revision = revision or plan.revision
    plan.subject = subject or plan.subject
    return plan, template


@cache
def exported(plan_id: str = "", revision: int = 0, subject: str = "") -> bytes:
    return pdf.render(*changed(plan_id, revision, subject))


@cache
def signed_twice() -> bytes:
    """Signed by the leader, number and date stamped onto the page, then signed by the office."""
    first = authority.sign(exported(), box=(330, 200, 480, 260))
    stamped = authority.stamp_on_page(first)
    return authority.sign(stamped, authority.office(), box=(300, 180, 360, 240), with_time=True)
