"""Looking into a Word file: with python-docx, and at its XML the way Word does, which refuses a wrong order."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/package/2006/relationships}"

#: The order of the elements inside each that has one (ECMA-376, Part 1, Annex A; as far as they are used here).
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang",
    "pBdr": "top left bottom right between bar",
    "tbl": "tblPr tblGrid tr",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tcMar": "top left bottom right",
    "tr": "tblPrEx trPr tc",
    "tc": "tcPr p",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "settings": "writeProtection view zoom defaultTabStop characterSpacingControl footnotePr endnotePr compat rsids themeFontLang clrSchemeMapping decimalSymbol listSeparator",
    "compat": "doNotExpandShiftReturn compatSetting",
}  # fmt: skip


def opened(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        assert zipped.testzip() is None
        return {name: zipped.read(name) for name in zipped.namelist()}


def body_of(document: Any) -> Iterator[Any]:
    """Paragraphs and tables in order."""
    yield from document.iter_inner_content()


def text_of(document: Any) -> str:
    """All the text of paragraphs and cells, one a line."""
    return "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def grid_of(table: Any) -> list[list[str]]:
    """The text of a table's cells by row: a cell over several columns once, one that goes on from above once more."""
    found: list[list[str]] = []
    above: dict[int, str] = {}
    for row in table._tbl.tr_lst:
        found.append([])
        for cell in row.tc_lst:
            text = "\n".join(paragraph.text for paragraph in cell.p_lst)
            if cell.vMerge == "continue":
                assert not text
                text = above[cell.grid_offset]
            above[cell.grid_offset] = text
            found[-1].append(text)
    return found


def is_head(row: Any) -> bool:
    return row._tr.find(f"./{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def is_whole(row: Any) -> bool:
    return row._tr.find(f"./{qn('w:trPr')}/{qn('w:cantSplit')}") is not None


def task_tables(document: Any) -> list[Any]:
    """The tables that show a table of the plan: those with rules."""
    return [table for table in document.tables if table.style.name == "Table Grid"]


def named(element: Any) -> str:
    return str(element.tag).removeprefix(_W)


def check(data: bytes) -> None:
    """Fail where Word would ask for a repair: broken XML, a lost relationship, a doubled id, a wrong order."""
    found = parts(data)
    trees = {name: etree.fromstring(text) for name, text in found.items() if name.endswith((".xml", ".rels"))}
    assert len(trees) == len(found)
    _check_types(trees["[Content_Types].xml"], found)
    for name, tree in trees.items():
        if name.endswith(".rels"):
            _check_relations(name, tree, trees)
        for element in tree.iter(etree.Element):
            _check_order(name, element)
    _check_ids(trees)
    _check_styles(trees)


def _check_types(types: Any, found: dict[str, bytes]) -> None:
    known = {node.get("Extension") or node.get("PartName").lstrip("/") for node in types}
    for name in found:
        assert name in known or name.rpartition(".")[2] in known or name == "[Content_Types].xml", name
    assert {node.get("PartName").lstrip("/") for node in types if node.get("PartName")} <= set(found)


def _check_relations(name: str, tree: Any, trees: dict[str, Any]) -> None:
    folder, _rels, file = name.rpartition("_rels/")
    targets = {}
    for relation in tree.iter(f"{_R}Relationship"):
        assert relation.get("TargetMode") != "External"
        target = posixpath.normpath(posixpath.join("/" + folder, relation.get("Target"))).lstrip("/")
        assert target in trees, target
        assert relation.get("Id") not in targets
        targets[relation.get("Id")] = target
    source = trees.get(folder + file.removesuffix(".rels"))
    if source is not None:
        used = {value for node in source.iter() for key, value in node.attrib.items() if key == qn("r:id")}
        assert used <= set(targets)


def _check_order(name: str, element: Any) -> None:
    if element.tag == qn("w:p"):
        assert all(named(child) != "pPr" for child in element[1:]), name
    if named(element) not in ORDER:
        return
    order = ORDER[named(element)].split()
    children = [named(child) for child in element]
    assert set(children) <= set(order), (name, named(element), children)
    places = [order.index(child) for child in children]
    assert places == sorted(places), (name, named(element), children)
    once = {"tr", "tc", "p", "style", "headerReference", "footerReference", "compatSetting"}
    assert len([child for child in children if child not in once]) == len(set(children) - once), (name, children)
    if named(element) == "tc":
        assert children[-1] == "p"


def _check_ids(trees: dict[str, Any]) -> None:
    body = trees["word/document.xml"]
    marks = [node.get(qn("w:id")) for node in body.iter(qn("w:bookmarkStart"))]
    assert sorted(marks) == sorted(node.get(qn("w:id")) for node in body.iter(qn("w:bookmarkEnd")))
    names = [node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))]
    assert len(set(marks)) == len(marks) and len(set(names)) == len(names)
    assert {node.get(qn("w:anchor")) for node in body.iter(qn("w:hyperlink"))} <= set(names)
    shapes = [node.get("id") for tree in trees.values() for node in tree.iter("{urn:schemas-microsoft-com:vml}shape")]
    assert len(set(shapes)) == len(shapes)
    for table in body.iter(qn("w:tbl")):
        columns = len(table.find(qn("w:tblGrid")))
        for row in table.iter(qn("w:tr")):
            spans = [node.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}") for node in row.iter(qn("w:tc"))]
            assert sum(1 if span is None else int(span.get(qn("w:val"))) for span in spans) == columns


def _check_styles(trees: dict[str, Any]) -> None:
    styles = trees["word/styles.xml"]
    keys = [node.get(qn("w:styleId")) for node in styles.iter(qn("w:style"))]
    names = [node.get(qn("w:val")) for node in styles.iter(qn("w:name"))]
    assert len(set(keys)) == len(keys) and len(set(names)) == len(names)
    for tree in trees.values():
        for tag in ("pStyle", "tblStyle", "basedOn", "next"):
            assert {node.get(qn("w:val")) for node in tree.iter(qn(f"w:{tag}"))} <= set(keys)
