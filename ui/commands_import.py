"""The command line for an office's own workbooks and Word files: a new plan from all that is understood of them."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from models import template
from models.errors import DocumentError
from models.i18n import _
from models.imports import mappings, office, whole
from models.plan import Plan
from models.settings import Settings


def read(path: Path, options: argparse.Namespace, folder: Path) -> Plan:
    """A plan of the template and year that ``options`` name, from the file; what is unsure goes to standard error.

    ``DocumentError`` where no template is named, or where the file leaves open what has to be known.
    """
    if not options.template:
        raise DocumentError(
            _("“{file}” là {kind}; hãy thêm --template với một trong các mẫu: {known}.").format(
                file=path.name, kind=_what(path), known=", ".join(template.known())
            )
        )
    chosen = template.get(options.template)
    kept, notice = mappings.read(folder)
    if notice:
        print(notice, file=sys.stderr)
    known = particulars(Settings(folder, reading=True))
    made = whole.plan_of(office.read(path), chosen, options.year, kept, options.unit or "", known)
    for line in made.notes:
        print(f"{path.name}: {line}", file=sys.stderr)
    return made.plan


def particulars(settings: Settings) -> dict[str, str]:
    """The unit's particulars, as the window remembers them."""
    kept = settings.get("unit")
    names = ("unit_parent", "unit_name", "unit_code", "place", "capacity", "signer_position", "signer_name")
    return {name: kept[name] for name in names if isinstance(kept.get(name), str)} if isinstance(kept, dict) else {}


def not_here(path: Path) -> DocumentError:
    """What to say where only a plan's own file is taken."""
    return DocumentError(
        _("“{file}” là {kind}, chưa phải kế hoạch; hãy nhập bằng lệnh import --template trước.").format(
            file=path.name, kind=_what(path)
        )
    )


def _what(path: Path) -> str:
    is_word = office.kind(path) == "word"
    return _("văn bản Word") if is_word else _("bảng tính Excel không do Kế Hoạch Số xuất ra")
