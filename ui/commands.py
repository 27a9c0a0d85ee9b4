"""What each command of the command line does; the contract is in the design's table."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.errors import ExportError, reason
from models.evaluate import Evaluation, evaluate, report
from models.i18n import N_, _
from models.money import format_amount, format_percent, unit_name
from models.plan import Plan
from models.store import Store

if TYPE_CHECKING:
    from models.exports.verification import Verification

#: The endings of files in which plans come, or are looked for.
_ENDINGS = (".json", ".zip", ".xlsx", ".xls", ".docx", ".doc", ".pdf")


def import_files(options: argparse.Namespace, folder: Path) -> int:
    """Take plans into the store: all of them, or none where one cannot be read."""
    from models.imports import package

    plans = [package.open_any(Path(name)) for name in options.files]
    for plan in plans:
        evaluate(plan)
    with Store(folder) as store:
        store.put_all(plans, N_("Nhập từ tệp"))
    for plan in plans:
        print(plan.id)
    return 0


def list_plans(options: argparse.Namespace, folder: Path) -> int:
    with Store(folder) as store:
        summaries = store.summaries(lambda plan: _summary(evaluate(plan)))
    if options.json:
        _print_json(
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
    if _is_file(options.plan):
        plan = _read_file(options.plan)
    else:
        with Store(folder) as store:
            plan = store.read(options.plan)
    found = evaluate(plan)
    if options.json:
        _print_json(report(found))
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
    if _is_file(options.plan):
        return _export(options, _read_file(options.plan), None)
    with Store(folder) as store:
        return _export(options, store.read(options.plan), store)


def _export(options: argparse.Namespace, plan: Plan, store: Store | None) -> int:
    """Export a plan, which is one of ``store`` or comes from a file."""
    from models.exports import package

    found = evaluate(plan)
    if not options.draft and (errors := found.count("error")):
        print(
            _("Kế hoạch còn {count} lỗi nên chưa kết xuất được bản chính thức; hãy sửa, hoặc dùng --draft.").format(
                count=errors
            ),
            file=sys.stderr,
        )
        return 1
    is_kept = store is not None and not options.draft
    if is_kept:
        plan.revision += 1
    exported = package.build(plan, found.template, draft=options.draft)
    _make_folder(options.to)
    keeping: AbstractContextManager[None] = nullcontext()
    if store is not None and is_kept:
        label = N_("Kết xuất bản chính thức")
        keeping = store.keeping_export(plan.id, plan.revision, label, exported.code, exported.package.data)
    with keeping:
        files = package.write(exported, options.to)
    if options.json:
        _print_json({"files": {kind: str(path) for kind, path in files.items()}, "revision": plan.revision})
    else:
        for path in files.values():
            print(path)
    return 0


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(
            _("Không tạo được thư mục “{folder}” ({reason}); hãy chọn thư mục khác.").format(
                folder=folder, reason=reason(error)
            )
        ) from None


def verify_packages(options: argparse.Namespace, folder: Path) -> int:
    from models.exports import package

    results = [(name, package.verify(Path(name))) for name in options.packages]
    if options.json:
        _print_json([_verified(name, result) for name, result in results])
    else:
        for name, result in results:
            print(f"{'✓' if result.ok else '✗'} {name}: {_sentence(result)}")
            for problem in result.problems:
                print(f"  {problem}")
    return 0 if all(result.ok for _name, result in results) else 1


def _sentence(result: Verification) -> str:
    if not result.ok:
        return _("gói không nguyên vẹn.")
    if result.signed:
        return _("gói nguyên vẹn, lần kết xuất {revision}, mã {code}, PDF đã ký số.").format(
            revision=result.revision, code=result.code
        )
    return _("gói nguyên vẹn, lần kết xuất {revision}, mã {code}.").format(revision=result.revision, code=result.code)


def _verified(name: str, result: Verification) -> dict[str, Any]:
    return {
        "package": name,
        "ok": result.ok,
        "plan": {"id": result.plan_id, "subject": result.subject, "revision": result.revision},
        "code": result.code,
        "created": result.created,
        "draft": result.draft,
        "signed": result.signed,
        "problems": result.problems,
        "files": [{"name": file.name, "size": file.size, "state": file.state} for file in result.files],
    }


def _is_file(name: str) -> bool:
    """Whether a plan is named by its file, and not by its id, which may have dots but no such ending."""
    path = Path(name)
    return os.path.exists(name) or len(path.parts) > 1 or path.suffix.lower() in _ENDINGS


def _read_file(name: str) -> Plan:
    from models.imports import package

    return package.open_any(Path(name))


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


COMMANDS: dict[str, Callable[[argparse.Namespace, Path], int]] = {
    "import": import_files,
    "list": list_plans,
    "check": check_plan,
    "export": export_plan,
    "verify": verify_packages,
}
