"""Reports of errors hold kinds, places in the code, counts and versions, and never a word of a plan."""

from __future__ import annotations

import faulthandler
import stat
import subprocess
import sys
import tempfile
import unicodedata
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import document, kept_reports, money, reports
from models.reports import Facts, Fault
from tests.plans import fixture_plan

NOW = datetime(2025, 11, 21, 17, 46, 5)
ROOT = Path(__file__).resolve().parent.parent.parent


def caught(work: object, *arguments: object) -> BaseException:
    try:
        work(*arguments)  # type: ignore[operator]
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


def told(error: BaseException, facts: Facts | None = None) -> str:
    return reports.render(reports.faults(error, error.__traceback__), facts or Facts(), NOW)


def test_where_in_the_code() -> None:
    text = told(caught(money.format_amount, "x", "million"))
    assert "Lỗi: TypeError" in text and "  models/money.py:" in text and "tests/models/test_reports.py" in text
    assert str(ROOT) not in text and "Lúc: 21/11/2025 17:46:05" in text


def test_what_led_to_it_and_the_systems_numbers() -> None:
    def work() -> None:
        try:
            Path("/Phòng Nội vụ/x").read_bytes()
        except OSError as error:
            raise ValueError("Phòng Nội vụ") from error

    text = told(caught(work))
    assert "Lỗi: ValueError" in text and "Do: FileNotFoundError errno 2" in text and "Nội vụ" not in text
    # Of a library, from its own folder on.
    assert "  pathlib.py:" in text


def test_an_error_in_a_circle_of_causes() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert [fault.kind for fault in reports.faults(first, None)] == ["ValueError", "KeyError"]


def test_a_long_way_down_is_cut() -> None:
    def deep() -> None:
        deep()

    text = told(caught(deep))
    assert "RecursionError" in text and "chỗ nữa" in text and len(text.splitlines()) < 60


words = st.text(st.characters(categories=["L"]), min_size=6, max_size=20).map(lambda text: "Zq" + text)
names = st.text(st.sampled_from("abcxyz"), min_size=4, max_size=9).map(lambda text: "zq" + text)


@given(words, names, st.sampled_from([ValueError, KeyError, OSError, UnicodeError, Exception]), st.booleans())
def test_no_word_of_a_plan_gets_in(word: str, name: str, kind: type[Exception], is_chained: bool) -> None:
    """Not by the text of an error, its class, its notes, a file's or a function's name, or what the window tells."""
    made = type(name, (kind,), {"__module__": name})
    code = compile(f"def {name}(error):\n    {name} = 1\n    raise error\n", f"/home/{word}/{name}.py", "exec")
    space: dict[str, object] = {}
    exec(code, space)
    error = made(word)
    error.add_note(word)
    if is_chained:
        error.__context__ = kind(word)
    facts = Facts(word + " x", {word + " x": 3}, (word + "/",), {word + " ": 1}, "Qt 6")
    text = told(caught(space[name], error), facts)
    assert word not in text and name not in text
    assert f"Lỗi: {kind.__name__}" in text


def test_no_text_of_a_real_plan_gets_in() -> None:
    plan = fixture_plan(0)
    data = document.to_bytes(plan).decode()
    texts = [text for text in _texts(document.dump(plan)) if len(text) > 8]
    assert len(texts) > 100
    found = told(caught(money.parse_amount, data, "million"))
    found += told(caught(dict.__getitem__, {}, data))
    assert [text for text in texts if text in found] == []


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for one in below for text in _texts(one)]


# ---- faults outside Python


def test_a_native_fault_as_python_writes_it(tmp_path: Path) -> None:
    folder = tmp_path / "Phòng Nội vụ"
    folder.mkdir()
    script = folder / "bi_mat.py"
    script.write_text(
        f"import sys, ctypes, faulthandler; sys.path.insert(0, {str(ROOT)!r})\n"
        "from models import live\n"
        "faulthandler.enable(open(sys.argv[1], 'w'))\n"
        "def bi_mat():\n    ctypes.string_at(0)\n"
        "bi_mat()\n",
        encoding="utf-8",
    )
    subprocess.run([sys.executable, str(script), str(tmp_path / "ghi")], check=False)
    text = (tmp_path / "ghi").read_text(encoding="utf-8")
    assert "bi_mat" in text
    fault = reports.native_fault(text)
    assert fault is not None and fault.kind == "Segmentation fault"
    found = reports.render([fault], Facts(), NOW)
    assert "ctypes/__init__.py:" in found and "bi_mat" not in found and "Ph" not in found.split("Lỗi:")[1]
    assert faulthandler.is_enabled()


@pytest.mark.parametrize("letters", ["ASCII", "Phòng Nội vụ", "Sở 📁"])
def test_the_programs_own_folder_is_known_however_it_is_written(monkeypatch: pytest.MonkeyPatch, letters: str) -> None:
    root = Path(f"/home/{letters}/chương trình")
    monkeypatch.setattr(reports, "_ROOT", root)
    reports._bases.cache_clear()
    written = str(root).encode("ascii", "backslashreplace").decode()
    try:
        fault = reports.native_fault(
            "Fatal Python error: Aborted\n\nThread 0x01 (most recent call first):\n"
            f'  File "{written}/ui/app.py", line 12 in run\n  File "{written}/bí mật.py", line 3 in f\n'
            f'  File "{written}/kho/ke_hoach.py", line 3 in f\n'
        )
    finally:
        reports._bases.cache_clear()
    assert fault == Fault(
        "Aborted", ("(luồng khác)", "ui/app.py:12 run", "(ngoài chương trình)", "(ngoài chương trình)")
    )


@given(st.text())
def test_any_text_is_taken_for_a_fault_or_none(text: str) -> None:
    """A torn file of faults tells nothing that was not known before."""
    fault = reports.native_fault(text)
    assert fault is None or all(place.startswith("(") for place in fault.places)
    fault = reports.native_fault(f"Fatal Python error: Aborted\n{text}")
    assert fault is not None and not any(len(word) > 5 and word in " ".join(fault.places) for word in text.split())


# ---- kept, and sent


def test_the_newest_twenty_are_kept(tmp_path: Path) -> None:
    when = [NOW + timedelta(seconds=number // 2) for number in range(50)]
    made = [kept_reports.keep(tmp_path, f"{number}\n", when[number]) for number in range(50)]
    assert None not in made and len(set(made)) == 50
    assert [kept.text for kept in kept_reports.listed(tmp_path)] == [f"{n}\n" for n in range(49, 29, -1)]
    folder = kept_reports.folder_of(tmp_path)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_strange_files_are_passed_over(tmp_path: Path) -> None:
    folder = kept_reports.folder_of(tmp_path)
    folder.mkdir()
    for name in ("loi-.txt", "loi-20251399-000000.txt", "loi-x.txt", "ghi chú.txt"):
        (folder / name).write_bytes(b"\xff\xfe")
    (folder / "loi-20250101-000000-01.txt").mkdir()
    (folder / "loi-20250101-000001-01.txt").write_bytes(b"\xff\xfe")
    assert kept_reports.listed(tmp_path) == []
    assert kept_reports.listed(tmp_path / "không có") == []


def test_no_data_folder_is_made_for_a_report(tmp_path: Path) -> None:
    assert kept_reports.keep(tmp_path / "không có", "x", NOW) is None and not (tmp_path / "không có").exists()


def test_the_program_says_what_went_wrong_without_a_window(tmp_path: Path) -> None:
    error = caught(money.format_amount, "Nội vụ", "million")
    sentence = kept_reports.told(tmp_path, error, error.__traceback__)
    [report] = kept_reports.listed(tmp_path)
    assert str(report.path) in sentence and "Nội vụ" not in sentence + report.text
    assert "không có cửa sổ" in report.text
    with tempfile.NamedTemporaryFile() as file:
        sentence = kept_reports.told(Path(file.name), error, error.__traceback__)
    assert sentence == f"Có lỗi ngoài dự kiến ({type(error).__name__}); dữ liệu đã lưu vẫn an toàn."


def test_a_text_that_old_notepad_reads() -> None:
    data = kept_reports.to_send("Một\nHai\n", NOW, ".txt")
    assert data == b"\xef\xbb\xbf" + "Một\r\nHai\r\n".encode()
    assert unicodedata.is_normalized("NFC", data.decode())
