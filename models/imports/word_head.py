"""The head of a Word plan (units, number, place, date, kind, subject) and its end (recipients, who signs)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from models.folding import fold
from models.imports.grid import Grid
from models.imports.word_text import Paragraph
from models.plan import Plan

_TABS, _GAP = re.compile(r"\t+"), re.compile(r"[ \u00a0]{4,}")
#: Number and place on one line, with blanks between them and in them.
_BOTH = re.compile(r"\s*(Số\s*:.*?/\s?[A-ZĐ][^\s]*)\s{2,}(\S.*\bngày\b.*)", re.IGNORECASE)
_RULE = re.compile(r"[\s_*=.·~–—-]{3,}")
_NATION = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc")
_NUMBER = re.compile(r"Số\s*:?[\s.…_]*(\d{1,8}[a-zđ]?)?[\s.…_]*/?\s*([A-ZĐ][^\s,;]{0,60})?\s*", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:(?P<place>[^,\d]{2,60}?)\s*,?\s*)?ngày(?P<day>[\s\d.…_/]*)tháng(?P<month>[\s\d.…_/]*)năm(?P<year>[\s\d.…_]*)",
    re.IGNORECASE,
)
#: Letters of a line of the head, at most, blanks between its halves included.
_LINE = 400
_AREAS = ("TỈNH ", "THÀNH PHỐ ", "THỊ XÃ ", "THỊ TRẤN ", "HUYỆN ", "QUẬN ", "PHƯỜNG ", "XÃ ", "TP. ", "TP ", "ĐẶC KHU ")
_GOES_ON = ("VÀ ", "- ", "– ")
_KINDS = (
    "ke hoach",
    "chuong trinh",
    "de an",
    "bao cao",
    "to trinh",
    "quyet dinh",
    "cong van",
    "phuong an",
    "thong bao",
)
_CAPACITY = re.compile(r"(?:KT|TM|TL|TUQ|T/M|K/T|T/L|Q)\s*[./]")
_OFFICES = ("giam doc", "chu tich", "truong", "chanh", "pho", "cuc", "vien", "bo truong", "thu truong", "phu trach")
_TO_SIGN = re.compile(r"\bky\b|dong dau|\bdaky\b")
_SIGNED = re.compile(r"[(\[].{0,60}[)\]]\.?")


@dataclass(slots=True)
class Ends:
    """What a head or an end says: fields of a plan, and lines that are none of them."""

    fields: dict[str, str | int | list[str]] = field(default_factory=dict)
    other: list[str] = field(default_factory=list)


def sides_of(grid: Grid) -> tuple[list[str], list[str]]:
    """The lines of the left and of the right half of a table that puts things side by side."""
    halves: tuple[list[str], list[str]] = ([], [])
    seen: set[int] = set()
    for row in grid.rows:
        cells = [cell for at, cell in enumerate(row) if not at or row[at - 1] is not cell]
        for at, cell in enumerate(cells):
            if id(cell) in seen or cell.is_empty:
                continue
            seen.add(id(cell))
            side = halves[0] if at * 2 < len(cells) and len(cells) > 1 else halves[1]
            side += [line.strip() for line in cell.text.split("\n") if line.strip()]
    return halves


def sides_of_lines(paragraphs: Iterable[Paragraph]) -> tuple[list[str], list[str]]:
    """The same of lines in which tabs or many blanks put things side by side."""
    halves: tuple[list[str], list[str]] = ([], [])
    for paragraph in paragraphs:
        for line in paragraph.plain.split("\n"):
            parts = parts_of(line)
            is_right = paragraph.alignment in ("right", "end", "center") or line.startswith("\t")
            if len(parts) == 1:
                halves[1 if is_right else 0].append(parts[0])
            elif parts:
                halves[0].append(parts[0])
                halves[1].append(" ".join(parts[1:]))
    return halves


def parts_of(line: str) -> list[str]:
    """What stands side by side on a line: parted by tabs, else by many blanks that are not to be filled in."""
    if "\t" in line:
        return [part.strip() for part in _TABS.split(line) if part.strip()]
    if both := _BOTH.fullmatch(line):
        return [both[1], both[2]]
    text = line.strip()
    if len(text) <= _LINE and (_PLACE.search(text) or _NUMBER.fullmatch(text)):
        return [text]
    return [part.strip() for part in _GAP.split(text) if part.strip()]


def is_rule(text: str) -> bool:
    """Whether a line only draws a line."""
    return bool(_RULE.fullmatch(text))


def is_nation(text: str) -> bool:
    """Whether a line is of the nation's head."""
    folded = re.sub(r"\s*[-–]\s*", " - ", fold(" ".join(text.split()))).strip(" .*_-")
    return folded in _NATION


def begins_head(text: str) -> bool:
    """Whether a line may be of the head: the nation, the number, the place and day."""
    if len(text) > _LINE:
        return False
    is_line = re.search(r"(?:^|\t|\s{4,})Số\s*:", text) or (len(text) < 120 and _PLACE.search(text))
    return bool(is_line) or any(map(is_nation, parts_of(text)))


def head_of(left: Sequence[str], right: Sequence[str]) -> Ends:
    """What the lines of both heads say."""
    ends = Ends()
    units: list[str] = []
    for at, line in enumerate((*left, *right)):
        text = " ".join(line.split())
        if is_rule(text) or is_nation(text):
            continue
        if (number := _NUMBER.fullmatch(text)) is not None and (number[2] or number[1] or text.endswith(("/", ":"))):
            ends.fields["number"] = number[1] or ""
            ends.fields["symbol"] = number[2] or ""
        elif (place := _PLACE.fullmatch(text.rstrip(".;"))) is not None:
            _take_place(ends, place)
        elif at < len(left) and any(map(str.isalpha, text)) and len(text) < 200:
            units.append(text)
        else:
            ends.other.append(text)
    names = _units(units)
    if names:
        ends.fields["unit_name"] = names[-1]
        if len(names) > 1:
            ends.fields["unit_parent"] = " ".join(names[:-1])
    return ends


def _take_place(ends: Ends, found: re.Match[str]) -> None:
    if found["place"]:
        ends.fields["place"] = found["place"].strip()
    for name, low, high in (("day", 1, 31), ("month", 1, 12), ("year", 1900, 2999)):
        digits = re.sub(r"\D", "", found[name])
        if digits and low <= int(digits[:6]) <= high:
            ends.fields[name] = int(digits)


def _units(lines: Sequence[str]) -> list[str]:
    """The names of units, each of them in one piece."""
    names: list[str] = []
    for line in lines:
        upper = line.upper()
        goes_on = names and (
            upper.startswith((*_AREAS, *_GOES_ON))
            or names[-1].endswith((" VÀ", " -", " –", ",", " và"))
            or (names[-1].upper() in ("ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN", "UBND", "HỘI ĐỒNG NHÂN DÂN"))
        )
        if goes_on:
            names[-1] = f"{names[-1]} {line}"
        else:
            names.append(line)
    return names


def kind_of(text: str) -> tuple[str, str] | None:
    """The kind of document that a line names, and what stands behind it: ``("KẾ HOẠCH", "Phát triển …")``."""
    folded = fold(text)
    kind = next((kind for kind in _KINDS if folded.startswith(kind)), None)
    if kind is None or not text[: len(kind)].isupper():
        return None
    return text[: len(kind)], text[len(kind) :].strip(" :\n")


def addressee_of(lines: Sequence[str]) -> str:
    """Whom the lines behind ``Kính gửi:`` name."""
    names = [re.sub(r"^\s*(?:Kính gửi\s*:?)?\s*[-+•]?\s*", "", line).strip(" ;.") for line in lines]
    return "; ".join(name for name in names if name)


def end_of(left: Sequence[str], right: Sequence[str]) -> Ends:
    """Recipients at the left, and who signs at the right."""
    ends = Ends()
    recipients: list[str] = []
    signer = list(right)
    is_listed = False
    for line in left:
        text = " ".join(line.split())
        # The copy that is kept comes last; who signs may stand below it, where nothing puts it beside.
        if recipients and fold(recipients[-1]).startswith("luu") and text[:1] not in ("-", "–", "+", ""):
            signer.append(text)
            continue
        if fold(text).startswith("noi nhan"):
            is_listed = True
            text = text[len("Nơi nhận") :].strip(" :")
        if not text or is_rule(text):
            continue
        item = re.sub(r"^[-–+•*]\s*", "", text).strip().rstrip(";.").strip()
        if text[:1] in "-–+•*" or (is_listed and not recipients):
            recipients.append(item)
        elif recipients:
            recipients[-1] = f"{recipients[-1]} {item}"
        else:
            ends.other.append(text)
    if recipients:
        ends.fields["recipients"] = recipients
    _take_signer(ends, [" ".join(line.split()) for line in signer if line.strip() and not is_rule(line)])
    return ends


def _take_signer(ends: Ends, lines: Sequence[str]) -> None:
    # "(Ký tên, đóng dấu)" is for the hand that signs.
    ends.other += [line for line in lines if _SIGNED.fullmatch(line) and not _TO_SIGN.search(fold(line))]
    found = [line for line in lines if not _SIGNED.fullmatch(line)]
    capacity = []
    while found and _CAPACITY.match(found[0]):
        capacity.append(found.pop(0))
        if found and found[0].upper().startswith(_AREAS):
            capacity[-1] += f" {found.pop(0)}"
    if capacity:
        ends.fields["capacity"] = " ".join(capacity)
    if found and (len(found) > 1 or not _is_office(found[-1])) and _is_name(found[-1]):
        ends.fields["signer_name"] = found.pop()
    if found:
        ends.fields["signer_position"] = found.pop(0)
    ends.other += found


def _is_office(text: str) -> bool:
    return any(office in fold(text) for office in _OFFICES)


def _is_name(text: str) -> bool:
    words = text.split()
    is_short = 2 <= len(words) <= 8 and not any(letter.isdigit() for letter in text)
    return is_short and all(word[0].isupper() for word in words) and not (text.isupper() and _is_office(text))


def begins_end(text: str) -> bool:
    """Whether a paragraph begins the end of the document: the recipients."""
    return fold(text.strip()).startswith("noi nhan")


def take(plan: Plan, ends: Ends) -> None:
    """Put what was found into the plan."""
    for name, said in ends.fields.items():
        setattr(plan, name, said)
