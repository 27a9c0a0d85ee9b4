"""The plan in a PDF: what was exported, and what was signed where it is signed."""

from __future__ import annotations

from pathlib import Path

from models.errors import PackageError, inside
from models.exports.verification import verify
from models.i18n import _
from models.plan import Plan
from models.signing import Roots


def read(path: Path) -> Plan:
    """The plan that the PDF ``path`` carries since it was exported.

    ``PackageError`` where it is none of ours, or was altered: a signature broken, the plan replaced, something
    changed after the last signature. Who signed, and whether that one is trusted, is for ``verify`` to tell.
    """
    found = verify(path, Roots())
    if found.problems or found.plan is None:
        problem = found.problems[0] if found.problems else _("Tệp không mang kế hoạch.")
        raise PackageError(
            _("Không nhận được kế hoạch từ “{file}”: {problem}").format(file=path.name, problem=inside(problem))
        )
    return found.plan
