"""When and where backups are made: in the data folder, and in a second folder or on a drive where one is set."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from models import private
from models.errors import BackupError, UserError, inside, reason
from models.i18n import _
from models.settings import BACKUP_FOLDER, Settings
from models.store.backup_copy import make
from models.store.backup_names import Backup, listed, origin
from models.store.backup_reading import FAULTS, Progress, State, alone, reading, state_of
from models.store.backup_thinning import thin

FOLDER = "sao-luu"
_PASSPHRASE_FILE = "sao-luu.khoa"
#: A backup by itself is made so long after the one before, where something was edited.
_DAY = timedelta(days=1)
_NOTHING = State(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The backups made, and in sentences what could not be done."""

    made: tuple[Backup, ...] = ()
    problems: tuple[str, ...] = ()


def folder_of(data_folder: Path) -> Path:
    """Where the backups in a data folder lie."""
    return data_folder / FOLDER


def second_folder(data_folder: Path) -> Path | None:
    """The second folder that is set, whether it is there now or not."""
    text = Settings(data_folder).text(BACKUP_FOLDER)
    return Path(text) if text and Path(text) != folder_of(data_folder) else None


# ---- the passphrase of the second folder


def passphrase(data_folder: Path) -> str:
    """What locks the copies in the second folder; empty where they are not locked. ``BackupError``: not readable."""
    path = data_folder / _PASSPHRASE_FILE
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as error:
        raise BackupError(
            _("Không đọc được tệp mật khẩu “{file}” ({reason}); hãy đặt lại mật khẩu của bản sao lưu.").format(
                file=path, reason=reason(error)
            )
        ) from None


def set_passphrase(data_folder: Path, text: str) -> None:
    """Keep it beside the store, readable by its owner alone; an empty one is forgotten. ``BackupError``: not kept."""
    path = data_folder / _PASSPHRASE_FILE
    try:
        if text:
            private.write(path, text.encode(), flush=True)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise BackupError(
            _("Không ghi được tệp mật khẩu “{file}” ({reason}); hãy kiểm tra quyền ghi của thư mục.").format(
                file=path, reason=reason(error)
            )
        ) from None


# ---- making them


def back_up(
    store_path: Path,
    data_folder: Path,
    reason: str,
    second_folder: Path | None = None,
    passphrase: str = "",
    progress: Progress | None = None,
) -> Outcome:
    """Back up into the data folder, and into the second folder where one is given, locked where there is a passphrase.

    Either is made whatever becomes of the other; then both are thinned out. Only ``Cancelled`` is raised.
    """
    places = [_Place(folder_of(data_folder))]
    if second_folder is not None:
        places.append(_Place(second_folder, passphrase, is_second=True))
    return _back_up(store_path, reason, places, progress)


def run_due(
    data_folder: Path, store_path: Path, now: datetime | None = None, progress: Progress | None = None
) -> Outcome:
    """Make the backups that are due, if any; also in a second folder that was not there for a while."""
    now = now or datetime.now()
    places = [_Place(folder_of(data_folder))] if is_due(data_folder, store_path, now) else []
    second, problems = second_folder(data_folder), []
    if second is not None and (places or _is_behind(second, data_folder, now)):
        try:
            places.append(_Place(second, passphrase(data_folder), is_second=True))
        except BackupError as error:
            # Never unlocked where it should be locked.
            problems.append(str(error))
    done = _back_up(store_path, "day", places, progress)
    return Outcome(done.made, (*done.problems, *problems))


@dataclass(frozen=True, slots=True)
class _Place:
    folder: Path
    passphrase: str = ""
    is_second: bool = False


def _back_up(store_path: Path, reason: str, places: Sequence[_Place], progress: Progress | None) -> Outcome:
    made, problems = [], []
    for number, place in enumerate(places):

        def say(fraction: float, number: int = number) -> bool:
            return progress is None or progress((number + fraction) / len(places))

        try:
            if place.is_second and not place.folder.is_dir():
                raise BackupError(
                    _("không tìm thấy thư mục “{folder}”; hãy cắm ổ đĩa hoặc chọn thư mục khác.").format(
                        folder=place.folder
                    )
                )
            made.append(make(store_path, place.folder, reason, place.passphrase, say))
        except UserError as error:
            sentence = str(error)
            if place.is_second:
                sentence = _("Chưa sao lưu được sang nơi thứ hai: {reason}").format(reason=inside(sentence))
            problems.append(sentence)
        else:
            thin(place.folder, datetime.now())
    return Outcome(tuple(made), tuple(problems))


def before_migration(store_path: Path) -> Backup:
    """The backup before a store is brought to a newer schema; ``BackupError`` where it cannot be made."""
    return _before(store_path, "migration")


def before_import(store_path: Path, plan_ids: Sequence[str]) -> Backup | None:
    """The backup before plans take the content of files: made where the store has one of them.

    ``BackupError`` where it cannot be made.
    """
    if not store_path.is_file():
        return None
    try:
        with closing(reading(store_path)) as connection:
            query = "SELECT 1 FROM plan WHERE id = ?"
            replaces = any(connection.execute(query, (plan_id,)).fetchone() for plan_id in plan_ids)
    except FAULTS:
        # Why, making it tells.
        replaces = True
    return _before(store_path, "import") if replaces else None


def before_restore(store_path: Path) -> Backup | None:
    """The backup before plans are taken back from another one; none of a store in which nothing ever was.

    ``BackupError`` where it cannot be made.
    """
    with contextlib.suppress(*FAULTS), closing(reading(store_path)) as connection:
        if state_of(connection) == _NOTHING:
            return None
    return _before(store_path, "restore")


def _before(store_path: Path, reason: str) -> Backup:
    folder = folder_of(store_path.parent)
    made = make(store_path, folder, reason)
    thin(folder, datetime.now())
    return made


# ---- whether one is due


def is_due(data_folder: Path, store_path: Path, now: datetime | None = None) -> bool:
    """Whether something was edited since the newest good backup in the data folder, and that is a day ago, or none."""
    now = now or datetime.now()
    try:
        with closing(reading(store_path)) as connection:
            state = state_of(connection)
    except FAULTS:
        return False
    if state == _NOTHING:
        return False
    newest = _newest(folder_of(data_folder), now)
    if newest is None:
        return True
    backup, held = newest
    return now - backup.moment >= _DAY and held != state


def _newest(folder: Path, now: datetime) -> tuple[Backup, State] | None:
    """The newest backup that can be read, and what it holds; none from the future, when the clock was wrong."""
    for backup in listed(folder):
        if not backup.fault and not backup.is_locked and backup.moment <= now:
            with contextlib.suppress(*FAULTS), closing(alone(backup.path)) as connection:
                return backup, state_of(connection)
    return None


def _is_behind(second: Path, data_folder: Path, now: datetime) -> bool:
    """Whether the second folder, now that it is there, lacks a day or more of what the data folder's backups have."""
    if not second.is_dir():
        return False
    first = _newest(folder_of(data_folder), now)
    mine = (backup for backup in listed(second) if backup.origin == origin() and not backup.fault)
    own = [backup for backup in mine if backup.moment <= now]
    if first is None:
        return False
    return not own or (first[0].created > own[0].created and now - own[0].moment >= _DAY)
