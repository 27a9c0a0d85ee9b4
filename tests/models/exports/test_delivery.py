"""Getting an export onto a drive: all files or none, read back and compared, taken back if its plan is not kept."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import unicodedata
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest

from models import template
from models.errors import Cancelled, ExportError, StoreError
from models.exports import delivery, files, package, package_check
from models.exports.package import Exported, ExportedFile
from tests.models.exports.drives import BREAKS, At, bad_memory, contents, failing, lock, pull_out, small_drive
from tests.plans import small_plan

KINDS = ("pdf", "xlsx", "package", "docx", "mail")
NAMES = {kind: f"KH-2022_SNV_1.{end}" for kind, end in zip(KINDS, ("pdf", "xlsx", "zip", "docx", "eml"), strict=True)}


def exported(size: int = 1000) -> Exported:
    one = {kind: ExportedFile(name, f"new {kind} ".encode() * (size // 8)) for kind, name in NAMES.items()}
    return Exported("id", 1, "AAAA-BBBB", one["pdf"], one["xlsx"], one["package"], one["docx"], one["mail"])


NEW = {file.name: file.data for file in exported().files.values()}


def leave_earlier(folder: Path) -> dict[str, bytes]:
    """Files from before: two that would be replaced, and one that is none of ours."""
    for name in (NAMES["pdf"], NAMES["mail"], "khác.txt"):
        (folder / name).write_bytes(b"earlier " + name.encode())
    return contents(folder)


def refused(folder: Path, made: Exported | None = None, **how: Any) -> str:
    """The sentence with which a delivery is refused: one, with the folder in it."""
    with pytest.raises(ExportError) as raised:
        delivery.deliver(made or exported(), folder, **how)
    sentence = str(raised.value)
    assert sentence.endswith(".") and ". " not in sentence and str(folder) in sentence
    return sentence


# ---- what goes well


@pytest.mark.parametrize("name", ["Ổ USB của Đặng Thị Hường", unicodedata.normalize("NFD", "Kế hoạch năm 2027")])
def test_all_files_are_there_and_the_earlier_ones_gone(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    earlier = leave_earlier(folder)
    placed = delivery.deliver(exported(), folder)
    assert contents(folder).items() >= NEW.items()
    placed.settle()
    assert contents(folder) == NEW | {"khác.txt": earlier["khác.txt"]}
    assert delivery.targets(exported(), folder) == {kind: folder / name for kind, name in NAMES.items()}


def test_only_what_was_asked_for_is_written(tmp_path: Path) -> None:
    made = exported()
    plain = Exported(made.plan_id, 1, made.code, made.pdf, made.xlsx, made.package)
    delivery.deliver(plain, tmp_path).settle()
    assert contents(tmp_path).keys() == {NAMES[kind] for kind in KINDS[:3]}


def test_a_stick_is_flushed_before_it_is_read_for_the_last_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    read = files._read_back

    def read_back(path: Path) -> bytes:
        done.append(path.suffix)
        return read(path)

    monkeypatch.setattr(files, "_read_back", read_back)
    monkeypatch.setattr(os, "sync", lambda: done.append("sync"))
    delivery.deliver(exported(), tmp_path, removable=True).settle()
    assert done == [*[".tmp"] * 5, "sync", ".pdf", ".xlsx", ".zip", ".docx", ".eml"]
    done.clear()
    delivery.deliver(exported(), tmp_path).settle()
    assert "sync" not in done


def test_progress_grows_to_the_end(tmp_path: Path) -> None:
    told: list[float] = []

    def tell(done: float) -> bool:
        told.append(done)
        return True

    delivery.deliver(exported(), tmp_path, progress=tell).settle()
    assert told == sorted(told) and told[0] == 0 and told[-1] == 1


# ---- what goes wrong


@pytest.mark.parametrize("name", ["fsync", "replace"])
@pytest.mark.parametrize("code", BREAKS)
def test_a_drive_that_breaks_at_any_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: int) -> None:
    before = leave_earlier(tmp_path)
    # Five files are written, and copies of two.
    for step in range(1, 6 if name == "replace" else 8):
        with monkeypatch.context() as patch:
            call = At(getattr(os, name), step, failing(code))
            patch.setattr(os, name, call)
            assert BREAKS[code] in refused(tmp_path)
        assert call.calls >= step
        assert contents(tmp_path) == before


@pytest.mark.parametrize("step", range(1, 6))
def test_a_file_open_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    """As Windows does: what another program holds open cannot be replaced."""
    for name in NAMES.values():
        (tmp_path / name).write_bytes(b"earlier")
    before = contents(tmp_path)
    monkeypatch.setattr(os, "replace", At(os.replace, step, failing(errno.EACCES)))
    sentence = refused(tmp_path)
    assert f"“{NAMES[KINDS[step - 1]]}” đang mở trong chương trình khác" in sentence
    assert contents(tmp_path) == before


@pytest.mark.parametrize("step", range(1, 6))
def test_what_reads_back_differently_is_named_and_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    before = leave_earlier(tmp_path)
    monkeypatch.setattr(os, "fsync", At(os.fsync, step, bad_memory(os.fsync)))
    sentence = refused(tmp_path)
    assert f"“{NAMES[KINDS[step - 1]]}” đọc lại" in sentence
    assert contents(tmp_path) == before


def test_what_is_spoiled_under_its_name_is_taken_away_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = leave_earlier(tmp_path)
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        real(source, target)
        if source.name.endswith(".tmp") and target.suffix == ".xlsx":
            target.write_bytes(b"spoiled")

    monkeypatch.setattr(os, "replace", replace)
    assert f"“{NAMES['xlsx']}” đọc lại" in refused(tmp_path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("suffix", [".tmp", ".pdf"])
def test_a_drive_that_cannot_be_read_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    before = leave_earlier(tmp_path)
    real = os.open

    def open_(path: Any, *args: Any) -> int:
        if str(path).endswith(suffix):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(path, *args)

    monkeypatch.setattr(os, "open", open_)
    assert "rút ra" in refused(tmp_path)
    monkeypatch.undo()
    assert contents(tmp_path) == before


def test_a_drive_that_answers_nothing_is_still_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = exported()
    with monkeypatch.context() as patch, pytest.raises(ExportError):
        for name in ("stat", "replace"):
            patch.setattr(os, name, failing(errno.EIO))
        delivery.deliver(made, tmp_path)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("step", range(6))
def test_stopped_at_any_step(tmp_path: Path, step: int) -> None:
    before = leave_earlier(tmp_path)
    calls = iter(range(100))
    with pytest.raises(Cancelled):
        delivery.deliver(exported(), tmp_path, progress=lambda _done: next(calls) < step)
    assert contents(tmp_path) == before


# ---- room


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_room_is_looked_for_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(8_000_000, 7_700_000, 300_000))
    monkeypatch.setattr(os, "fsync", lambda _handle: pytest.fail("written"))
    sentence = refused(tmp_path, exported(2_000_000))
    assert "cần 12 MB" in sentence and "còn trống 300 kB" in sentence
    assert list(tmp_path.iterdir()) == []


def test_a_drive_that_does_not_tell_its_size_is_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for usage in (lambda _folder: Usage(0, 0, 0), failing(errno.ENOSYS)):
        monkeypatch.setattr(shutil, "disk_usage", usage)
        delivery.deliver(exported(), tmp_path).settle()
        assert contents(tmp_path) == NEW


# ---- real drives


def test_a_full_drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with small_drive(tmp_path / "USB đầy") as drive:
        before = leave_earlier(drive)
        assert "Không đủ chỗ" in refused(drive, exported(400_000))
        assert contents(drive) == before
        # What somebody else fills while it is written to.
        monkeypatch.setattr(shutil, "disk_usage", failing(errno.ENOSYS))
        assert "đã đầy" in refused(drive, exported(400_000))
        assert contents(drive) == before


def test_a_locked_drive(tmp_path: Path) -> None:
    with small_drive(tmp_path / "USB khóa") as drive:
        before = leave_earlier(drive)
        lock(drive)
        assert "chỉ cho phép đọc" in refused(drive)
        assert contents(drive) == before


@pytest.mark.parametrize("step", range(1, 8))
def test_a_drive_pulled_out_in_the_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    with small_drive(tmp_path / "USB", "8m") as drive:
        leave_earlier(drive)

        def gone(_handle: int) -> None:
            pull_out(drive)

        monkeypatch.setattr(os, "fsync", At(os.fsync, step, gone))
        assert "rút ra" in refused(drive)
        # Nor does anything go to the disk of the machine instead.
        assert list(drive.iterdir()) == []


def test_a_folder_pulled_out_with_its_drive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "USB"
    folder.mkdir()
    monkeypatch.setattr(os, "fsync", At(os.fsync, 3, lambda _handle: shutil.rmtree(folder)))
    assert "cắm lại ổ đĩa" in refused(folder)
    assert not folder.exists()


def test_a_file_larger_than_the_system_lets_be(tmp_path: Path) -> None:
    before = leave_earlier(tmp_path)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, hard))
    try:
        assert "đã đầy" in refused(tmp_path, exported(10_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert contents(tmp_path) == before


# ---- what depends on the files


def test_what_fails_inside_takes_the_files_back(tmp_path: Path) -> None:
    before = leave_earlier(tmp_path)
    for error in (StoreError("Kho dữ liệu không ghi được."), KeyboardInterrupt(), ZeroDivisionError()):
        with pytest.raises(type(error)), delivery.delivering(exported(), tmp_path) as paths:
            assert all(path.read_bytes() == NEW[path.name] for path in paths.values())
            raise error
        assert contents(tmp_path) == before


def test_nothing_is_kept_aside_once_all_is_well(tmp_path: Path) -> None:
    earlier = leave_earlier(tmp_path)
    with delivery.delivering(exported(), tmp_path):
        pass
    assert contents(tmp_path) == NEW | {"khác.txt": earlier["khác.txt"]}


def test_what_a_killed_export_left_behind_goes_once_it_is_old(tmp_path: Path) -> None:
    old = [tmp_path / f".{name}.0a1b2c3d.tmp" for name in ("KH-2021_SNV_1.pdf", "KH-2022_SNV_1.zip")]
    others = [tmp_path / name for name in (".KH-2022_SNV_1.pdf.0a1b2c3d.cu.tmp", ".khac.pdf.0a1b2c3d.tmp", "KH-x.tmp")]
    young = tmp_path / ".KH-2023_SNV_1.pdf.0a1b2c3d.tmp"
    for path in (*old, *others, young):
        path.write_bytes(b"nua chung")
        if path != young:
            os.utime(path, (1_600_000_000,) * 2)
    delivery.deliver(exported(), tmp_path)
    assert not any(path.exists() for path in old) and all(path.exists() for path in (*others, young))


def test_files_that_cannot_be_taken_back_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / NAMES["pdf"]).write_bytes(b"earlier")
    with pytest.raises(ExportError) as raised, delivery.delivering(exported(), tmp_path):
        monkeypatch.setattr(os, "replace", failing(errno.EIO))
        raise StoreError("Kho dữ liệu không ghi được.")
    assert str(raised.value).startswith("Kho dữ liệu không ghi được. Hãy tự xóa “KH-2022_SNV_1.pdf” trong “")
    # The earlier one stays beside it.
    [copy] = tmp_path.glob("*.cu.tmp")
    assert copy.read_bytes() == b"earlier"


# ---- what was worked on since


def word(text: str, change: Callable[[bytes], bytes] = lambda program: program) -> bytes:
    """A Word file with a text, as python-docx makes one; ``change`` alters the name of its program."""
    import docx

    made = docx.Document()
    made.add_paragraph(text)
    stream, out = BytesIO(), BytesIO()
    made.save(stream)
    with zipfile.ZipFile(stream) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, change(data) if name == "docProps/app.xml" else data)
    return out.getvalue()


def by_libreoffice(program: bytes) -> bytes:
    return program.replace(b"Microsoft Macintosh Word", b"LibreOffice/7.4")


def with_word(data: bytes) -> Exported:
    made = exported()
    edited = ExportedFile(NAMES["docx"], data)
    return Exported(made.plan_id, 1, made.code, made.pdf, made.xlsx, made.package, edited)


def test_what_was_exported_before_is_not_looked_into_page_by_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = small_plan()
    made = package.build(plan, template.get(plan.template))
    delivery.deliver(made, tmp_path).settle()
    looked: list[object] = []
    monkeypatch.setattr(package_check, "examine", lambda *what, **_how: looked.append(what))
    delivery.deliver(made, tmp_path).settle()
    assert not looked


def test_a_word_file_edited_since_is_not_replaced(tmp_path: Path) -> None:
    delivery.deliver(with_word(word("một")), tmp_path).settle()
    # Ours of another day is.
    delivery.deliver(with_word(word("hai")), tmp_path).settle()
    (tmp_path / NAMES["docx"]).write_bytes(word("ba, do lãnh đạo sửa", by_libreoffice))
    before = contents(tmp_path)
    assert f"“{NAMES['docx']}”" in refused(tmp_path, with_word(word("bốn")))
    assert contents(tmp_path) == before


def test_a_workbook_filled_in_since_is_not_replaced(tmp_path: Path) -> None:
    import xlsxwriter

    def workbook(text: str) -> ExportedFile:
        stream = BytesIO()
        book = xlsxwriter.Workbook(stream, {"in_memory": True})
        book.add_worksheet(text).write(0, 0, text)
        book.close()
        return ExportedFile(NAMES["xlsx"], stream.getvalue())

    made = exported()
    first, second = (Exported("id", 1, "", made.pdf, workbook(text), made.package) for text in ("một", "hai"))
    delivery.deliver(first, tmp_path).settle()
    delivery.deliver(second, tmp_path).settle()
    filled = openpyxl.load_workbook(tmp_path / NAMES["xlsx"])
    filled.save(tmp_path / NAMES["xlsx"])
    before = contents(tmp_path)
    assert "đã được sửa bằng chương trình khác" in refused(tmp_path, first)
    assert contents(tmp_path) == before
