"""PDFs that are damaged, altered by a byte, or made to harm: one sentence, soon, and never anything else."""

from __future__ import annotations

import subprocess
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.reader import PdfFileReader

from models import signing
from models.signing import opened
from tests.models.signing import authority
from tests.models.signing.exported import exported, signed_twice

_SECONDS = 8


def told(data: bytes, base: bytes | None = None) -> str:
    """What is told of a PDF that is not in order; empty where nothing is. Fails where that takes long."""
    begun = time.monotonic()
    try:
        found = signing.examine(data, authority.trusted(), exported=base)
        sentence = found.problems[0] if found.problems else ""
    except signing.SigningError as error:
        sentence = str(error)
    assert time.monotonic() - begun < _SECONDS
    assert "\n" not in sentence
    return sentence


# ---- a byte changed


def hole(pdf: bytes) -> tuple[int, int]:
    """Where the last signature's own bytes lie, which no signature covers."""
    at = pdf.rindex(b"/ByteRange")
    _zero, start, end, _rest = (int(part) for part in pdf[at : at + 80].split(b"[")[1].split(b"]")[0].split())
    return start, end


@settings(max_examples=120, deadline=None)
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255))
@example(0.0, 1)
@example(0.999_999_9, 1)
def test_a_byte_changed_in_the_original_part_is_told(where: float, by: int) -> None:
    at = int(where * len(exported()))
    altered = _changed(signed_twice(), at, by)
    assert told(altered)
    with pytest.raises(signing.SigningError):
        signing.accept(altered, exported(), authority.trusted())


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_a_byte_changed_in_the_attachment_is_told(where: float, by: int) -> None:
    data = exported()
    at = data.index(b"/EmbeddedFile ") if b"/EmbeddedFile " in data else data.index(b"/EmbeddedFile")
    start = data.index(b"stream", at) + 8
    end = data.index(b"endstream", start)
    assert told(_changed(signed_twice(), start + int(where * (end - start)), by))


@settings(max_examples=80, deadline=None)
@given(st.floats(0, 1, exclude_max=True), st.integers(1, 255))
def test_a_byte_changed_behind_it_is_told_too(where: float, by: int) -> None:
    data = signed_twice()
    start, end = hole(data)
    places = [*range(len(exported()), start), *range(end, len(data))]
    assert told(_changed(data, places[int(where * len(places))], by), exported())


def _changed(data: bytes, at: int, by: int) -> bytes:
    return data[:at] + bytes([data[at] ^ by]) + data[at + 1 :]


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 1, exclude_max=True))
def test_a_file_cut_short_is_told(where: float) -> None:
    data = signed_twice()
    cut = data[: int(where * len(data))]
    first = authority.sign(exported(), box=(330, 200, 480, 260))
    if len(cut) >= len(exported()) and cut.rstrip().endswith(b"%%EOF"):
        # Cut right behind an earlier revision, that one is left, which is whole.
        assert len(cut) < len(first) or signing.examine(cut).signatures
    else:
        with pytest.raises(signing.SigningError):
            signing.accept(cut, exported(), authority.trusted())


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 60), st.binary(max_size=60)), min_size=1, max_size=4
    )
)
def test_whatever_is_done_to_a_file_ends_in_a_sentence(changes: list[tuple[float, int, bytes]]) -> None:
    data = signed_twice()
    for where, length, instead in changes:
        at = int(where * len(data))
        data = data[:at] + instead + data[at + length :]
    told(data, exported())


# ---- made to harm


def pdf(objects: dict[int, bytes], trailer: bytes = b"", prev: int | None = None) -> bytes:
    """A PDF of these objects; number 1 is the catalogue."""
    data = b"%PDF-1.7\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        data += b"%d 1\n%010d 00000 n \n" % (number, place)
    if prev is not None:
        trailer += b" /Prev %d" % (start if prev < 0 else prev)
    size = max(objects) + 1
    return data + b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)


def stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), head, data)


_PAGES = {2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"}


def attached(*files: bytes) -> bytes:
    """A PDF with files called plan.json in it, each a stream object."""
    names = b" ".join(b"(plan.json%d) %d 0 R" % (at, 10 + 2 * at) for at in range(len(files)))
    objects = {1: b"<< /Pages 2 0 R /Names << /EmbeddedFiles << /Names [%s] >> >> >>" % names, **_PAGES}
    for at, file in enumerate(files):
        objects[10 + 2 * at] = b"<< /Type /Filespec /F (plan.json) /EF << /F %d 0 R >> >>" % (11 + 2 * at)
        objects[11 + 2 * at] = file
    return pdf(objects)


def swelling(size: int, layers: int = 1) -> bytes:
    data = b"\0" * size
    for _layer in range(layers):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter [%s]" % (b"/FlateDecode " * layers))


def doubling_fields(levels: int = 60) -> bytes:
    """Each field has the next one twice: 2^60 at the bottom."""
    objects = {1: b"<< /Pages 2 0 R /AcroForm << /Fields [100 0 R] >> >>", **_PAGES}
    for level in range(levels):
        objects[100 + level] = b"<< /T (a) /Kids [%d 0 R %d 0 R] >>" % (101 + level, 101 + level)
    objects[100 + levels] = b"<< /T (a) /FT /Sig >>"
    return pdf(objects)


def doubling_pages(levels: int = 60) -> bytes:
    objects = {1: b"<< /Pages 10 0 R >>"}
    for level in range(levels):
        objects[10 + level] = b"<< /Type /Pages /Kids [%d 0 R %d 0 R] >>" % (11 + level, 11 + level)
    objects[10 + levels] = b"<< /Type /Page >>"
    return pdf(objects)


HARMFUL: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"%PDF-1.7\n",
    "no objects": lambda: b"%PDF-1.7\nstartxref\n0\n%%EOF\n",
    "deep array": lambda: pdf({1: b"<< /Pages 2 0 R /X " + b"[" * 50_000 + b"]" * 50_000 + b" >>", **_PAGES}),
    "deep dictionary": lambda: pdf({1: b"<< /Pages 2 0 R /X " + b"<< /A " * 20_000 + b">>" * 20_000 + b" >>"}),
    "deep names": lambda: pdf({1: b"<< /Pages 2 0 R /Names " + b"<< /EmbeddedFiles " * 9000 + b">>" * 9000 + b" >>"}),
    "prev loop": lambda: pdf({1: b"<< /Pages 2 0 R >>", **_PAGES}, prev=-1),
    "prev far": lambda: pdf({1: b"<< /Pages 2 0 R >>", **_PAGES}, prev=10**12),
    "pages loop": lambda: pdf({1: b"<< /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] >>"}),
    "pages twice": doubling_pages,
    "no pages": lambda: pdf({1: b"<< >>"}),
    "names loop": lambda: pdf(
        {1: b"<< /Pages 2 0 R /Names << /EmbeddedFiles 4 0 R >> >>", 4: b"<< /Kids [4 0 R] >>", **_PAGES}
    ),
    "fields twice": doubling_fields,
    "fields loop": lambda: pdf(
        {1: b"<< /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>", 4: b"<< /T (a) /Kids [4 0 R] >>", **_PAGES}
    ),
    "parent loop": lambda: pdf(
        {1: b"<< /Pages 2 0 R >>", 2: b"<< /Kids [3 0 R] /Parent 3 0 R >>", 3: b"<< /Type /Page /Parent 2 0 R >>"}
    ),
    "reference to itself": lambda: pdf({1: b"<< /Pages 4 0 R >>", 4: b"4 0 R"}),
    "length of itself": lambda: pdf({1: b"<< /Pages 2 0 R >>", **_PAGES, 4: b"<< /Length 4 0 R >>\nstream\nx\nendstream"}),
    "attachment swells": lambda: attached(swelling(300_000_000)),
    "attachment swells twice": lambda: attached(swelling(300_000_000, 2)),
    "attachment large": lambda: attached(stream(b" " * 21_000_000)),
    "attachment twice": lambda: attached(stream(b"{}"), stream(b"{}")),
    "attachment no json": lambda: attached(stream(b"plan")),
    "attachment deep json": lambda: attached(stream(b"[" * 100_000)),
    "attachment no stream": lambda: attached(b"<< >>"),
    "content swells": lambda: pdf(
        {
            1: b"<< /Pages 2 0 R >>",
            2: b"<< /Kids [3 0 R] >>",
            3: b"<< /Type /Page /Contents [%s] >>" % (b"4 0 R " * 500),
            4: swelling(30_000_000),
        }
    ),
    "root is a number": lambda: pdf({1: b"7"}),
    "huge numbers": lambda: pdf({1: b"<< /Pages 2 0 R /X %s >>" % (b"9" * 10_000), **_PAGES}, b"/Prev " + b"9" * 5000),
    "signature of nothing": lambda: pdf(
        {
            1: b"<< /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>",
            4: b"<< /T (a) /FT /Sig /V 5 0 R >>",
            5: b"<< /Type /Sig /SubFilter /ETSI.CAdES.detached /ByteRange [0 -5 9999999999 1] /Contents <3000> >>",
            **_PAGES,
        }
    ),
    "signature of a strange kind": lambda: pdf(
        {
            1: b"<< /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>",
            4: b"<< /T (a) /FT /Sig /V 5 0 R >>",
            5: b"<< /Type /Sig /SubFilter /adbe.x509.rsa_sha1 /ByteRange [0 1 2 3] /Contents <00> >>",
            **_PAGES,
        }
    ),
}  # fmt: skip
#: What is odd, but no harm: nothing has to be told.
_HARMLESS = ("length of itself", "no pages", "parent loop", "pages loop")


@pytest.mark.parametrize("name", HARMFUL)
def test_a_file_made_to_harm_ends_in_a_sentence(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert told(HARMFUL[name]()) or name in _HARMLESS
    said = capfd.readouterr()
    assert said.out == said.err == ""


def test_an_encrypted_file_is_refused(tmp_path: Path) -> None:
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    source.write_bytes(exported())
    for password in ("", "mật"):
        subprocess.run(["qpdf", "--encrypt", password, "chủ", "256", "--", source, target], check=True, timeout=60)
        assert "mật khẩu" in told(target.read_bytes())


def test_a_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "MAX_FILE", 1000)
    assert "lớn hơn" in told(exported())


def test_too_many_signatures_and_revisions_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.signing.signatures.MAX_SIGNATURES", 1)
    assert "quá nhiều chữ ký" in told(signed_twice())
    monkeypatch.setattr(opened, "MAX_REVISIONS", 2)
    assert "cấu trúc lạ" in told(signed_twice())


def test_pyhanko_reads_as_ever_where_nobody_bounds_it() -> None:
    """What counts the places of objects stays in the library for all threads."""
    opened.open_pdf(exported())
    with ThreadPoolExecutor(1) as other:
        reader = other.submit(PdfFileReader, BytesIO(exported())).result()
    assert int(reader.root["/Pages"]["/Count"]) >= 1
