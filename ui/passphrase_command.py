"""Passphrases on the command line: asked for on a terminal or read from a file, never given as an argument.

Arguments are seen by everybody on the machine, and kept in the history of the shell.
"""

from __future__ import annotations

import argparse
import codecs
import getpass
import sys
from pathlib import Path

from models import passphrases
from models.errors import SecretError, reason
from models.exports.locked import Passphrases, does_not_open
from models.i18n import _

_LARGEST = 64 * 1024
#: How often one is asked for on a terminal.
_TRIES = 3


def for_files(options: argparse.Namespace) -> Passphrases:
    """Those for the locked files that a command reads: that of ``--passphrase-file``, else asked for."""
    if options.passphrase_file is None:
        return Passphrases(Asking())
    known = read(options.passphrase_file)
    return Passphrases(lambda path, _is_wrong: _refuse(path, known), [known])


def _refuse(path: Path, known: str) -> str:
    raise does_not_open(path, known)


class Asking:
    """Asks on a terminal, a few times for each file."""

    def __init__(self) -> None:
        self._asked: dict[Path, int] = {}

    def __call__(self, path: Path, is_wrong: bool) -> str:
        times = self._asked[path] = self._asked.get(path, 0) + 1
        if times > _TRIES:
            raise does_not_open(path, "?")
        if sys.stdin is None or not sys.stdin.isatty():
            raise SecretError(
                _("“{file}” có mật khẩu; hãy ghi mật khẩu vào một tệp và thêm --passphrase-file TỆP.").format(
                    file=path.name
                )
            )
        prompt = _("Mật khẩu của “{file}”:") if not is_wrong else _("Không đúng. Mật khẩu của “{file}”:")
        try:
            given = getpass.getpass(prompt.format(file=path.name) + " ", stream=sys.stderr)
        except EOFError:
            given = ""
        if not given:
            raise does_not_open(path, "")
        return given


def to_lock(options: argparse.Namespace) -> str:
    """The passphrase of ``--passphrase-file`` to lock with; empty where none is given."""
    if options.passphrase_file is None:
        return ""
    passphrase = read(options.passphrase_file)
    passphrases.check(passphrase)
    return passphrase


def read(path: Path) -> str:
    """The first line of a file: UTF-8, or UTF-16 with a mark as some programs of Windows write it."""
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST)
    except (OSError, ValueError) as error:
        raise SecretError(
            _("Không đọc được tệp mật khẩu “{file}” ({reason}); hãy kiểm tra tên và quyền truy cập.").format(
                file=path, reason=reason(error)
            )
        ) from None
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise SecretError(
            _("Tệp mật khẩu “{file}” không phải tệp văn bản UTF-8; hãy lưu lại bằng mã UTF-8.").format(file=path)
        ) from None
    first = text.split("\n", 1)[0].removesuffix("\r")
    if not first.strip():
        raise SecretError(_("Dòng đầu của tệp mật khẩu “{file}” trống; hãy ghi mật khẩu ở dòng đầu.").format(file=path))
    return first
