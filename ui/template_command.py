"""``import FILE.toml``: templates of the ICT department taken in from the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from models import templates
from models.templates import Coming


def has_templates(files: list[str]) -> bool:
    return any(templates.is_template(Path(name)) for name in files)


def import_files(options: argparse.Namespace, folder: Path) -> int:
    """Take in the templates among the files, then the plans, which may need them: all of them, or none.

    For each template a line is printed: its id, its version and the SHA-256 of its file.
    """
    from ui import commands

    paths = [Path(name) for name in options.files]
    found = [templates.examine(path) for path in paths if templates.is_template(path)]
    options.files = [str(path) for path in paths if not templates.is_template(path)]
    try:
        _take_in(found, folder)
        if options.files:
            commands.import_files(options, folder)
    except BaseException:
        for coming in found:
            if coming.kind != "same" and (held := templates.held(coming.template.id, coming.template.version)):
                templates.remove(held, 0)
        raise
    for coming in found:
        print(coming.template.id, coming.template.version, coming.digest)
    return 0


def _take_in(found: list[Coming], folder: Path) -> None:
    for coming in found:
        # Two files may be the same version: the second one is looked at again beside the first.
        templates.take_in(templates.examined(coming.data, f"{coming.template.id}{templates.ENDING}"), folder)
