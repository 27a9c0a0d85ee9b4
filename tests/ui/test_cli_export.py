"""Exports on the command line: names of files, revisions, drafts, what is in a package, and what verify says of it."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from models import document
from models.exports import archive
from tests.models.exports.pages import text_of
from tests.plans import fixture_path, small_plan
from tests.ui.program import Program, contents, environment, is_sentence, plans_in, run, write

# ---- export


def final(program: Program, plan: object, to: Path) -> tuple[dict[str, Path], int]:
    """Export finally; gives the files and the revision."""
    found = program("export", plan, "--to", to, "--json")
    assert found.code == 0 and found.err == ""
    assert list(found.json) == ["files", "revision"] and list(found.json["files"]) == ["pdf", "xlsx", "package"]
    files = {kind: Path(name) for kind, name in found.json["files"].items()}
    assert all(path.is_file() and path.parent == to for path in files.values())
    return files, found.json["revision"]


def test_each_final_export_of_a_stored_plan_raises_its_revision(
    program: Program, clean_file: Path, tmp_path: Path
) -> None:
    [plan_id] = program("import", clean_file).lines
    to = tmp_path / "Gói nộp" / "năm 2022"
    for revision in (2, 3):
        files, told = final(program, plan_id, to)
        assert told == revision
        assert {kind: path.name for kind, path in files.items()} == {
            "pdf": f"KH-2022_SB_{revision}.pdf",
            "xlsx": f"KH-2022_SB_{revision}.xlsx",
            "package": f"KH-2022_SB_{revision}.zip",
        }
        assert program("list", "--json").json[0]["revision"] == revision
        with zipfile.ZipFile(files["package"]) as packed:
            assert json.loads(packed.read("plan.json"))["revision"] == revision
    assert len(list(to.iterdir())) == 6


def test_an_export_of_a_file_keeps_its_revision(here: Program, folder: Path, clean_file: Path, tmp_path: Path) -> None:
    before = clean_file.read_bytes()
    for _again in range(2):
        files, revision = final(here, clean_file, tmp_path / "ra")
        assert revision == 1 and files["pdf"].name == "KH-2022_SB_1.pdf"
    assert clean_file.read_bytes() == before
    assert len(list((tmp_path / "ra").iterdir())) == 3
    # Neither does it need a store.
    assert not folder.exists()


def test_names_are_plain_letters(here: Program, tmp_path: Path) -> None:
    plan = small_plan(unit_code="SỞ ĐT/ộ", period_from=2022, period_to=2023)
    files, _revision = final(here, write(tmp_path / "a.json", document.dump(plan)), tmp_path)
    assert files["pdf"].name == "KH-2022-2023_SODTo_1.pdf"
    assert all(path.name.isascii() for path in files.values())


def test_export_for_a_reader_names_the_files(here: Program, clean_file: Path, tmp_path: Path) -> None:
    found = here("export", clean_file, "--to", tmp_path / "ra")
    assert found.code == 0
    assert sorted(found.lines) == sorted(str(path) for path in (tmp_path / "ra").iterdir())


@pytest.mark.parametrize(
    ("options", "kinds"),
    [
        (["--word"], ["docx"]),
        (["--mail"], ["mail"]),
        (["--mail-to", "vanthu@stttt.hatinh.gov.vn"], ["mail"]),
        (["--word", "--mail", "--draft"], ["docx", "mail"]),
    ],
)
def test_what_goes_along_stands_beside(
    here: Program, clean_file: Path, tmp_path: Path, options: list[str], kinds: list[str]
) -> None:
    found = here("export", clean_file, "--to", tmp_path / "ra", *options, "--json")
    assert found.code == 0 and found.err == ""
    files = {kind: Path(name) for kind, name in found.json["files"].items()}
    assert list(files) == ["pdf", "xlsx", "package", *kinds]
    assert sorted(files.values()) == sorted((tmp_path / "ra").iterdir())
    stem = files["pdf"].stem
    if "docx" in kinds:
        assert files["docx"].name == f"{stem}.docx"
        assert "word/document.xml" in zipfile.ZipFile(files["docx"]).namelist()
    if "mail" in kinds:
        assert files["mail"].name == f"{stem}.eml"
        message = message_from_bytes(files["mail"].read_bytes(), policy=policy.default)
        assert message["To"] == (options[1] if "--mail-to" in options else None)
        [attached] = message.iter_attachments()
        assert attached.get_payload(decode=True) == files["package"].read_bytes()
    # Neither is a part of the package.
    assert set(entries(files["package"])) == {"manifest.json", "plan.json", f"{stem}.pdf", f"{stem}.xlsx"}


def test_an_address_that_is_none_is_refused(here: Program, clean_file: Path, tmp_path: Path) -> None:
    found = here("export", clean_file, "--to", tmp_path / "ra", "--mail-to", "văn thư")
    assert found.code == 2 and is_sentence(found.err) and "“văn thư”" in found.err
    assert not (tmp_path / "ra").exists()


def test_a_plan_with_errors_is_refused(program: Program, tmp_path: Path) -> None:
    [plan_id] = program("import", fixture_path(0)).lines
    for plan in (plan_id, fixture_path(0)):
        found = program("export", plan, "--to", tmp_path / "ra", "--json")
        assert found.code == 1 and found.out == ""
        assert is_sentence(found.err) and "2 lỗi" in found.err and "--draft" in found.err
        assert not (tmp_path / "ra").exists()
    assert program("list", "--json").json[0]["revision"] == 1


def test_a_draft_says_so_on_every_page_and_leaves_final_files_alone(
    program: Program, folder: Path, tmp_path: Path
) -> None:
    [plan_id] = program("import", fixture_path(0)).lines
    to = tmp_path / "ra"
    to.mkdir()
    finals = {f"KH-2022_SNV_{n}.{ending}": b"final" for n in (1, 2) for ending in ("pdf", "xlsx", "zip")}
    for name, data in finals.items():
        (to / name).write_bytes(data)
    files, revision = final(lambda *arguments: program(*arguments, "--draft"), plan_id, to)
    assert revision == 1 and program("list", "--json").json[0]["revision"] == 1
    assert {path.name for path in files.values()} == {f"KH-2022_SNV_1-duthao.{end}" for end in ("pdf", "xlsx", "zip")}
    assert {name: (to / name).read_bytes() for name in finals} == finals
    pages = text_of(files["pdf"].read_bytes()).removesuffix("\f").split("\f")
    assert len(pages) > 3 and all("DỰ THẢO" in page for page in pages)
    verified = program("verify", files["package"], "--json")
    assert verified.code == 0 and verified.json[0]["draft"] is True


def test_a_final_export_says_nothing_of_a_draft(here: Program, clean_file: Path, tmp_path: Path) -> None:
    files, _revision = final(here, clean_file, tmp_path / "ra")
    assert "DỰ THẢO" not in text_of(files["pdf"].read_bytes()).upper()


# ---- the package


def entries(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_what_is_in_a_package(program: Program, clean_file: Path, tmp_path: Path) -> None:
    [plan_id] = program("import", clean_file).lines
    began = datetime.now().astimezone().replace(microsecond=0)
    files, revision = final(program, plan_id, tmp_path / "ra")
    inside = entries(files["package"])
    manifest = json.loads(inside.pop("manifest.json"))
    assert inside == {
        "plan.json": inside["plan.json"],
        "KH-2022_SB_2.pdf": files["pdf"].read_bytes(),
        "KH-2022_SB_2.xlsx": files["xlsx"].read_bytes(),
    }
    plan = json.loads(inside["plan.json"])
    assert plan == json.loads(clean_file.read_text(encoding="utf-8")) | {"revision": 2}
    assert list(manifest) == ["format", "version", "plan", "created", "program", "files"]
    assert (manifest["format"], manifest["version"]) == ("ke-hoach-so/package", 1)
    assert manifest["plan"] == {"id": plan_id, "revision": revision}
    assert began <= datetime.fromisoformat(manifest["created"]) <= datetime.now().astimezone()
    assert manifest["program"].startswith("Kế Hoạch Số ")
    assert manifest["files"] == [
        {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in inside.items()
    ]


def test_every_page_carries_the_code(here: Program, clean_file: Path, tmp_path: Path) -> None:
    files, _revision = final(here, clean_file, tmp_path / "ra")
    code = here("verify", files["package"], "--json").json[0]["code"]
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", code)
    pages = text_of(files["pdf"].read_bytes()).removesuffix("\f").split("\f")
    assert all(code in page for page in pages)


def test_equal_plans_give_equal_bytes(tmp_path: Path, clean_file: Path) -> None:
    """On another day, in another time zone and folder, from a document with its fields in another order."""
    mixed = dict(reversed(json.loads(clean_file.read_text(encoding="utf-8")).items()))
    twice = []
    for number, (path, zone) in enumerate(
        [(clean_file, "Asia/Ho_Chi_Minh"), (write(tmp_path / "b.json", mixed), "UTC")]
    ):
        to, env = tmp_path / f"ra {number}", environment(PYTHONHASHSEED=str(number), TZ=zone)
        assert run("--data", tmp_path / "kho", "export", path, "--to", to, cwd=tmp_path, env=env).code == 0
        found = contents(to)
        package = entries(to / "KH-2022_SB_1.zip")
        del found["KH-2022_SB_1.zip"]
        manifest = json.loads(package.pop("manifest.json"))
        created = manifest.pop("created")
        twice.append((found, package, manifest))
    assert twice[0] == twice[1]
    assert created.endswith("+00:00")


# ---- verify


@pytest.fixture
def package(here: Program, clean_file: Path, tmp_path: Path) -> Path:
    return final(here, clean_file, tmp_path / "ra")[0]["package"]


def test_a_whole_package(program: Program, package: Path) -> None:
    found = program("verify", package, "--json")
    assert found.code == 0 and found.err == ""
    [told] = found.json
    assert list(told) == [
        "package", "kind", "ok", "plan", "code", "created", "draft", "locked", "signed", "newer_revision", "problems", "warnings",
        "signatures", "files",
    ]  # fmt: skip
    assert told["package"] == str(package)
    assert (told["ok"], told["draft"], told["signed"], told["problems"]) == (True, False, False, [])
    assert told["plan"] == {"id": "ke-hoach-1", "subject": small_plan().subject, "revision": 1}
    assert [{key: file[key] for key in ("name", "size", "state")} for file in told["files"]] == [
        {"name": name, "size": len(data), "state": "whole"}
        for name, data in entries(package).items()
        if name != "manifest.json"
    ]
    shown = program("verify", package)
    assert shown.code == 0 and shown.lines[0].startswith(f"✓ {package}: ")
    pages = next(file["pages"] for file in told["files"] if file["name"].endswith(".pdf"))
    assert shown.lines[1:] == [f"  Mã {told['code']} in trên {pages} trang của “{package.stem}.pdf”."]


def rewrite(change: Callable[[dict[str, bytes]], object]) -> Callable[[bytes], bytes]:
    """An alteration of a package's files."""

    def alter(data: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            found = {name: packed.read(name) for name in packed.namelist()}
        change(found)
        return archive.pack(list(found.items()))

    return alter


def double(data: bytes) -> bytes:
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr("plan.json", b"{}")
    return stream.getvalue()


def flip(data: bytes) -> bytes:
    """One bit of the PDF, which lies unpacked in the package."""
    at = data.index(b"%PDF-") + 2000
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


ALTERED = {
    "a byte": flip,
    "cut short": lambda data: data[: len(data) // 2],
    "something behind": lambda data: data + b"\0",
    "another plan": rewrite(
        lambda found: found.update({"plan.json": found["plan.json"].replace(b"100000000", b"900000000")})
    ),
    "another workbook": rewrite(lambda found: found.update({"KH-2022_SB_1.xlsx": b"x"})),
    "a file more": rewrite(lambda found: found.update({"thêm.txt": b"x"})),
    "a file less": rewrite(lambda found: found.pop("KH-2022_SB_1.pdf")),
    "no plan": rewrite(lambda found: found.pop("plan.json")),
    "no manifest": rewrite(lambda found: found.pop("manifest.json")),
    "a file twice": double,
}


@pytest.mark.parametrize("alter", ALTERED.values(), ids=ALTERED)
def test_an_altered_package(
    here: Program, folder: Path, package: Path, tmp_path: Path, alter: Callable[[bytes], bytes]
) -> None:
    altered = tmp_path / "sửa.zip"
    altered.write_bytes(alter(package.read_bytes()))
    found = here("verify", altered, "--json")
    assert (found.code, found.err) == (1, "")
    [told] = found.json
    assert told["ok"] is False and all(problem.endswith(".") for problem in told["problems"]) and told["problems"]
    both = here("verify", package, altered)
    assert both.code == 1
    assert [line[0] for line in both.lines if not line.startswith(" ")] == ["✓", "✗"]
    # And it is not taken in.
    refused = here("import", package, altered)
    assert refused.code == 2 and is_sentence(refused.err) and "sửa.zip" in refused.err
    assert plans_in(folder) == []


def test_one_altered_package_by_the_real_program(program: Program, package: Path) -> None:
    package.write_bytes(flip(package.read_bytes()))
    found = program("verify", package)
    assert found.code == 1 and found.err == ""
    assert found.lines[0].startswith("✗ ") and "KH-2022_SB_1.pdf" in found.lines[1]


def test_what_is_no_package_is_exit_2(program: Program, package: Path, clean_file: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "không có.zip", clean_file, package.with_suffix(".xlsx"), tmp_path):
        found = program("verify", path, "--json")
        assert found.code == 2 and is_sentence(found.err) and path.name in found.err
        # It does not hide the one that can be read.
        found = program("verify", package, path, "--json")
        assert found.code == 2 and is_sentence(found.err) and path.name in found.err
        assert [(one["package"], one["ok"]) for one in found.json] == [(str(package), True)]


def test_files_that_cannot_be_written_leave_the_revision_as_it_was(
    here: Program, clean_file: Path, tmp_path: Path
) -> None:
    [plan_id] = here("import", clean_file).lines
    (tmp_path / "tệp").write_text("không phải thư mục")
    assert here("export", plan_id, "--to", tmp_path / "tệp").code == 2
    assert here("list", "--json").json[0]["revision"] == 1
    assert final(here, plan_id, tmp_path / "ra")[1] == 2
