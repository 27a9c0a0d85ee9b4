"""What each command of the command line does; the contract is in the design's table."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models import drives
from models.errors import ExportError, reason
from models.evaluate import Evaluation, evaluate, report
from models.i18n import N_, _
from models.money import format_amount, format_percent, unit_name
from models.plan import Plan
from models.store import Store, backups
from models.store.files import FILE_NAME as STORE_FILE
from ui import template_command

if TYPE_CHECKING:
    from models.exports.locked import Passphrases
    from ui import verify_command

#: The endings of files in which plans come, or are looked for.
_ENDINGS = (".json", ".zip", ".xlsx", ".xls", ".docx", ".doc", ".pdf")


def import_files(options: argparse.Namespace, folder: Path) -> int:
    """Take plans into the store: all of them, or none where one cannot be read."""
    if template_command.has_templates(options.files):
        return template_command.import_files(options, folder)
    plans = read_files(options, options.files, folder)
    for plan in plans:
        evaluate(plan)
    with Store(folder) as store:
        if not store.is_reading:
            backups.before_import(store.path, [plan.id for plan in plans])
        store.put_all(plans, N_("Nhập từ tệp"))
    for plan in plans:
        print(plan.id)
    return 0


def list_plans(options: argparse.Namespace, folder: Path) -> int:
    with Store(folder, reading=True) as store:
        summaries = store.summaries(lambda plan: _summary(evaluate(plan)))
    if options.json:
        print_json(
            [
                {
                    "id": found.id,
                    "subject": found.subject,
                    "organisation": found.unit_name,
                    "template": found.template,
                    "period": {"from": found.period_from, "to": found.period_to},
                    "revision": found.revision,
                    "total": found.total,
                    "errors": found.errors,
                    "warnings": found.warnings,
                    "changed": found.changed,
                }
                for found in summaries
            ]
        )
        return 0
    if not summaries:
        print(_("Kho dữ liệu chưa có kế hoạch nào."))
    for found in summaries:
        total = "–" if found.total is None else f"{format_amount(found.total)} {unit_name('dong')}"
        counts = _("{errors} lỗi, {warnings} cảnh báo").format(errors=found.errors, warnings=found.warnings)
        print(f"{found.id}  {found.unit_name or '–'}: {found.subject}  {total}  {counts}  {found.changed}")
    return 0


def _summary(found: Evaluation) -> tuple[int | None, int, int]:
    return found.total, found.count("error"), found.count("warning")


def check_plan(options: argparse.Namespace, folder: Path) -> int:
    if is_file(options.plan):
        plan = read_files(options, [options.plan], folder)[0]
    else:
        with Store(folder, reading=True) as store:
            plan = store.read(options.plan)
    found = evaluate(plan)
    if options.json:
        print_json(report(found))
    else:
        print_report(found)
    return 1 if found.count("error") else 0


def print_report(found: Evaluation) -> None:
    """Totals and findings as a person reads them."""
    print(found.plan.subject)
    for table in found.plan.tables:
        if table.is_register:
            continue
        sums = found.totals.of(table)
        share = ""
        if sums.total:
            share = " · " + _("an toàn thông tin {share}").format(share=format_percent(sums.security, sums.total))
        print(f"  {table.title}: {format_amount(sums.total)} {unit_name('dong')}{share}")
    for finding in found.findings:
        print(f"  {_severity(finding.severity)} [{finding.rule}] {finding.message}")
    print(_("{errors} lỗi, {warnings} cảnh báo.").format(errors=found.count("error"), warnings=found.count("warning")))


def _severity(severity: str) -> str:
    return {"error": "✗ " + _("Lỗi"), "warning": "! " + _("Cảnh báo")}.get(severity, "· " + _("Lưu ý"))


def export_plan(options: argparse.Namespace, folder: Path) -> int:
    """PDF, workbook and package; a final export of a stored plan raises its revision."""
    if options.revision is not None:
        from ui.commands_revisions import export_again

        return export_again(options, folder)
    if is_file(options.plan):
        return _export(options, read_files(options, [options.plan])[0], None)
    with Store(folder, reading=options.draft) as store:
        return _export(options, store.read(options.plan), store)


def _export(options: argparse.Namespace, plan: Plan, store: Store | None) -> int:
    """Export a plan, which is one of ``store`` or comes from a file."""
    from models.exports import delivery, mail, package
    from ui import passphrase_command

    passphrase = passphrase_command.to_lock(options)
    if passphrase and options.word:
        raise ExportError(_("Gói có mật khẩu không kèm tệp Word, vì tệp đó ai cũng mở được; hãy bỏ --word."))
    found = evaluate(plan)
    if not options.draft and (errors := found.count("error")):
        print(
            _("Kế hoạch còn {count} lỗi nên chưa kết xuất được bản chính thức; hãy sửa, hoặc dùng --draft.").format(
                count=errors
            ),
            file=sys.stderr,
        )
        return 1
    if store is not None and not options.draft:
        store.writer()
        plan.revision += 1
    letter = mail.Mail(options.mail_to or "") if options.mail or options.mail_to is not None else None
    exported = package.build(
        plan, found.template, draft=options.draft, word=options.word, mail=letter, passphrase=passphrase
    )
    make_folder(options.to)
    with delivery.delivering(exported, options.to, passphrase) as files:
        if store is not None and not options.draft:
            label = N_("Kết xuất bản chính thức")
            store.keep_export(plan.id, plan.revision, label, exported.code, exported.package.data)
    if options.json:
        print_json({"files": {kind: str(path) for kind, path in files.items()}, "revision": plan.revision})
    else:
        for path in files.values():
            print(path)
        if exported.mail is not None and (heavy := mail.heavy_sentence(exported.mail)):
            print(heavy)
    return 0


def make_folder(folder: Path) -> None:
    """Make the folder that an export goes to, where it is not there yet."""
    try:
        drives.make_folder(folder)
    except OSError as error:
        raise ExportError(
            _("Không tạo được thư mục “{folder}” ({reason}); hãy chọn thư mục khác.").format(
                folder=folder, reason=reason(error)
            )
        ) from None


def verify_packages(options: argparse.Namespace, folder: Path) -> int:
    """Look into packages and PDFs, or find the one that a printed page belongs to."""
    from ui import verify_command

    return verify_command.run(options, folder, partial(_known, folder), partial(_exports_of_code, folder))


def _known(folder: Path, plan_ids: set[str]) -> verify_command.Known:
    """What is known here of these plans; no store is made for that."""
    from ui import verify_command

    if not (folder / STORE_FILE).is_file():
        return {}, {}
    with Store(folder, reading=True) as store:
        return verify_command.known(store, plan_ids)


def _exports_of_code(folder: Path, code: str) -> list[tuple[str, int]]:
    """The exports of a store that is there whose pages bear the code: plan and revision."""
    if not (folder / STORE_FILE).is_file():
        return []
    with Store(folder, reading=True) as store:
        plans = store.summaries(lambda plan: _summary(evaluate(plan)))
        return [
            (plan.id, export.revision) for plan in plans for export in store.exports(plan.id) if export.code == code
        ]


def is_file(name: str) -> bool:
    """Whether a plan is named by its file, and not by its id, which may have dots but no such ending."""
    path = Path(name)
    return os.path.exists(name) or len(path.parts) > 1 or path.suffix.lower() in _ENDINGS


def read_files(options: argparse.Namespace, names: Sequence[str], folder: Path | None = None) -> list[Plan]:
    """The plans in files; for one that is locked, the passphrase is looked for.

    With ``folder`` (the data folder) also what an office's own workbook or Word file holds, as a plan of the template
    that is named.
    """
    from models.imports import office
    from ui import commands_import, passphrase_command

    known = passphrase_command.for_files(options)
    own = {name for name in names if office.kind(Path(name))}
    if own and folder is None:
        raise commands_import.not_here(Path(min(own)))
    return [
        commands_import.read(Path(name), options, folder) if folder and name in own else read_file(name, known)
        for name in names
    ]


def read_file(name: str, known: Passphrases) -> Plan:
    """The plan in a file, whatever kind of file it is."""
    from models.imports import package

    return package.open_any(Path(name), known.of(Path(name)))


def print_json(value: Any) -> None:
    """Print for a program."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def compare_plans(options: argparse.Namespace, folder: Path) -> int:
    """What changed from one plan, or final export of one, to another."""
    from ui.commands_revisions import compare_plans as work

    return work(options, folder)


def back_up(options: argparse.Namespace, folder: Path) -> int:
    """Make a backup of the store."""
    from ui import commands_backup

    return commands_backup.back_up(options, folder)


def list_backups(options: argparse.Namespace, folder: Path) -> int:
    """The backups there are."""
    from ui import commands_backup

    return commands_backup.list_backups(options, folder)


def restore(options: argparse.Namespace, folder: Path) -> int:
    """Take plans back from a backup."""
    from ui import commands_backup

    return commands_backup.restore(options, folder)


COMMANDS: dict[str, Callable[[argparse.Namespace, Path], int]] = {
    "import": import_files,
    "list": list_plans,
    "check": check_plan,
    "export": export_plan,
    "compare": compare_plans,
    "verify": verify_packages,
    "backup": back_up,
    "backups": list_backups,
    "restore": restore,
}
