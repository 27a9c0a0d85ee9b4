"""Taking in plans: out of packages that are as they were exported, and nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from models import document
from models.errors import DocumentError, PackageError, UserError
from models.exports import archive, manifest
from models.exports import package as exports
from models.imports import package
from tests.models.exports.delivered import write
from tests.models.exports.plans import FIXTURES, fixture


@pytest.fixture(scope="module")
def packed() -> bytes:
    made, template = fixture(0)
    return exports.build(made, template, created="2021-10-10T08:00:00+07:00").package.data


@pytest.fixture
def path(packed: bytes, tmp_path: Path) -> Path:
    found = tmp_path / "Gói của Sở Nội vụ.zip"
    found.write_bytes(packed)
    return found


def alter(path: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    with zipfile.ZipFile(path) as zipped:
        found = {name: zipped.read(name) for name in zipped.namelist()}
    change(found)
    path.write_bytes(archive.pack(list(found.items())))


def test_a_package_gives_back_its_plan(path: Path) -> None:
    original = document.parse((FIXTURES / "plan-000.json").read_bytes())
    assert document.dump(package.read(path)) == original
    assert document.dump(package.open_any(path)) == original


def test_what_a_file_is_is_told_by_its_content(path: Path) -> None:
    renamed = path.with_suffix(".json")
    path.rename(renamed)
    assert package.open_any(renamed).unit_code == "SNV"
    plain = path.with_name("kế hoạch.zip")
    plain.write_bytes((FIXTURES / "plan-002.json").read_bytes())
    assert package.open_any(plain).unit_code == "SKHCN"


def test_a_plan_that_is_not_the_printed_one_is_refused(path: Path) -> None:
    """Though the manifest was made anew to fit: the PDF tells which plan it was printed from."""
    for other, sentence in ((b"350000000", "có nội dung khác với plan.json"), (None, "là của kế hoạch khác")):
        path.write_bytes(forged(path.read_bytes(), other))
        with pytest.raises(PackageError, match=f"không còn nguyên vẹn.*{sentence}"):
            package.open_any(path)


def forged(packed: bytes, amount: bytes | None) -> bytes:
    """The package with another amount in its plan, or with the PDF of another plan, and a manifest that fits."""
    with zipfile.ZipFile(io.BytesIO(packed)) as zipped:
        found = {name: zipped.read(name) for name in zipped.namelist() if name != "manifest.json"}
    if amount is not None:
        found["plan.json"] = found["plan.json"].replace(b"250000000", amount)
    else:
        [pdf] = [name for name in found if name.endswith(".pdf")]
        found[pdf] = exports.build(*fixture(1)).pdf.data
    plan = document.load(document.parse(found["plan.json"]))
    listed = manifest.make(plan.id, plan.revision, "2021-10-10T08:00:00+07:00", list(found.items()))
    return archive.pack([("manifest.json", listed), *found.items()])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda found: found.update({"plan.json": found["plan.json"].replace(b"250000000", b"350000000")}),
            "đã bị thay đổi",
        ),
        (lambda found: found.pop("plan.json"), "thiếu tệp “plan.json”"),
        (lambda found: found.pop("manifest.json"), "thiếu tệp manifest.json"),
        (lambda found: found.update({"../x": b""}), "không an toàn"),
        (lambda found: found.update({"x.txt": b""}), "tệp lạ"),
        (lambda found: found.clear(), "thiếu tệp manifest.json"),
    ],
    ids=["changed", "missing", "no manifest", "climbing", "added", "empty"],
)
def test_an_altered_package_is_refused(path: Path, change: Callable[[dict[str, bytes]], object], sentence: str) -> None:
    alter(path, change)
    for read in (package.read, package.open_any):
        with pytest.raises(PackageError, match=sentence) as raised:
            read(path)
        text = str(raised.value)
        assert text.startswith("Gói “Gói của Sở Nội vụ.zip” không còn nguyên vẹn") and text.endswith(".")


def test_a_cut_package_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(PackageError, match="cắt cụt"):
        package.open_any(path)


def office(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as zipped:
        for name in names:
            zipped.writestr(name, b"<x/>")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (office("[Content_Types].xml", *(f"xl/worksheets/sheet{n}.xml" for n in range(60))), "là bảng tính Excel"),
        (office("_rels/.rels", "word/document.xml", "[Content_Types].xml"), "là văn bản Word"),
        (office("ppt/x.xml", "[Content_Types].xml"), "là tệp văn phòng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "là tệp văn phòng"),
        (b"%PDF-1.7\n", "tệp PDF bị hỏng"),
        (b"\x89PNG\r\n\x1a\n", "không phải tệp kế hoạch"),
        (b"", "trống, có thể chép chưa xong"),
        (b"[]", "không phải tệp kế hoạch"),
    ],
    ids=["xlsx", "docx", "pptx", "old office", "pdf", "picture", "empty", "other json"],
)
def test_another_kind_of_file_is_refused_by_name(tmp_path: Path, data: bytes, sentence: str) -> None:
    path = tmp_path / "tệp lạ.bin"
    path.write_bytes(data)
    with pytest.raises(UserError, match=sentence) as raised:
        package.open_any(path)
    assert "tệp lạ.bin" in str(raised.value)


@pytest.mark.parametrize(("name", "kind"), [("cũ.xls", "bảng tính Excel"), ("cũ.doc", "văn bản Word")])
def test_old_office_files_are_told_apart_by_their_ending(tmp_path: Path, name: str, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with pytest.raises(DocumentError, match=kind):
        package.open_any(path)


def test_the_exported_workbook_is_the_plan_too(tmp_path: Path) -> None:
    made, template = fixture(2)
    written = write(exports.build(made, template), tmp_path)
    assert document.to_bytes(package.open_any(written["xlsx"])) == document.to_bytes(made)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    for read in (package.read, package.open_any):
        with pytest.raises(UserError, match="Không tìm thấy"):
            read(tmp_path / "không có.zip")
        with pytest.raises(UserError, match="thư mục"):
            read(tmp_path)


def test_what_is_no_plan_at_all_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "thư.eml"
    path.write_bytes(b"Subject: K\r\n")
    with pytest.raises(DocumentError, match="không phải tệp kế hoạch; hãy chọn gói nộp"):
        package.open_any(path)
