"""The command line; imports no Qt unless the window is to open.

Exit codes: 0 done, 1 the answer is no (findings, refused, altered), 2 it could not be done, with one sentence
on standard error; 130 stopped by Ctrl+C.
"""

from __future__ import annotations

import argparse
import codecs
import contextlib
import errno
import gc
import io
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from models import i18n, settings
from models.errors import UserError, one_line, reason
from models.i18n import _


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("cách dùng:") + " " if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse's own words are English; here they are those of the language set."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, formatter_class=_Formatter, allow_abbrev=False)
        self._positionals.title = _("đối số")
        self._optionals.title = _("tùy chọn")
        self.add_argument("-h", "--help", action="help", help=_("hiện hướng dẫn này"))

    def error(self, message: str) -> NoReturn:
        """One sentence instead of argparse's usage lines."""
        raise UserError(_("Lệnh không đúng: {reason}; xem các lệnh bằng --help.").format(reason=_usage(message)))

    def print_help(self, file: object = None) -> None:
        _show(self.format_help())


def _usage(message: str) -> str:
    """argparse's reason in our words."""
    kind, _colon, rest = message.partition(": ")
    name = kind.removeprefix("argument ")
    if kind == "the following arguments are required":
        return _("thiếu {names}").format(names=rest)
    if kind == "unrecognized arguments":
        return _("không có tùy chọn {names}").format(names=rest)
    if "invalid choice" in message:
        return _("không có lệnh hoặc giá trị {name}").format(name=message.split("invalid choice: ")[-1].split(" (")[0])
    if rest.startswith("expected "):
        return _("thiếu giá trị sau {name}").format(name=name)
    if rest.startswith("ignored explicit argument"):
        return _("{name} không nhận giá trị").format(name=name)
    return message


def main(arguments: Sequence[str]) -> int:
    """Carry out the command line; gives the exit code."""
    _prepare_streams()
    # Known before the rest is understood, so that what is wrong with the rest is said in it.
    i18n.set_language(_given(arguments, "--lang") or i18n.default_language())
    folder = Path()
    try:
        options = _parser().parse_args(arguments)
        folder = options.data if options.data is not None else settings.default_folder()
        chosen = options.lang or settings.Settings(folder).get("language") or i18n.default_language()
        i18n.set_language(str(chosen))
        if options.command is None:
            return _open_window(folder, options.open)
        from models import resources, template
        from ui import commands

        resources.use_data(folder)
        template.use_folder(folder)
        # Shown only when all is done: a reader that closes the pipe half-way must not stop the work half-way.
        with contextlib.redirect_stdout(io.StringIO()) as said:
            code = int(commands.COMMANDS[options.command](options, folder))
        _show(said.getvalue())
        return code
    except UserError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        _fail(_("Đã dừng theo yêu cầu."))
        return 130
    except Exception as error:
        from models import kept_reports

        return _fail(kept_reports.told(folder, error, error.__traceback__))


def _open_window(folder: Path, plan_id: str | None) -> int:
    unix = sys.platform not in ("win32", "darwin")
    if unix and not any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        # Qt itself would end the process.
        raise UserError(_("Không có màn hình để mở cửa sổ; hãy dùng các lệnh không cần cửa sổ, xem bằng --help."))
    from ui import instance

    # Before Qt is loaded: a second start only asks for the first one's window.
    try:
        first = instance.take(folder, plan_id)
    except UserError as error:
        _window_module().tell_alone(str(error))
        raise
    if first is None:
        return 0
    try:
        return int(_window_module().run(folder, plan_id, first))
    finally:
        first.close()
        with contextlib.suppress(ImportError):
            from ui import crash

            crash.start_again()


def _window_module() -> Any:
    """What opens windows, and is long to load."""
    # A start makes much and drops little: the collector would only walk it over and over.
    gc.disable()
    try:
        from ui import app
    except ImportError as error:
        raise UserError(
            _("Không mở được cửa sổ vì thiếu thư viện ({reason}); hãy chạy “make setup” rồi thử lại.").format(
                reason=error
            )
        ) from None
    return app


def _parser() -> _Parser:
    parser = _Parser(prog="main.py", description=_("Kế Hoạch Số: lập, kiểm tra và kết xuất kế hoạch của đơn vị."))
    parser.add_argument("--data", type=Path, metavar="DIR", help=_("thư mục dữ liệu"))
    parser.add_argument("--lang", choices=i18n.LANGUAGES, help=_("ngôn ngữ: vi hoặc en"))
    parser.add_argument("--open", metavar="ID", help=_("mở ngay kế hoạch này trong cửa sổ"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def add(name: str, text: str, as_json: bool = True) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=text, description=text)
        if as_json:
            command.add_argument("--json", action="store_true", help=_("in kết quả dạng JSON"))
        return command

    def unlocks(command: argparse.ArgumentParser, text: str) -> argparse.ArgumentParser:
        command.add_argument("--passphrase-file", type=Path, metavar="FILE", help=text)
        return command

    opens = _("tệp có mật khẩu của gói ở dòng đầu")

    def understands(command: argparse.ArgumentParser) -> None:
        command.add_argument(
            "--template", metavar="ID", help=_("mẫu của kế hoạch mới, khi tệp là bảng tính Excel hay văn bản Word")
        )
        command.add_argument("--year", type=_year, metavar="YEAR", help=_("năm (đầu) của kế hoạch mới đó"))
        command.add_argument(
            "--unit", choices=("dong", "thousand", "million"), help=_("đơn vị tính, khi tệp Excel, Word không ghi")
        )

    imported = unlocks(add("import", _("nhập kế hoạch vào kho dữ liệu"), as_json=False), opens)
    imported.add_argument("files", nargs="+", metavar="FILE")
    understands(imported)
    add("list", _("liệt kê các kế hoạch trong kho"))
    checked = unlocks(add("check", _("cộng và kiểm tra một kế hoạch")), opens)
    checked.add_argument("plan", metavar="FILE-OR-ID")
    understands(checked)
    locks = _("khóa gói bằng mật khẩu ở dòng đầu của tệp này; chỉ gói đã khóa được ghi")
    export = unlocks(add("export", _("kết xuất PDF, Excel và gói nộp")), locks)
    export.add_argument("plan", metavar="FILE-OR-ID")
    export.add_argument("--to", type=Path, required=True, metavar="DIR", help=_("thư mục nhận tệp"))
    export.add_argument("--draft", action="store_true", help=_("bản dự thảo, được phép còn lỗi"))
    export.add_argument("--word", action="store_true", help=_("kèm tệp Word"))
    export.add_argument("--mail", action="store_true", help=_("kèm thư điện tử soạn sẵn (.eml)"))
    export.add_argument("--mail-to", metavar="ADDRESS", help=_("thư soạn sẵn, gửi tới địa chỉ này"))
    export.add_argument(
        "--revision", type=_number, metavar="N", help=_("xuất lại đúng các tệp của lần kết xuất chính thức thứ N")
    )
    compared = unlocks(add("compare", _("so sánh hai kế hoạch, hoặc hai lần kết xuất (ID@N)")), opens)
    compared.add_argument("before", metavar="A", help=_("bản trước: tệp, mã kế hoạch hoặc ID@N"))
    compared.add_argument("after", metavar="B", help=_("bản sau: tệp, mã kế hoạch hoặc ID@N"))
    verify = unlocks(add("verify", _("kiểm tra gói nộp, PDF đã ký có nguyên vẹn không")), opens)
    verify.add_argument("packages", nargs="*", metavar="PACKAGE")
    verify.add_argument("--code", metavar="CODE", help=_("tìm tệp của trang in mang mã này"))
    backup = unlocks(
        add("backup", _("sao lưu kho dữ liệu")),
        _("khóa bản sao lưu bằng mật khẩu ở dòng đầu của tệp này, cùng với --to"),
    )
    backup.add_argument("--to", type=Path, metavar="DIR", help=_("chỉ sao lưu vào thư mục này"))
    listed = add("backups", _("liệt kê các bản sao lưu"))
    listed.add_argument("folders", nargs="*", type=Path, metavar="DIR", help=_("thư mục khác có bản sao lưu"))
    restored = unlocks(
        add("restore", _("khôi phục kế hoạch từ bản sao lưu")), _("tệp có mật khẩu của bản sao lưu ở dòng đầu")
    )
    restored.add_argument("backup", metavar="BACKUP", help=_("tệp sao lưu, hoặc tên của nó trong danh sách"))
    restored.add_argument("plans", nargs="*", metavar="PLAN_ID", help=_("chỉ các kế hoạch này; không ghi là tất cả"))
    return parser


def _number(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text):
        raise UserError(
            _("“{text}” không phải là số của một lần kết xuất; hãy ghi một số, ví dụ --revision 2.").format(text=text)
        )
    return int(text)


def _year(text: str) -> int:
    if not re.fullmatch("20[0-9]{2}|2100", text):
        raise UserError(_("“{text}” không phải là năm; hãy ghi một năm, ví dụ --year 2027.").format(text=text))
    return int(text)


def _given(arguments: Sequence[str], option: str) -> str:
    """The value given for an option, by a look alone; empty where there is none."""
    for at, argument in enumerate(arguments):
        name, _equals, value = argument.partition("=")
        if name == option:
            return value or "".join(arguments[at + 1 : at + 2])
    return ""


# ---- what is said


def _prepare_streams() -> None:
    """UTF-8 whatever the locale; a file name that is not valid text comes out with the bytes it has."""
    codecs.register_error("kehoachso", _bytes_of)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="kehoachso")


def _bytes_of(error: UnicodeError) -> tuple[str | bytes, int]:
    """In a locale of ASCII alone, Python takes letters of a file name for stray bytes: told as they came."""
    assert isinstance(error, UnicodeEncodeError)
    with contextlib.suppress(UnicodeEncodeError):
        return error.object[error.start : error.end].encode("utf-8", "surrogateescape"), error.end
    return codecs.backslashreplace_errors(error)


def _show(text: str) -> None:
    """Write to standard output; that its reader has gone is no failure."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # What is left would be written, and fail, once more at the end of the process.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        # Windows says EINVAL of a closed pipe.
        if error.errno not in (errno.EPIPE, errno.EINVAL):
            raise UserError(
                _("Không ghi ra được kết quả ({reason}); hãy kiểm tra nơi nhận rồi chạy lại.").format(
                    reason=reason(error)
                )
            ) from None


def _fail(sentence: str) -> int:
    """Say on one line why nothing came of it."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            print(one_line(sentence), file=sys.stderr, flush=True)
    return 2
