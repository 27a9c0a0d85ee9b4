"""The file of the store: where it lies, how it is opened, and what its errors mean to a person."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

from models.errors import StoreError, reason
from models.i18n import _
from models.store.migrations import SCHEMA, migrate, version

FILE_NAME = "kehoachso.db"

#: How every SQLite file begins (https://www.sqlite.org/fileformat.html).
_HEAD = b"SQLite format 3\0"

#: How long (ms) a writer waits for another one before it says that the store is in use.
_BUSY_TIMEOUT = 5000


def connect(folder: Path) -> sqlite3.Connection:
    """Open the store in ``folder``, making it where there is none, and bring it to the newest schema.

    Write-ahead log with ``synchronous=FULL``: a commit is on disk when it returns
    (https://www.sqlite.org/pragma.html#pragma_synchronous).
    """
    path = folder / FILE_NAME
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            _("Không tạo được thư mục dữ liệu “{folder}” ({reason}); hãy chọn thư mục khác bằng --data.").format(
                folder=folder, reason=reason(error)
            )
        ) from None
    connection: sqlite3.Connection | None = None
    try:
        fresh = not path.exists()
        if path.is_file():
            _look(path)
        connection = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_TIMEOUT / 1000)
        if fresh:
            os.chmod(path, 0o600)
        if version(connection) != SCHEMA:
            migrate(connection, str(path))
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return connection
    except StoreError:
        _close(connection)
        raise
    except (sqlite3.Error, OSError) as error:
        _close(connection)
        raise explain(error, path) from None


def _look(path: Path) -> None:
    """Refuse a file that is no database, which SQLite itself would take for an empty one where it is short."""
    with path.open("rb") as stream:
        head = stream.read(len(_HEAD))
    if head and head != _HEAD:
        raise sqlite3.DatabaseError("file is not a database")


def _close(connection: sqlite3.Connection | None) -> None:
    if connection is not None:
        connection.close()


def explain(error: BaseException, path: Path) -> StoreError:
    """The sentence for a failure of SQLite or of the disk under it."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    number = getattr(error, "errno", None)
    text = str(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        sentence = _("Kho dữ liệu “{file}” đang được một chương trình khác ghi; hãy đóng chương trình đó rồi thử lại.")
    elif code == sqlite3.SQLITE_FULL or number == errno.ENOSPC:
        sentence = _("Ổ đĩa chứa kho dữ liệu “{file}” đã đầy; hãy giải phóng dung lượng rồi thử lại.")
    elif code == sqlite3.SQLITE_READONLY or number in (errno.EACCES, errno.EPERM, errno.EROFS):
        sentence = _("Không ghi được vào kho dữ liệu “{file}”; hãy kiểm tra quyền ghi của thư mục.")
    elif code == sqlite3.SQLITE_CANTOPEN:
        sentence = _("Không mở được kho dữ liệu “{file}”; hãy kiểm tra thư mục và quyền truy cập.")
    elif code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT) or "not a database" in text:
        sentence = _(
            "Tệp “{file}” bị hỏng hoặc không phải kho dữ liệu của Kế Hoạch Số; hãy chuyển tệp đi nơi khác rồi mở lại."
        )
    elif code == sqlite3.SQLITE_IOERR or isinstance(error, OSError):
        sentence = _("Ổ đĩa báo lỗi khi đọc hoặc ghi “{file}”; hãy kiểm tra ổ đĩa hoặc USB rồi thử lại.")
    else:
        sentence = _("Kho dữ liệu “{file}” báo lỗi nên chưa lưu được; hãy đóng chương trình rồi mở lại.")
    return StoreError(sentence.format(file=path))


def who() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
