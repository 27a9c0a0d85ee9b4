"""The package: what is in it, how it gets onto the disk, and what is found out about one that was altered."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import re
import stat
import struct
import tomllib
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import document
from models.errors import Cancelled, ExportError, PackageError
from models.exports import archive, files, manifest, package, stamp
from models.exports.package import Exported, ExportedFile
from models.plan import Plan
from tests.models.exports.delivered import write
from tests.models.exports.plans import fixture, plan
from tests.models.signing import authority

CREATED = "2021-10-10T08:00:00+07:00"
PDF = "KH-2022_SNV_1.pdf"
XLSX = "KH-2022_SNV_1.xlsx"


@pytest.fixture(scope="module")
def exported() -> Exported:
    made, template = fixture(0)
    return package.build(made, template, created=CREATED)


@pytest.fixture
def written(exported: Exported, tmp_path: Path) -> Path:
    return write(exported, tmp_path)["package"]


def entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {info.filename: zipped.read(info) for info in zipped.infolist()}


# ---- building


def test_a_package_holds_what_the_contract_says(exported: Exported) -> None:
    made, _template = fixture(0)
    found = entries(exported.package.data)
    assert list(found) == ["manifest.json", "plan.json", PDF, XLSX]
    assert found["plan.json"] == document.to_bytes(made)
    assert (found[PDF], found[XLSX]) == (exported.pdf.data, exported.xlsx.data)
    assert json.loads(found["manifest.json"]) == {
        "format": "ke-hoach-so/package",
        "version": 1,
        "plan": {"id": made.id, "revision": 1},
        "created": CREATED,
        "program": manifest.PROGRAM,
        "files": [
            {"name": name, "size": len(found[name]), "sha256": hashlib.sha256(found[name]).hexdigest()}
            for name in ("plan.json", PDF, XLSX)
        ],
    }
    assert exported.pdf.data.startswith(b"%PDF-1.7")
    assert (exported.revision, exported.code) == (1, stamp.short_code(found["plan.json"]))
    assert {kind: file.name for kind, file in exported.files.items()} == {
        "pdf": PDF,
        "xlsx": XLSX,
        "package": "KH-2022_SNV_1.zip",
    }


def test_the_program_is_named_with_its_version() -> None:
    project = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert manifest.PROGRAM.endswith(f" {project['version']}")


def test_equal_plans_give_equal_bytes_apart_from_created(exported: Exported) -> None:
    made, template = fixture(0)
    assert package.build(document.copy(made), template, created=CREATED) == exported
    later = package.build(made, template, created="2022-01-01T00:00:00+07:00")
    assert (later.pdf, later.xlsx) == (exported.pdf, exported.xlsx)
    first, second = entries(exported.package.data), entries(later.package.data)
    assert [name for name in first if first[name] != second[name]] == ["manifest.json"]
    with zipfile.ZipFile(io.BytesIO(exported.package.data)) as zipped:
        for info in zipped.infolist():
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert (info.extra, info.comment, info.create_system) == (b"", b"", 3)


def test_created_is_a_moment_with_its_zone() -> None:
    made, template = fixture(2)

    def created(moment: datetime | None) -> str:
        built = package.build(made, template, created=moment)
        return str(json.loads(entries(built.package.data)["manifest.json"])["created"])

    hanoi = timezone(timedelta(hours=7))
    assert created(datetime(2021, 10, 10, 8, 0, 0, 123, hanoi)) == "2021-10-10T08:00:00+07:00"
    before = datetime.now(UTC) - timedelta(seconds=1)
    assert before <= datetime.fromisoformat(created(None)) <= datetime.now(UTC)


def test_a_draft_never_takes_the_name_of_a_final_file() -> None:
    made, template = fixture(0)
    built = package.build(made, template, draft=True, created=CREATED)
    assert [file.name for file in built.files.values()] == [
        f"KH-2022_SNV_1-duthao.{end}" for end in ("pdf", "xlsx", "zip")
    ]


def test_progress_grows_to_the_end_and_can_stop_the_work() -> None:
    made, template = fixture(4)
    told: list[float] = []

    def tell(done: float) -> bool:
        told.append(done)
        return True

    package.build(made, template, progress=tell)
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, 1)
    for stop in (0, len(told) // 2, len(told) - 1):
        count = iter(range(10**6))
        with pytest.raises(Cancelled):
            package.build(made, template, progress=lambda done, stop=stop, count=count: next(count) < stop)  # type: ignore[misc]


# ---- names


@given(
    st.text(max_size=60),
    st.text(max_size=60),
    st.none() | st.integers(1000, 2999),
    st.integers(0, 10**9),
    st.booleans(),
)
def test_file_names_are_plain_ascii(code: str, name: str, year: int | None, revision: int, draft: bool) -> None:
    made = plan(unit_code=code, unit_name=name, period_from=year, period_to=None, revision=revision)
    stem = files.file_stem(made, draft=draft)
    assert re.fullmatch(rf"KH-\d{{4}}_[A-Za-z0-9][A-Za-z0-9-]*_{revision}(-duthao)?", stem)
    assert stem.endswith("-duthao") == draft
    assert len(stem) < 60


@pytest.mark.parametrize(
    ("fields", "stem"),
    [
        ({}, "KH-2022_SNV_3"),
        ({"period_from": 2021, "period_to": 2025}, "KH-2021-2025_SNV_3"),
        ({"period_from": 2025, "period_to": 2021}, "KH-2021-2025_SNV_3"),
        ({"period_from": None, "period_to": None}, "KH-2021_SNV_3"),
        ({"period_from": None, "period_to": None, "year": None}, "KH-0000_SNV_3"),
        ({"unit_code": "Sở Nội vụ"}, "KH-2022_SoNoivu_3"),
        ({"unit_code": unicodedata.normalize("NFD", "ĐẮK LẮK")}, "KH-2022_DAKLAK_3"),
        ({"unit_code": "H12.34/../..\\x"}, "KH-2022_H1234x_3"),
        ({"unit_code": ""}, "KH-2022_SNV_3"),
        ({"unit_code": "", "unit_name": "Ủy ban nhân dân huyện Đức Thọ"}, "KH-2022_UbndhDT_3"),
        ({"unit_code": "…", "unit_name": "???"}, "KH-2022_DV_3"),
        ({"revision": 0}, "KH-2022_SNV_0"),
    ],
)
def test_file_names(fields: dict[str, Any], stem: str) -> None:
    assert files.file_stem(plan(**fields)) == stem


# ---- writing


@pytest.fixture
def small() -> Exported:
    return Exported(
        "id",
        1,
        "AAAA-BBBB",
        ExportedFile("a.pdf", b"%PDF new"),
        ExportedFile("a.xlsx", b"new"),
        ExportedFile("a.zip", b"new"),
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_writing_gives_the_three_paths(small: Exported, tmp_path: Path) -> None:
    folder = tmp_path / "Thư mục có dấu và khoảng trắng"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"old")
    written = write(small, folder)
    assert written == {"pdf": folder / "a.pdf", "xlsx": folder / "a.xlsx", "package": folder / "a.zip"}
    assert contents(folder) == {"a.pdf": b"%PDF new", "a.xlsx": b"new", "a.zip": b"new"}
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE(written["pdf"].stat().st_mode) == 0o666 & ~umask


class Failing:
    """A function of ``os`` that fails at one of its calls, and counts them all."""

    def __init__(self, real: Callable[..., Any], at: int, code: int) -> None:
        self.real, self.at, self.code, self.calls = real, at, code, 0

    def __call__(self, *args: Any) -> Any:
        self.calls += 1
        if self.calls == self.at:
            raise OSError(self.code, os.strerror(self.code))
        return self.real(*args)


@pytest.mark.parametrize("earlier", [(), ("a.pdf",), ("a.pdf", "a.xlsx", "a.zip")])
@pytest.mark.parametrize(("name", "steps"), [("fsync", 3), ("replace", 3)])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_failure_at_any_step_leaves_everything_as_it_was(
    small: Exported,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    steps: int,
    earlier: tuple[str, ...],
    code: int,
) -> None:
    for old in earlier:
        (tmp_path / old).write_bytes(b"old " + old.encode())
    before = contents(tmp_path)
    steps += len(earlier) if name == "fsync" else 0
    for at in range(1, steps + 1):
        with monkeypatch.context() as patch:
            failing = Failing(getattr(os, name), at, code)
            patch.setattr(os, name, failing)
            with pytest.raises(ExportError) as raised:
                write(small, tmp_path)
        assert failing.calls >= at
        assert contents(tmp_path) == before
        assert str(tmp_path) in str(raised.value)
        assert "đầy" in str(raised.value) or code != errno.ENOSPC


def test_an_interruption_leaves_everything_as_it_was(
    small: Exported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")

    def interrupt(*_args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write(small, tmp_path)
    assert contents(tmp_path) == {"a.pdf": b"old"}


def test_a_folder_that_does_not_sync_is_no_failure(
    small: Exported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", Failing(os.fsync, 4, errno.EINVAL))
    write(small, tmp_path)
    assert len(contents(tmp_path)) == 3


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda folder: None, "thư mục không tồn tại"),
        (lambda folder: folder.write_bytes(b""), "đó là một tệp, không phải thư mục"),
        (lambda folder: (folder / "a.xlsx").mkdir(parents=True), "“a.xlsx” đang là tên của một thư mục"),
    ],
)
def test_a_folder_that_cannot_be_written_is_named_with_the_reason(
    small: Exported, tmp_path: Path, make: Callable[[Path], object], reason: str
) -> None:
    folder = tmp_path / "đích"
    make(folder)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ExportError) as raised:
        write(small, folder)
    assert str(folder) in str(raised.value) and reason in str(raised.value)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("code", "reason"),
    [(errno.EACCES, "không có quyền ghi"), (errno.EROFS, "chỉ cho phép đọc"), (errno.ENXIO, "hệ thống báo")],
)
def test_what_the_system_forbids_is_said(
    small: Exported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, reason: str
) -> None:
    def refuse(path: Path, *_args: object, **_options: object) -> Any:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ExportError, match=reason):
        files.write_all({tmp_path / "a.pdf": b""})


def test_a_file_open_elsewhere_is_said(small: Exported, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(b"old")
    monkeypatch.setattr(os, "replace", Failing(os.replace, 1, errno.EACCES))
    with pytest.raises(ExportError, match=r"“a\.pdf” đang mở trong chương trình khác"):
        write(small, tmp_path)


def test_the_files_of_another_plan_are_not_replaced(exported: Exported, tmp_path: Path) -> None:
    write(exported, tmp_path)
    before = contents(tmp_path)
    made, template = fixture(0)
    other = document.copy(made)
    other.id = "mot-ke-hoach-khac"
    with pytest.raises(ExportError, match="của kế hoạch khác"):
        write(package.build(other, template, created=CREATED), tmp_path)
    assert contents(tmp_path) == before
    write(exported, tmp_path)


@pytest.mark.parametrize("where", ["pdf", "package"])
def test_a_signed_pdf_is_not_replaced(exported: Exported, tmp_path: Path, where: str) -> None:
    written = write(exported, tmp_path)
    signed = sign(exported.pdf.data)
    if where == "pdf":
        written["pdf"].write_bytes(signed)
    else:
        rewrite(written["package"], lambda found: found.update({PDF: signed}))
    before = contents(tmp_path)
    with pytest.raises(ExportError, match="đã ký"):
        write(exported, tmp_path)
    assert contents(tmp_path) == before


# ---- verifying


def sign(pdf: bytes, length: int | None = None) -> bytes:
    """``pdf`` with an incremental update as a signing program appends it, without a real signature in it."""
    hole = len(pdf) + 200 if length is None else length
    head = b"9 0 obj\n<< /Type /Sig /ByteRange [0 %d %d %d] /Contents <" % (hole, hole + 64, 30)
    return pdf + b"\n" + head + b"0" * 300 + b"> >>\nendobj\nstartxref\n0\n%%EOF\n"


def rewrite(path: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    found = entries(path.read_bytes())
    change(found)
    path.write_bytes(archive.pack(list(found.items())))


def states(found: package.Verification) -> dict[str, str]:
    return {file.name: file.state for file in found.files}


def test_a_whole_package(written: Path, exported: Exported) -> None:
    found = package.verify(written)
    assert found.ok and found.problems == []
    assert states(found) == {"plan.json": "whole", PDF: "whole", XLSX: "whole"}
    assert [file.size for file in found.files][1:] == [len(exported.pdf.data), len(exported.xlsx.data)]
    made, _template = fixture(0)
    assert (found.plan_id, found.revision, found.subject) == (made.id, 1, made.subject)
    assert (found.code, found.created, found.signed, found.draft) == (exported.code, CREATED, False, False)


def test_a_draft_is_told(tmp_path: Path) -> None:
    made, template = fixture(0)
    assert package.verify(write(package.build(made, template, draft=True), tmp_path)["package"]).draft


def test_a_package_packed_anew_by_another_program_is_whole(written: Path) -> None:
    found = entries(written.read_bytes())
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in reversed(found):
            zipped.writestr(name, found[name])
    assert package.verify(written).ok


def test_a_signed_pdf_counts_as_the_exported_one(written: Path) -> None:
    rewrite(written, lambda found: found.update({PDF: authority.sign(found[PDF])}))
    found = package.verify(written)
    assert found.ok and found.signed
    assert states(found)[PDF] == "signed"
    assert [one.name for one in found.signatures] == [authority.LEADER]


def test_what_only_looks_like_a_signature_is_told(written: Path) -> None:
    rewrite(written, lambda found: found.update({PDF: sign(found[PDF])}))
    found = package.verify(written)
    assert not found.ok and found.signed and found.signatures == ()
    assert any(PDF in problem for problem in found.problems)


@pytest.mark.parametrize(
    "alter",
    [
        lambda pdf: pdf + b"\n%%EOF\n",
        lambda pdf: sign(pdf)[:-7],
        lambda pdf: sign(pdf, 10),
        lambda pdf: sign(pdf, 10**9),
        lambda pdf: sign(b"%PDF-1.6" + pdf[8:]),
        lambda pdf: pdf[:-1],
        lambda pdf: b"",
        lambda pdf: pdf[:-1] + b" ",
    ],
    ids=["appended", "cut", "range too short", "range too long", "changed and signed", "shorter", "empty", "one byte"],
)
def test_a_changed_pdf_is_told(written: Path, alter: Callable[[bytes], bytes]) -> None:
    rewrite(written, lambda found: found.update({PDF: alter(found[PDF])}))
    found = package.verify(written)
    assert not found.ok and not found.signed
    assert states(found)[PDF] == "changed"
    assert any(PDF in problem for problem in found.problems)


def set_plan(key: str, value: object) -> Callable[[dict[str, bytes]], None]:
    """Changes the plan, and the manifest's sum with it."""

    def change(found: dict[str, bytes]) -> None:
        data = json.loads(found["plan.json"])
        data[key] = value
        found["plan.json"] = json.dumps(data).encode()
        set_sum(found, "plan.json")

    return change


def set_sum(found: dict[str, bytes], name: str) -> None:
    listed = json.loads(found["manifest.json"])
    for file in listed["files"]:
        if file["name"] == name:
            file |= {"size": len(found[name]), "sha256": hashlib.sha256(found[name]).hexdigest()}
    found["manifest.json"] = json.dumps(listed).encode()


def set_manifest(**fields: object) -> Callable[[dict[str, bytes]], None]:
    def change(found: dict[str, bytes]) -> None:
        found["manifest.json"] = json.dumps(json.loads(found["manifest.json"]) | fields).encode()

    return change


def drop(name: str) -> Callable[[dict[str, bytes]], object]:
    return lambda found: found.pop(name)


def put(name: str, data: bytes) -> Callable[[dict[str, bytes]], object]:
    return lambda found: found.update({name: data})


def listed(**fields: object) -> Callable[[dict[str, bytes]], None]:
    """Changes the workbook's line in the manifest."""

    def change(found: dict[str, bytes]) -> None:
        data = json.loads(found["manifest.json"])
        data["files"][2] |= fields
        found["manifest.json"] = json.dumps(data).encode()

    return change


ALTERED: dict[str, tuple[Callable[[dict[str, bytes]], object], str]] = {
    "changed plan": (put("plan.json", b"{}"), "“plan.json” trong gói đã bị thay đổi"),
    "changed workbook": (put(XLSX, b"x"), f"“{XLSX}” trong gói đã bị thay đổi"),
    "missing plan": (drop("plan.json"), "thiếu tệp “plan.json”"),
    "missing pdf": (drop(PDF), f"thiếu tệp “{PDF}”"),
    "missing manifest": (drop("manifest.json"), "thiếu tệp manifest.json"),
    "added": (put("thêm.txt", b"x"), "tệp lạ “thêm.txt”"),
    "added folder": (put("thu-muc/", b""), "không an toàn"),
    "climbing": (put("../../x.txt", b"x"), "đường dẫn không an toàn"),
    "absolute": (put("/etc/x", b"x"), "đường dẫn không an toàn"),
    "backslash": (put("..\\x", b"x"), "đường dẫn không an toàn"),
    "drive": (put("C:x", b"x"), "đường dẫn không an toàn"),
    "other id": (set_plan("id", "khac"), "không khớp với kế hoạch"),
    "other revision": (set_plan("revision", 2), "không khớp với kế hoạch"),
    "unreadable plan": (set_plan("tables", 5), "/tables"),
    "manifest no json": (put("manifest.json", b"{"), "manifest.json của gói bị hỏng"),
    "manifest no utf-8": (put("manifest.json", b"\xff"), "manifest.json của gói bị hỏng"),
    "manifest deep": (put("manifest.json", b"[" * 100_000), "manifest.json của gói bị hỏng"),
    "manifest doubled key": (put("manifest.json", b'{"a":1,"a":2}'), "manifest.json của gói bị hỏng"),
    "manifest huge": (put("manifest.json", b" " * 300_000), "lớn bất thường"),
    "manifest of another format": (set_manifest(format="x"), "không phải của gói nộp"),
    "manifest newer": (set_manifest(version=2), "chương trình mới hơn"),
    "manifest odd version": (set_manifest(version="1"), "không hợp lệ"),
    "manifest no plan": (set_manifest(plan=None), "không hợp lệ"),
    "manifest revision no number": (set_manifest(plan={"id": "x", "revision": True}), "không hợp lệ"),
    "manifest no files": (set_manifest(files=[]), "không hợp lệ"),
    "manifest files no list": (set_manifest(files={}), "không hợp lệ"),
    "listed size": (listed(size=1), f"“{XLSX}” trong gói đã bị thay đổi"),
    "listed sum": (listed(sha256="0" * 64), f"“{XLSX}” trong gói đã bị thay đổi"),
    "listed no sum": (listed(sha256="x"), "không hợp lệ"),
    "listed path": (listed(name="../x.xlsx"), "không hợp lệ"),
    "listed twice": (listed(name="PLAN.json"), "không hợp lệ"),
}


@pytest.mark.parametrize(("change", "sentence"), ALTERED.values(), ids=ALTERED)
def test_what_was_altered_is_told(written: Path, change: Callable[[dict[str, bytes]], object], sentence: str) -> None:
    rewrite(written, change)
    found = package.verify(written)
    assert not found.ok
    assert any(sentence in problem for problem in found.problems), found.problems
    assert all(problem.endswith(".") and problem[0].isupper() for problem in found.problems)


def test_a_huge_plan_is_not_parsed(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MAX_BYTES", 1000)
    found = package.verify(written)
    assert states(found)["plan.json"] == "changed" and found.plan is None


@pytest.mark.parametrize("name", ["plan.json", "PLAN.JSON", "manifest.json", PDF])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_doubled_file_is_told(written: Path, name: str) -> None:
    with zipfile.ZipFile(written, "a") as zipped:
        zipped.writestr(name, b"{}")
    found = package.verify(written)
    assert not found.ok
    assert any("có hai lần trong gói" in problem for problem in found.problems)
    assert "doubled" in states(found).values()


def test_a_link_is_told(written: Path) -> None:
    info = zipfile.ZipInfo("lien-ket")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(written, "a") as zipped:
        zipped.writestr(info, "/etc/passwd")
    found = package.verify(written)
    assert states(found)["lien-ket"] == "unsafe"
    assert any("liên kết" in problem for problem in found.problems)


def patch_heads(data: bytes, offsets: tuple[int, int], size: str, value: int, name: bytes) -> bytes:
    """Change a field in both heads of an entry: at ``offsets`` from the start of the local and the central one."""
    changed = bytearray(data)
    for signature, offset, name_at in ((b"PK\x03\x04", offsets[0], 30), (b"PK\x01\x02", offsets[1], 46)):
        at = data.index(signature)
        while data[at + name_at : at + name_at + len(name)] != name:
            at = data.index(signature, at + 1)
        struct.pack_into(size, changed, at + offset, value)
    return bytes(changed)


def test_an_encrypted_file_is_told(written: Path) -> None:
    written.write_bytes(patch_heads(written.read_bytes(), (6, 8), "<H", 1, b"plan.json"))
    found = package.verify(written)
    assert any("bị đặt mật khẩu" in problem for problem in found.problems)


def test_an_odd_compression_is_told(written: Path) -> None:
    written.write_bytes(patch_heads(written.read_bytes(), (8, 10), "<H", 14, b"plan.json"))
    assert any("nén theo cách lạ" in problem for problem in package.verify(written).problems)


def test_a_swelling_package_is_not_unpacked(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rewrite(written, put("plan.json", b" " * (250 * 1024 * 1024)))
    assert written.stat().st_size < 1024 * 1024
    monkeypatch.setattr(archive, "read", lambda *_args: pytest.fail("unpacked"))
    found = package.verify(written)
    assert [problem for problem in found.problems if "phình ra" in problem] == found.problems != []


def test_a_package_that_lies_about_its_size_is_not_unpacked_further(written: Path) -> None:
    rewrite(written, put("plan.json", b" " * (50 * 1024 * 1024)))
    written.write_bytes(patch_heads(written.read_bytes(), (22, 24), "<L", 1000, b"plan.json"))
    found = package.verify(written)
    assert states(found)["plan.json"] == "damaged"


def test_a_package_of_many_files_is_not_unpacked(written: Path) -> None:
    rewrite(written, lambda found: found.update({f"{n}.txt": b"" for n in range(100)}))
    assert any("quá nhiều tệp" in problem for problem in package.verify(written).problems)
    rewrite_many(written, 20_000)
    assert any("quá nhiều tệp" in problem for problem in package.verify(written).problems)


def rewrite_many(path: Path, count: int) -> None:
    with zipfile.ZipFile(path, "w") as zipped:
        for number in range(count):
            zipped.writestr(f"{number}{'x' * 20}.txt", b"")


@pytest.mark.parametrize("cut", [-100_000, -50_000, -1000, -300, -22, -1])
def test_a_package_cut_short_is_told(written: Path, cut: int) -> None:
    written.write_bytes(written.read_bytes()[:cut])
    found = package.verify(written)
    assert found.problems == ["Gói bị hỏng hoặc bị cắt cụt, không đọc được danh sách tệp bên trong."]


def test_something_behind_is_told(written: Path) -> None:
    written.write_bytes(written.read_bytes() + b"x")
    assert not package.verify(written).ok


def test_something_in_front_is_told(written: Path) -> None:
    written.write_bytes(b"PK" + b"x" * 100 + written.read_bytes())
    assert any("đứng trước" in problem for problem in package.verify(written).problems)


def test_a_byte_changed_anywhere_is_never_taken_for_whole(written: Path, exported: Exported) -> None:
    """Either told, or without any effect on what is read: the heads hold times and flags that mean nothing."""
    data = exported.package.data
    plan_json = entries(data)["plan.json"]
    for at in [*range(0, 400), *range(400, len(data) - 400, 997), *range(len(data) - 400, len(data))]:
        written.write_bytes(data[:at] + bytes([data[at] ^ 0x41]) + data[at + 1 :])
        try:
            found = package.verify(written)
        except PackageError:
            continue
        if found.ok:
            assert found.plan is not None
            assert document.to_bytes(found.plan) == plan_json
            assert set(states(found).values()) == {"whole"}


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda data: b"PK\x03\x04" + data))
def test_what_is_no_package_is_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "x.zip"
    path.write_bytes(data)
    try:
        assert not package.verify(path).ok
    except PackageError as error:
        assert "x.zip" in str(error)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: None, "Không tìm thấy gói"),
        (lambda path: path.mkdir(), "là thư mục"),
        (lambda path: path.write_bytes(b""), "không phải là gói nộp"),
        (lambda path: path.write_bytes(office_file()), "không phải là gói nộp"),
    ],
    ids=["missing", "folder", "empty", "workbook"],
)
def test_what_cannot_be_checked_is_an_error(tmp_path: Path, make: Callable[[Path], object], sentence: str) -> None:
    path = tmp_path / "Gói nộp.zip"
    make(path)
    with pytest.raises(PackageError, match=sentence) as raised:
        package.verify(path)
    assert "Gói nộp.zip" in str(raised.value)


def office_file() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as zipped:
        zipped.writestr("[Content_Types].xml", "<Types/>")
        for number in range(60):
            zipped.writestr(f"xl/worksheets/sheet{number}.xml", "<worksheet/>")
    return stream.getvalue()


def test_a_package_too_large_is_refused(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.exports.verification.MAX_FILE", 1000)
    with pytest.raises(PackageError, match="nên không được mở"):
        package.verify(written)


def test_a_plan_of_many_tasks_is_not_taken_for_a_swelling_one(tmp_path: Path) -> None:
    made = Plan(id="x", template="t")
    made.extra = {"rows": [{"task": "Nâng cấp phần mềm", "total": 250000000, "lead": "Văn phòng Sở"}] * 20_000}
    data = document.to_bytes(made)
    inside = [("plan.json", data), ("a.pdf", b"x"), ("a.xlsx", b"x")]
    path = tmp_path / "a.zip"
    path.write_bytes(archive.pack([("manifest.json", manifest.make("x", 0, CREATED, inside)), *inside]))
    assert package.verify(path, look_inside=False).problems == []


def test_file_checks_are_in_the_order_of_the_manifest(written: Path) -> None:
    order: Iterator[str] = iter(states(package.verify(written)))
    assert list(order) == ["plan.json", PDF, XLSX]
