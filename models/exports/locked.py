"""Packages under a passphrase: a locked zip file with the plain package, byte for byte, as its one member.

So neither what is in the plan nor which files there are can be seen, and the package inside is checked as any other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from models import secret
from models.errors import PackageError, SecretError
from models.exports.archive import Damaged
from models.i18n import _

#: What a locked package is called: its stem, then this.
ENDING = ".khoa.zip"


def lock(stem: str, package: bytes, passphrase: str) -> bytes:
    """The package ``stem.zip``, locked; ``SecretError`` where the passphrase is none."""
    return secret.zip_files({f"{stem}.zip": package}, passphrase)


def unlock(path: Path, passphrase: str) -> bytes:
    """The plain package in a locked one.

    ``SecretError`` where there is no passphrase, or not the right one; ``Damaged`` where it is not as it was locked;
    ``PackageError`` where something else is locked in it.
    """
    try:
        # What is damaged is told whether there is a passphrase or not.
        found = secret.unzip(path, passphrase)
    except SecretError:
        raise does_not_open(path, passphrase) from None
    except PackageError as error:
        raise Damaged(str(error)) from None
    data, *more = found.values()
    if more or not data.startswith(b"PK"):
        raise PackageError(
            _("“{file}” có mật khẩu nhưng bên trong không phải là gói nộp; hãy chọn tệp .khoa.zip.").format(
                file=path.name
            )
        )
    return data


def does_not_open(path: Path, passphrase: str) -> SecretError:
    """What is said of a locked file that is not opened by a passphrase, or for which there is none."""
    if passphrase:
        sentence = _("Mật khẩu không mở được “{file}”; hãy hỏi lại người gửi, chú ý chữ hoa, chữ thường và bộ gõ.")
    else:
        sentence = _("“{file}” có mật khẩu; hãy cho biết mật khẩu rồi thử lại.")
    return SecretError(sentence.format(file=path.name))


class Passphrases:
    """Those known so far, tried on one locked file after another.

    ``ask`` is called for a file that none of them opens, with whether one just given does not; it gives the next one,
    or raises.
    """

    def __init__(self, ask: Callable[[Path, bool], str], known: Sequence[str] = ()) -> None:
        self._ask = ask
        self._known = list(known)

    def of(self, path: Path) -> str:
        """The passphrase of the file; empty where it needs none, or is damaged, which reading it tells."""
        if not secret.is_locked(path) or _fits(path, ""):
            return ""
        for known in reversed(self._known):
            if _fits(path, known):
                return known
        is_wrong = False
        while not _fits(path, given := self._ask(path, is_wrong)):
            is_wrong = True
        self._known.append(given)
        return given


def _fits(path: Path, passphrase: str) -> bool:
    """Whether nothing is left to be asked for: it opens with that passphrase, or with none as it is damaged."""
    try:
        secret.unzip(path, passphrase)
    except SecretError:
        return False
    except PackageError:
        pass
    return True
