"""Templates from outside: data and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import create, resources, template, totals
from models.checks import check
from models.errors import TemplateError
from tests.attacks.defence import bounded, is_sentence

WHOLE = resources.path("templates", "chinh-quyen-so-2022.toml").read_text(encoding="utf-8")


def refused(text: str | bytes, *words: str) -> None:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    with bounded(), pytest.raises(TemplateError) as raised:
        template.read(data, "mẫu ngoài.toml")
    said = str(raised.value)
    assert is_sentence(said) and "mẫu ngoài.toml" in said and all(word in said for word in words), said


def replaced(old: str, new: str) -> str:
    assert old in WHOLE
    return WHOLE.replace(old, new, 1)


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000, "a = " + "{a=" * 50_000, "a" + ".a" * 100_000 + " = 1", "[" + "a." * 100_000 + "a]",
        "a = " + "9" * 100_000, "a = 1e999999", "a = 0x" + "f" * 100_000, "a = 2022-99-99", "x = nan", "[a]\n" * 100_000,
        "a = '" + "x" * 600_000 + "'", "\n" * 600_000, "a = [" + "1," * 100_000 + "]", 'a = "\\ud800"', "a = '\ud800'", "\0",
        "[[a]]\n" * 60_000, 'a = "' + "a" + "\u0301\u0316" * 60_000 + '"', "'a'" + ".'a'" * 50_000 + "=1", "-" * 500_000,
    ],
    ids=lambda text: text[:16],
)  # fmt: skip
def test_files_made_to_harm(text: str) -> None:
    refused(text)


@pytest.mark.parametrize("new_id", ["../../x", "a/b", "CON", "", "x" * 65, "A", "é", "a\\nb", "x.toml", "-x"])
def test_an_id_names_a_file(new_id: str) -> None:
    refused(replaced('id = "chinh-quyen-so-2022"', f'id = "{new_id}"'))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('name = "', 'name = "\\u0000'), ('name = "', 'name = "\\u001b[2J'), ('name = "', 'code = "import os"\nname = "'),
        ("years = 1\n", "years = 999999999\n"), ("years = 1\n", "years = 0\n"), ("version = 1\n", "version = 99999999999999\n"),
        ('security_share = "10%"', 'security_share = "' + "9" * 5000 + '%"'), ('security_share = "10%"', 'security_share = "٣%"'),
    ],
    ids=lambda text: text[:24],
)  # fmt: skip
def test_values_that_no_template_has(old: str, new: str) -> None:
    refused(replaced(old, new))


def test_a_name_that_looks_like_html_or_code_is_a_name() -> None:
    """Nothing in a template is run, fetched, matched or imported."""
    said = "<img src='file://server/share/x'>{0.__class__}%s${x}`x`(?:a+)+$"
    found = template.read(replaced('name = "', f'name = "{said}').encode(), "mẫu ngoài")
    assert found.name.startswith(said)
    plan = create.new_plan(found, 2027)
    assert check(plan, found, totals.compute(plan)) is not None


def test_placeholders_of_years_reach_nothing_else() -> None:
    for text in ("{year.__class__}", "{0}", "{__import__}", "{from!r}", "{year:>9999999}", "{}", "{{year}}"):
        assert "class" not in template.fill_years(text, 2022, 2022).replace(text, "")
        assert len(template.fill_years(text, 2022, 2022)) < 40


def test_a_large_or_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "mau.toml"
    path.write_bytes(b"#" * (2 << 20))
    with bounded(), pytest.raises(TemplateError, match="lớn hơn"):
        template.load(path)
    with pytest.raises(TemplateError, match="Không đọc được"):
        template.load(tmp_path / "không có.toml")
    with pytest.raises(TemplateError, match="Không có mẫu"):
        template.get("../../../etc/passwd")
