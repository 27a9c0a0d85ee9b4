"""Looking into a PDF the way a reader does: its words, where they stand, and what the file says of itself."""

from __future__ import annotations

import io
import re
import subprocess
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from pypdf import PdfReader

MM = 72 / 25.4

_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>')


@dataclass(frozen=True)
class Word:
    """A word and its box, in points from the upper left corner of the page."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class PageOfWords:
    width: float
    height: float
    words: list[Word]

    def find(self, text: str) -> Word:
        return next(word for word in self.words if word.text == text)

    @property
    def body(self) -> list[Word]:
        """The words between the upper and the lower margin."""
        return [word for word in self.words if word.top > 17 * MM and word.bottom < self.height - 13 * MM]

    @property
    def number(self) -> str:
        """What stands in the upper margin."""
        return " ".join(word.text for word in self.words if word.bottom < 17 * MM)


def text_of(pdf: bytes, *options: str) -> str:
    """The text that pdftotext takes out."""
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def squeezed(text: str) -> str:
    """``text`` without white space: what is one line in a plan is several in a cell."""
    return "".join(text.split())


def pages_of(pdf: bytes) -> list[PageOfWords]:
    found = []
    for width, height, body in _PAGE.findall(text_of(pdf, "-bbox")):
        words = [
            Word(unescape(text), float(left), float(top), float(right), float(bottom))
            for left, top, right, bottom, text in _WORD.findall(body)
        ]
        found.append(PageOfWords(float(width), float(height), words))
    return found


def reader_of(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def qpdf_check(pdf: bytes, folder: Path) -> str:
    """What ``qpdf --check`` has to say; fails where it finds an error."""
    path = folder / "kế hoạch.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
