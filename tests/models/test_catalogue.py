"""The catalogue of legal bases: the list shipped with the program, finding in it, and what became of a document."""

from __future__ import annotations

import re
import unicodedata

import pytest

from models import catalogue, catalogue_layers
from models.bases import basis_text, parse_basis
from models.catalogue import Catalogue, Entry, number_key, says_same
from models.catalogue_file import COLUMNS, read_csv, written
from models.citations import year_of

SHIPPED = catalogue_layers.shipped()
#: Who issues what has such a symbol.
ISSUERS = {
    r"/QH\d\d$": "Quốc hội",
    r"/(NĐ-CP|NQ-CP)$": "Chính phủ",
    r"/(QĐ|CT)-TTg$": "Thủ tướng Chính phủ",
    r"-NQ/TW$": "Bộ Chính trị",
    r"-QĐ/TW$": "Ban Bí thư",
    r"/BCĐTW$": "Ban Chỉ đạo Trung ương",
    r"BTTTT": "Bộ Thông tin và Truyền thông",
    r"BKHCN": "Bộ Khoa học và Công nghệ",
    r"/QĐ-BTP$": "Bộ Tư pháp",
}
KINDS = {
    "QH": ("Luật", "Nghị quyết"), "NĐ": ("Nghị định",), "NQ": ("Nghị quyết",), "QĐ": ("Quyết định",),
    "CT": ("Chỉ thị",), "TT": ("Thông tư",), "KH": ("Kế hoạch",),
}  # fmt: skip


# ---- the list that is shipped


def test_the_list_is_the_one_that_was_given_and_reads_as_it_is_written() -> None:
    data = catalogue.shipped_file().read_bytes()
    assert data.decode().splitlines()[0] == ",".join(COLUMNS)
    assert len(SHIPPED) == 104
    assert read_csv(written(SHIPPED), "x.csv") == SHIPPED


@pytest.mark.parametrize("entry", SHIPPED, ids=lambda entry: entry.number)
def test_each_line_of_the_list_is_whole(entry: Entry) -> None:
    texts = (entry.kind, entry.number, entry.issuer, entry.subject)
    assert all(texts)
    assert all(text == unicodedata.normalize("NFC", text).strip() for text in texts)
    days = [day for day in (entry.date, entry.in_force_from, entry.expired_on) if day]
    assert all(catalogue.is_day(day) for day in days)
    assert days == sorted(days)
    assert entry.date <= catalogue.SHIPPED
    assert year_of(entry.number) in (None, int(entry.date[:4]))
    expected = next(name for symbol, name in ISSUERS.items() if re.search(symbol, entry.number))
    assert entry.issuer.startswith(expected)
    kinds = next((kinds for sign, kinds in KINDS.items() if re.search(rf"[/-]{sign}", entry.number)), ("Công văn",))
    assert entry.kind in kinds


def test_no_document_is_there_twice_and_what_replaced_one_is_known_or_at_least_a_number() -> None:
    known = Catalogue(SHIPPED)
    assert len({entry.key for entry in SHIPPED}) == len(SHIPPED)
    unknown = []
    for entry in SHIPPED:
        for number in entry.replaced_by:
            assert number != entry.number
            if not (found := known.successors(entry, number)):
                unknown.append(number)
            elif entry.expired_on:
                # It ends when its successor comes into force.
                assert found[0].start == entry.expired_on
        if entry.expired_on:
            assert entry.replaced_by
    assert unknown == ["40/2020/TT-BTTTT", "59/2026/TT-BKHCN"]


def test_every_document_of_the_list_prints_as_a_citation_that_leads_back_to_it() -> None:
    known = Catalogue(SHIPPED)
    issuers = {entry.issuer for entry in SHIPPED}
    for entry in SHIPPED:
        basis = parse_basis(basis_text(catalogue.as_basis(entry)), issuers)
        assert (basis.kind, basis.number, basis.date) == (entry.kind, entry.number, entry.date)
        assert known.meant(basis.kind, basis.number, basis.date, basis.subject) == entry
        assert known.meant(entry.kind, entry.number, "", entry.subject) == entry or number_is_not_alone(entry)


def number_is_not_alone(entry: Entry) -> bool:
    """Short subjects do not tell one document of a number from those of other years."""
    return year_of(entry.number) is None and not says_same(entry.subject, entry.subject)


# ---- finding


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("43/2011/NĐ-CP", "Nghị định số 43/2011/NĐ-CP"),
        ("43/2011/NĐ-CP", "43/2011/nd-cp"),
        ("05/2017/QĐ-TTg", "5/2017/QĐ-TTG"),
        ("52-NQ/TW", "52/NQ-TW"),
        ("52-NQ/TW", "52 - NQ/TW"),
        ("749/QĐ-TTg", "số: 749/QĐ-TTg ngày 03/6/2020"),
    ],
)
def test_one_number_in_two_spellings(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("749/QĐ-TTg", "1749/QĐ-TTg"), ("36a/NQ-CP", "36/NQ-CP"), ("17/NQ-CP", "17/2019/NQ-CP"), ("1/QĐ-A", "10/QĐ-A")],
)
def test_two_numbers(one: str, other: str) -> None:
    assert number_key(one) != number_key(other)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("224/2026", "224/2026/NĐ-CP"),
        ("30/2020", "30/2020/NĐ-CP"),
        ("công tác văn thư", "30/2020/NĐ-CP"),
        ("cong tac van thu", "30/2020/NĐ-CP"),
        ("luat chuyen doi so", "148/2025/QH15"),
        ("bảo vệ dữ liệu cá nhân luật", "91/2025/QH15"),
        ("3/6/2020", "749/QĐ-TTg"),
    ],
)
def test_search_by_number_words_and_date(typed: str, first: str) -> None:
    assert Catalogue(SHIPPED).search(typed, 3, "2026-11-21")[0].number == first


def test_search_puts_what_is_no_longer_in_force_last_and_finds_nothing_for_strange_words() -> None:
    known = Catalogue(SHIPPED)
    assert known.search("giao dịch điện tử luật quốc hội", 3, "2020-01-01")[0].number == "51/2005/QH11"
    found = known.search("giao dịch điện tử luật quốc hội", 3, "2026-11-21")
    assert [entry.number for entry in found] == ["20/2023/QH15", "20/2026/QH16", "51/2005/QH11"]
    assert known.search("zzz", 3) == []
    assert {entry.date for entry in known.named("14/CT-TTg")} == {"2018-05-25", "2019-06-07"}
    assert known.named("14/CT-TTg", "Quyết định") == []
    assert known.named("") == []


# ---- validity


def entry(number: str, day: str, **fields: object) -> Entry:
    return Entry("Quyết định", number, day, "A", "về b", **fields)  # type: ignore[arg-type]


def test_in_force_ended_and_replaced() -> None:
    old = entry("1/QĐ-A", "2020-01-01", replaced_by=("2/QĐ-A",))
    middle = entry("2/QĐ-A", "2021-01-01", in_force_from="2021-03-01", expired_on="2022-01-01", replaced_by=("3/QĐ-A",))
    new = entry("3/QĐ-A", "2021-12-01", in_force_from="2022-01-01")
    known = Catalogue([old, middle, new])
    assert (known.ended(old), known.ended(middle), known.ended(new)) == ("2021-03-01", "2022-01-01", "")
    assert known.in_force(old, "2021-02-28") and not known.in_force(old, "2021-03-01")
    assert (known.replacement(old), known.replacement(old, "2021-06-01"), known.replacement(old, "2022-06-01")) == (
        middle, middle, new,
    )  # fmt: skip
    assert known.replacement(new) is None


def test_what_replaced_it_is_not_known_or_is_older_or_runs_in_a_circle() -> None:
    alone = entry("1/QĐ-A", "2020-01-01", replaced_by=("9/QĐ-A",))
    assert Catalogue([alone]).ended(alone) == ""
    assert Catalogue([alone]).replacement(alone) is None
    earlier = entry("9/QĐ-A", "2019-01-01")
    assert Catalogue([alone, earlier]).replacement(alone) is None
    one = entry("1/QĐ-A", "2020-01-01", expired_on="2020-02-01", replaced_by=("2/QĐ-A",))
    two = entry("2/QĐ-A", "2020-01-01", expired_on="2020-02-01", replaced_by=("1/QĐ-A",))
    assert Catalogue([one, two]).replacement(one, "2021-01-01") is None


def test_a_number_that_came_back_replaces_the_earlier_one_and_none_replaces_itself() -> None:
    old, new = entry("14/CT-A", "2018-05-25", replaced_by=("14/CT-A",)), entry("14/CT-A", "2019-06-07")
    assert (Catalogue([old]).ended(old), Catalogue([old]).in_force(old, "2030-01-01")) == ("", True)
    assert (Catalogue([old, new]).ended(old), Catalogue([old, new]).replacement(old)) == ("2019-06-07", new)


def test_several_that_replaced_parts_end_it_together() -> None:
    old = entry("1/QĐ-A", "2020-01-01", replaced_by=("2/QĐ-A", "3/QĐ-A"))
    parts = [entry("2/QĐ-A", "2021-01-01"), entry("3/QĐ-A", "2022-01-01")]
    known = Catalogue([old, *parts])
    assert known.ended(old) == "2022-01-01"
    assert known.replacement(old) is None
    assert known.successors(old) == parts
    assert Catalogue([old, parts[0]]).ended(old) == ""
