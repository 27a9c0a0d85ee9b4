"""The signed PDF in the package, what comes back held against what was exported, and many files against each other."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from models import document
from models.errors import ExportError, PackageError, SigningError
from models.exports import archive, contents, manifest, matching, package, receiving, signed_package
from models.exports.package import Exported
from models.exports.receiving import Kept
from models.exports.verification import Verification, verify
from models.imports import package as imports
from models.imports import pdf as pdf_imports
from tests.models.signing import authority
from tests.models.signing.exported import changed

CREATED = "2021-10-10T08:00:00+07:00"
PDF, SIGNED = "KH-2022_SNV_1.pdf", "KH-2022_SNV_1-daky.pdf"


def build(**differences: object) -> Exported:
    plan, template = changed(**differences)  # type: ignore[arg-type]
    return package.build(plan, template, created=CREATED)


@pytest.fixture(scope="module")
def exported() -> Exported:
    return build()


@pytest.fixture(scope="module")
def newer() -> Exported:
    return build(revision=2)


@pytest.fixture(scope="module")
def once(exported: Exported) -> bytes:
    return authority.sign(exported.pdf.data)


@pytest.fixture(scope="module")
def twice(once: bytes) -> bytes:
    return authority.sign(authority.stamp_on_page(once), authority.office())


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {info.filename: zipped.read(info) for info in zipped.infolist()}


def repack(data: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    found = entries(data)
    change(found)
    return archive.pack(list(found.items()))


def written(folder: Path, **files: bytes) -> dict[str, Path]:
    paths = {name: folder / name.replace("_", ".") for name in files}
    for name, data in files.items():
        paths[name].write_bytes(data)
    return paths


# ---- one more file


def test_the_signed_pdf_is_one_more_file(exported: Exported, twice: bytes, tmp_path: Path) -> None:
    made, examined = signed_package.with_signed(exported.package.data, twice, authority.trusted())
    assert len(examined.signatures) == 2
    before, after = entries(exported.package.data), entries(made)
    assert list(after) == ["manifest.json", "plan.json", PDF, SIGNED, "KH-2022_SNV_1.xlsx"]
    assert after[SIGNED] == twice
    assert all(after[name] == before[name] for name in before if name != manifest.NAME)
    old, new = json.loads(before[manifest.NAME]), json.loads(after[manifest.NAME])
    assert {key: value for key, value in new.items() if key != "files"} == {
        key: value for key, value in old.items() if key != "files"
    }
    assert [file for file in new["files"] if file["name"] != SIGNED] == old["files"]
    assert signed_package.with_signed(exported.package.data, twice, authority.trusted())[0] == made
    assert signed_package.with_signed(made, twice, authority.trusted())[0] == made
    path = tmp_path / "g.zip"
    path.write_bytes(made)
    found = verify(path, authority.trusted())
    assert found.ok and found.signed and found.problems == []
    assert {file.name: file.state for file in found.files} == {
        "plan.json": "whole", PDF: "whole", SIGNED: "signed", "KH-2022_SNV_1.xlsx": "whole",
    }  # fmt: skip
    assert {file.code for file in found.files if file.name.endswith(("json", "pdf"))} == {exported.code}
    assert [one.name for one in found.signatures] == [authority.LEADER, authority.OFFICE]
    assert document.to_bytes(imports.read(path)) == after["plan.json"]


def test_more_signatures_take_the_place_of_fewer(exported: Exported, once: bytes, twice: bytes) -> None:
    first = signed_package.with_signed(exported.package.data, once)[0]
    both = signed_package.with_signed(first, twice)[0]
    assert both == signed_package.with_signed(exported.package.data, twice)[0]
    with pytest.raises(SigningError, match="nhiều chữ ký hơn"):
        signed_package.with_signed(both, once)
    with pytest.raises(SigningError, match="bản PDF đã ký khác"):
        signed_package.with_signed(first, authority.sign(exported.pdf.data, authority.office()))


def test_a_package_whose_pdf_was_replaced_gets_it_back(exported: Exported, once: bytes, twice: bytes) -> None:
    replaced = repack(exported.package.data, lambda found: found.update({PDF: once}))
    made, _examined = signed_package.with_signed(replaced, twice)
    assert made == signed_package.with_signed(exported.package.data, twice)[0]


def test_what_does_not_belong_together_is_refused(exported: Exported, newer: Exported, twice: bytes) -> None:
    with pytest.raises(SigningError, match="cũ hơn lần 2"):
        signed_package.with_signed(newer.package.data, twice)
    for change in (
        lambda found: found.update({"plan.json": b"{}"}),
        lambda found: found.pop("plan.json"),
        lambda found: found.update({PDF: b"%PDF-1.7"}),
        lambda found: found.update({manifest.NAME: b"{}"}),
    ):
        with pytest.raises(PackageError):
            signed_package.with_signed(repack(exported.package.data, change), twice)
    with pytest.raises(PackageError):
        signed_package.with_signed(exported.package.data[:-300], twice)


@pytest.mark.parametrize(
    ("alter", "state"),
    [
        (lambda pdf, old: pdf[:-1], "changed"),
        (lambda pdf, old: old, "changed"),
        (lambda pdf, old: authority.stamp_on_page(pdf), "changed"),
        (lambda pdf, old: pdf[: len(old) - 500] + b"?" + pdf[len(old) - 499 :], "changed"),
    ],
    ids=["cut", "the exported one", "changed after", "altered"],
)
def test_an_altered_signed_pdf_in_a_package_is_told(
    exported: Exported, twice: bytes, tmp_path: Path, alter: Callable[[bytes, bytes], bytes], state: str
) -> None:
    made = signed_package.with_signed(exported.package.data, twice)[0]
    path = tmp_path / "g.zip"
    path.write_bytes(repack(made, lambda found: found.update({SIGNED: alter(twice, exported.pdf.data)})))
    found = verify(path, authority.trusted())
    assert not found.ok and SIGNED in found.problems[0]
    assert {file.name: file.state for file in found.files}[SIGNED] == state
    with pytest.raises(PackageError):
        imports.read(path)


def test_a_pdf_of_another_plan_in_a_package_is_told(exported: Exported, tmp_path: Path) -> None:
    """Listed with its right sum, so that only what stands inside tells."""
    path = tmp_path / "g.zip"
    for other, sentence in ((build(plan_id="khac"), "của kế hoạch khác"), (build(subject="Khác"), "nội dung khác")):
        found = entries(exported.package.data)
        found[PDF] = other.pdf.data
        files = [(name, data) for name, data in found.items() if name != manifest.NAME]
        listed = manifest.make(exported.plan_id, 1, CREATED, files)
        path.write_bytes(archive.pack([(manifest.NAME, listed), *files]))
        told = verify(path, authority.trusted())
        assert any(sentence in problem and PDF in problem for problem in told.problems)
        assert {file.name: file.state for file in told.files}[PDF] == "other"


# ---- a PDF alone


def test_the_plan_in_a_pdf(exported: Exported, twice: bytes, tmp_path: Path) -> None:
    plan_json = entries(exported.package.data)["plan.json"]
    for name, data in (("a.pdf", exported.pdf.data), ("b.pdf", twice)):
        (tmp_path / name).write_bytes(data)
        assert document.to_bytes(imports.open_any(tmp_path / name)) == plan_json
        found = verify(tmp_path / name, authority.trusted())
        assert found.ok and (found.kind, found.code, found.signed) == ("pdf", exported.code, data is twice)
        assert [file.state for file in found.files] == ["signed" if data is twice else "whole"]


def test_a_pdf_that_was_altered_or_is_not_ours_gives_no_plan(exported: Exported, twice: bytes, tmp_path: Path) -> None:
    import reportlab.pdfgen.canvas

    path = tmp_path / "Bản ký.pdf"
    stream = io.BytesIO()
    canvas = reportlab.pdfgen.canvas.Canvas(stream)
    canvas.drawString(100, 100, "x")
    canvas.save()
    for data, sentence in (
        (stream.getvalue(), "không mang kế hoạch bên trong"),
        (twice[:-2000], "cắt cụt"),
        (authority.stamp_on_page(twice), "sau chữ ký cuối cùng"),
        (twice[:2000] + bytes([twice[2000] ^ 1]) + twice[2001:], "."),
        (authority.replace_attachment(exported.pdf.data, b"{}"), "đã bị thay sau khi kết xuất"),
    ):
        path.write_bytes(data)
        with pytest.raises(PackageError, match=sentence) as raised:
            pdf_imports.read(path)
        assert "Bản ký.pdf" in str(raised.value)


def test_a_draft_is_told(tmp_path: Path) -> None:
    plan, template = changed()
    path = tmp_path / "a.pdf"
    path.write_bytes(package.build(plan, template, draft=True).pdf.data)
    assert verify(path, authority.trusted()).draft


# ---- coming back


def test_the_export_that_a_signed_pdf_belongs_to_is_found(
    exported: Exported, newer: Exported, twice: bytes, tmp_path: Path
) -> None:
    path = written(tmp_path, a_pdf=twice)["a_pdf"]
    kept = [Kept(2, newer.package.data), Kept(1, exported.package.data)]
    found = receiving.receive(path, kept, authority.trusted())
    assert (found.revision, found.newest, found.name, found.package_name) == (1, 2, SIGNED, "KH-2022_SNV_1.zip")
    assert entries(found.package)[SIGNED] == twice and not found.replaces
    other = authority.sign(exported.pdf.data)
    kept = [Kept(1, exported.package.data, other)]
    assert receiving.receive(path, kept, authority.trusted()).replaces
    with pytest.raises(SigningError, match="cũ hơn lần 2"):
        receiving.receive(path, [Kept(2, newer.package.data)], authority.trusted())
    with pytest.raises(SigningError, match="chưa có bản kết xuất chính thức"):
        receiving.receive(path, [], authority.trusted())
    with pytest.raises(SigningError, match=r"Không đọc được tệp “b\.pdf”"):
        receiving.receive(tmp_path / "b.pdf", kept, authority.trusted())


def test_the_signed_package_is_put_into_a_folder(exported: Exported, once: bytes, twice: bytes, tmp_path: Path) -> None:
    path = written(tmp_path, a_pdf=once)["a_pdf"]
    kept = [Kept(1, exported.package.data)]
    folder = tmp_path / "Thư mục"
    folder.mkdir()
    (folder / "KH-2022_SNV_1.zip").write_bytes(exported.package.data)
    first = receiving.receive(path, kept, authority.trusted())
    zipped, pdf = receiving.put(first, folder)
    assert zipped.read_bytes() == first.package and pdf.read_bytes() == once
    path.write_bytes(twice)
    second = receiving.receive(path, kept, authority.trusted())
    receiving.put(second, folder)
    assert zipped.read_bytes() == second.package and pdf.read_bytes() == twice
    before = {one.name: one.read_bytes() for one in folder.iterdir()}
    with pytest.raises(ExportError, match="nhiều chữ ký hơn"):
        receiving.put(first, folder)
    assert {one.name: one.read_bytes() for one in folder.iterdir()} == before


def test_other_files_in_the_folder_stay(exported: Exported, newer: Exported, once: bytes, tmp_path: Path) -> None:
    path = written(tmp_path, a_pdf=once)["a_pdf"]
    received = receiving.receive(path, [Kept(1, exported.package.data)], authority.trusted())
    for name, data in (("KH-2022_SNV_1.zip", newer.package.data), (SIGNED, b"%PDF-other"), ("KH-2022_SNV_1.zip", b"")):
        folder = tmp_path / "ra"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        (folder / name).write_bytes(data)
        with pytest.raises(ExportError, match="khác nên không ghi đè"):
            receiving.put(received, folder)
        assert [one.name for one in folder.iterdir()] == [name] and (folder / name).read_bytes() == data
    with pytest.raises(ExportError):
        receiving.put(received, tmp_path / "không có")


# ---- many files


def look(*paths: Path) -> list[tuple[Path, Verification]]:
    return [(path, verify(path, authority.trusted())) for path in paths]


def test_older_revisions_are_told(exported: Exported, newer: Exported, twice: bytes, tmp_path: Path) -> None:
    paths = written(tmp_path, old_zip=exported.package.data, new_zip=newer.package.data, ky_pdf=twice)
    found = look(*paths.values())
    matching.compare(found)
    told = {path.name: result for path, result in found}
    assert (told["old.zip"].newer, told["new.zip"].newer, told["ky.pdf"].newer) == (2, None, 2)
    assert told["old.zip"].ok and "đã có lần 2 mới hơn: “new.zip”" in told["old.zip"].warnings[0]
    [alone] = look(paths["new_zip"])
    matching.compare([alone], {newer.plan_id: 5})
    assert "kho dữ liệu trên máy này đã có lần 5" in alone[1].warnings[0]


def test_a_pdf_is_held_against_the_package_and_the_store(exported: Exported, twice: bytes, tmp_path: Path) -> None:
    # Made anew with the same plan inside, and signed: only what was exported shows that it is another file.
    other = authority.sign(exported.pdf.data.replace(b"%PDF-1.7", b"%PDF-1.6", 1))
    paths = written(tmp_path, g_zip=exported.package.data, ky_pdf=twice, khac_pdf=other, chua_pdf=exported.pdf.data)
    found = look(*paths.values())
    assert all(result.ok for _path, result in found)
    matching.compare(found)
    assert [result.ok for _path, result in found] == [True, True, False, True]
    [alone] = look(paths["khac_pdf"])
    kept = {(exported.plan_id, 1, exported.code): contents.exported_sum(exported.package.data)}
    matching.compare([alone], {}, kept)
    assert not alone[1].ok
    [bare] = look(paths["chua_pdf"])
    matching.compare([bare])
    assert "chưa ký và không có gói nộp" in bare[1].warnings[0]


@pytest.mark.parametrize(
    "text", ["K7Q2-9MXD", "k7q2-9mxd", "K7Q29MXD", " k7q2 9mxd ", "K7Q2–9MXD"],
)  # fmt: skip
def test_a_code_as_it_is_read_off_a_page(text: str) -> None:
    assert matching.code_of(text) == "K7Q2-9MXD"


def test_letters_that_are_misread() -> None:
    assert matching.code_of("OIL0-o1l2") == "0110-0112"
    assert (
        matching.code_of("K7Q2-9MX") is None and matching.code_of("K7Q2-9MXU") is None and matching.code_of("") is None
    )
