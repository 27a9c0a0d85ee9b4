"""The parts of a Word file before python-docx reads them: what is too large, of another form, or not to be opened.

python-docx follows every relationship of a file, to pictures, embedded files and parts that are not there. So it is
handed a file of those parts alone that hold text, with relationships of our own.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from models import document, limits
from models.errors import DocumentError
from models.exports import archive
from models.i18n import _
from models.imports.workbook_parts import OLD_OFFICE, empty, is_strange

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: The other form of ``.docx``, whose elements have other names.
_STRICT = b"http://purl.oclc.org/ooxml/"
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b([^<>]*)>")
_ATTRIBUTE = re.compile(rb"""\b(Type|Target|TargetMode)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
#: What of a Word file holds text, and what python-docx is to know of it.
_READ = {"styles": "styles+xml", "numbering": "numbering+xml"}
_NOTES = ("footnotes", "endnotes")
_AROUND = ("header", "footer")


@dataclass(slots=True)
class Parts:
    """An opened Word file: what python-docx gives, and parts that it has nothing for."""

    name: str
    document: Any
    #: Roots of ``footnotes`` and ``endnotes``, where there are any.
    notes: dict[str, Any] = field(default_factory=dict)
    #: Roots of the heads and feet of pages.
    around: list[Any] = field(default_factory=list)
    has_comments: bool = False


def open_word(path: Path) -> Parts:
    """The Word file ``path``; ``DocumentError`` says what is wrong with one that cannot be read, and what to do."""
    data = document.read_bytes(path, limits.WORD_BYTES)
    if not data:
        raise empty(path.name)
    if (refused := old_form(data, path.name)) is not None:
        raise refused
    if data.lstrip()[:5] == b"{\\rtf":
        sentence = _("“{file}” là tệp .rtf; hãy mở bằng Word, lưu thành tệp .docx rồi thử lại.")
        raise DocumentError(sentence.format(file=path.name))
    try:
        with archive.open_zip(BytesIO(data)) as zipped:
            return _opened(zipped, path.name)
    except archive.Damaged:
        raise damaged(path.name) from None


def old_form(data: bytes, name: str) -> DocumentError | None:
    """The sentence for a Word file in the old form, which is also that of one with a password; of others nothing."""
    if not data.startswith(OLD_OFFICE):
        return None
    if "EncryptedPackage".encode("utf-16-le") in data:
        sentence = _("“{file}” bị đặt mật khẩu nên không đọc được; hãy mở bằng Word, bỏ mật khẩu, lưu lại rồi thử lại.")
    else:
        sentence = _("“{file}” là văn bản Word kiểu cũ (.doc); hãy mở bằng Word, lưu thành tệp .docx rồi thử lại.")
    return DocumentError(sentence.format(file=name))


def damaged(name: str) -> DocumentError:
    """The sentence for a file that is not whole."""
    return DocumentError(
        _("Tệp “{file}” bị hỏng hoặc bị cắt cụt nên không đọc được; hãy mở bằng Word, lưu lại rồi thử lại.").format(
            file=name
        )
    )


def too_much(name: str) -> DocumentError:
    """The sentence for a file that holds more than any plan."""
    sentence = _("Tệp “{file}” quá lớn hoặc phình ra quá lớn khi mở nên không được nhận; hãy kiểm tra lại tệp.")
    return DocumentError(sentence.format(file=name))


def _opened(zipped: ZipFile, name: str) -> Parts:
    infos = {info.filename: info for info in zipped.infolist()}
    # Of two parts of one name, programs take now the one and now the other.
    if len({known.casefold() for known in infos}) < len(zipped.infolist()):
        raise damaged(name)
    total = sum(info.file_size for info in infos.values())
    if len(infos) > limits.WORD_PARTS or total > limits.WORD_UNPACKED or any(map(archive.swells, infos.values())):
        raise too_much(name)

    def part(wanted: str) -> bytes:
        """A part that is read; it may neither swell nor declare anything."""
        info = infos.get(wanted)
        if info is None:
            raise damaged(name)
        if info.file_size > limits.WORD_TEXT:
            raise too_much(name)
        found = archive.read(zipped, info)
        if is_strange(found):
            raise damaged(name)
        if found.count(b"<") - found.count(b"</") > limits.WORD_ELEMENTS:
            raise too_much(name)
        return found

    main = next((target for kind, target in _related(part("_rels/.rels"), "") if kind == "officeDocument"), "")
    text = part(main)
    if _STRICT in text[:4096]:
        sentence = _(
            "Tệp “{file}” lưu kiểu “Strict Open XML” nên không đọc được; hãy mở bằng Word,"
            " lưu lại kiểu “Word Document (.docx)” rồi thử lại."
        )
        raise DocumentError(sentence.format(file=name))
    folder, _slash, own = main.rpartition("/")
    beside = f"{folder}/_rels/{own}.rels".lstrip("/")
    related = _related(part(beside), folder) if beside in infos else []
    there = [(kind, target) for kind, target in related if target in infos]
    kept = {kind: part(target) for kind, target in reversed(there) if kind in _READ}
    try:
        return Parts(
            name,
            _read(text, kept),
            {kind: _root(part(target)) for kind, target in there if kind in _NOTES},
            [_root(part(target)) for kind, target in there if kind in _AROUND],
            any(kind == "comments" for kind, _target in there),
        )
    except (DocumentError, archive.Damaged):
        raise
    except Exception:
        # python-docx raises whatever a faulty part leads to.
        raise damaged(name) from None


def _related(part: bytes, folder: str) -> list[tuple[str, str]]:
    """The parts inside the file that a part of relationships names, with what they are."""
    found = []
    for relation in _RELATION.finditer(part):
        said = {key.decode(): (one or other).decode("utf-8", "replace") for key, one, other in _attributes(relation[1])}
        if said.get("TargetMode", "Internal") == "Internal" and "Type" in said and "Target" in said:
            target = said["Target"]
            place = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            found.append((said["Type"].rpartition("/")[2], posixpath.normpath(place)))
    return found


def _attributes(text: bytes) -> list[tuple[bytes, bytes, bytes]]:
    return _ATTRIBUTE.findall(text)


def _root(part: bytes) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(part)


def _read(text: bytes, kept: dict[str, bytes]) -> Any:
    """python-docx's document of a file that holds these parts alone."""
    import docx

    types = "".join(
        f'<Override PartName="/word/{kind}.xml" ContentType="{_CONTENT}.{content}"/>'
        for kind, content in [("document", "document.main+xml"), *((kind, _READ[kind]) for kind in kept)]
    )
    beside = "".join(
        f'<Relationship Id="r{at}" Type="{_RELATIONS}/{kind}" Target="{kind}.xml"/>' for at, kind in enumerate(kept)
    )
    main = f'<Relationship Id="r0" Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        f' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{main}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{beside}</Relationships>',
        "word/document.xml": text,
    }
    for kind, part in kept.items():
        parts[f"word/{kind}.xml"] = part
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_STORED) as made:
        for part_name, content in parts.items():
            made.writestr(ZipInfo(part_name), content)
    return docx.Document(stream)
