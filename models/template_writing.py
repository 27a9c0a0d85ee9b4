"""A template as the TOML text of a template file; ``template.parse`` reads the same template out of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from models.template_parts import Template

#: Lists of parts that stand one in a line; those of other parts each have a table of their own (``[[sections]]``).
_IN_LINES = {"columns"}


def write(template: Template) -> str:
    """The text of a template file; fields that have their usual value are left out, as in the files shipped."""
    values = _values(template)
    return "\n".join(_table(values, "")).strip("\n") + "\n"


def _values(part: Any) -> dict[str, Any]:
    """The fields of a part that are not as they are by default, those with parts of their own behind the others."""
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(part):
        value = getattr(part, field.name)
        if value == field.default:
            continue
        found[field.name] = _plain(value)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        return _values(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _table(values: dict[str, Any], path: str) -> Iterator[str]:
    """The lines of one table: its own fields, then the tables in it."""
    inner = {name: value for name, value in values.items() if _is_table(name, value)}
    for name, value in values.items():
        if name not in inner:
            yield f"{name} = {_value(value)}"
    for name, value in inner.items():
        below = f"{path}{name}"
        for one in value if isinstance(value, list) else [value]:
            yield ""
            yield f"[[{below}]]" if isinstance(value, list) else f"[{below}]"
            yield from _table(one, f"{below}.")


def _is_table(name: str, value: Any) -> bool:
    if isinstance(value, dict):
        return True
    return isinstance(value, list) and name not in _IN_LINES and bool(value) and isinstance(value[0], dict)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_value(one)}" for name, one in value.items()) + " }"
    one_line = "[" + ", ".join(map(_value, value)) + "]"
    return one_line if len(one_line) <= 100 and "{" not in one_line else _lines(map(_value, value))


def _lines(items: Iterable[str]) -> str:
    return "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def _text(text: str) -> str:
    """A basic string, of several lines where the text has several."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    escaped = "".join(one if one == "\n" or one.isprintable() else f"\\U{ord(one):08x}" for one in escaped)
    return f'"""\n{escaped}"""' if "\n" in escaped else f'"{escaped}"'
