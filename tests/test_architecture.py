"""Imports run one way (docs/architecture.md), and what is heavy is loaded only where it is used."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = {"sqlalchemy", "xlsxwriter", "reportlab", "openpyxl", "docx", "lxml", "pyhanko", "pyzipper", "PySide6"}


@cache
def modules() -> dict[str, Path]:
    """Every module of the program by name: ``models.store.writer``."""
    paths = [ROOT / "main.py", *(ROOT / "models").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]
    return {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


@cache
def imports(name: str) -> frozenset[str]:
    """What a module imports, anywhere in it: the names of modules, and of what is taken from them."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(modules()[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: imports are written in full"
            found.add(node.module or "")
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(found)


def is_in(name: str, *packages: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def importers(*packages: str) -> set[str]:
    """The modules that import one of ``packages``, or something in it."""
    return {name for name in modules() if any(is_in(found, *packages) for found in imports(name))}


def taken(name: str, package: str) -> Iterator[str]:
    """What a module takes from below ``package``."""
    return (found for found in imports(name) if is_in(found, package) and found != package)


# ---- main → ui → models


def test_there_is_something_to_look_at() -> None:
    assert {"main", "models.plan", "models.store.writer", "models.checks"} <= modules().keys()
    assert "models.plan" in imports("models.totals")


def test_models_know_neither_the_screen_nor_the_window() -> None:
    outside = importers("PySide6", "qtawesome", "qtpy", "shiboken6", "ui", "main", "tests", "scripts")
    assert {name for name in outside if is_in(name, "models")} == set()


def test_nothing_imports_main_and_the_window_no_tests() -> None:
    assert importers("main", "tests", "scripts") == set()


def test_the_window_knows_no_sql() -> None:
    for name in modules():
        if is_in(name, "ui", "main"):
            assert not any(is_in(found, "sqlite3", "sqlalchemy") for found in imports(name)), name


# ---- inside models: plan, money, errors ← totals ← checks ← exports, imports, consolidate


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("models.plan", set()),
        ("models.times", set()),
        ("models.citations", set()),
        ("models.resources", set()),
        ("models.i18n", {"models.resources"}),
        ("models.errors", {"models.i18n"}),
        ("models.money", {"models.errors", "models.i18n"}),
        ("models.words", {"models.errors", "models.i18n", "models.money"}),
        ("models.totals", {"models.plan", "models.money", "models.errors"}),
        ("models.limits", set()),
        ("models.locks", set()),
        ("models.drives", {"models.errors", "models.i18n"}),
        ("models.private", {"models.drives"}),
        ("models.running", {"models.private"}),
        ("models.letters", {"models.limits"}),
        ("models.passphrases", {"models.errors", "models.folding", "models.i18n"}),
        ("models.secret", {"models.errors", "models.i18n", "models.passphrases"}),
        ("models.settings", {"models.errors", "models.i18n", "models.limits", "models.private"}),
    ],
)
def test_what_stands_at_the_bottom(name: str, known: set[str]) -> None:
    """Not even a name from a package: ``from models import resources`` counts as ``models.resources``."""
    own = {found for found in imports(name) if found in modules() and found != "models"}
    assert own <= known


@pytest.mark.parametrize(
    ("package", "above"),
    [
        ("models.totals", ["models.checks", "models.exports", "models.imports", "models.consolidate", "models.store"]),
        ("models.document", ["models.totals", "models.checks", "models.exports", "models.imports", "models.consolidate", "models.store"]),
        ("models.checks", ["models.exports", "models.imports", "models.consolidate", "models.store", "models.evaluate"]),
        ("models.exports", ["models.imports", "models.consolidate", "models.store"]),
        ("models.signing", ["models.checks", "models.imports", "models.consolidate", "models.store"]),
        ("models.imports", ["models.consolidate", "models.store"]),
        ("models.consolidate", ["models.store"]),
    ],
)  # fmt: skip
def test_nothing_imports_what_is_above_it(package: str, above: list[str]) -> None:
    assert {name for name in importers(*above) if is_in(name, package)} == set()


def test_exports_take_a_plan_and_run_no_checks() -> None:
    assert {name for name in importers("models.checks") if is_in(name, "models.exports")} == set()


def test_signing_knows_of_exports_the_code_on_their_pages_alone() -> None:
    signing = (name for name in modules() if is_in(name, "models.signing"))
    assert {found for name in signing for found in taken(name, "models.exports")} == {"models.exports.stamp"}


# ---- the store


def test_the_store_knows_plans_and_nothing_that_is_done_with_them() -> None:
    allowed = (
        "models.store",
        "models.plan",
        "models.errors",
        "models.i18n",
        "models.locks",
        "models.private",
        "models.drives",
        "models.secret",
        "models.settings",
        "models.limits",
    )
    for name in modules():
        if is_in(name, "models.store"):
            own = {found for found in imports(name) if is_in(found, "models") and found != "models"}
            assert {found for found in own if not is_in(found, *allowed)} == set(), name


def test_only_a_few_know_the_store() -> None:
    known = {"ui.document", "ui.commands", "ui.app", "ui.main_window", "ui.pages.plans"}
    known |= {"ui.commands_revisions", "ui.commands_backup", "ui.opening"}
    known |= {"ui.backing_up", "ui.recovering", "ui.restoring", "ui.dialogs.backups", "ui.dialogs.damaged"}
    known |= {
        "ui.widgets.backup_lists",
        "ui.widgets.backup_place",
        "ui.widgets.backups_view",
        "ui.widgets.salvaged_list",
    }
    assert known <= importers("models.store")
    for name in importers("models.store") - known:
        if not is_in(name, "models.store"):
            # All others are only told what it tells: what changed, and the lines of the list and of the history.
            told = {f"models.store.{name}" for name in ("Change", "PartChange", "Past", "Summary")}
            assert set(taken(name, "models.store")) <= told, name


def test_sqlalchemy_only_writes() -> None:
    assert importers("sqlalchemy") == {"models.store.schema", "models.store.writer"}
    assert importers("sqlite3") <= {name for name in modules() if is_in(name, "models.store")}


# ---- what is heavy


@pytest.mark.parametrize(
    ("library", "place"),
    [
        ("reportlab", "models.exports"),
        ("xlsxwriter", "models.exports"),
        ("docx", "models"),
        ("openpyxl", "models.imports"),
        ("pyhanko", "models.signing"),
        ("pyzipper", "models.secret"),
        ("asn1crypto", "models.signing"),
        ("PySide6", "ui"),
    ],
)
def test_heavy_libraries_are_imported_only_where_they_are_used(library: str, place: str) -> None:
    assert {name for name in importers(library) if not is_in(name, place)} == set()


def test_a_pdf_needs_no_workbook_and_a_workbook_no_pdf() -> None:
    assert importers("reportlab") & importers("xlsxwriter") == set()


def loaded(code: str, looked_for: set[str] = HEAVY) -> set[str]:
    """Which heavy libraries are loaded when ``code`` has run, in a program of its own."""
    code += f"\nimport sys; print(*({looked_for!r} & sys.modules.keys()))"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())


def test_the_domain_loads_nothing_heavy() -> None:
    assert (
        loaded("import models.store, models.checks, models.document, models.create, models.evaluate, models.columns")
        == set()
    )


def test_the_command_line_loads_no_qt_and_nothing_heavy_before_it_is_needed() -> None:
    assert loaded("import main, ui.cli") == set()


def test_the_window_loads_first_what_it_shows_and_the_rest_when_it_stands() -> None:
    later = {
        "models.store.backups", "models.store.recovery", "models.store.pages", "models.secret", "models.reports",
        "models.past_changes", "models.past_search", "models.exports.files", "ui.worker", "ui.front", "ui.reading",
        "ui.dialogs.crash", "ui.dialogs.backups", "ui.dialogs.damaged",
        "multiprocessing", "subprocess", "email", "secrets", "sqlalchemy", "pyzipper",
    }  # fmt: skip
    assert loaded("import ui.cli, ui.instance, ui.app", later) == set()


def test_each_module_can_be_imported_first() -> None:
    """No circle of imports that works only in one order."""
    names = [name for name in modules() if is_in(name, "models")]
    code = (
        "import importlib, sys\n"
        f"for name in {names!r}:\n"
        "    for known in [known for known in sys.modules if known.partition('.')[0] == 'models']:\n"
        "        del sys.modules[known]\n"
        "    importlib.import_module(name)\n"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
