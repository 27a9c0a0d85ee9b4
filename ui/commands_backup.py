"""What the command line does with backups: makes them, lists them, and takes plans back from one."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from pathlib import Path
from typing import Any

from models.drives import size_text
from models.errors import BackupError, SecretError, StoreDamaged, StoreError, UserError
from models.evaluate import evaluate
from models.i18n import _
from models.store import Store, backups, recovery
from models.store.backups import Backup, Contents
from models.store.files import FILE_NAME as STORE_FILE
from ui import commands, passphrase_command

# ---- making them


def back_up(options: argparse.Namespace, folder: Path) -> int:
    """``backup``: into the data folder and the second folder, or into the folder named alone."""
    path = folder / STORE_FILE
    passphrase = passphrase_command.to_lock(options)
    if options.to is not None:
        commands.make_folder(options.to)
        done = backups.Outcome((backups.make(path, options.to, "asked", passphrase),))
    elif passphrase:
        raise UserError(
            _("Mật khẩu chỉ dùng cho bản sao lưu ở thư mục khác; hãy thêm --to DIR, hoặc bỏ --passphrase-file.")
        )
    else:
        second = backups.second_folder(folder)
        done = backups.back_up(path, folder, "asked", second, backups.passphrase(folder) if second else "")
    if not done.made:
        raise BackupError(" ".join(done.problems))
    if options.json:
        made = [_as_json(backup) for backup in done.made]
        commands.print_json({"backups": made, "problems": list(done.problems)})
    else:
        for backup in done.made:
            print(backup.path)
        for problem in done.problems:
            print(problem, file=sys.stderr)
    return 0


# ---- listing them


def list_backups(options: argparse.Namespace, folder: Path) -> int:
    """``backups``: those in the data folder and the second folder, or in the folders named; the newest first."""
    found = backups.listed(*(options.folders or _folders(folder)))
    if options.json:
        commands.print_json([_as_json(backup) for backup in found])
        return 0
    if not found:
        print(_("Chưa có bản sao lưu nào."))
    for backup in found:
        parts = [
            f"{backup.moment:%d/%m/%Y %H:%M:%S}",
            backups.reason_text(backup.reason),
            _("{count} kế hoạch").format(count=backup.plans),
            size_text(backup.size),
            *([_("có mật khẩu")] if backup.is_locked else []),
            str(backup.path),
        ]
        print("  ".join(parts))
        if backup.fault:
            print(f"  ✗ {backup.fault}")
    return 0


def _folders(folder: Path) -> list[Path]:
    second = backups.second_folder(folder)
    return [backups.folder_of(folder), *([second] if second is not None else [])]


def _as_json(backup: Backup) -> dict[str, Any]:
    """``size`` in bytes, ``created`` local time, ``fault`` empty where it looks whole."""
    return {
        "file": str(backup.path),
        "created": backup.created,
        "reason": backup.reason,
        "size": backup.size,
        "locked": backup.is_locked,
        "plans": backup.plans,
        "origin": backup.origin,
        "fault": backup.fault,
    }


# ---- taking plans back


def restore(options: argparse.Namespace, folder: Path) -> int:
    """``restore``: the plans named, or all that are not in the bin of the backup; all of them or none."""
    backup = _named(options.backup, folder)
    with contextlib.ExitStack() as opened:
        contents = _opened(backup, options, folder, opened)
        wanted = options.plans or [held.id for held in contents.plans if not held.is_deleted]
        for plan_id in wanted:
            # What cannot be worked out is not taken in.
            evaluate(contents.read(plan_id))
        if not wanted:
            raise BackupError(_("Bản sao lưu “{file}” không có kế hoạch nào.").format(file=backup.path))
        store, aside = _store(folder)
        opened.enter_context(contextlib.closing(store))
        if store.is_reading:
            raise StoreError(store.why_reading)
        before = backups.before_restore(store.path)
        backups.restore(store, contents, wanted)
    if options.json:
        names = {"backup": before.path if before else None, "set_aside": aside}
        said = {name: None if path is None else str(path) for name, path in names.items()}
        commands.print_json({"restored": list(dict.fromkeys(wanted)), **said})
        return 0
    if aside is not None:
        print(_("Kho dữ liệu bị hỏng đã được giữ lại ở “{file}”.").format(file=aside))
    if before is not None:
        print(_("Trước khi khôi phục đã sao lưu vào “{file}”.").format(file=before.path))
    for plan_id in dict.fromkeys(wanted):
        print(plan_id)
    return 0


def _store(folder: Path) -> tuple[Store, Path | None]:
    """The store that plans are taken into; and where it is kept, if it was damaged and a new one takes its place."""
    try:
        return Store(folder), None
    except StoreDamaged:
        aside = recovery.set_aside(folder)
        return Store(folder), aside


def _named(name: str, folder: Path) -> Backup:
    """A backup by its file, or by its name alone where it lies in one of the usual folders."""
    if not os.path.exists(name) and Path(name).name == name:
        for backup in backups.listed(*_folders(folder)):
            if backup.path.name == name:
                return backup
        raise BackupError(
            _("Không tìm thấy bản sao lưu “{file}”; lệnh backups cho biết các bản đang có.").format(file=name)
        )
    return backups.backup_at(Path(name))


def _opened(backup: Backup, options: argparse.Namespace, folder: Path, until: contextlib.ExitStack) -> Contents:
    """The backup opened: with the passphrase of the file named, else with the one that is kept, else one asked for."""
    if not backup.is_locked:
        return until.enter_context(backups.opened(backup))
    if options.passphrase_file is not None:
        return until.enter_context(backups.opened(backup, passphrase_command.read(options.passphrase_file)))
    is_wrong = False
    if kept := backups.passphrase(folder):
        with contextlib.suppress(SecretError):
            return until.enter_context(backups.opened(backup, kept))
    asking = passphrase_command.Asking()
    while True:
        given = asking(backup.path, is_wrong)
        try:
            return until.enter_context(backups.opened(backup, given))
        except SecretError:
            is_wrong = True
