"""The QR code of the first page, read from a picture of the page as a scanner takes it (zbar)."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from models import document
from models.exports import pdf, stamp
from tests.models.exports.plans import fixture


@pytest.mark.parametrize("number", [0, 4])
@pytest.mark.parametrize("resolution", [200, 300])
def test_the_code_of_a_scanned_page_names_the_plan(tmp_path: Path, number: int, resolution: int) -> None:
    plan, template = fixture(number)
    (tmp_path / "plan.pdf").write_bytes(pdf.render(plan, template))
    page = tmp_path / "page"
    options = ["-gray", "-png", "-singlefile", "-f", "1", "-l", "1", "-r", str(resolution)]
    subprocess.run(["pdftoppm", *options, str(tmp_path / "plan.pdf"), str(page)], check=True)
    # Without --nodbus it looks for a desktop to tell.
    read = subprocess.run(
        ["zbarimg", "--quiet", "--raw", "--nodbus", str(page.with_suffix(".png"))],
        capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert read.stdout.strip() == stamp.qr_text(plan.id, plan.revision, document.to_bytes(plan))
