"""Changes to the objects of a PDF: their values, their streams, revisions appended; with a table of places that fits."""

from __future__ import annotations

import random
import re
import zlib

from tests.torture.mutators import change_bytes

_OBJECT = re.compile(rb"(?<![\d.])(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
_TRAILER = re.compile(rb"trailer\s*<<(.*?)>>\s*startxref\s*(\d+)", re.DOTALL)
_SIMPLE = re.compile(
    rb"/[A-Za-z0-9]+|(?<![\d.])-?\d+ 0 R|(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])|\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f]+>"
)
_STREAM = re.compile(rb"(.*?)\bstream\r?\n(.*?)\r?\nendstream", re.DOTALL)

_ATOMS = (
    b"null", b"true", b"0", b"-1", b"99999999999999999999", b"1e9", b"(x)", b"<00>", b"[ ]", b"<< >>", b"/Kids", b"/Names",
    b"/JavaScript", b"/Launch", b"/EmbeddedFiles", b"1 0 R", b"2 0 R", b"9999 0 R", b"[" * 400 + b"]" * 400, b"(plan.json)",
    b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>", b"<< /S /Launch /F (cmd.exe) >>", b"(\\000../../x)", b"<FEFF202E>",
    b"<< /F (plan.json) /EF << /F 1 0 R >> >>", b"/ObjStm", b"/XRef", b"/Sig", b"[0 1 2 3]", b"(" + b"a" * 70_000 + b")",
)  # fmt: skip


def change_pdf(data: bytes, chance: random.Random) -> bytes:
    """A PDF with some of its objects changed; bytes that are none are changed as bytes."""
    trailer = list(_TRAILER.finditer(data))
    objects = {int(match[1]): match[2] for match in _OBJECT.finditer(data)}
    if not trailer or not objects:
        return change_bytes(data, chance)
    times = chance.choice((0, 1, 1, 2, 5))
    if chance.random() < 0.45:
        return _appended(data, trailer[-1], objects, chance, times or 1)
    changed = dict(objects)
    for _time in range(times):
        number = chance.choice(list(objects))
        changed[number] = _changed_object(changed.get(number, objects[number]), objects, chance)
        if chance.random() < 0.1:
            changed.pop(number, None)
    made = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    return _with_table(made, changed, re.sub(rb"/Prev\s+\d+", b"", trailer[-1][1]))


def _appended(
    data: bytes, trailer: re.Match[bytes], objects: dict[int, bytes], chance: random.Random, times: int
) -> bytes:
    """One more revision, in which objects are defined anew or added, as a signing program appends it."""
    changed = {}
    for _time in range(times):
        number = chance.choice(list(objects))
        place = number if chance.random() < 0.8 else max(objects) + 1 + _time
        changed[place] = _changed_object(objects[number], objects, chance)
    inside = (
        re.sub(rb"/Prev\s+\d+", b"", trailer[1]) + b" /Prev " + chance.choice((trailer[2], trailer[2], b"0", b"-1"))
    )
    return _with_table(data + b"\n", changed, inside)


def _with_table(made: bytes, objects: dict[int, bytes], trailer: bytes) -> bytes:
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(made)
        made += b"%d 0 obj%sendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 1\n0000000000 65535 f \n"
    made += b"".join(b"%d 1\n%010d 00000 n \n" % (number, place) for number, place in places.items())
    size = b"/Size %d" % (max(objects, default=0) + 50)
    inside = re.sub(rb"/Size\s+\d+", size, trailer)
    return made + b"trailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n" % (inside, start)


def _changed_object(body: bytes, objects: dict[int, bytes], chance: random.Random) -> bytes:
    stream = _STREAM.fullmatch(body.strip())
    if stream and chance.random() < 0.5:
        return _changed_stream(stream[1], stream[2], chance)
    head, inside = (stream[1], body[len(stream[1]) :]) if stream else (body, b"")
    atoms = list(_SIMPLE.finditer(head))
    what = chance.randrange(6)
    if what == 0 or not atoms:
        return b"\n" + chance.choice((chance.choice(_ATOMS), chance.choice(list(objects.values())))) + b"\n"
    one = chance.choice(atoms)
    if what == 1:
        new = b""
    elif what == 2:
        new = b"%d 0 R" % chance.choice(list(objects))
    elif what == 3:
        new = one[0] * 2 if one[0].startswith(b"/") else chance.choice(atoms)[0]
    else:
        new = chance.choice(_ATOMS)
    return head[: one.start()] + new + head[one.end() :] + inside


def _changed_stream(head: bytes, data: bytes, chance: random.Random) -> bytes:
    """A stream with its contents changed, or packed so that they swell; its length fits."""
    is_packed = b"/FlateDecode" in head and b"/ASCII85Decode" not in head
    try:
        plain = zlib.decompress(data) if is_packed else data
    except zlib.error:
        plain = data
    if chance.random() < 0.1:
        plain = bytes(chance.choice((10**6, 4 * 10**7)))
    else:
        plain = change_bytes(plain, chance)
    made = zlib.compress(plain, 1) if is_packed else plain
    if chance.random() < 0.9:
        head = re.sub(rb"/Length\s+\d+(?:\s+0\s+R)?", b"/Length %d" % len(made), head)
    return b"\n" + head + b"stream\n" + made + b"\nendstream\n"
