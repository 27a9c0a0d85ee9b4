"""Old fonts' text made Unicode; right Unicode left as it is."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import old_fonts
from models.syllables import is_syllable
from tests.models.reader import seeds
from tests.offices_word.letters import ALL, SMALL, half_apart, tcvn3, vni
from tests.plans import FIXTURES

SEEDS = seeds.folder()


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(one)


def texts() -> list[str]:
    found = [text for path in FIXTURES.glob("*.json") for text in strings(json.loads(path.read_text(encoding="utf-8")))]
    for path in SEEDS.glob("*.txt") if SEEDS else ():
        found += path.read_text(encoding="utf-8").split("\n")
    return [unicodedata.normalize("NFC", text) for text in found if text.strip()]


TEXTS = texts()
WORDS = sorted({word for text in TEXTS for word in (*text.split(), *re.findall(r"\w+", text))})


def whole(runs: list[tuple[str, str]]) -> str:
    """Runs of one font each, made Unicode by their fonts."""
    return "".join(old_fonts.to_unicode(text, font) for text, font in runs)


# ---- the tables


@pytest.mark.parametrize("letter", ALL)
def test_every_letter_goes_both_ways(letter: str) -> None:
    assert len(set(ALL)) == 134
    for runs in (tcvn3(letter), vni(letter)):
        [(signs, font)] = runs
        encoding = old_fonts.encoding_of(font)
        assert encoding is not None and old_fonts.decode(signs, encoding, font) == letter


@pytest.mark.skipif(shutil.which("iconv") is None, reason="no iconv")
def test_tcvn3_is_what_the_c_library_knows_of_it() -> None:
    signs = [sign for letter in SMALL + "ĂÂĐÊÔƠƯ" for sign, _font in tcvn3(letter) if _font == ".VnTime"]
    assert len(signs) == 74
    known = subprocess.run(
        ["iconv", "-f", "TCVN", "-t", "UTF-8"], input="".join(signs).encode("latin-1"), capture_output=True
    )
    assert known.stdout.decode() == SMALL + "ĂÂĐÊÔƠƯ"


@given(st.text(st.sampled_from(ALL + "bcdghklmnpqrstvx 0123456789.,;-"), min_size=1, max_size=60))
def test_any_text_comes_back_from_its_font(text: str) -> None:
    for made in (tcvn3, vni):
        back = "".join(
            old_fonts.decode(signs, old_fonts.encoding_of(font) or "vni", font) for signs, font in made(text)
        )
        # A capital in the font of capitals is one whatever it was typed as.
        assert back.casefold() == text.casefold()


# ---- right text


def test_right_text_is_never_touched() -> None:
    """Every word and every line of the real plans, each by itself, is what it was."""
    assert len(WORDS) > 3000
    assert [text for text in (*WORDS, *TEXTS) if old_fonts.to_unicode(text) != text] == []


def test_right_text_in_an_old_font_stays_too() -> None:
    """Word keeps the name of the font where somebody goes on in Unicode: a line says enough to be told."""
    long = [
        text
        for text in TEXTS
        if len(text) > 25 and re.search("[ạảấầẩẫậắằẳẵặẹẻếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỷỹỵđơư]", text)
    ]
    assert len(long) > 500
    for font in (".VnTime", ".VnTimeH", "VNI-Times"):
        assert [text for text in long if old_fonts.to_unicode(text, font) != text] == []


@pytest.mark.parametrize(
    "text",
    ["Müller", "café", "Krông Nô", "Cư Kuin", "25 °C ± 2", "2m×3m", "m² và m³", "§ 5", "© 2021 ®", "«Hà Nội»", "Skåne", "là", "có", "10 µm", "½", "Pôkô", "A × B", "São Paulo", "Champs-Élysées"],
)  # fmt: skip
def test_other_letters_of_western_europe_stay(text: str) -> None:
    assert old_fonts.to_unicode(text) == text


@given(st.text(max_size=80))
def test_anything_comes_out_as_a_plan_takes_it(text: str) -> None:
    made = old_fonts.to_unicode(text)
    assert unicodedata.is_normalized("NFC", made)
    assert old_fonts.to_unicode(made) == made or not made.isascii()


# ---- old text


@pytest.mark.parametrize(
    ("text", "font", "expected"),
    [
        ("KÕ ho¹ch øng dông c«ng nghÖ th«ng tin", "", "Kế hoạch ứng dụng công nghệ thông tin"),
        ("Keá hoaïch öùng duïng coâng ngheä thoâng tin", "", "Kế hoạch ứng dụng công nghệ thông tin"),
        ("céng hoµ x· héi chñ nghÜa viÖt nam", ".VnTimeH", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM", "", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("QuyÕt ®Þnh sè 749/Q§-TTg", "", "Quyết định số 749/QĐ-TTg"),
        ("Q§-UBND", "", "QĐ-UBND"),
        ("cã", ".VnTime", "có"),
        ("ñy ban nh©n d©n", ".VnArial", "ủy ban nhân dân"),
        ("cho vay", ".VnTimeH", "CHO VAY"),
        ("UÛY BAN NHAÂN DAÂN TÆNH", "VNI-Times", "ỦY BAN NHÂN DÂN TỈNH"),
        ("Löu: VT", "", "Lưu: VT"),
        ("thñ t\u00adíng", ".VnTime", "thủ tướng"),
        ("\uf051u\uf0b6n", ".VnTime", "Quản"),
        ("Ðơn vị tính", "", "Đơn vị tính"),
        ("NÐ-CP", "", "NĐ-CP"),
        ("tha\u0301\u0302y", "", "thấy"),
    ],
)
def test_old_text(text: str, font: str, expected: str) -> None:
    assert old_fonts.to_unicode(text, font) == expected


def test_old_text_is_told_without_its_font() -> None:
    """Of the lines of the real plans, written in either encoding and without a word of the font."""
    lines = [
        text
        for text in set(TEXTS)
        if len(text) > 20 and not text.isascii() and text == unicodedata.normalize("NFC", text)
    ]
    for way in (tcvn3, vni):
        tried = right = 0
        for line in lines:
            runs = way(line)
            if len(runs) > 1 or re.search("[^\x00-ÿ–—“”‘’…•]", runs[0][0]):
                continue
            tried += 1
            right += old_fonts.to_unicode(runs[0][0]).casefold() == line.casefold()
        assert tried > 300 and right / tried > 0.98, (way.__name__, right, tried)


@pytest.mark.parametrize("way", [half_apart, lambda text: [(unicodedata.normalize("NFD", text), "")]])
def test_tones_apart_are_joined(way: Any) -> None:
    for text in TEXTS:
        assert whole(way(text)) == text


@pytest.mark.parametrize(
    "word", ["nghiêng", "quýt", "gì", "giữa", "khuếch", "uyên", "yếu", "quốc", "oẳn", "thuở", "rượu"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["Krông", "Müller", "cácc", "tốtt", "bcd", "tac", "ngx", "kă1", "quuy", "àá"])
def test_other_words(word: str) -> None:
    assert not is_syllable(word)


def test_cells_of_a_workbook_are_read_by_their_fonts(tmp_path: Path) -> None:
    import openpyxl
    from openpyxl.styles import Font

    from models.imports import sheets

    cells = [
        ("Tªn nhiÖm vô", ".VnTime"),
        ("kinh phÝ", ".VnTimeH"),
        ("Ñôn vò", "VNI-Times"),
        ("Đơn vị", "Arial"),
        ("cã", "Arial"),
    ]
    book: Any = openpyxl.Workbook()
    for number, (text, font) in enumerate(cells, 1):
        book.active.cell(number, 1, text).font = Font(name=font)
    book.save(tmp_path / "x.xlsx")
    [grid] = sheets.pictures(tmp_path / "x.xlsx")
    assert [row[0].text for row in grid.rows] == ["Tên nhiệm vụ", "KINH PHÍ", "Đơn vị", "Đơn vị", "cã"]
