"""The command line; imports no Qt unless the window is to open.

Exit codes: 0 done, 1 the answer is no (findings, refused, altered), 2 it could not be done, with one sentence
on standard error.
"""

from __future__ import annotations

import argparse
import gc
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from models import i18n, settings
from models.errors import UserError
from models.i18n import _


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One sentence instead of argparse's usage lines."""
        raise UserError(_("Lệnh không đúng: {reason}; xem các lệnh bằng --help.").format(reason=_usage(message)))


def _usage(message: str) -> str:
    """argparse's reason in our words."""
    kind, _colon, rest = message.partition(": ")
    if kind == "the following arguments are required":
        return _("thiếu {names}").format(names=rest)
    if kind == "unrecognized arguments":
        return _("không có tùy chọn {names}").format(names=rest)
    if "invalid choice" in message:
        return _("không có lệnh hoặc giá trị {name}").format(name=message.split("invalid choice: ")[-1].split(" (")[0])
    return message


def main(arguments: Sequence[str]) -> int:
    """Carry out the command line; gives the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    i18n.set_language(i18n.default_language())
    try:
        options = _parser().parse_args(arguments)
        folder = options.data if options.data is not None else settings.default_folder()
        chosen = options.lang or settings.Settings(folder).get("language") or i18n.default_language()
        i18n.set_language(str(chosen))
        if options.command is None:
            # A start makes much and drops little: the collector would only walk it over and over.
            gc.disable()
            from ui import app

            return app.run(folder, options.open)
        from ui import commands

        return int(commands.COMMANDS[options.command](options, folder))
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> _Parser:
    parser = _Parser(
        prog="main.py", description=_("Kế Hoạch Số: lập, kiểm tra và kết xuất kế hoạch của đơn vị."), allow_abbrev=False
    )
    parser.add_argument("--data", type=Path, metavar="DIR", help=_("thư mục dữ liệu"))
    parser.add_argument("--lang", choices=i18n.LANGUAGES, help=_("ngôn ngữ: vi hoặc en"))
    parser.add_argument("--open", metavar="ID", help=_("mở ngay kế hoạch này trong cửa sổ"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def add(name: str, text: str, as_json: bool = True) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
        if as_json:
            command.add_argument("--json", action="store_true", help=_("in kết quả dạng JSON"))
        return command

    add("import", _("nhập kế hoạch vào kho dữ liệu"), as_json=False).add_argument("files", nargs="+", metavar="FILE")
    add("list", _("liệt kê các kế hoạch trong kho"))
    add("check", _("cộng và kiểm tra một kế hoạch")).add_argument("plan", metavar="FILE-OR-ID")
    export = add("export", _("kết xuất PDF, Excel và gói nộp"))
    export.add_argument("plan", metavar="FILE-OR-ID")
    export.add_argument("--to", type=Path, required=True, metavar="DIR", help=_("thư mục nhận tệp"))
    export.add_argument("--draft", action="store_true", help=_("bản dự thảo, được phép còn lỗi"))
    add("verify", _("kiểm tra gói nộp có nguyên vẹn không")).add_argument("packages", nargs="+", metavar="PACKAGE")
    return parser
