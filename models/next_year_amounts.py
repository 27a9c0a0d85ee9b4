"""What is left of a task's money for the plan that follows. All amounts are đồng.

Taken away is only what is known to lie in past years; where that is not known the amount stays, and it is said. Nobody
can tell from which of several sources the rest comes: then the sources keep their names and lose their amounts, which
are written into the task's note.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from models.folding import fold
from models.i18n import N_
from models.money import LIMIT, format_amount
from models.plan import Row
from models.template import Template
from models.times import parse_period
from models.totals import add

#: A time that comes back: "Hàng năm", "Cập nhật hằng năm", "Thực hiện 02 năm/lần".
_YEARLY = ("hang nam", "moi nam", "thuong xuyen", "nam/lan", "nam mot lan")

#: What is said of an amount (``task`` is put in by who says it).
UNKNOWN_PAST = N_("“{task}”: chưa biết phần đã bố trí trước năm {year}; kinh phí để nguyên, hãy sửa theo số còn lại.")
UNKNOWN_SHARE = N_("“{task}”: chưa biết phần kinh phí của năm {year}; số của cả giai đoạn ghi ở cột ghi chú.")
BEYOND = N_("“{task}”: các năm trước cộng lại vượt tổng kinh phí nên chỉ lấy số của các năm còn lại; hãy xem lại.")
SOURCES = N_("“{task}”: chưa biết số còn lại của từng nguồn vốn; số của kế hoạch trước ghi ở cột ghi chú.")
SOURCE_LOST = N_("“{task}”: mẫu mới không có nguồn “{source}”; số tiền được ghi ở cột ghi chú, hãy xếp vào nguồn khác.")


@dataclass(frozen=True, slots=True)
class Span:
    """The years of the old plan and of the new one, first and last."""

    old: tuple[int, int] | None
    new: tuple[int, int]

    @property
    def is_share(self) -> bool:
        """Whether the new plan is for some years of a longer one, of whose money it has its share."""
        return self.old is not None and self.old[1] - self.old[0] > self.new[1] - self.new[0]

    @property
    def is_equal(self) -> bool:
        return self.old is not None and self.old[1] - self.old[0] == self.new[1] - self.new[0]

    @property
    def by(self) -> int:
        """By how many years the new plan is later."""
        return self.new[0] - self.old[0] if self.old is not None else 0

    @property
    def period(self) -> str:
        """The years of the old plan as they are written: "2022", "2021-2025"."""
        if self.old is None:
            return ""
        return str(self.old[0]) if self.old[0] == self.old[1] else f"{self.old[0]}-{self.old[1]}"


@dataclass(slots=True)
class Rest:
    """What a task goes on with; ``said`` are sentences (msgids) with their values, ``note`` is written beside it."""

    total: int | None
    funding: dict[str, int | None]
    years: dict[str, int | None]
    said: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    note: list[str] = field(default_factory=list)


def is_yearly(row: Row) -> bool:
    """Whether a task comes back every year, or every few."""
    return says_yearly(row.time)


def says_yearly(text: str) -> bool:
    """Whether a time or a name says of a task that it comes back."""
    folded = fold(text)
    return any(word in folded for word in _YEARLY)


def span_of(row: Row) -> tuple[int, int] | None:
    """First and last year of a task, from its fields, its time, or its years; ``None`` where none is told."""
    first, last = row.time_from, row.time_to
    if first is None and last is None:
        if (told := parse_period(row.time)) is not None:
            return min(told), max(told)
        years = [int(year) for year, amount in row.years.items() if amount is not None]
        return (min(years), max(years)) if years else None
    first = last if first is None else first
    last = first if last is None else last
    assert first is not None and last is not None
    return min(first, last), max(first, last)


def rest(row: Row, amount: int | None, span: Span, names: Mapping[str, str]) -> Rest:
    """What is left of a task without regard to its parts.

    ``amount`` is what it counts in its table; ``names`` are those of the sources by key.
    """
    first = span.new[0]
    years = {year: value for year, value in row.years.items() if value is not None}
    if is_yearly(row) and span.is_equal and not any(int(year) >= first for year in years):
        # What comes back costs again what it did.
        moved = {str(int(year) + span.by): value for year, value in row.years.items() if int(year) + span.by <= 2999}
        return Rest(row.total, dict(row.funding), moved)
    if years:
        found = _by_years(row, amount, years, span, names)
    elif span.is_share:
        found = _share(row, amount, span, names)
    else:
        found = Rest(row.total, dict(row.funding), dict(row.years))
        told = span_of(row)
        if amount and told is not None and told[0] < first <= told[1]:
            found.said.append((UNKNOWN_PAST, {"year": first}))
    return found


def _by_years(row: Row, amount: int | None, years: Mapping[str, int], span: Span, names: Mapping[str, str]) -> Rest:
    first, last = span.new
    if span.is_share:
        left = {year: value for year, value in years.items() if first <= int(year) <= last}
        total = fitting(add(left.values()))
        found = Rest(total, dict(row.funding), dict(left))
        if total is None and amount:
            found.said.append((UNKNOWN_SHARE, {"year": first}))
            found.note.append(whole(amount, span))
    else:
        left = {year: value for year, value in years.items() if int(year) >= first}
        past = sum(value for year, value in years.items() if int(year) < first)
        total = None if amount is None else amount - past
        found = Rest(total, dict(row.funding), dict(left))
        told = span_of(row)
        if total is not None and amount is not None and not 0 <= total <= amount:
            found.total = fitting(add(left.values())) or 0
            found.said.append((BEYOND, {}))
        elif past == 0 and amount and told is not None and told[0] < first <= told[1]:
            found.said.append((UNKNOWN_PAST, {"year": first}))
    if found.total == amount:
        # Nothing was taken away: as it was stated.
        found.total = row.total
    else:
        fund(found, row, amount, span, names)
    return found


def _share(row: Row, amount: int | None, span: Span, names: Mapping[str, str]) -> Rest:
    told = span_of(row)
    if told is not None and span.new[0] <= told[0] and told[1] <= span.new[1]:
        return Rest(row.total, dict(row.funding), {})
    found = Rest(None, dict(row.funding), {})
    if amount:
        found.said.append((UNKNOWN_SHARE, {"year": span.new[0]}))
        found.note.append(whole(amount, span))
    if amount is not None:
        fund(found, row, amount, span, names)
    return found


def fund(found: Rest, row: Row, amount: int | None, span: Span, names: Mapping[str, str]) -> None:
    """The sources of what is left: certain where there is one alone that paid for all."""
    known = {key: value for key, value in row.funding.items() if value is not None}
    if not known:
        return
    if len(known) == 1 and next(iter(known.values())) == amount and found.total is not None:
        found.funding = row.funding | dict.fromkeys(known, found.total)
        return
    found.funding = dict.fromkeys(row.funding)
    if len(known) == 1 and next(iter(known.values())) == amount:
        # What the whole period has of it stands in the note already.
        return
    listed = ", ".join(f"{names.get(key, key)} {format_amount(value, 'million')}" for key, value in known.items())
    found.note.append(f"Nguồn vốn kế hoạch {span.period}: {listed} triệu đồng".replace("  ", " "))
    if found.total is not None:
        found.said.append((SOURCES, {}))


def fitting(amount: int | None) -> int | None:
    """A sum that a plan can hold; ``None`` beyond."""
    return amount if amount is not None and abs(amount) <= LIMIT else None


def whole(amount: int, span: Span) -> str:
    """The amount of the whole period, as it is written into a note (printed, so not translated)."""
    return f"Kế hoạch {span.period}: {format_amount(amount, 'million')} triệu đồng"


# ---- sources


def sources_map(old: Template | None, new: Template) -> dict[str, str]:
    """Which source of the new template is meant by one of the old that it lacks: the one of the same name."""
    found: dict[str, str] = {}
    for source in old.sources if old is not None else ():
        if any(one.key == source.key for one in new.sources):
            continue
        same = [one.key for one in new.sources if _same(one.label, source.label) or _same(one.short, source.short)]
        if len(same) == 1:
            found[source.key] = same[0]
    return found


def _same(one: str, other: str) -> bool:
    return bool(one.strip()) and fold(one).split() == fold(other).split()


def resource(
    row: Row, new: Template, mapped: Mapping[str, str], names: Mapping[str, str]
) -> list[tuple[str, dict[str, object]]]:
    """Give the money of a row (in no plan) the sources of the new template; what is said of those it lacks.

    An amount of a source that is not there goes into the row's note, named.
    """
    keys = {source.key for source in new.sources}
    said: list[tuple[str, dict[str, object]]] = []
    funding: dict[str, int | None] = {}
    lost: list[str] = []
    stated = row.total is not None or not any(value is not None for value in row.funding.values())
    total = row.total if stated else fitting(add(row.funding.values()))
    for key, value in row.funding.items():
        if key in keys or mapped.get(key) in keys:
            goal = key if key in keys else mapped[key]
            before = funding.get(goal)
            funding[goal] = value if before is None else before if value is None else fitting(before + value)
        elif value is not None:
            name = names.get(key, key)
            lost.append(f"{name}: {format_amount(value, 'million')} triệu đồng")
            said.append((SOURCE_LOST, {"source": name}))
    if lost:
        row.total = total
        row.note = joined(row.note, lost)
    row.funding = funding
    return said


def joined(note: str, more: Iterable[str]) -> str:
    """A note with more said after it."""
    return "; ".join(text for text in (note.strip().rstrip(";"), *more) if text)
