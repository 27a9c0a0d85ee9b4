"""Earlier final exports on the command line: given out again byte for byte, and compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import document
from models.store import Store
from tests.plans import fixture_path, small_plan
from tests.ui.program import Program, Ran, contents, is_sentence, write


def change(folder: Path, plan_id: str) -> None:
    with Store(folder) as store:
        held = store.open_plan(plan_id)
        with held.edit("Sửa") as plan:
            plan.tables[0].rows[0].total = 130_000_000
            plan.signer_name = "Trần Thị B"


@pytest.fixture
def exported(program: Program, folder: Path, clean_file: Path, tmp_path: Path) -> str:
    """A plan exported, changed, and exported again, into ``một`` and ``hai``."""
    [plan_id] = program("import", clean_file).lines
    assert program("export", plan_id, "--to", tmp_path / "một").code == 0
    change(folder, plan_id)
    assert program("export", plan_id, "--to", tmp_path / "hai").code == 0
    return plan_id


def test_an_earlier_export_byte_for_byte(
    program: Program, exported: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another machine, as far as what is printed goes: no font of the system is found.
    monkeypatch.setenv("XDG_DATA_DIRS", str(tmp_path / "không có"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "không có"))
    for number, first in ((2, "một"), (3, "hai")):
        again = program("export", exported, "--revision", number, "--to", tmp_path / "lại" / first, "--json")
        assert again.code == 0 and again.json["revision"] == number
        assert list(again.json["files"]) == ["pdf", "xlsx", "package"]
        assert contents(tmp_path / "lại" / first) == contents(tmp_path / first)
    assert contents(tmp_path / "một") != contents(tmp_path / "hai")
    # It raises no revision, and can be done again over the same files.
    assert program("list", "--json").json[0]["revision"] == 3
    same = program("export", exported, "--revision", 2, "--to", tmp_path / "một")
    assert same.code == 0 and sorted(same.lines) == sorted(str(path) for path in (tmp_path / "một").iterdir())


def test_an_earlier_file_that_is_another_stays(here: Program, exported: str, tmp_path: Path) -> None:
    before = contents(tmp_path / "một")
    pdf = next(tmp_path.glob("một/*.pdf"))
    pdf.write_bytes(pdf.read_bytes() + b"\nsigned")
    found = here("export", exported, "--revision", 2, "--to", tmp_path / "một")
    assert refused(found) and pdf.name in found.err
    assert {name for name, data in contents(tmp_path / "một").items() if data != before[name]} == {pdf.name}


def refused(found: Ran) -> bool:
    return found.code == 2 and found.out == "" and is_sentence(found.err)


def test_what_cannot_be_given_out_again(here: Program, exported: str, clean_file: Path, tmp_path: Path) -> None:
    to = tmp_path / "ra"
    unknown = here("export", exported, "--revision", 9, "--to", to)
    assert refused(unknown) and "2, 3" in unknown.err
    assert refused(here("export", "khong-co", "--revision", 2, "--to", to))
    file = here("export", clean_file, "--revision", 2, "--to", to)
    assert refused(file) and clean_file.name in file.err
    assert refused(here("export", exported, "--revision", "hai", "--to", to))
    assert refused(here("export", exported, "--revision", 2, "--draft", "--to", to))
    assert refused(here("export", exported, "--revision", 2, "--word", "--to", to))
    assert not to.exists()


def test_a_plan_without_a_final_export(here: Program, tmp_path: Path) -> None:
    [plan_id] = here("import", fixture_path(0)).lines
    found = here("export", plan_id, "--revision", 1, "--to", tmp_path / "ra")
    assert refused(found) and "chưa giữ bản chính thức nào" in found.err


def test_a_damaged_package_is_one_sentence(here: Program, exported: str, folder: Path, tmp_path: Path) -> None:
    with Store(folder) as store:
        store.keep_export(exported, 4, "Kết xuất", "AAAA-BBBB", b"PK\x03\x04")
    found = here("export", exported, "--revision", 4, "--to", tmp_path / "ra")
    assert refused(found) and "không còn nguyên vẹn" in found.err
    assert refused(here("compare", f"{exported}@4", exported))


# ---- compare


def test_compare_two_exports(here: Program, exported: str) -> None:
    found = here("compare", f"{exported}@2", f"{exported}@3", "--json")
    assert found.code == 1 and found.err == ""
    told = found.json
    assert told["empty"] is False
    assert told["totals"] == {"before": 120_000_000, "after": 150_000_000, "difference": 30_000_000}
    assert told["counts"] == {"added": 0, "removed": 0, "moved": 0, "changed": 1}
    assert told["particulars"] == [{"field": "signer_name", "before": "Nguyễn Văn A", "after": "Trần Thị B"}]
    [table] = told["tables"]
    [row] = table["rows"]
    assert (row["kind"], row["name"], row["amount_before"], row["amount_after"]) == (
        "changed", "Mua máy", 100_000_000, 130_000_000,
    )  # fmt: skip
    assert table["difference"] == 30_000_000


def test_compare_for_a_reader(here: Program, exported: str) -> None:
    found = here("compare", f"{exported}@2", exported)
    assert found.code == 1
    assert "Họ và tên: Nguyễn Văn A → Trần Thị B" in found.out
    assert "Nhiệm vụ: 120.000.000 → 150.000.000 đồng (+30.000.000)" in found.out
    assert "Kinh phí: 100.000.000 → 130.000.000" in found.out


def test_compare_what_is_the_same(here: Program, exported: str, tmp_path: Path) -> None:
    package = next(tmp_path.glob("hai/*.zip"))
    for other in (exported, package, f"{exported}@3"):
        found = here("compare", other, f"{exported}@3", "--json")
        assert found.code == 0 and found.json["empty"] is True
    assert "không khác nhau" in here("compare", exported, package).out


def test_the_entries_of_a_list_are_told_apart(here: Program, clean_file: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "b.json", document.dump(small_plan(recipients=["Sở Nội vụ", "Lưu: VT"])))
    assert "Nơi nhận: Lưu: VT → Sở Nội vụ; Lưu: VT" in here("compare", clean_file, other).out


def test_compare_files(here: Program, folder: Path, clean_file: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "b.json", document.dump(small_plan(place="Tỉnh B")))
    assert here("compare", clean_file, other).code == 1
    assert not folder.exists()
    assert refused(here("compare", clean_file, tmp_path / "không có.json"))
    assert refused(here("compare", clean_file))
