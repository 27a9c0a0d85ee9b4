"""The text of a template file, which may come from outside, as plain values: no code, no pattern, no path."""

from __future__ import annotations

import math
import re
import tomllib
from typing import Any

from models import limits
from models.i18n import _
from models.letters import neutral, too_many_marks
from models.plan import FORBIDDEN

#: Keys of many parts ("a.b.c…"), of which tomllib takes the square in time; templates have three parts at most.
_LONG_KEY = re.compile(r"(?<![\w-])(?:(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+\.[ \t]*+){16}")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)$")


class Wrong(Exception):
    """``place`` in the file and what is wrong there, each fit for a sentence."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(place, reason)
        self.place, self.reason = place, reason


def values(text: str) -> dict[str, Any]:
    """What a TOML file says, its texts in NFC; ``Wrong`` where it is none, or beyond a limit."""
    if len(text) > limits.TEMPLATE_BYTES:
        raise Wrong(_("cả tệp"), _("lớn hơn {size} KiB").format(size=limits.TEMPLATE_BYTES // 1024))
    if _LONG_KEY.search(text):
        raise Wrong(_("cả tệp"), _("có tên trường quá nhiều cấp"))
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Wrong(_line(str(error)), _("không đúng cú pháp TOML")) from None
    except ValueError:
        raise Wrong(_("cả tệp"), _("có số hoặc ngày không hợp lệ")) from None
    except RecursionError:
        raise Wrong(_("cả tệp"), _deep()) from None
    return checked(found)


def checked(found: dict[str, Any]) -> dict[str, Any]:
    """Plain values with their texts in NFC; ``Wrong`` where one is beyond a limit."""
    return _Cleaner().clean(found, "", 1)  # type: ignore[no-any-return]


def _line(message: str) -> str:
    """Where a file is no TOML: the place that tomllib's sentence ends with (``(at line 3, column 5)``)."""
    if match := _AT.search(message):
        return _("dòng {line}, cột {column}").format(line=match.group(1), column=match.group(2))
    return _("cuối tệp")


def _deep() -> str:
    return _("lồng nhau quá {depth} cấp").format(depth=limits.TEMPLATE_DEPTH)


class _Cleaner:
    """Counts the values while it cleans them."""

    def __init__(self) -> None:
        self._count = 0

    def clean(self, value: Any, path: str, depth: int) -> Any:
        self._count += 1
        if self._count > limits.TEMPLATE_VALUES:
            raise Wrong(_("cả tệp"), _("có quá nhiều giá trị"))
        if isinstance(value, dict | list):
            if depth > limits.TEMPLATE_DEPTH:
                raise Wrong(shown(path), _deep())
            if isinstance(value, list):
                return [self.clean(item, f"{path}[{at}]", depth + 1) for at, item in enumerate(value)]
            return {
                self._text(key, path): self.clean(item, f"{path}.{key}".lstrip("."), depth + 1)
                for key, item in value.items()
            }
        if isinstance(value, str):
            return self._text(value, path)
        if isinstance(value, float) and not math.isfinite(value):
            raise Wrong(shown(path), _("phải là một số"))
        if isinstance(value, int | float) and abs(value) > limits.TEMPLATE_NUMBER:
            raise Wrong(shown(path), _("số quá lớn"))
        return value

    def _text(self, text: str, path: str) -> str:
        if len(text) > limits.TEMPLATE_TEXT:
            raise Wrong(shown(path), _("dài hơn {length} ký tự").format(length=limits.TEMPLATE_TEXT))
        if FORBIDDEN.search(text) or too_many_marks(text):
            raise Wrong(shown(path), _("có ký tự không hợp lệ"))
        return neutral(text)


def shown(text: str) -> str:
    """A place in an unknown file, fit for a sentence."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:120]) or "–"
