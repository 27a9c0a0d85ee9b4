"""The letters of a printed plan: Times New Roman where the machine has it, else a free font of the same widths.

A font is taken only with all four faces and every Vietnamese letter: Debian's old ``fonts-liberation`` (1.07)
lacks 94 of them and would print boxes.
"""

from __future__ import annotations

import functools
import itertools
import os
import re
import sys
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from models import resources
from models.errors import ExportError
from models.i18n import _

#: Names a folder of fonts that is searched instead of the system's.
FOLDER_VARIABLE = "KE_HOACH_SO_FONTS"

REGULAR, BOLD, ITALIC, BOLD_ITALIC = range(4)

_TIMES = "Times New Roman"
# File names, in lower case, of regular, bold, italic and bold italic; the better liked first.
_FAMILIES: tuple[tuple[str, tuple[str, str, str, str]], ...] = (
    (_TIMES, ("times.ttf", "timesbd.ttf", "timesi.ttf", "timesbi.ttf")),
    (
        _TIMES,
        (
            "times_new_roman.ttf",
            "times_new_roman_bold.ttf",
            "times_new_roman_italic.ttf",
            "times_new_roman_bold_italic.ttf",
        ),
    ),
    (
        _TIMES,
        (
            "times new roman.ttf",
            "times new roman bold.ttf",
            "times new roman italic.ttf",
            "times new roman bold italic.ttf",
        ),
    ),
    ("Tinos", ("tinos-regular.ttf", "tinos-bold.ttf", "tinos-italic.ttf", "tinos-bolditalic.ttf")),
    (
        "Liberation Serif",
        (
            "liberationserif-regular.ttf",
            "liberationserif-bold.ttf",
            "liberationserif-italic.ttf",
            "liberationserif-bolditalic.ttf",
        ),
    ),
)

_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0309\u0303\u0323"
#: The 134 letters that Vietnamese adds to the Latin alphabet: đ and the vowels with their marks, in both cases.
VIETNAMESE = (
    "".join(
        dict.fromkeys(
            letter
            for vowel in _VOWELS
            for small in (vowel, *(unicodedata.normalize("NFC", vowel + tone) for tone in _TONES))
            for letter in (small, small.upper())
            if not letter.isascii()
        )
    )
    + "đĐ"
)

# What takes no ink, control characters too: a font needs no letters for it.
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_SPACES = str.maketrans(
    {
        "\t": " ",
        "\u2028": "\n",
        "\u2029": "\n",
        "\u202f": "\u00a0",
        "\u2007": "\u00a0",
        **dict.fromkeys("\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000", " "),
    }
)
_YEARS = re.compile(r"(?<=\d) ([-–]) (?=\d)")
_DASH = re.compile(r"( )([-–]) ")
_counter = itertools.count(1)


@dataclass(frozen=True, eq=False)
class Family:
    """Four registered faces: regular, bold, italic, bold italic."""

    name: str
    faces: tuple[str, str, str, str]
    #: Advance of each character in thousandths of the size, by face.
    widths: tuple[dict[str, float], ...]
    #: The characters that all four faces have.
    characters: frozenset[str]
    #: The files of the faces.
    files: tuple[Path, ...]


def family() -> Family:
    """The font to print with; ``ExportError`` where the machine has none that will do."""
    return _load(os.environ.get(FOLDER_VARIABLE, ""))


def missing_characters(text: Iterable[str]) -> set[str]:
    """The characters of ``text`` that the font to print with does not have; line breaks and the like need none."""
    needed = set(text) - family().characters
    if needed:
        needed = {character for piece in needed for character in clean(piece)} - family().characters - {"\n"}
    return needed


def plain(text: str) -> str:
    """``text`` in NFC, without invisible characters, with plain spaces."""
    if not text.isascii() or not text.isprintable():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).translate(_SPACES)
    return text


def clean(text: str) -> str:
    """``text`` as it is printed: ``plain``, and a dash between spaces never ends a line, where it looks like a hyphen.

    "2021 - 2025" stays whole.
    """
    text = plain(text)
    if " - " in text or " – " in text:
        text = _DASH.sub(r"\1\2" + "\u00a0", _YEARS.sub("\u00a0\\1\u00a0", text))
    return text


@functools.cache
def _load(folder: str) -> Family:
    files = _files([Path(folder)] if folder else _folders())
    for name, wanted in _FAMILIES:
        paths = [files[file] for file in wanted if file in files]
        if len(paths) == len(wanted) and (found := _register(name, paths)):
            return found
    raise ExportError(
        _(
            "Không tìm thấy phông chữ có đủ chữ tiếng Việt để in; hãy cài Times New Roman,"
            " hoặc phông Tinos (trên Debian, Ubuntu: gói fonts-croscore)."
        )
    )


def _register(name: str, paths: list[Path]) -> Family | None:
    """The family of these files, unless one is damaged or lacks a Vietnamese letter."""
    try:
        # Two families of one name, of two folders, are two fonts.
        prefix = f"KHS{next(_counter)}"
        fonts = [TTFont(f"{prefix}-{index}", str(path)) for index, path in enumerate(paths)]
    except (TTFError, OSError, ValueError, KeyError, IndexError):
        return None
    characters = frozenset.intersection(*(frozenset(map(chr, font.face.charToGlyph)) for font in fonts))
    if not characters.issuperset(VIETNAMESE):
        return None
    for font in fonts:
        pdfmetrics.registerFont(font)
    names = [font.fontName for font in fonts]
    return Family(
        name=name,
        faces=(names[REGULAR], names[BOLD], names[ITALIC], names[BOLD_ITALIC]),
        widths=tuple({chr(code): width for code, width in font.face.charWidths.items()} for font in fonts),
        characters=characters,
        files=tuple(paths),
    )


def _files(folders: Iterable[Path]) -> dict[str, Path]:
    """The TrueType files below ``folders`` by name in lower case; of two the first."""
    found: dict[str, Path] = {}
    for folder in folders:
        for place, subfolders, names in os.walk(folder):
            subfolders.sort()
            for name in sorted(names):
                if name.lower().endswith(".ttf"):
                    found.setdefault(name.lower(), Path(place, name))
    return found


def _folders() -> list[Path]:
    """Where this system keeps fonts; the program's own last."""
    home = Path.home()
    if sys.platform == "win32":
        windows = Path(os.environ.get("WINDIR", r"C:\Windows"))
        local = Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local"))
        system = [windows / "Fonts", local / "Microsoft/Windows/Fonts"]
    elif sys.platform == "darwin":
        system = [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    else:
        data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share")
        system = [Path("/usr/local/share/fonts"), Path("/usr/share/fonts"), data / "fonts", home / ".fonts"]
    return [*system, resources.path("fonts")]
