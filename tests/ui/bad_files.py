"""Files that are no plan, each with what must be said of it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from models import document
from tests.plans import small_plan

Change = Callable[[dict[str, Any]], object]


@dataclass(frozen=True)
class Bad:
    """``make`` puts the file into a folder; the sentence must hold its name and ``said``."""

    name: str
    content: Callable[[], bytes] | None
    said: tuple[str, ...]

    def make(self, folder: Path) -> Path:
        path = folder / self.name
        if self.content is None:
            path.mkdir()
        else:
            path.write_bytes(self.content())
        return path


def _bytes(name: str, data: bytes, *said: str) -> Bad:
    return Bad(name, lambda: data, (name, *said))


def _changed(change: Change, *said: str) -> Bad:
    """A plan document with one thing wrong in it."""

    def content() -> bytes:
        data = document.dump(small_plan())
        change(data)
        return json.dumps(data, ensure_ascii=False).encode("utf-8")

    return Bad("kế hoạch.json", content, ("kế hoạch.json", *said))


def _set(*place: Any) -> Change:
    """Set the value (the last of ``place``) at a place in the document."""
    *steps, last, value = place

    def change(data: Any) -> None:
        for step in steps:
            data = data[step]
        data[last] = value

    return change


def _whole() -> str:
    return json.dumps(document.dump(small_plan()), ensure_ascii=False)


def _nested() -> Any:
    row: dict[str, Any] = {"task": "a"}
    for _level in range(12):
        row = {"task": "a", "rows": [row]}
    return [row]


def _zip(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for name in names:
            packed.writestr(name, "<x/>")
    return stream.getvalue()


_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89" + bytes(200)
_ROW = ("tables", 0, "rows", 0)


def _foreign_workbook() -> bytes:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


BAD: dict[str, Bad] = {
    # not a plan at all
    "a text": _bytes("ghi chú.txt", "Kính gửi Sở Nội vụ,\n".encode(), "không phải tệp kế hoạch"),
    "a picture": _bytes("ảnh chụp.png", _PNG, "không phải tệp kế hoạch"),
    "an empty file": _bytes("rỗng.json", b"", "trống"),
    "zeros": _bytes("không.json", bytes(1000), "JSON bị hỏng"),
    "a folder": Bad("thư mục.json", None, ("thư mục.json", "là thư mục")),
    "a workbook": Bad(
        "phụ lục.xlsx",
        _foreign_workbook,
        ("phụ lục.xlsx", "bảng tính Excel không do Kế Hoạch Số xuất ra"),
    ),
    "a text document": _bytes("kế hoạch 2021.docx", _zip("[Content_Types].xml", "word/document.xml"), "văn bản Word"),
    "an old text document": _bytes("cũ.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "văn bản Word"),
    "a pdf": _bytes("kế hoạch.pdf", b"%PDF-1.7\n" + bytes(100), "tệp PDF"),
    "an empty zip file": _bytes("rỗng.zip", b"PK\x05\x06" + bytes(18), "manifest.json"),
    "another zip file": _bytes("ảnh.zip", _zip("a.jpg", "b.jpg"), "manifest.json"),
    "a cut package": _bytes("cụt.zip", _zip("manifest.json", "plan.json")[:-30], "cắt cụt"),
    "other json": _bytes("gói.json", b'{"name": "x"}', "không phải là kế hoạch"),
    "a list": _bytes("danh sách.json", b"[1, 2]", "không phải là kế hoạch"),
    "other letters": _bytes("utf16.json", _whole().encode("utf-16"), "UTF-8"),
    "too large": Bad("lớn.json", lambda: b" " * (20 * 1024 * 1024 + 1), ("lớn.json", "20 MiB")),
    # broken json
    "broken json": Bad("hỏng.json", lambda: _whole()[:200].encode(), ("hỏng.json", "dòng 1, cột")),
    "json with a comma too many": Bad(
        "phẩy.json", lambda: _whole().replace('"rows": [', '"rows": [,').encode(), ("phẩy.json", "dòng 1, cột")
    ),
    "nested without end": _bytes("sâu.json", b"[" * 200_000, "lồng nhau"),
    "a number without end": Bad(
        "số dài.json", lambda: _whole().replace("100000000", "1" * 5000).encode(), ("số dài.json", "quá dài")
    ),
    "no number": Bad("nan.json", lambda: _whole().replace("100000000", "NaN").encode(), ("nan.json", "NaN")),
    "a key twice": Bad(
        "trùng.json", lambda: _whole().replace('"id":', '"id": "x", "id":').encode(), ("trùng.json", "id")
    ),
    # a plan document that breaks its rules
    "another format": _changed(_set("format", "khác"), "không phải là kế hoạch"),
    "a newer version": _changed(_set("version", 2), "/version", "mới hơn"),
    "an unknown template": _changed(
        _set("template", "mẫu-lạ"), "“mẫu-lạ”", "chinh-quyen-so-2022", "chuyen-doi-so-2027"
    ),
    "a float amount": _changed(_set(*_ROW, "total", 1500000.5), "/tables/0/rows/0/total", "số nguyên đồng"),
    "an amount as text": _changed(_set(*_ROW, "total", "250"), "/tables/0/rows/0/total", "số nguyên đồng"),
    "an amount too large": _changed(_set(*_ROW, "total", 10**15 + 1), "/tables/0/rows/0/total", "giới hạn"),
    "a float by source": _changed(_set(*_ROW, "funding", {"oda": 0.5}), "/tables/0/rows/0/funding/oda"),
    "a float by year": _changed(_set(*_ROW, "years", {"2022": 0.5}), "/tables/0/rows/0/years/2022"),
    "a year that is none": _changed(_set(*_ROW, "years", {"22": 5}), "/tables/0/rows/0/years/22"),
    "tables that are no list": _changed(_set("tables", {"a": 1}), "/tables", "danh sách"),
    "a row that is no object": _changed(_set("tables", 0, "rows", ["x"]), "/tables/0/rows/0"),
    "a name that is a number": _changed(_set(*_ROW, "task", 5), "/tables/0/rows/0/task", "văn bản"),
    "an organisation that is a text": _changed(_set("organisation", "Sở B"), "/organisation"),
    "a month that is none": _changed(_set("document", "month", 13), "/document/month"),
    "a date that is none": _changed(_set("legal_bases", 0, "date", "2020-02-30"), "/legal_bases/0/date"),
    "no id": _changed(lambda data: data.pop("id"), "/id"),
    "an id that leads elsewhere": _changed(_set("id", "../../x"), "/id"),
    "nested too deep": _changed(_set("tables", 0, "rows", _nested()), "12 cấp"),
    "a control character": _changed(_set("document", "subject", "a\0b"), "/document/subject"),
}
