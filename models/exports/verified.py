"""What is told of a package or PDF that was looked into."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from models.i18n import _
from models.plan import Plan
from models.signing import Examined, Signature

#: Of a file in a package: as exported, exported and then signed, or what is wrong with it: ``broken`` is a
#: signature, ``other`` what is of another plan.
State = Literal["whole", "signed", "changed", "missing", "added", "doubled", "unsafe", "damaged", "broken", "other"]
#: What a file is that was looked into.
Kind = Literal["package", "pdf"]


@dataclass(frozen=True, slots=True)
class FileCheck:
    """One file; ``code`` is what its pages bear, ``pages`` how many a PDF has, where it was looked into."""

    name: str
    size: int
    state: State
    code: str = ""
    pages: int | None = None


@dataclass(slots=True)
class Verification:
    """What was found out about a package or PDF; ``problems`` are whole sentences, none where it is ``ok``."""

    file: str
    kind: Kind = "package"
    plan_id: str = ""
    subject: str = ""
    revision: int | None = None
    #: The short code printed on every page, from the ``plan.json`` inside.
    code: str = ""
    created: str = ""
    draft: bool = False
    #: The package is under a passphrase.
    locked: bool = False
    #: There is a PDF that begins with the exported bytes and goes on with a signature; one that is worth nothing
    #: is among the problems.
    signed: bool = False
    signatures: tuple[Signature, ...] = ()
    problems: list[str] = field(default_factory=list)
    #: What one should know, though it breaks nothing.
    warnings: list[str] = field(default_factory=list)
    #: The highest revision known of this plan, where that is a higher one.
    newer: int | None = None
    files: list[FileCheck] = field(default_factory=list)
    plan: Plan | None = field(default=None, repr=False)
    #: Size and SHA-256 of the exported PDF, as the manifest has them.
    exported_pdf: tuple[int, str] | None = None

    @property
    def ok(self) -> bool:
        return not self.problems


def take(known: Examined, found: Verification) -> None:
    """Take over what was found in a PDF."""
    found.problems += [problem for problem in known.problems if problem not in found.problems]
    found.warnings += [warning for warning in known.warnings if warning not in found.warnings]
    found.signatures = known.signatures or found.signatures
    found.signed = found.signed or bool(known.signatures)


def mark_draft(found: Verification) -> None:
    """Tell that it is a draft, which may be whole and signed, and is no final export all the same."""
    found.draft = True
    found.warnings.append(_("Đây là bản dự thảo, không phải bản chính thức."))


def state_of(known: Examined) -> State:
    if any(not one.whole for one in known.signatures):
        return "broken"
    if known.problems:
        return "changed"
    return "signed" if known.signatures else "whole"
