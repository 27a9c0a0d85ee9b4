"""A list of legal bases as a file: a table with the columns of ``COLUMNS``, as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from models import limits
from models.catalogue import Entry, is_day
from models.citations import year_of
from models.errors import DocumentError
from models.i18n import N_, _
from models.text import clean

#: The heads of the columns; the first five have to be there.
COLUMNS = ("kind", "number", "date", "issuer", "subject", "in_force_from", "expired_on", "replaced_by")
_NEEDED = COLUMNS[:5]
_DATES = ("date", "in_force_from", "expired_on")
_WRITTEN_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?: 00:00(?::00)?)?")
_NUMBER = re.compile(r"\d{1,8}[A-Za-zĐđ]?(?:[/-][0-9A-Za-zĐđÀ-ỹ&.]{1,40}){1,8}")
#: A text that a spreadsheet program would take for a formula when the list is opened with it.
_FORMULA = ("=", "+", "-", "@")

#: A row of cells, and the number that it has in its file.
Line = tuple[int, Sequence[str]]


def read_csv(data: bytes, name: str, *, own: bool = False) -> list[Entry]:
    """The entries in a CSV file; ``DocumentError`` says file, line and column of what is wrong."""
    if len(data) > limits.CATALOGUE_BYTES:
        raise _refused(name, N_("lớn quá mức của một danh mục"))
    text = _decoded(data, name)
    head = text.split("\n", 1)[0]
    # Spreadsheet programs set to Vietnamese part with semicolons, and copied cells with tabs.
    mark = max(",;\t", key=head.count)
    if csv.field_size_limit() < len(text):
        csv.field_size_limit(2 * limits.CATALOGUE_BYTES)
    lines: list[Line] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    begun = 1
    try:
        for cells in reader:
            lines.append((begun, cells))
            begun = reader.line_num + 1
    except csv.Error:
        reason = N_("có dấu ngoặc kép mở mà không đóng, hoặc đóng sai chỗ")
        raise _at(name, begun, "", reason) from None
    return entries_of(lines, name, own=own)


def _decoded(data: bytes, name: str) -> str:
    for mark, code in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                text = data.decode(code)
            except UnicodeDecodeError:
                break
            if "\0" in text:
                break
            return text
    raise _refused(name, N_("không phải tệp CSV mã UTF-8 (khi lưu bằng Excel hãy chọn “CSV UTF-8” hoặc “.xlsx”)"))


def entries_of(lines: Iterable[Line], name: str, *, own: bool = False) -> list[Entry]:
    """The entries in the rows of a table with a head; empty rows are passed over."""
    rows = [(number, [text.strip() for text in cells]) for number, cells in lines]
    rows = [row for row in rows if any(row[1])]
    if not rows:
        raise _refused(name, N_("không có dòng nào"))
    if len(rows) > limits.CATALOGUE_ROWS:
        raise _refused(name, N_("có quá nhiều dòng"))
    (first, heads), *others = rows
    places = {head.casefold(): place for place, head in enumerate(heads) if head}
    missing = [column for column in _NEEDED if column not in places]
    if missing or len(places) < sum(map(bool, heads)):
        reason = N_("dòng đầu phải là tên các cột: {columns}")
        raise _at(name, first, "", reason, columns=", ".join(COLUMNS))
    entries: list[Entry] = []
    seen: dict[tuple[str, str], int] = {}
    for number, cells in others:
        if any(cells[len(heads) :]):
            raise _at(name, number, "", N_("có nhiều ô hơn số cột; có thể thiếu ngoặc kép quanh một ô có dấu phẩy"))
        values = {
            column: cells[place] if (place := places.get(column)) is not None and place < len(cells) else ""
            for column in COLUMNS
        }
        try:
            entry = checked(values, own=own)
        except Wrong as wrong:
            raise _at(name, number, wrong.column, wrong.reason) from None
        if entry.key in seen:
            reason = N_("văn bản này đã có ở dòng {first}")
            raise _at(name, number, "number", reason, first=seen[entry.key])
        seen[entry.key] = number
        entries.append(entry)
    if not entries:
        raise _refused(name, N_("không có dòng nào dưới tên các cột"))
    return entries


class Wrong(ValueError):
    """A value that cannot be: the column it is in, and what is wrong with it, in the language set."""

    def __init__(self, column: str, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.column, self.reason = column, _(reason).format(**values)


def checked(values: dict[str, str], *, own: bool = False) -> Entry:
    """The entry of a row, by the names of ``COLUMNS``; ``Wrong`` where it cannot be one."""
    for column, text in values.items():
        # Before it is cleaned, which takes the square of marks above each other.
        if len(text) > limits.CATALOGUE_TEXT:
            raise Wrong(column, N_("dài quá mức"))
    values = {column: " ".join(clean(values.get(column, "")).split()) for column in COLUMNS}
    for column, text in values.items():
        if text.startswith(_FORMULA):
            raise Wrong(column, N_("bắt đầu bằng dấu “{mark}” như một công thức"), mark=text[0])
    for column in ("kind", "number", "date", "subject"):
        if not values[column]:
            raise Wrong(column, N_("còn trống"))
    days = {column: _day(values[column], column) for column in _DATES}
    number = "".join(values["number"].split())
    if not _NUMBER.fullmatch(number):
        raise Wrong("number", N_("không phải số, ký hiệu của một văn bản (ví dụ: 749/QĐ-TTg)"))
    if (year := year_of(number)) is not None and year != int(days["date"][:4]):
        raise Wrong("date", N_("khác năm {year} trong số hiệu"), year=year)
    if days["in_force_from"] and days["in_force_from"] < days["date"]:
        raise Wrong("in_force_from", N_("sớm hơn ngày ban hành"))
    if days["expired_on"] and days["expired_on"] < (days["in_force_from"] or days["date"]):
        raise Wrong("expired_on", N_("sớm hơn ngày có hiệu lực"))
    replaced = tuple("".join(one.split()) for one in values["replaced_by"].split(";") if one.strip())
    if not all(_NUMBER.fullmatch(one) for one in replaced):
        raise Wrong("replaced_by", N_("phải là số, ký hiệu văn bản; nhiều văn bản thì ngăn bằng dấu chấm phẩy"))
    return Entry(
        values["kind"], number, days["date"], values["issuer"], values["subject"], days["in_force_from"],
        days["expired_on"], replaced, own,
    )  # fmt: skip


def _day(text: str, column: str) -> str:
    """A day as it is written, ISO 8601 or as 29/11/2005 (day first), as ISO 8601."""
    if not text:
        return ""
    if written := _WRITTEN_DAY.fullmatch(text):
        day, month, year = written.groups()
        iso = f"{year}-{int(month):02d}-{int(day):02d}"
    else:
        found = _ISO_DAY.fullmatch(text)
        iso = found[1] if found else ""
    if not is_day(iso):
        raise Wrong(column, N_("không phải ngày có thật (ví dụ: 2020-06-03 hoặc 03/06/2020)"))
    return iso


def _at(name: str, line: int, column: str, reason: str, **values: object) -> DocumentError:
    sentence = (
        _("Tệp danh mục “{file}”, dòng {line}, cột {column}: {reason}; chưa có gì được nhận.") if column
        else _("Tệp danh mục “{file}”, dòng {line}: {reason}; chưa có gì được nhận.")
    )  # fmt: skip
    return DocumentError(sentence.format(file=name, line=line, column=column, reason=_(reason).format(**values)))


def _refused(name: str, reason: str) -> DocumentError:
    return DocumentError(_("Không nhận được tệp danh mục “{file}”: {reason}.").format(file=name, reason=_(reason)))


# ---- writing


def written(entries: Iterable[Entry]) -> bytes:
    """The entries as CSV with the columns of ``COLUMNS``, in UTF-8 with a mark by which Excel knows it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        writer.writerow([*(getattr(entry, name) for name in COLUMNS[:-1]), "; ".join(entry.replaced_by)])
    return out.getvalue().encode("utf-8-sig")
