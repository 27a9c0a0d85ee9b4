"""Pictures of printed pages, by poppler's pdftoppm: a first page, a landscape appendix, the page with the signature."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
#: Dots an inch: letters are legible, and a page is as high as a screen.
RESOLUTION = 80


def make(folder: Path) -> list[Path]:
    """Write the pictures into ``folder``; gives their paths."""
    from models import document, template
    from models.exports import pdf

    made = []
    with tempfile.TemporaryDirectory() as scratch:
        for plan_name, pages in (("000", {"trang-dau": 1}), ("004", {"trang-phu-luc": 0, "trang-ky": -1})):
            plan = document.read(FIXTURES / f"plan-{plan_name}.json")
            path = Path(scratch, "plan.pdf")
            path.write_bytes(pdf.render(plan, template.get(plan.template)))
            for name, page in pages.items():
                target = folder / name
                number = str(page or _landscape(path)) if page >= 0 else str(_signature(path, plan.signer_name))
                command = ["pdftoppm", "-png", "-r", str(RESOLUTION), "-f", number, "-l", number, "-singlefile"]
                subprocess.run([*command, str(path), str(target)], check=True)
                made.append(target.with_suffix(".png"))
    return made


def _landscape(path: Path) -> int:
    """The number of the first page that lies."""
    from pypdf import PdfReader

    pages = PdfReader(path).pages
    return next(number for number, page in enumerate(pages, 1) if page.mediabox.width > page.mediabox.height)


def _signature(path: Path, name: str) -> int:
    """The number of the last page that bears the signer's name."""
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    pages = done.stdout.decode().split("\f")
    return max(number for number, text in enumerate(pages, 1) if "Nơi nhận:" in text and name in " ".join(text.split()))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    for picture in make(ROOT / "docs" / "img"):
        print(picture.relative_to(ROOT))
