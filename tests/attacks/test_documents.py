"""Plan documents of numbers, keys, letters and depths that no program writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models import document, letters
from models.errors import UserError
from models.exports.package import build
from models.imports import package
from models.store import Store
from models.template import get
from tests.attacks.defence import bounded, is_sentence, plan_text, refused, taken
from tests.plans import small_plan
from tests.ui.program import Program

NAME = "kế hoạch.json"
AMOUNT = '"total": 100000000'


def with_amount(token: str) -> bytes:
    text = plan_text()
    assert AMOUNT in text
    return text.replace(AMOUNT, f'"total": {token}', 1).encode()


# ---- numbers


@pytest.mark.parametrize(
    ("token", "word"),
    [
        ("9" * 1_000_000, "số quá dài"), ("-" + "9" * 1_000_000, "số quá dài"), ("9" * 5000, "số quá dài"),
        ("0." + "9" * 1_000_000, "số quá dài"), ("1e999999", "số quá lớn"), ("-1e999999", "số quá lớn"),
        ("1e99999999999999999999", "số quá lớn"), ("NaN", "NaN"), ("Infinity", "Infinity"), ("-Infinity", "-Infinity"),
        ("1.0", "số nguyên đồng"), ("-0.0", "số nguyên đồng"), ("1e3", "số nguyên đồng"), ("true", "số nguyên đồng"),
        ("1000000000000001", "vượt quá giới hạn"), ('"5"', "số nguyên đồng"), ("0x10", "JSON bị hỏng"), ("007", "JSON bị hỏng"),
        ("٣", "JSON bị hỏng"), ("1_000", "JSON bị hỏng"), ("+1", "JSON bị hỏng"),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_numbers(tmp_path: Path, token: str, word: str) -> None:
    refused(tmp_path, NAME, with_amount(token), NAME, word)


def test_minus_zero_is_zero(tmp_path: Path) -> None:
    plan = taken(tmp_path, NAME, with_amount("-0"))
    assert plan.tables[0].rows[0].total == 0 and b'"total": -0' not in document.to_bytes(plan)


# ---- depth and count


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "[" * 100_000 + "]" * 100_000, '{"a":' * 100_000 + "1" + "}" * 100_000]
)
def test_a_hundred_thousand_levels(tmp_path: Path, text: str) -> None:
    refused(tmp_path, NAME, text.encode(), NAME)
    inside = plan_text(x=0).replace('"x": 0', f'"x": {text}')
    refused(tmp_path, NAME, inside.encode(), NAME)


def test_thirteen_levels(tmp_path: Path) -> None:
    refused(tmp_path, NAME, plan_text(x=json.loads("[" * 12 + "]" * 12)).encode(), "lồng nhau quá 12 cấp")


@pytest.mark.parametrize("piece", ["[],", "{},", '"",', "0,", '{"":0},'])
def test_millions_of_small_values(tmp_path: Path, piece: str) -> None:
    """Each takes fifty times as much memory as it takes letters."""
    some = piece * ((19 << 20) // len(piece))
    text = plan_text(x=0).replace('"x": 0', f'"x": [{some}0]')
    refused(tmp_path, NAME, text.encode(), "quá nhiều mục")


def test_a_file_without_end(tmp_path: Path) -> None:
    """Of a device that never ends no more is read than a document may have."""
    if not Path("/dev/zero").exists():
        pytest.skip("no such device here")
    link = tmp_path / NAME
    link.symlink_to("/dev/zero")
    with bounded(), pytest.raises(UserError, match="lớn hơn"):
        package.open_any(link)


# ---- keys


@pytest.mark.parametrize(
    "doubled",
    ['"id": "khac", "id"', '"\\u0069d": "khac", "id"', '"caf\\u00e9": 1, "cafe\\u0301": 2, "id"', '"a\\u200b": 1, "a": 2, "id"'],
    ids=["plain", "escaped", "composed", "unseen"],
)  # fmt: skip
def test_a_key_twice(tmp_path: Path, doubled: str) -> None:
    """Which of them counts would be for each program to say."""
    refused(tmp_path, NAME, plan_text().replace('"id"', doubled, 1).encode(), "có hai lần")


@pytest.mark.parametrize(
    "name", ["__class__", "__proto__", "constructor", "rows/0", "~1", "", "extra", "parent", "row_id"]
)
def test_names_that_mean_something_to_programs(tmp_path: Path, name: str) -> None:
    """A field that is not known is kept as it is, and is nothing but that."""
    plan = taken(tmp_path, NAME, plan_text(**{name: {"x": 1}}).encode())
    assert plan.extra[name] == {"x": 1} and type(plan).__name__ == "Plan"
    assert document.dump(plan)[name] == {"x": 1}


@pytest.mark.parametrize("plan_id", ["../../x", "a/b", "", "x" * 65, "a b", "CON\0", "é", "x;DROP TABLE plan", 5, None])
def test_ids(tmp_path: Path, plan_id: object) -> None:
    refused(tmp_path, NAME, plan_text(id=plan_id).encode(), "/id")


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "chinh-quyen-so-2022\0", "/dev/zero", "C:\\x", "*", "chinh-quyen-so-2022/"]
)
def test_a_template_is_named_and_never_a_path(tmp_path: Path, name: str) -> None:
    refused(tmp_path, NAME, plan_text(template=name).encode())


def test_ids_are_never_sql(tmp_path: Path) -> None:
    with Store(tmp_path / "kho") as store:
        assert not store.has("x' OR '1'='1")
        store.put(small_plan(subject="'); DROP TABLE plan; --"), "Nhập")
        assert [plan.subject for plan in (store.read("ke-hoach-1"),)] == ["'); DROP TABLE plan; --"]


# ---- letters


@pytest.mark.parametrize(
    "text",
    ["\\ud800", "\\udc00\\ud800", "x\\ud83d", "\\u0000", "\\u001b[2J", "\\u0085", "\\u0007", "\\u000d", "\\u0009"],
)
def test_letters_that_no_text_holds(tmp_path: Path, text: str) -> None:
    for place in ("subject", "x\\ud83dy"):
        whole = plan_text(zz=0).replace('"zz": 0', f'"{place if place == "subject" else text}": "{text}"')
        refused(tmp_path, NAME, whole.encode(), "ký tự điều khiển")


def test_other_encodings(tmp_path: Path) -> None:
    for code in ("utf-16", "utf-32", "cp037"):
        refused(tmp_path, NAME, plan_text().encode(code))
    refused(tmp_path, NAME, plan_text().encode().replace(b"small", b"\xff").replace(b'"id"', b'"\xc0\x80"', 1), "UTF-8")
    assert taken(tmp_path, NAME, b"\xef\xbb\xbf" + plan_text().encode()).id == "ke-hoach-1"


TURNED = "Tổng \u202e000.01\u202c đồng\u2066\u2069\u200e\u200f\u061c"


def test_signs_that_turn_a_line_around_go(tmp_path: Path) -> None:
    """ "000.01" would be seen as "10.000". The signs go as the text comes in; its letters stay in their order."""
    organisation = {"name": f"SỞ\u200b NỘI\ufeff VỤ\u2060{TURNED}"}
    plan = taken(tmp_path, NAME, plan_text(organisation=organisation).encode())
    assert plan.unit_name == "SỞ NỘI VỤTổng 000.01 đồng"
    # Joiners within an emoji, and letters of any writing, stay.
    kept = "\U0001f469\u200d\U0001f4bb नमस्ते שלום"
    assert taken(tmp_path, NAME, plan_text(organisation={"name": kept}).encode()).unit_name == kept


def test_heaps_of_marks_cost_no_time(tmp_path: Path) -> None:
    """Putting marks in order takes the square of their number: a million of them would take hours."""
    heap = "a" + "\u0301\u0316" * 1_000_000
    text = plan_text(organisation={"name": heap})
    refused(tmp_path, NAME, json.dumps(json.loads(text), ensure_ascii=False).encode(), "quá nhiều dấu chồng")
    with bounded():
        parted = letters.neutral(heap)
    # One acute is a part of "á" now.
    assert parted.count("\u0301") + 1 == parted.count("\u0316") == 1_000_000 and letters.neutral(parted) == parted


def test_names_of_files_are_plain_letters(tmp_path: Path) -> None:
    for code in ("../../x", "CON", "a\u202eb", "x:y", "..", "\u202e", "a" * 300, "Đ/Ư", "=1", "x\ny"):
        plan = small_plan(unit_code=code, unit_name="Sở / Nội: vụ")
        made = build(plan, get(plan.template), draft=True)
        for file in made.files.values():
            assert file.name.startswith("KH-2022_") and file.name.isascii() and len(file.name) < 80
            assert not set(file.name) & set('/\\:*?"<>| \n') and ".." not in file.name


# ---- the program


@pytest.mark.parametrize("token", ["9" * 1_000_000, "1e999999", "NaN"], ids=["digits", "endless", "none"])
def test_the_command_line_says_so_and_stores_nothing(here: Program, folder: Path, tmp_path: Path, token: str) -> None:
    path = tmp_path / NAME
    path.write_bytes(with_amount(token))
    for command in (("import", path), ("check", path, "--json"), ("export", path, "--to", tmp_path / "ra")):
        with bounded():
            found = here(*command)
        assert found.code == 2 and found.out == "" and is_sentence(found.err.strip()), found
    assert not folder.exists()
