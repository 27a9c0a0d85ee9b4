"""Inputs that Hypothesis makes up: near what each kind of file is, and far from it."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from tests import plans


def made(strategy: st.SearchStrategy[bytes], seed: int, count: int) -> list[bytes]:
    """``count`` examples of a strategy, or as many as it has, the same for the same seed."""
    found: list[bytes] = []

    @seeded(seed)
    @settings(
        max_examples=count, phases=(Phase.generate,), database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(strategy)
    def take(data: bytes) -> None:
        found.append(data)

    take()
    return found


_any_text = st.text(max_size=40)
_any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _any_text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_any_text, inner, max_size=4),
    max_leaves=12,
)


def _as_json(value: Any) -> bytes:
    return json.dumps(value).encode()


@st.composite
def _whole(draw: st.DrawFn) -> plans.Document:
    """A plan document; as a strategy of its own, since Hypothesis writes out what it is made of, which is large."""
    found: plans.Document = draw(plans.documents())
    return found


def documents() -> st.SearchStrategy[bytes]:
    """Plan documents, those with one field of anything at all, and any JSON."""
    names = st.sampled_from(
        ["period", "organisation", "sections", "tables", "legal_bases", "indicators", "print", "id"]
    )
    spoilt = st.builds(lambda whole, name, value: whole | {name: value}, _whole(), names, _any_json)
    return st.one_of(_whole(), _whole(), spoilt, _any_json).map(_as_json)


def _zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name.encode("utf-8", "replace").decode().replace("\0", "0") or "0", data)
    return stream.getvalue()


def zips() -> st.SearchStrategy[bytes]:
    names = st.sampled_from(
        ["plan.json", "manifest.json", "a.pdf", "a.xlsx", "word/document.xml", "[Content_Types].xml"]
    )
    contents = st.one_of(st.binary(max_size=60), _any_json.map(_as_json), _whole().map(_as_json))
    return st.dictionaries(names | _any_text, contents, max_size=6).map(_zipped)


_cells = st.one_of(
    st.floats().map(repr),
    st.integers().map(str),
    st.sampled_from(["", "1e999", "TRUE", "#N/A", "2022-01-01", "khs:0:a"]),
)
_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


def _sheet(rows: list[list[tuple[str, str]]]) -> bytes:
    lines = "".join(
        "<row>" + "".join(f'<c t="{kind}"><v>{value}</v></c>' for kind, value in row) + "</row>" for row in rows
    )
    return _SHEET.format(lines).encode()


def workbooks() -> st.SearchStrategy[bytes]:
    """Workbooks of one sheet of cells of any type, whole but for what stands in them."""
    kinds = st.sampled_from(["n", "s", "b", "e", "d", "str", "inlineStr", "zzz"])
    rows = st.lists(st.lists(st.tuples(kinds, _cells), max_size=5), max_size=5)
    main = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    rest = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Override PartName="/xl/workbook.xml" '
        f'ContentType="{types}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
        f'ContentType="{types}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{main}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{main}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{main}"><sheets><sheet name="_khs" sheetId="1" r:id="r1"/></sheets></workbook>',
    }
    parts = {name: text.encode() for name, text in rest.items()}
    return rows.map(lambda found: _zipped(parts | {"xl/worksheets/sheet1.xml": _sheet(found)}))


def pdfs() -> st.SearchStrategy[bytes]:
    """PDFs of a few objects that point to each other."""
    from tests.models.signing.test_hostile import pdf

    atoms = st.sampled_from(
        [
            b"null",
            b"1 0 R",
            b"2 0 R",
            b"3 0 R",
            b"4 0 R",
            b"(plan.json)",
            b"7",
            b"-1",
            b"/Page",
            b"/Pages",
            b"/Sig",
            b"<00>",
        ]
    )
    names = st.sampled_from(
        [
            b"/Type",
            b"/Pages",
            b"/Kids",
            b"/Names",
            b"/EmbeddedFiles",
            b"/AcroForm",
            b"/Fields",
            b"/FT",
            b"/V",
            b"/EF",
            b"/F",
        ]
    )
    values = st.recursive(
        atoms,
        lambda inner: (
            st.lists(inner, max_size=3).map(lambda some: b"[" + b" ".join(some) + b"]")
            | st.dictionaries(names, inner, max_size=4).map(
                lambda some: b"<<" + b" ".join(name + b" " + value for name, value in some.items()) + b">>"
            )
        ),
        max_leaves=8,
    )
    bodies = st.dictionaries(names, values, max_size=5).map(
        lambda some: b"<<" + b" ".join(name + b" " + value for name, value in some.items()) + b">>"
    )
    return st.lists(bodies, min_size=1, max_size=5).map(lambda some: pdf(dict(enumerate(some, 1))))


def templates() -> st.SearchStrategy[bytes]:
    """TOML of the keys of a template with any values."""
    names = st.sampled_from(["id", "name", "years", "sections", "tables", "sources", "outline", "limits", "version"])
    scalars = st.one_of(st.integers(), st.booleans(), _any_text.map(lambda text: json.dumps(text, ensure_ascii=False)))
    values = st.recursive(
        scalars.map(lambda value: str(value).lower() if isinstance(value, bool) else str(value)),
        lambda inner: (
            st.lists(inner, max_size=3).map(lambda some: "[" + ", ".join(some) + "]")
            | st.dictionaries(st.sampled_from(["key", "label", "heading", "sections", "a"]), inner, max_size=3).map(
                lambda some: "{" + ", ".join(f"{name} = {value}" for name, value in some.items()) + "}"
            )
        ),
        max_leaves=6,
    )
    lines = st.dictionaries(names, values, max_size=9)
    return lines.map(
        lambda some: "".join(f"{name} = {value}\n" for name, value in some.items()).encode("utf-8", "surrogatepass")
    )


_TAGS = (
    "table", "tr", "td", "th", "ul", "ol", "li", "p", "b", "i", "br", "div", "span", "pre", "script", "style", "h1", "body",
    "html", "template", "svg", "del",
)  # fmt: skip


def pages() -> st.SearchStrategy[bytes]:
    """HTML of the tags that mean something here, opened and closed in any order."""
    tags = st.sampled_from(_TAGS)
    pieces = st.one_of(
        tags.map(lambda tag: f"<{tag}>"),
        tags.map(lambda tag: f"</{tag}>"),
        _any_text,
        st.just("<td rowspan=3 colspan=2>"),
    )
    return st.lists(pieces, max_size=60).map(lambda some: "".join(some).encode("utf-8", "surrogatepass"))
