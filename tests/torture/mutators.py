"""Changes made to valid inputs, by chance from a seed: to trees of JSON and XML, to texts and to bytes."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

#: Stand for tokens that ``json.dumps`` does not write; put in as they are by ``to_json``.
RAW = {
    "@@nan@@": "NaN",
    "@@infinity@@": "-Infinity",
    "@@exponent@@": "1e999999",
    "@@tiny@@": "-1e-999999",
    "@@digits@@": "9" * 4000,
    "@@million digits@@": "9" * 1_000_000,
    "@@minus zero@@": "-0",
    "@@minus zero float@@": "-0.0",
    "@@deep@@": "[" * 3000 + "]" * 3000,
    "@@half@@": '"\\ud800"',
}

#: Texts that mean something to a spreadsheet, a browser, a file system, a shell or a screen.
TEXTS = (
    "", " ", "\n", "=1+1", "=HYPERLINK(\"http://a.vn\")", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1",
    "<img src='file:////server/share/a.png'>", "<b>đậm", "<script>alert(1)</script>", "&lt;&amp;&#0;", "]]>", "{{x}}",
    "{total:tasks}", "{words:tasks}", "{", "}", "**", "***", "- ", "+ ", "../../etc/passwd", "C:\\Windows", "CON", "NUL.",
    "a" * 300, "ă" * 40_000, "W" * 5000, "\u202ednuof\u202c", "\u2066x\u2069", "\u200b", "\ufeff", "e\u0301\u0323",
    "a" + "\u0301\u0316" * 400, "\ud800", "\x00", "\x1b[2J", "\ufffe", "\U0001f1fb\U0001f1f3", "\u2028", "1.000.000",
    "٣", "²", "1e5", "5.039,772", "Năm tỷ đồng", "2021-2015", "31/02/2022", "_x0041_", "khs:0:x", "null",
)  # fmt: skip
NUMBERS = (0, 1, -1, 13, 32, 10**6, 10**15, 10**15 + 1, -(10**18), 2**63, 2**64, 10**300, 0.5, 1e300, -1.5, 1e-320)
VALUES: tuple[Any, ...] = (None, True, False, [], {}, [[]], {"": ""}, *NUMBERS, *RAW)

Spot = tuple[Any, Any]


# ---- JSON, and what tomllib gives


def spots(tree: Any) -> list[Spot]:
    """Every value in a tree as its container and its key there."""
    found: list[Spot] = []
    waiting = [tree]
    while waiting:
        holder = waiting.pop()
        for key in list(holder) if isinstance(holder, dict) else range(len(holder)):
            found.append((holder, key))
            if isinstance(holder[key], dict | list):
                waiting.append(holder[key])
    return found


def value(chance: random.Random) -> Any:
    return copy.deepcopy(chance.choice(VALUES)) if chance.random() < 0.5 else chance.choice(TEXTS)


def change_tree(tree: Any, chance: random.Random, times: int | None = None) -> Any:
    """``tree`` with some of its values changed, dropped, doubled, moved or nested; changed in its place."""
    for _time in range(times or chance.choice((1, 1, 1, 2, 3, 6))):
        found = spots(tree)
        if not found:
            break
        holder, key = chance.choice(found)
        _TREE[chance.randrange(len(_TREE))](holder, key, found, chance)
    return tree


def _set(holder: Any, key: Any, _found: list[Spot], chance: random.Random) -> None:
    holder[key] = value(chance)


def _vary(holder: Any, key: Any, _found: list[Spot], chance: random.Random) -> None:
    old = holder[key]
    if isinstance(old, str):
        holder[key] = change_text(old, chance)
    elif isinstance(old, bool) or old is None:
        holder[key] = not old
    elif isinstance(old, int | float):
        holder[key] = chance.choice((-old, old + 1, old * 10**6, str(old), old + 0.5, chance.choice(NUMBERS)))
    else:
        holder[key] = [old] if chance.random() < 0.5 else {"x": old}


def _drop(holder: Any, key: Any, _found: list[Spot], _chance: random.Random) -> None:
    del holder[key]


def _double(holder: Any, key: Any, _found: list[Spot], chance: random.Random) -> None:
    times = chance.choice((1, 1, 1, 5, 50))
    if isinstance(holder, list):
        holder[key:key] = [copy.deepcopy(holder[key]) for _time in range(times)]
    else:
        for number in range(times):
            holder[f"{key}{number}" if chance.random() < 0.9 else chance.choice(TEXTS)] = copy.deepcopy(holder[key])


def _move(holder: Any, key: Any, found: list[Spot], chance: random.Random) -> None:
    other, place = chance.choice(found)
    holder[key] = copy.deepcopy(other[place])


def _rename(holder: Any, key: Any, found: list[Spot], chance: random.Random) -> None:
    if isinstance(holder, dict):
        names = [name for _holder, name in found if isinstance(name, str)]
        holder[chance.choice((chance.choice(names), chance.choice(TEXTS))) if names else "x"] = holder.pop(key)


def _nest(holder: Any, key: Any, _found: list[Spot], chance: random.Random) -> None:
    inner = holder[key]
    for _level in range(chance.choice((1, 2, 4, 9, 60))):
        inner = {"task": "a", "rows": [inner]} if chance.random() < 0.5 else [inner]
    holder[key] = inner


_TREE: tuple[Callable[[Any, Any, list[Spot], random.Random], None], ...] = (
    _set, _set, _vary, _vary, _vary, _drop, _double, _move, _rename, _nest,
)  # fmt: skip

_MEMBER = re.compile(r'"(?:[^"\\]|\\.)*"\s*:')


def to_json(tree: Any, chance: random.Random) -> bytes:
    """``tree`` as JSON, at times with a key twice, in another form, or with tokens that are none."""
    indent = chance.choice((None, 1))
    text = json.dumps(tree, ensure_ascii=chance.random() < 0.5, indent=indent)
    for mark, token in RAW.items():
        if mark in text:
            text = text.replace(f'"{mark}"', token, 1).replace(mark, "x")
    if chance.random() < 0.05:
        members = list(_MEMBER.finditer(text))
        if members:
            one = chance.choice(members)
            text = f"{text[: one.start()]}{one[0]} {chance.choice(('1', '[]', '{}'))}, {text[one.start() :]}"
    return text.encode("utf-8", "surrogatepass")


# ---- XML


def change_xml(data: bytes, chance: random.Random) -> bytes:
    """XML with some of its elements, attributes and texts changed; bytes that are no XML are changed as bytes."""
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.LxmlError, ValueError):
        return change_bytes(data, chance)
    for _time in range(chance.choice((1, 1, 2, 5))):
        elements = list(_elements(root))
        _change_element(chance.choice(elements), elements, chance)
    made: bytes = etree.tostring(root, encoding="UTF-8", standalone=True, xml_declaration=True)
    if chance.random() < 0.08:
        made = chance.choice(_XML_HARM)(made, chance)
    return made


def _elements(root: Any) -> Iterator[Any]:
    return (element for element in root.iter() if isinstance(element.tag, str))


def _change_element(one: Any, elements: list[Any], chance: random.Random) -> None:
    what, above = chance.randrange(9), one.getparent()
    text = _xml_text(chance)
    if what == 0 and above is not None:
        above.remove(one)
    elif what == 1 and above is not None:
        for _time in range(chance.choice((1, 1, 20))):
            above.insert(above.index(one), copy.deepcopy(one))
    elif what == 2:
        one.text = text
    elif what == 3 and one.attrib:
        one.set(chance.choice(list(one.attrib)), text)
    elif what == 4 and one.attrib:
        del one.attrib[chance.choice(list(one.attrib))]
    elif what == 5:
        other = chance.choice(elements)
        one.tag = other.tag
    elif what == 6 and above is not None:
        copied = copy.deepcopy(chance.choice(elements))
        above.insert(chance.randrange(len(above) + 1), copied)
    elif what == 7 and one.text:
        one.text = "".join(letter for letter in change_text(one.text, chance) if letter.isprintable())
    elif what == 8:
        inner = one
        for _level in range(chance.choice((1, 3, 40, 300))):
            inner = etree.SubElement(inner, one.tag)


def _xml_text(chance: random.Random) -> str:
    text = str(value(chance))[:40_000]
    return "".join(
        letter for letter in text if letter in "\n\t" or " " <= letter < "\ud800" or "\ue000" <= letter <= "\ufffd"
    )


def _bomb(data: bytes, _chance: random.Random) -> bytes:
    entities = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    return b'<!DOCTYPE x [<!ENTITY a0 "ha">' + entities + b"]>" + data.partition(b"?>")[2].replace(b">", b">&a9;", 1)


def _external(data: bytes, _chance: random.Random) -> bytes:
    head = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return head + data.partition(b"?>")[2].replace(b">", b">&a;", 1)


def _recoded(data: bytes, chance: random.Random) -> bytes:
    code = chance.choice(("utf-16", "utf-32", "latin-1", "utf-7", "cp037"))
    text = data.partition(b"?>")[2].decode("utf-8", "replace")
    return f'<?xml version="1.0" encoding="{code}"?>{text}'.encode(code, "replace")


_XML_HARM: tuple[Callable[[bytes, random.Random], bytes], ...] = (_bomb, _external, _recoded)


# ---- texts and bytes


def change_text(text: str, chance: random.Random) -> str:
    """A text with something put into it, taken out of it, or repeated."""
    at = chance.randrange(len(text) + 1)
    until = min(len(text), at + chance.choice((0, 1, 3, 20)))
    what = chance.randrange(4)
    if what == 0:
        return text[:at] + chance.choice(TEXTS) + text[until:]
    if what == 1:
        return text[:at] + text[until:]
    if what == 2:
        return text[:until] + text[at:] * chance.choice((1, 3, 30))
    return text[:at] + chr(chance.choice((0, 9, 10, 13, 34, 60, 38, 123, 0x200B, 0x202E, 0x301, 0x1F600))) + text[at:]


def change_bytes(data: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, cut off, put in, taken out, repeated or put elsewhere."""
    made = bytearray(data)
    for _time in range(chance.choice((1, 1, 2, 8))):
        size = len(made)
        at = chance.randrange(size + 1)
        length = chance.choice((1, 1, 4, 30, 1000))
        what = chance.randrange(6)
        if what == 0 and size:
            made[min(at, size - 1)] ^= 1 << chance.randrange(8)
        elif what == 1:
            del made[at:]
        elif what == 2:
            made[at:at] = chance.randbytes(length)
        elif what == 3:
            del made[at : at + length]
        elif what == 4:
            made[at:at] = made[at : at + length] * chance.choice((1, 10))
        else:
            place = chance.randrange(size + 1)
            made[place:place] = made[at : at + length]
    return bytes(made)
