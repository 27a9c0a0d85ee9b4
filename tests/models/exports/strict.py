"""A strict reader of workbooks: what Excel asks for before it opens one without a question."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from lxml import etree
from openpyxl.utils import range_boundaries as _boundaries

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
#: ECMA-376, CT_Worksheet: its elements come in this order.
ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "tableParts", "extLst",
)  # fmt: skip


def range_boundaries(area: str) -> tuple[int, int, int, int]:
    """First column and row, last column and row."""
    left, top, right, bottom = (number or 0 for number in _boundaries(area))
    return left, top, right, bottom


def check(data: bytes) -> None:
    """``AssertionError`` names the part that breaks a rule."""
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        names = zipped.namelist()
        assert len(names) == len(set(names))
        parts = {name: etree.fromstring(zipped.read(name)) for name in names if name.endswith((".xml", ".rels"))}
    _check_types(parts, names)
    for name in names:
        if name.endswith(".rels"):
            _check_relations(name, parts[name], names)
    book = parts["xl/workbook.xml"]
    titles = [sheet.get("name", "") for sheet in book.iter(f"{MAIN}sheet")]
    assert len({title.lower() for title in titles}) == len(titles)
    assert all(0 < len(title) <= 31 and not re.search(r"[\[\]:*?/\\]", title) for title in titles)
    for defined in book.iter(f"{MAIN}definedName"):
        title = re.match(r"'((?:[^']|'')+)'!|([^'!]+)!", defined.text or "")
        assert title and (title[1] or title[2]).replace("''", "'") in titles, defined.text
    strings = len(parts["xl/sharedStrings.xml"])
    formats = len(parts["xl/styles.xml"].find(f"{MAIN}cellXfs"))
    for name, root in parts.items():
        if name.startswith("xl/worksheets/") and not name.endswith(".rels"):
            _check_sheet(name, root, strings, formats)


def _check_types(parts: dict[str, etree._Element], names: list[str]) -> None:
    types = parts["[Content_Types].xml"]
    endings = {one.get("Extension") for one in types.iter(f"{_TYPES}Default")}
    known = [str(one.get("PartName")) for one in types.iter(f"{_TYPES}Override")]
    assert len(known) == len(set(known))
    assert {part.lstrip("/") for part in known} <= set(names)
    for name in names:
        assert f"/{name}" in known or name.rpartition(".")[2] in endings, name


def _check_relations(name: str, root: etree._Element, names: list[str]) -> None:
    folder, file = posixpath.split(name)
    source = posixpath.dirname(folder)
    assert not file.removesuffix(".rels") or posixpath.join(source, file.removesuffix(".rels")) in names, name
    ids = [one.get("Id") for one in root.iter(_RELATION)]
    assert len(ids) == len(set(ids)), name
    for one in root.iter(_RELATION):
        if one.get("TargetMode") != "External":
            target = str(one.get("Target"))
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(source, target))
            assert path in names, (name, target)


def _check_sheet(name: str, root: etree._Element, strings: int, formats: int) -> None:
    tags = [str(child.tag).removeprefix(MAIN) for child in root]
    places = [ORDER.index(tag) for tag in tags]
    assert places == sorted(places), (name, tags)
    assert all(tags.count(tag) == 1 for tag in tags if tag != "conditionalFormatting"), (name, tags)
    left, top, right, bottom = range_boundaries(root.find(f"{MAIN}dimension").get("ref"))
    last = 0
    seen: set[tuple[int, int]] = set()
    for row in root.iter(f"{MAIN}row"):
        number = int(row.get("r"))
        assert number > last, (name, number)
        last, before = number, 0
        for cell in row:
            column, at, _column, _row = range_boundaries(cell.get("r"))
            assert at == number and column > before, (name, cell.get("r"))
            assert left <= column <= right and top <= number <= bottom, (name, cell.get("r"))
            assert int(cell.get("s", 0)) < formats
            if cell.get("t") == "s":
                assert int(cell.findtext(f"{MAIN}v")) < strings
            before = column
            seen.add((number, column))
    merged = [one.get("ref") for one in root.iter(f"{MAIN}mergeCell")]
    _check_apart(name, merged)
    rules = [area for one in root.iter(f"{MAIN}dataValidation") for area in str(one.get("sqref")).split()]
    _check_apart(name, rules)
    for one in root.iter(f"{MAIN}dataValidation"):
        assert len(one.get("errorTitle", "")) <= 32 and len(one.get("error", "")) <= 255
        assert len(one.get("promptTitle", "")) <= 32 and len(one.get("prompt", "")) <= 255
        assert all(len(formula.text or "") <= 255 for formula in one)
    for column in (one for cols in root.iter(f"{MAIN}cols") for one in cols):
        assert 1 <= int(column.get("min")) <= int(column.get("max")) <= 16384


def _check_apart(name: str, areas: list[str]) -> None:
    """No cell in two of them."""
    taken: set[tuple[int, int]] = set()
    for area in areas:
        left, top, right, bottom = range_boundaries(area)
        cells = {(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
        assert not cells & taken, (name, area)
        taken |= cells
