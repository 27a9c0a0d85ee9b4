"""``verify`` on the command line: packages and PDFs, signatures, older revisions, and the file of a printed page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.exports import signed_package
from tests.models.signing import authority
from tests.ui.program import Program, is_sentence


@pytest.fixture
def made(here: Program, clean_file: Path, tmp_path: Path) -> dict[str, Path]:
    """An export of a file: it needs no store and makes none."""
    found = here("export", clean_file, "--to", tmp_path / "ra", "--json")
    assert found.code == 0
    return {kind: Path(name) for kind, name in found.json["files"].items()}


@pytest.fixture
def trusted(folder: Path) -> None:
    (folder / "chung-thu-goc").mkdir(parents=True)
    (folder / "chung-thu-goc" / "gốc.crt").write_bytes(authority.root().pem)


def signed(pdf: Path) -> Path:
    path = pdf.with_name("Đã ký.pdf")
    first = authority.sign(pdf.read_bytes())
    path.write_bytes(authority.sign(authority.stamp_on_page(first), authority.office(), with_time=True))
    return path


def test_a_signed_pdf_alone(here: Program, made: dict[str, Path], folder: Path, trusted: None) -> None:
    path = signed(made["pdf"])
    found = here("verify", path, "--json")
    assert found.code == 0 and found.err == ""
    [told] = found.json
    assert (told["kind"], told["ok"], told["signed"], told["plan"]["revision"]) == ("pdf", True, True, 1)
    assert [one["name"] for one in told["signatures"]] == [authority.LEADER, authority.OFFICE]
    office: dict[str, Any] = told["signatures"][1]
    assert (office["time_from"], office["whole"], office["trust"], office["root"], office["after"]) == (
        "timestamp", True, "trusted", "Gốc thử nghiệm", "nothing",
    )  # fmt: skip
    assert [(file["state"], file["code"]) for file in told["files"]] == [("signed", told["code"])]
    shown = here("verify", path)
    assert shown.code == 0 and shown.lines[0].startswith(f"✓ {path}: PDF đã ký số")
    assert any(authority.LEADER in line and "Tin cậy" in line for line in shown.lines)
    assert not (folder / "kehoachso.db").exists()


def test_import_and_check_take_a_signed_pdf(here: Program, made: dict[str, Path]) -> None:
    path = signed(made["pdf"])
    assert here("check", path).code == 0
    assert here("import", path).lines == ["ke-hoach-1"]
    assert here("list", "--json").json[0]["id"] == "ke-hoach-1"
    path.write_bytes(authority.stamp_on_page(path.read_bytes()))
    found = here("import", path)
    assert found.code == 2 and is_sentence(found.err) and "sau chữ ký cuối cùng" in found.err


def test_broken_and_cut_files_are_told(here: Program, made: dict[str, Path]) -> None:
    path = signed(made["pdf"])
    whole = path.read_bytes()
    for data, sentence in (
        (whole[:3000] + bytes([whole[3000] ^ 1]) + whole[3001:], ""),
        (whole[:-1000], "cắt cụt"),
        (authority.stamp_on_page(whole), "Sau chữ ký cuối cùng"),
    ):
        path.write_bytes(data)
        found = here("verify", path)
        assert found.code == 1 and found.err == "" and found.lines[0].startswith(f"✗ {path}: ")
        assert sentence in found.out
    assert here("verify", path, "--json").json[0]["ok"] is False


def test_what_is_no_pdf_of_ours_cannot_be_checked(here: Program, made: dict[str, Path], tmp_path: Path) -> None:
    import subprocess

    path = tmp_path / "in lại.pdf"
    subprocess.run(["qpdf", "--pages", made["pdf"], "1", "--", "--empty", path], check=True, timeout=60)
    found = here("verify", path)
    assert found.code == 2 and is_sentence(found.err) and "in lại" in found.err


def test_what_cannot_be_read_hides_nothing_of_the_others(here: Program, made: dict[str, Path], tmp_path: Path) -> None:
    gone, page = tmp_path / "không có.zip", tmp_path / "trang.txt"
    page.write_text("x")
    found = here("verify", gone, made["package"], page, made["pdf"])
    assert found.code == 2
    whole = [line for line in found.lines if line.startswith("✓")]
    assert [str(made[kind]) in line for kind, line in zip(("package", "pdf"), whole, strict=True)] == [True, True]
    first, second = found.err.splitlines(keepends=True)
    assert is_sentence(first) and "không có.zip" in first and is_sentence(second) and "trang.txt" in second
    told = here("verify", gone, made["package"], "--json")
    assert told.code == 2 and [one["package"] for one in told.json] == [str(made["package"])]
    alone = here("verify", gone, page)
    assert alone.code == 2 and alone.out == "" and is_sentence(alone.err)


def test_a_draft_is_told_as_one(here: Program, clean_file: Path, tmp_path: Path) -> None:
    files = here("export", clean_file, "--to", tmp_path, "--draft", "--json").json["files"]
    signed_draft = Path(files["pdf"]).with_name("ký.pdf")
    signed_draft.write_bytes(authority.sign(Path(files["pdf"]).read_bytes()))
    for path in (files["package"], files["pdf"], signed_draft):
        assert "  ! Đây là bản dự thảo, không phải bản chính thức." in here("verify", path).lines
    final = here("export", clean_file, "--to", tmp_path, "--json").json["files"]
    assert "dự thảo" not in here("verify", final["package"], final["pdf"]).out


def test_a_package_with_the_signed_pdf(here: Program, made: dict[str, Path], trusted: None) -> None:
    path = signed(made["pdf"])
    data = made["package"].read_bytes()
    made["package"].write_bytes(signed_package.with_signed(data, path.read_bytes())[0])
    [told] = here("verify", made["package"], "--json").json
    assert told["ok"] and told["signed"] and len(told["signatures"]) == 2
    assert "PDF đã ký số" in here("verify", made["package"]).lines[0]
    assert here("import", made["package"]).code == 0


def test_older_revisions_of_a_stored_plan(here: Program, clean_file: Path, tmp_path: Path) -> None:
    [plan_id] = here("import", clean_file).lines
    files = []
    for number in range(2):
        found = here("export", plan_id, "--to", tmp_path / str(number), "--json").json
        files.append(found["files"])
    first, second = files[0]["package"], files[1]["package"]
    both = here("verify", first, second, "--json")
    assert both.code == 0
    assert [told["newer_revision"] for told in both.json] == [3, None]
    alone = here("verify", first)
    assert alone.code == 0 and any("đã có lần 3 mới hơn" in line for line in alone.lines)
    # The PDF alone is held against the one that was exported here.
    path = Path(files[1]["pdf"])
    assert here("verify", path).code == 0
    path.write_bytes(authority.sign(path.read_bytes().replace(b"%PDF-1.7", b"%PDF-1.6", 1)))
    found = here("verify", path)
    assert found.code == 1 and "không bắt đầu bằng bản đã kết xuất" in found.out


def test_the_file_of_a_printed_page(here: Program, clean_file: Path, tmp_path: Path) -> None:
    [plan_id] = here("import", clean_file).lines
    files = [here("export", plan_id, "--to", tmp_path / str(n), "--json").json["files"] for n in range(2)]
    codes = [told["code"] for told in here("verify", *(one["package"] for one in files), "--json").json]
    read = codes[0].replace("-", "").replace("0", "o").replace("1", "l").lower()
    found = here("verify", "--code", read, *(one["package"] for one in files))
    assert found.code == 0 and files[0]["package"] in found.out and files[1]["package"] not in found.out
    told = here("verify", "--code", codes[1], "--json").json
    assert told == {"code": codes[1], "files": [], "exports": [{"plan": plan_id, "revision": 3}]}
    none = here("verify", "--code", "00000000", files[0]["pdf"])
    assert none.code == 1 and "không thuộc tệp nào" in none.out
    wrong = here("verify", "--code", "abc")
    assert wrong.code == 2 and is_sentence(wrong.err) and "K7Q2-9MXD" in wrong.err
    missing = here("verify")
    assert missing.code == 2 and is_sentence(missing.err)


def test_an_unreadable_root_certificate_is_told(here: Program, made: dict[str, Path], folder: Path) -> None:
    (folder / "chung-thu-goc").mkdir(parents=True)
    (folder / "chung-thu-goc" / "hỏng.pem").write_text("x")
    found = here("verify", made["package"])
    assert found.code == 0 and "hỏng.pem" in found.lines[0]
