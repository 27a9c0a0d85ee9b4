"""PDFs that run, swell, loop or are not what they seem; ``tests/models/signing/test_hostile.py`` has more of them."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from models.errors import SigningError
from models.exports import package as exports
from models.signing import accept, examine
from models.template import get
from tests.attacks.defence import bounded, is_sentence, refused, taken
from tests.models.signing import authority
from tests.models.signing.exported import exported
from tests.models.signing.test_hostile import HARMFUL, attached, pdf, stream
from tests.plans import small_plan
from tests.ui.program import Program

NAME = "kế hoạch.pdf"
_PAGES = {2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"}


@pytest.mark.parametrize("name", HARMFUL)
def test_none_of_them_is_taken(tmp_path: Path, name: str) -> None:
    refused(tmp_path, NAME, HARMFUL[name]())


def packed_objects(size: int, count: int = 100_000) -> bytes:
    """A stream of objects that unpacks to ``size`` bytes and says that it holds ``count`` objects."""
    data = zlib.compress(b"1 0 " * 10 + b" " * size, 9)
    head = b"<< /Type /ObjStm /N %d /First 40 /Length %d /Filter /FlateDecode >>" % (count, len(data))
    return head + b"\nstream\n" + data + b"\nendstream"


BOMBS = {
    "objects in a stream": lambda: pdf({1: b"<< /Pages 2 0 R >>", **_PAGES, 4: packed_objects(200 << 20)}),
    "a stream of streams": lambda: attached(stream(packed_objects(100 << 20))),
    "a table of places of billions": lambda: (
        b"%PDF-1.7\nxref\n0 4294967295\n0000000000 65535 f \ntrailer\n<< /Root 1 0 R /Size 9 >>\nstartxref\n9\n%%EOF\n"
    ),
    "a stream of places": lambda: (
        b"%PDF-1.7\n1 0 obj\n<< /Type /XRef /Size 99999999 /W [1 8 8] /Index [0 99999999] /Root 1 0 R /Length 4 >>\nstream\nabcd"
        b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
    ),
    "predictors": lambda: attached(
        stream(zlib.compress(bytes(1000)), b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 999999999 >>")
    ),
    "a key of a million letters": lambda: pdf({1: b"<< /Pages 2 0 R /" + b"A" * 1_000_000 + b" 1 >>", **_PAGES}),
    "pages in pages": lambda: pdf(
        {1: b"<< /Pages 2 0 R >>"}
        | {number: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (number + 1) for number in range(2, 12_000)}
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_bombs(tmp_path: Path, name: str) -> None:
    refused(tmp_path, NAME, BOMBS[name]())


# ---- what would be run


def appended(extra: bytes) -> bytes:
    """The exported PDF with one more revision, in which the catalogue says ``extra`` too."""
    data = exported()
    trailer = data[data.rindex(b"trailer") :]
    root = int(trailer.partition(b"/Root")[2].split()[0])
    start = data.index(b"\n%d 0 obj" % root) + 1
    body = data[start : data.index(b"endobj", start)].partition(b"obj")[2].strip()
    at = len(data)
    made = b"%d 0 obj\n%s %s>>\nendobj\n" % (root, body[:-2], extra)
    place = at + len(made)
    made += b"xref\n%d 1\n%010d 00000 n \n" % (root, at)
    inside = trailer.partition(b"<<")[2].partition(b">>")[0]
    prev = int(data[data.rindex(b"startxref") + 9 :].split()[0])
    return data + made + b"trailer\n<<%s /Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (inside, prev, place)


ACTIONS = {
    "script": b"/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://a.vn'\\)) >>",
    "program": b"/OpenAction << /S /Launch /Win << /F (cmd.exe) /P (/c calc) >> >>",
    "address": b"/OpenAction << /S /URI /URI (http://a.vn) >>",
    "form": b"/AA << /WC << /S /SubmitForm /F (http://a.vn) >> >>",
    "named file": b"/Names << /EmbeddedFiles << /Names [(../../x) << /F (../../x) /EF << /F 2 0 R >> >>] >> >>",
}


@pytest.mark.parametrize("name", ACTIONS)
def test_actions_that_were_appended_are_no_part_of_what_was_exported(name: str) -> None:
    """Nothing is ever run or unpacked here; a PDF with something appended that nobody signed is not taken back."""
    data = appended(ACTIONS[name])
    with bounded(), pytest.raises(SigningError) as raised:
        accept(data, exported(), authority.trusted())
    assert is_sentence(str(raised.value))


def test_what_is_appended_behind_the_signature_is_told() -> None:
    """A shadow attack: what was signed is shown no more, or something else beside it."""
    signed = authority.sign(exported())
    stamped = authority.stamp_on_page(signed, "Khong dong y")
    with pytest.raises(SigningError, match="sau chữ ký cuối cùng"):
        accept(stamped, exported(), authority.trusted())
    for name, change in (
        ("hole", lambda data: data.replace(b"/ByteRange [0", b"/ByteRange [1", 1)),
        ("shorter", lambda data: data[:-200]),
        ("longer", lambda data: data + b"\n%%EOF\n" + b"x" * 50),
        ("other pages", lambda data: data.replace(b"/Count 1", b"/Count 0")),
    ):
        altered = change(signed)
        if altered == signed:
            continue
        with bounded():
            try:
                found = examine(altered, authority.trusted(), exported=exported())
                assert found.problems, name
            except SigningError as error:
                assert is_sentence(str(error)), name


def test_what_is_exported_runs_nothing(tmp_path: Path) -> None:
    """Also where a plan is called like a script."""
    plan = small_plan(subject="/JavaScript (app.alert(1)) /Launch", unit_name="<< /S /URI >>")
    made = exports.build(plan, get(plan.template), draft=True)
    outside = b"".join(part.partition(b"endstream")[2] for part in made.pdf.data.split(b"stream\n"))
    for word in (b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/OpenAction", b"/AA"):
        assert word not in outside
    assert taken(tmp_path, NAME, made.pdf.data).subject == plan.subject


def test_the_command_line_says_so_and_stores_nothing(here: Program, folder: Path, tmp_path: Path) -> None:
    for number, name in enumerate(("a table of places of billions", "predictors", "pages in pages")):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(BOMBS[name]())
        for command in (("import", path), ("check", path)):
            with bounded():
                found = here(*command)
            assert found.code == 2 and found.out == "" and is_sentence(found.err.strip()), found
    assert not folder.exists()
