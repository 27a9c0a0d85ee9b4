"""Templates from outside: data and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from models import create, resources, template, templates, totals
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


# ---- taking in, and the folder


@pytest.fixture
def taken_in(with_templates: Path) -> Path:
    (with_templates / "mau").mkdir(parents=True)
    return with_templates / "mau"


@pytest.mark.parametrize("new_id", ["../../x", "a/b", "con", "..", "nul", "a" * 64, "x_2"])
def test_nothing_is_written_beside_the_folder(with_templates: Path, new_id: str) -> None:
    data = replaced('id = "chinh-quyen-so-2022"', f'id = "{new_id}"').encode()
    try:
        templates.take_in(templates.examined(data, "../../etc/mẫu.toml"), with_templates)
    except TemplateError as error:
        assert is_sentence(str(error))
    written = [path for path in with_templates.parent.rglob("*") if path.is_file()]
    assert all(path.parent == with_templates / "mau" and path.suffix == ".toml" for path in written)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("chinh-quyen-so-2022_2.toml", b""), ("chinh-quyen-so-2022_2.toml", b"\xff" * 100), ("mau_1.toml", b"#" * (2 << 20)),
        ("chinh-quyen-so-2022_3.toml", WHOLE.encode()), ("mau_1.toml", WHOLE.encode()), ("mau_1.toml", b"a = " + b"[" * 90_000),
        ("khong-phai-mau.txt", b"x"), ("..._1.toml", b"x"), ("chinh-quyen-so-2022_0.toml", WHOLE.encode()),
        ("chinh-quyen-so-2022_99999999999.toml", WHOLE.encode()),
    ],
    ids=lambda value: str(value)[:24],
)  # fmt: skip
def test_whatever_lies_in_the_folder(taken_in: Path, name: str, data: bytes) -> None:
    """It is told in a sentence at most; the templates that are good are all there, and none is another one."""
    (taken_in / name).write_bytes(data)
    with bounded():
        found, told = templates.listed()
        assert template.get("chinh-quyen-so-2022").version == 1
        assert [held.key for held in found if held.template.id == "chinh-quyen-so-2022"] == [("chinh-quyen-so-2022", 1)]
        assert templates.faults() == told and len(told) <= 1 and all(map(is_sentence, told))
        with pytest.raises(TemplateError):
            template.get("mau", 1)


@pytest.mark.skipif(os.name == "nt", reason="links and pipes need rights there")
def test_links_pipes_and_folders_are_not_looked_at(taken_in: Path, tmp_path: Path) -> None:
    (tmp_path / "ngoài.toml").write_text(WHOLE.replace("version = 1", "version = 2", 1), encoding="utf-8")
    (taken_in / "chinh-quyen-so-2022_2.toml").symlink_to(tmp_path / "ngoài.toml")
    os.mkfifo(taken_in / "chinh-quyen-so-2022_3.toml")
    (taken_in / "chinh-quyen-so-2022_4.toml").mkdir()
    with bounded():
        assert sorted(template.versions("chinh-quyen-so-2022")) == [1]
        assert templates.listed()[1] == []


def test_a_plan_may_name_any_version(taken_in: Path) -> None:
    plan = create.new_plan(template.get("chinh-quyen-so-2022"), 2022)
    versions: list[object] = [2, 10**15, "../../x", [], {"a": 1}, True, -1, 1.5]
    for version in versions:
        plan.extra = {"template_version": version}
        try:
            assert template.of(plan).version == 1
        except TemplateError as error:
            assert is_sentence(str(error)) and len(str(error)) < 400
