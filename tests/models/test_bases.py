"""A cited document in its parts: from a sentence and back, without a word lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from models.bases import basis_text, parse_basis
from models.citations import printed_date
from models.exports.phrases import basis_sentence
from models.plan import LegalBasis
from tests.plans import fixture_plan, lines

FIELDS = ("kind", "number", "date", "issuer", "subject", "text")


def parts(basis: LegalBasis) -> tuple[str, ...]:
    return tuple(getattr(basis, name) for name in FIELDS)


@pytest.mark.parametrize("number", range(5))
def test_what_the_plans_cite_prints_the_same_from_its_sentence(number: int) -> None:
    for basis in fixture_plan(number).legal_bases:
        if not basis.text:
            found = parse_basis(basis_sentence(basis))
            assert basis_sentence(found) == basis_sentence(basis)
            assert (found.kind, found.number, found.date) == (basis.kind, basis.number, basis.date)


def test_a_sentence_with_a_short_date() -> None:
    found = parse_basis("Căn cứ Quyết định số 5362/QĐ-UBND ngày 29/12/2020 của UBND tỉnh về Phê duyệt Kế hoạch;")
    assert parts(found) == ("Quyết định", "5362/QĐ-UBND", "2020-12-29", "UBND tỉnh", "về Phê duyệt Kế hoạch", "")


def test_laws_are_cited_by_name() -> None:
    found = parse_basis("Luật Công nghệ thông tin số 67/2006/QH11 ngày 29/6/2006 của Quốc hội")
    assert parts(found) == ("Luật", "67/2006/QH11", "2006-06-29", "Quốc hội", "Công nghệ thông tin", "")


def test_a_number_alone_tells_its_kind() -> None:
    assert parts(parse_basis("749/QĐ-TTg")) == ("Quyết định", "749/QĐ-TTg", "", "", "", "")
    assert parts(parse_basis("số 30/2020/NĐ-CP")) == ("Nghị định", "30/2020/NĐ-CP", "", "", "", "")
    assert parts(parse_basis("1094/STTTT-BCVT")) == ("", "1094/STTTT-BCVT", "", "", "", "")


def test_a_known_issuer_ends_where_it_ends() -> None:
    sentence = "Kế hoạch số 1/KH-BCĐ ngày 05/3/2020 của Ban Chỉ đạo về chuyển đổi số về việc họp"
    assert parse_basis(sentence).issuer == "Ban Chỉ đạo"
    assert parse_basis(sentence, ["Ban Chỉ đạo về chuyển đổi số"]).issuer == "Ban Chỉ đạo về chuyển đổi số"


@pytest.mark.parametrize(
    "sentence",
    [
        "Căn cứ kết quả thực tiễn ứng dụng CNTT năm 2021 tại Sở Nội vụ",
        "Theo đề nghị của Chánh Văn phòng",
        "Căn cứ hướng dẫn của Sở Thông tin và Truyền thông tại Văn bản số 1094/STTTT ngày 04/10/2021 về việc xây dựng",
        "Xét nhu cầu của đơn vị",
    ],
)
def test_words_that_cite_no_document_are_kept_as_they_are(sentence: str) -> None:
    found = parse_basis(sentence)
    assert (found.kind, found.number, found.date, found.issuer) == ("", "", "", "")
    assert basis_sentence(found) == sentence


def test_a_day_that_is_none_stays_in_the_words() -> None:
    found = parse_basis("Quyết định số 1/QĐ-A ngày 31/02/2020 của B về c")
    assert (found.number, found.date, found.subject) == ("1/QĐ-A", "", "ngày 31/02/2020 của B về c")


def words(text: str) -> list[str]:
    text = re.sub(r"^căn cứ\s+", "", text.casefold())
    return [word for word in re.findall(r"\w+", text) if word not in ("số", "của")]


@given(lines, lines, lines)
def test_no_word_is_lost(first: str, second: str, third: str) -> None:
    sentence = " ".join(f"Nghị quyết số 5/NQ-{first} ngày 20/9/2021 {second} của {third}".split())
    found = parse_basis(sentence)
    kept = words(
        f"{found.kind} {found.number} ngày {printed_date(found.date) if found.date else ''} {found.issuer} {found.subject}"
    )
    expected = words(sentence)
    assert sorted(kept) == sorted(expected) or not found.date
    assert not found.text
    assert basis_text(found)
