"""Lists of legal bases from files: what is taken, what is refused with a sentence, and the layers in the data folder."""

from __future__ import annotations

import datetime
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models import catalogue, catalogue_layers, limits
from models.catalogue import Entry
from models.catalogue_file import COLUMNS, read_csv, written
from models.errors import DocumentError
from models.imports import legal_bases
from tests.plans import lines

HEAD = ",".join(COLUMNS)
GOOD = "Quyết định,12/QĐ-UBND,2024-02-01,UBND tỉnh,về việc a,,,"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    found = tmp_path / "kho dữ liệu"
    catalogue.use_folder(found)
    yield found
    catalogue.use_folder(None)


def one(text: str) -> Entry:
    (found,) = read_csv(f"{HEAD}\n{text}\n".encode(), "x.csv")
    return found


# ---- what is read


days = st.dates(datetime.date(1946, 1, 1), datetime.date(2099, 12, 31)).map(datetime.date.isoformat)
words = lines.map(lambda text: " ".join(text.split())).filter(lambda text: text and text[0] not in "=+-@")
numbers = st.builds("{}/QĐ-{}".format, st.integers(1, 99_999), st.sampled_from(["TTg", "UBND", "BKHCN", "SNV&PTNT"]))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    in_order = sorted(draw(st.lists(days, min_size=3, max_size=3)))
    return Entry(
        draw(words), draw(numbers), in_order[0], draw(words), draw(words), draw(st.sampled_from(["", in_order[1]])),
        draw(st.sampled_from(["", in_order[2]])), tuple(draw(st.lists(numbers, max_size=3))),
    )  # fmt: skip


@given(st.lists(entries(), min_size=1, max_size=8, unique_by=lambda entry: entry.key))
def test_what_is_written_reads_back_the_same(found: list[Entry]) -> None:
    assert read_csv(written(found), "x.csv") == found


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
@example(b"")
@example(b"\xff\xfe\x00")
@example(f'{HEAD}\n"'.encode())
@example(f"{HEAD}\n{GOOD}\n{GOOD}".encode())
@example(f"{HEAD}\r\r\n\0".encode())
def test_anything_else_is_refused_with_one_sentence(data: bytes) -> None:
    try:
        read_csv(data, "x.csv")
    except DocumentError as error:
        assert "x.csv" in str(error) and str(error).endswith(".") and "\n" not in str(error)


@given(st.lists(st.text(max_size=20), min_size=8, max_size=8))
def test_any_row_is_an_entry_or_a_sentence_that_names_its_line(cells: list[str]) -> None:
    import csv
    import io

    out = io.StringIO()
    csv.writer(out).writerows([COLUMNS, cells])
    try:
        read_csv(out.getvalue().encode("utf-8", "surrogatepass"), "x.csv")
    except DocumentError as error:
        assert "dòng" in str(error) or "UTF-8" in str(error)


def test_as_spreadsheet_programs_write_it() -> None:
    expected = one(GOOD)
    body = GOOD.replace("2024-02-01", "01/02/2024")
    for text in (
        f"\ufeff{HEAD}\r\n{body}\r\n", f"{HEAD};;\n{body};;\n".replace(",", ";"), f"{HEAD}\n{body}\n".replace(",", "\t"),
        f"\n\n{HEAD.upper()}\n,,,,,,,\n{body}\n",
    ):  # fmt: skip
        assert read_csv(text.encode(), "x.csv") == [expected]
    assert read_csv(f"{HEAD}\n{body}\n".replace(",", "\t").encode("utf-16"), "x.csv") == [expected]
    other_order = "number,date,kind,subject,issuer\n12/QĐ-UBND,2024-02-01,Quyết định,về việc a,UBND tỉnh\n"
    assert read_csv(other_order.encode(), "x.csv") == [expected]
    assert one("Quyết định,12 / QĐ-UBND,2024-02-01,UBND tỉnh,về  việc\u0300 a,,,1/QĐ-A ;2/QĐ-A;").replaced_by == (
        "1/QĐ-A", "2/QĐ-A",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (",12/QĐ-UBND,2024-02-01,A,b,,,", "dòng 3, cột kind: còn trống"),
        ("Quyết định,mười hai,2024-02-01,A,b,,,", "dòng 3, cột number: không phải số, ký hiệu"),
        ("Quyết định,12/QĐ-UBND,2024-02-31,A,b,,,", "dòng 3, cột date: không phải ngày có thật"),
        ("Quyết định,12/QĐ-UBND,02/13/2024,A,b,,,", "dòng 3, cột date: không phải ngày có thật"),
        ("Quyết định,12/QĐ-UBND,,A,b,,,", "dòng 3, cột date: còn trống"),
        ("Quyết định,12/2023/QĐ-UBND,2024-02-01,A,b,,,", "dòng 3, cột date: khác năm 2023 trong số hiệu"),
        ("Quyết định,12/QĐ-UBND,2024-02-01,A,,,,", "dòng 3, cột subject: còn trống"),
        ("Quyết định,12/QĐ-UBND,2024-02-01,A,b,2024-01-31,,", "cột in_force_from: sớm hơn ngày ban hành"),
        ("Quyết định,12/QĐ-UBND,2024-02-01,A,b,2024-03-01,2024-02-15,", "cột expired_on: sớm hơn ngày có hiệu lực"),
        ("Quyết định,12/QĐ-UBND,2024-02-01,A,b,,,sau này", "cột replaced_by: phải là số, ký hiệu văn bản"),
        ('Quyết định,12/QĐ-UBND,2024-02-01,A,"=HYPERLINK(1)",,,', "cột subject: bắt đầu bằng dấu “=”"),
        ("Quyết định,12/QĐ-UBND,2024-02-01,A,b,,,,x", "dòng 3: có nhiều ô hơn số cột"),
        (GOOD, "dòng 3, cột number: văn bản này đã có ở dòng 2"),
        ('Quyết định,12/QĐ-UBND,2024-02-01,A,"b,,,', "dòng 3: có dấu ngoặc kép mở mà không đóng"),
    ],
)
def test_a_wrong_row_is_told_by_line_and_column(row: str, said: str) -> None:
    with pytest.raises(DocumentError) as error:
        read_csv(f"{HEAD}\n{GOOD}\n{row}\n".encode(), "danh mục.csv")
    assert said in str(error.value) and "danh mục.csv" in str(error.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "không có dòng nào"),
        (HEAD.encode(), "không có dòng nào dưới tên các cột"),
        (b"a,b,c\n1,2,3\n", "dòng đầu phải là tên các cột: kind, number"),
        (f"{HEAD},kind\n{GOOD},x".encode(), "dòng đầu phải là tên các cột"),
        ("Quyết định".encode("cp1258", "ignore") + b"\xff", "không phải tệp CSV mã UTF-8"),
        (b"PK\x03\x04" + bytes(50), "không phải tệp CSV mã UTF-8"),
    ],
)
def test_a_file_of_something_else(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said):
        read_csv(data, "x.csv")


def test_a_file_that_is_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DocumentError, match="lớn quá mức"):
        read_csv(bytes(limits.CATALOGUE_BYTES + 1), "x.csv")
    monkeypatch.setattr(limits, "CATALOGUE_ROWS", 3)
    many = "\n".join(GOOD.replace("12/", f"{number}/") for number in range(4))
    with pytest.raises(DocumentError, match="quá nhiều dòng"):
        read_csv(f"{HEAD}\n{many}".encode(), "x.csv")
    with pytest.raises(DocumentError, match="cột subject: dài quá mức"):
        one(GOOD.replace("về việc a", "a" * (limits.CATALOGUE_TEXT + 1)))


# ---- workbooks


def test_a_workbook_with_the_same_columns(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.append(["Danh mục căn cứ do Sở lập"])
    sheet.append(list(COLUMNS))
    sheet.append(["Quyết định", "12/QĐ-UBND", datetime.date(2024, 2, 1), "UBND tỉnh", "về việc a"])
    book.create_sheet("Khác").append(["x"])
    path = tmp_path / "danh mục.xlsx"
    book.save(path)
    assert legal_bases.read(path) == [one(GOOD)]
    sheet["C3"] = "hôm qua"
    book.save(path)
    with pytest.raises(DocumentError, match=r"danh mục.xlsx”, dòng 3, cột date: không phải ngày có thật"):
        legal_bases.read(path)
    sheet["C2"] = "ngày"
    book.save(path)
    with pytest.raises(DocumentError, match="không có trang nào có dòng tên cột"):
        legal_bases.read(path)


def test_a_workbook_of_several_sheets(tmp_path: Path) -> None:
    from openpyxl import Workbook

    path = tmp_path / "danh mục.xlsx"

    def book(*rows: tuple[str, str], hidden: bool = False) -> None:
        made = Workbook()
        made.remove(made.worksheets[0])
        for number, subject in rows:
            sheet: Any = made.create_sheet()
            sheet.append(list(COLUMNS))
            sheet.append(["Quyết định", number, "2024-02-01", "UBND tỉnh", subject])
        if hidden:
            made.worksheets[-1].sheet_state = "hidden"
        made.save(path)

    book(("12/QĐ-UBND", "về a"), ("13/QĐ-UBND", "về b"))
    assert [entry.number for entry in legal_bases.read(path)] == ["12/QĐ-UBND", "13/QĐ-UBND"]
    book(("12/QĐ-UBND", "về a"), ("13/QĐ-UBND", "về b"), hidden=True)
    assert [entry.number for entry in legal_bases.read(path)] == ["12/QĐ-UBND"]
    book(("12/QĐ-UBND", "về a"), ("12/QĐ-UBND", "về b"))
    with pytest.raises(DocumentError, match="12/QĐ-UBND ở hai trang"):
        legal_bases.read(path)
    book(("12/QĐ-UBND", "#REF!"))
    with pytest.raises(DocumentError, match=r"dòng 2: .*#REF!"):
        legal_bases.read(path)


@pytest.mark.parametrize("name", ["mất.csv", "hỏng.xlsx", "thư mục"])
def test_files_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "thư mục").mkdir()
    (tmp_path / "hỏng.xlsx").write_bytes(b"PK\x03\x04" + os.urandom(300))
    with pytest.raises(DocumentError):
        legal_bases.read(tmp_path / name)


# ---- layers


def new_entry(**fields: object) -> Entry:
    values: dict[str, object] = {
        "kind": "Thông tư", "number": "59/2026/TT-BKHCN", "date": "2026-10-01", "issuer": "Bộ Khoa học và Công nghệ",
        "subject": "quy định sử dụng chữ ký số", **fields,
    }  # fmt: skip
    return Entry(**values)  # type: ignore[arg-type]


def test_an_update_is_told_taken_in_and_taken_back(folder: Path) -> None:
    shipped = catalogue.current().entries
    (law,) = catalogue.current().named("20/2023/QH15")
    (decree,) = catalogue.current().named("30/2020/NĐ-CP")
    from dataclasses import replace

    ended = replace(law, expired_on="2026-12-01", replaced_by=("200/2026/QH16",))
    changed = replace(decree, subject="về công tác văn thư, lưu trữ")
    found = [new_entry(), ended, changed, *shipped[:3]]
    news = catalogue_layers.news(folder, found, "2026-11-21")
    assert (news.new, news.expired, news.changed, news.same) == ([new_entry()], [ended], [changed], 3)
    assert not folder.exists()
    update = catalogue_layers.take(folder, found, "2026-11-21")
    assert catalogue.current().named("59/2026/TT-BKHCN") == [new_entry()]
    assert catalogue.current().named("20/2023/QH15") == [ended]
    assert len(catalogue.current().entries) == len(shipped) + 1
    assert catalogue_layers.updates(folder) == [update]
    assert catalogue_layers.news(folder, found, "2026-11-21").is_nothing
    catalogue_layers.take_back(update)
    assert catalogue.current().entries == shipped


def test_the_newest_counts_in_whatever_order_they_are_taken_in(folder: Path) -> None:
    newer, older = new_entry(subject="mới"), new_entry(subject="cũ")
    catalogue_layers.take(folder, [newer], "2026-11-22")
    assert catalogue_layers.news(folder, [older], "2026-11-21").is_nothing
    catalogue_layers.take(folder, [older], "2026-11-21")
    assert catalogue.current().named("59/2026/TT-BKHCN") == [newer]
    # Two of one day: the one that came later.
    catalogue_layers.take(folder, [older], "2026-11-22")
    assert catalogue.current().named("59/2026/TT-BKHCN") == [older]
    assert [(update.day, update.nth) for update in catalogue_layers.updates(folder)] == [
        ("2026-11-21", 1), ("2026-11-22", 1), ("2026-11-22", 2),
    ]  # fmt: skip


def test_an_update_older_than_the_program_changes_nothing_that_it_knows(folder: Path) -> None:
    (law,) = catalogue.current().named("20/2023/QH15")
    from dataclasses import replace

    catalogue_layers.take(folder, [replace(law, subject="khác"), new_entry()], "2026-01-01")
    assert catalogue.current().named("20/2023/QH15") == [law]
    assert catalogue.current().named("59/2026/TT-BKHCN") == [new_entry()]


def test_own_entries_stay_through_updates_and_learn_what_they_leave_out(folder: Path) -> None:
    own = new_entry(subject="của đơn vị", own=True)
    catalogue_layers.keep_own(folder, [own])
    catalogue_layers.take(folder, [new_entry(expired_on="2026-12-31")], "2026-11-22")
    (found,) = catalogue.current().named("59/2026/TT-BKHCN")
    assert (found.subject, found.expired_on, found.own) == ("của đơn vị", "2026-12-31", True)
    assert catalogue_layers.own(folder) == [own]
    catalogue_layers.keep_own(folder, [])
    assert catalogue_layers.own(folder) == []
    assert [entry.own for entry in catalogue.current().named("59/2026/TT-BKHCN")] == [False]


def test_files_of_the_layers_are_the_owners_alone_and_a_damaged_one_is_told(folder: Path) -> None:
    catalogue_layers.keep_own(folder, [new_entry(own=True)])
    update = catalogue_layers.take(folder, [new_entry()], "2026-11-22")
    if os.name == "posix":
        assert stat.S_IMODE(update.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(update.path.parent.stat().st_mode) == 0o700
    assert catalogue_layers.faults(folder) == []
    update.path.write_bytes(b"hong")
    catalogue.forget()
    assert len(catalogue.current().entries) == len(catalogue_layers.shipped()) + 1
    (fault,) = catalogue_layers.faults(folder)
    assert "2026-11-22.csv" in fault


def test_what_cannot_be_written_leaves_all_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = new_entry(own=True)
    catalogue_layers.keep_own(folder, [own])

    def fail(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr("models.private.write", fail)
    with pytest.raises(DocumentError, match="ổ đĩa đã đầy"):
        catalogue_layers.keep_own(folder, [own, new_entry(number="1/TT-A")])
    with pytest.raises(DocumentError, match="danh mục cũ vẫn còn nguyên"):
        catalogue_layers.take(folder, [own], "2026-11-22")


def test_what_could_not_be_read_again_is_not_written(folder: Path) -> None:
    good = new_entry(own=True)
    catalogue_layers.keep_own(folder, [good])
    with pytest.raises(DocumentError, match="dòng 3, cột subject"):
        catalogue_layers.keep_own(folder, [good, new_entry(number="60/2026/TT-BKHCN", subject="- về việc", own=True)])
    assert catalogue_layers.own(folder) == [good]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("danh-muc-2026-11-20.csv", "2026-11-20"),
        ("DanhMuc_20261120.xlsx", "2026-11-20"),
        ("danh mục 20.11.2026.csv", "2026-11-20"),
        ("danh-muc-2030-01-01.csv", "2026-11-21"),
        ("danh-muc.csv", "2026-03-04"),
        ("danh-muc-2026-13-45.csv", "2026-03-04"),
    ],
)
def test_the_day_of_a_list(tmp_path: Path, name: str, day: str) -> None:
    path = tmp_path / name
    path.write_text("x")
    changed = datetime.datetime(2026, 3, 4, 12).timestamp()
    os.utime(path, (changed, changed))
    assert catalogue_layers.day_of(path, datetime.date(2026, 11, 21)) == day
