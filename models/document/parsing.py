"""From bytes to a JSON object that keeps the rules of the format: size, depth, no field twice, clean texts."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from models import limits
from models.errors import DocumentError, reason
from models.i18n import _
from models.letters import neutral, too_many_marks
from models.plan import FORBIDDEN

FORMAT = "ke-hoach-so/plan"
MAX_BYTES = limits.DOCUMENT_BYTES
MAX_DEPTH = limits.DOCUMENT_DEPTH


Document = dict[str, Any]


def read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """The file's bytes, ``limit`` at most; ``DocumentError`` says why it cannot be read."""
    try:
        if path.is_dir():
            raise DocumentError(_("“{file}” là thư mục, không phải tệp; hãy chọn một tệp.").format(file=path.name))
        with path.open("rb") as stream:
            data = stream.read(limit + 1)
    except FileNotFoundError:
        raise DocumentError(
            _("Không tìm thấy tệp “{file}”; hãy kiểm tra lại tên và đường dẫn.").format(file=path)
        ) from None
    except (OSError, ValueError) as error:
        raise DocumentError(
            _("Không đọc được tệp “{file}” ({reason}); hãy kiểm tra quyền truy cập hoặc ổ đĩa.").format(
                file=path, reason=reason(error)
            )
        ) from None
    if len(data) > limit:
        raise DocumentError(
            _("Tệp “{file}” lớn hơn {size} MiB nên không được nhận; hãy kiểm tra lại tệp.").format(
                file=path.name, size=limit // (1024 * 1024)
            )
        )
    return data


def parse(data: bytes, name: str = "plan.json") -> Document:
    """The JSON object in ``data``, its texts made NFC; ``DocumentError`` where a rule of the format is broken."""

    def fail(reason: str) -> DocumentError:
        return DocumentError(_("Tệp “{file}” không đọc được: {reason}.").format(file=name, reason=shown(reason)))

    if len(data) > MAX_BYTES:
        raise fail(_("lớn hơn 20 MiB"))
    # Counted before anything is made of them: small values fill the memory.
    groups = data.count(b"{") + data.count(b"[")
    if groups > limits.DOCUMENT_GROUPS or data.count(b",") > limits.DOCUMENT_COMMAS:
        raise fail(_("có quá nhiều mục"))

    def no_duplicates(pairs: list[tuple[str, Any]]) -> Document:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise fail(_twice(_first_double(pairs)))
        return found

    def no_constant(constant: str) -> Any:
        raise fail(_("có giá trị {value} không phải là số").format(value=constant))

    def integer(digits: str) -> int:
        if len(digits) > limits.NUMBER_DIGITS:
            raise fail(_("có số quá dài"))
        return int(digits)

    def decimal(digits: str) -> float:
        if len(digits) > limits.NUMBER_DIGITS:
            raise fail(_("có số quá dài"))
        return float(digits)

    try:
        text = data.decode("utf-8-sig")
        value = json.loads(
            text, object_pairs_hook=no_duplicates, parse_constant=no_constant, parse_int=integer, parse_float=decimal
        )
    except UnicodeDecodeError:
        raise fail(_("không phải văn bản UTF-8; hãy xin lại tệp gốc")) from None
    except json.JSONDecodeError as error:
        raise fail(
            _("JSON bị hỏng ở dòng {line}, cột {column}; hãy xin lại tệp gốc").format(
                line=error.lineno, column=error.colno
            )
        ) from None
    except RecursionError:
        raise fail(_("lồng nhau quá {depth} cấp").format(depth=MAX_DEPTH)) from None
    except ValueError:
        raise fail(_("có số quá dài")) from None
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise DocumentError(
            _("Tệp “{file}” không phải là kế hoạch của Kế Hoạch Số; hãy chọn tệp plan.json hoặc gói nộp .zip.").format(
                file=name
            )
        )
    return _clean(value, "", 1, fail)  # type: ignore[no-any-return]


def _clean(value: Any, path: str, depth: int, fail: Callable[[str], DocumentError]) -> Any:
    """``value`` with its texts in NFC; refuses control characters and too deep a nesting."""
    kind = type(value)
    if kind is float and not math.isfinite(value):
        raise fail(_("“{path}” có số quá lớn").format(path=path))
    if kind is str:
        if value.isascii() and value.isprintable():
            return value
        if FORBIDDEN.search(value):
            raise fail(_("“{path}” có ký tự điều khiển không hợp lệ").format(path=path or "/"))
        if too_many_marks(value):
            raise fail(_("“{path}” có quá nhiều dấu chồng lên một chữ").format(path=path or "/"))
        return neutral(value)
    if kind is dict or kind is list:
        if depth > MAX_DEPTH:
            raise fail(_("lồng nhau quá {depth} cấp tại “{path}”").format(depth=MAX_DEPTH, path=path))
        if kind is list:
            return [_clean(item, f"{path}/{index}", depth + 1, fail) for index, item in enumerate(value)]
        cleaned: Document = {}
        for key, item in value.items():
            here = f"{path}/{shorten(key)}"
            name = _clean(key, here, depth, fail)
            if name in cleaned:
                # Two keys that differ only in how their letters are composed.
                raise fail(_twice(name))
            cleaned[name] = _clean(item, here, depth + 1, fail)
        return cleaned
    return value


def _first_double(pairs: list[tuple[str, Any]]) -> str:
    seen: set[str] = set()
    for key, _value in pairs:
        if key in seen:
            return key
        seen.add(key)
    return ""


def _twice(key: str) -> str:
    return _("trường “{key}” có hai lần trong cùng một mục").format(key=shorten(key))


def shown(text: str) -> str:
    """``text`` fit for a sentence: printable and not too long, whatever the file holds."""
    return shorten("".join(letter if letter.isprintable() else "\ufffd" for letter in text[:300]), 240)


def shorten(text: str, length: int = 40) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
