"""Bản sao lưu: backups of the store, made by SQLite itself, checked, thinned out, and taken back plan by plan.

Each is one complete file. Nothing here needs the ``Store`` but ``restore``; all of it may run in a thread.
"""

from models.store.backup_contents import Contents, Held, opened
from models.store.backup_copy import make
from models.store.backup_names import Backup, backup_at, listed, reason_text
from models.store.backup_places import (
    Outcome,
    back_up,
    before_import,
    before_migration,
    before_restore,
    folder_of,
    is_due,
    passphrase,
    run_due,
    second_folder,
    set_passphrase,
)
from models.store.backup_restore import restore
from models.store.backup_thinning import thin

__all__ = [
    "Backup",
    "Contents",
    "Held",
    "Outcome",
    "back_up",
    "backup_at",
    "before_import",
    "before_migration",
    "before_restore",
    "folder_of",
    "is_due",
    "listed",
    "make",
    "opened",
    "passphrase",
    "reason_text",
    "restore",
    "run_due",
    "second_folder",
    "set_passphrase",
    "thin",
]
