"""What the command line does with earlier final exports: gives one out again, and compares any two."""

from __future__ import annotations

import argparse
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from models import change_texts, template
from models.compare import compare
from models.comparison import Change, Comparison, Item, TableChange
from models.errors import ExportError, UserError
from models.exports.locked import Passphrases
from models.field_names import field_name, particular_name
from models.i18n import _
from models.money import format_amount, unit_name
from models.plan import Plan
from models.store import Store
from models.template import Template
from models.word_changes import changed_passages
from ui import commands, passphrase_command

#: A passage of more letters is told line by line.
_LONGEST = 200
_REVISION = re.compile(r"(?P<id>[0-9A-Za-z._-]{1,64})@(?P<number>[0-9]{1,9})")


# ---- a final export once more


def export_again(options: argparse.Namespace, folder: Path) -> int:
    """``export ID --revision N``: the files of an earlier final export, byte for byte as they were."""
    from models.exports import kept, locked

    if options.draft or options.word or options.mail or options.mail_to is not None:
        raise UserError(
            _(
                "Xuất lại một lần kết xuất cho đúng các tệp như khi đó; "
                "hãy bỏ --draft, --word, --mail và --mail-to khi dùng --revision."
            )
        )
    if commands.is_file(options.plan):
        raise UserError(
            _(
                "Chỉ xuất lại được kế hoạch trong kho dữ liệu, không phải từ tệp “{file}”; "
                "hãy dùng mã kế hoạch, lệnh list cho biết."
            ).format(file=options.plan)
        )
    with Store(folder, reading=True) as store:
        found = kept.unpack_kept(_package(store, options.plan, options.revision))
    if passphrase := passphrase_command.to_lock(options):
        name = Path(kept.by_kind(found)["package"])
        found = {f"{name.stem}{locked.ENDING}": locked.lock(name.stem, found[name.name], passphrase)}
    commands.make_folder(options.to)
    paths = kept.write_kept(found, options.to)
    if options.json:
        commands.print_json({"files": {kind: str(path) for kind, path in paths.items()}, "revision": options.revision})
    else:
        for path in paths.values():
            print(path)
    return 0


def _package(store: Store, plan_id: str, revision: int) -> bytes:
    """The package of a final export; a ``UserError`` names those that are there."""
    package = store.exported_package(plan_id, revision)
    if package is not None:
        return package
    # Where there is no such plan, that is the sentence.
    store.read(plan_id)
    numbers = [str(one.revision) for one in reversed(store.exports(plan_id))]
    if not numbers:
        raise ExportError(
            _(
                "Kho dữ liệu chưa giữ bản chính thức nào của kế hoạch “{id}”; "
                "mỗi lần kết xuất bản chính thức từ kho này sẽ được giữ lại."
            ).format(id=plan_id)
        )
    raise ExportError(
        _("Kho dữ liệu không giữ lần kết xuất {number} của kế hoạch “{id}”; các lần đang giữ: {kept}.").format(
            number=revision, id=plan_id, kept=", ".join(numbers)
        )
    )


# ---- comparing


def compare_plans(options: argparse.Namespace, folder: Path) -> int:
    """What changed from one plan to another: files, plans of the store, or final exports (``ID@N``); 1 where any."""
    known = passphrase_command.for_files(options)
    before, after = (_state(name, known, folder) for name in (options.before, options.after))
    spec = template.of(after)
    found = compare(before, after, spec)
    if options.json:
        commands.print_json(_as_json(found))
    else:
        _print_comparison(found, spec)
    return 0 if found.is_empty else 1


def _state(name: str, known: Passphrases, folder: Path) -> Plan:
    from models.exports import kept

    if commands.is_file(name):
        return commands.read_file(name, known)
    with Store(folder, reading=True) as store:
        if match := _REVISION.fullmatch(name):
            return kept.plan_of(_package(store, match["id"], int(match["number"])))
        return store.read(name)


def _print_comparison(found: Comparison, spec: Template) -> None:
    """What changed as a person reads it."""
    print(found.subject)
    if found.is_empty:
        print(_("Hai bản không khác nhau về nội dung."))
        return
    for change in (*found.particulars, *found.indicators):
        _print_change(particular_name(change.field, spec, _), change)
    for item in (*found.bases, *found.sections):
        _print_item(item, spec, None)
    for table in found.tables:
        _print_table(table, spec)


def _print_table(table: TableChange, spec: Template) -> None:
    total = ""
    if not table.is_register:
        amounts = [format_amount(amount or 0) for amount in (table.total_before, table.total_after)]
        changed = change_texts.signed(table.difference, "dong")
        total = f": {amounts[0]} → {amounts[1]} {unit_name('dong')} ({changed})"
    mark = {"added": "+ ", "removed": "- "}.get(table.kind, "")
    print(f"{mark}{table.title}{total}")
    for change in table.fields:
        _print_change(field_name(change.field, spec, say=_), change)
    for item in table.rows:
        if item.kind != "sum":
            _print_item(item, spec, table)


def _print_item(item: Item, spec: Template, table: TableChange | None) -> None:
    mark = {"added": "+", "removed": "-"}.get(item.kind, "~")
    amount = item.amount_after if item.kind == "added" else item.amount_before
    shown = f": {format_amount(amount)} {unit_name('dong')}" if mark != "~" and amount is not None else ""
    name = f"{item.number} {item.name}".strip()
    print(f"  {mark} {name}{shown}")
    if mark == "~":
        columns = table.columns if table else None
        for change in item.fields:
            _print_change(field_name(change.field, spec, columns, _), change, "      ")


def _print_change(name: str, change: Change, indent: str = "  ") -> None:
    if change.field == "text":
        print(f"{indent}{name}:")
        for before, after in changed_passages(str(change.before or ""), str(change.after or ""), _LONGEST):
            for mark, passage in (("-", before), ("+", after)):
                for line in filter(None, passage.split("\n")):
                    print(f"{indent}  {mark} {line}")
        return
    values = (change_texts.value_text(change.field, value, say=_) for value in (change.before, change.after))
    # A list (of recipients) has an entry on each line.
    old, new = ("; ".join(" ".join(line.split()) for line in text.splitlines()) or "–" for text in values)
    print(f"{indent}{name}: {old} → {new}")


def _as_json(found: Comparison) -> dict[str, Any]:
    """Money in đồng; ``difference`` beside every total, ``empty`` whether nothing changed."""
    return {
        "empty": found.is_empty,
        "totals": {"before": found.total_before, "after": found.total_after, "difference": found.difference},
        "counts": {kind: found.count(kind) for kind in ("added", "removed", "moved", "changed")},
        "particulars": [asdict(change) for change in found.particulars],
        "indicators": [asdict(change) for change in found.indicators],
        "legal_bases": [_text_json(item) for item in found.bases],
        "sections": [_text_json(item) for item in found.sections],
        "tables": [asdict(table) | {"difference": table.difference} for table in found.tables],
    }


def _text_json(item: Item) -> dict[str, Any]:
    return {"kind": item.kind, "name": item.name, "fields": [asdict(change) for change in item.fields]}
