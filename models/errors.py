"""Expected failures: each carries its own sentence for the user."""

from __future__ import annotations

import errno
import re

from models.i18n import N_, _

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

_REASONS = {
    errno.ENOENT: N_("không tìm thấy"),
    errno.EACCES: N_("không có quyền truy cập"),
    errno.EPERM: N_("hệ thống không cho phép"),
    errno.EEXIST: N_("đã có tệp cùng tên"),
    errno.ENOTDIR: N_("trong đường dẫn có tệp không phải thư mục"),
    errno.EISDIR: N_("đó là thư mục"),
    errno.ENAMETOOLONG: N_("tên quá dài"),
    errno.ENOSPC: N_("ổ đĩa đã đầy"),
    errno.EROFS: N_("ổ đĩa chỉ cho phép đọc"),
    errno.EIO: N_("ổ đĩa báo lỗi"),
    errno.EINVAL: N_("tên không hợp lệ"),
}


def reason(error: BaseException) -> str:
    """Why the system refused, in our words where it is a common one: the system's own are English on most machines."""
    known = _REASONS.get(getattr(error, "errno", None) or 0)
    return _(known) if known else str(getattr(error, "strerror", None) or error)


def one_line(text: str) -> str:
    """A text that may quote what comes from outside, with a blank for each run of control characters and line ends."""
    return _CONTROL.sub(" ", text)


def inside(sentence: str) -> str:
    """A sentence as it goes on in another one, behind its colon: with a small letter, but for ``PDF`` and the like."""
    return sentence if sentence[1:2].isupper() else sentence[:1].lower() + sentence[1:]


class UserError(Exception):
    """A failure the user can do something about.

    ``str(error)`` is one whole sentence in the language set, which says what, where and what to do.
    The command line prints it on standard error and exits with 2; the window shows it as a line. What it quotes may
    come from outside: control characters in it are shown as blanks.
    """

    def __init__(self, sentence: str = "") -> None:
        super().__init__(one_line(sentence))


class DocumentError(UserError):
    """A file is not a plan document that this program can read."""


class TemplateError(UserError):
    """A template is unknown or its file is faulty."""


class StoreError(UserError):
    """The store cannot be opened, read or written."""


class StoreDamaged(StoreError):
    """The file of the store is damaged; what is left of its plans can be taken out of it.

    ``why`` is a part of a sentence, empty where it is not known.
    """

    def __init__(self, sentence: str, why: str = "") -> None:
        super().__init__(sentence)
        self.why = why


class BackupError(StoreError):
    """A backup of the store cannot be made or read."""


class ExportError(UserError):
    """Something could not be exported."""


class PackageError(UserError):
    """A package cannot be read."""


class SigningError(UserError):
    """A PDF cannot be read, or is not the signed form of what was exported."""


class SecretError(UserError):
    """What is locked does not open: no passphrase was given, or it is not the right one."""


class AmountError(UserError):
    """A text is not an amount of money."""


class Cancelled(Exception):
    """The user stopped a long work; nothing of it is kept, and there is nothing to say."""
