"""The plan document: the same again when written, and refused whole in one sentence where it is none."""

from __future__ import annotations

import copy
import json
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import document
from models.errors import DocumentError
from models.money import LIMIT
from models.plan import LegalBasis, Part, Plan, Row, Section, Table, child_lists, insert, remove, walk
from tests.plans import (
    NUMBERS,
    Document,
    documents,
    fixture_document,
    fixture_path,
    fixture_plan,
    resolve,
    small_plan,
    some,
    task,
    values,
)

BASE: Document = {"format": "ke-hoach-so/plan", "version": 1, "id": "k-1", "template": "chinh-quyen-so-2022"}


def encoded(data: Any) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode("utf-8")


def strict(data: Any) -> str:
    """A form in which 1, 1.0 and true differ."""
    return json.dumps(data, sort_keys=True)


def refused(data: bytes, name: str = "plan.json") -> str:
    """The sentence with which ``data`` is refused, which can be shown as it is."""
    with pytest.raises(DocumentError) as caught:
        document.from_bytes(data, name)
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert sentence.isprintable()
    assert len(sentence) < 600
    return sentence


# ---- the same document again


@given(documents())
def test_a_document_read_and_written_is_the_same(data: Document) -> None:
    plan = document.load(copy.deepcopy(data))
    assert strict(document.dump(plan)) == strict(data)


@some(0.3)
@given(documents())
def test_also_as_bytes_and_twice(data: Document) -> None:
    once = document.to_bytes(document.from_bytes(encoded(data)))
    assert strict(json.loads(once)) == strict(data)
    assert document.to_bytes(document.from_bytes(once)) == once


@pytest.mark.parametrize("number", NUMBERS)
def test_real_plans_are_the_same_again(number: int) -> None:
    plan = fixture_plan(number)
    assert strict(document.dump(plan)) == strict(fixture_document(number))
    assert document.to_bytes(document.from_bytes(document.to_bytes(plan))) == document.to_bytes(plan)


def test_order_of_fields_and_unknown_ones_does_not_change_the_bytes() -> None:
    def turned(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return [turned(item) for item in value] if isinstance(value, list) else value

    data = fixture_document(4) | {"zeta": 1, "alpha": 2}
    assert document.to_bytes(document.from_bytes(encoded(turned(data)))) == document.to_bytes(document.load(data))


@given(documents())
def test_a_copy_is_of_the_same_content_and_shares_nothing(data: Document) -> None:
    plan = document.load(data)
    twin = document.copy(plan)
    assert document.to_bytes(twin) == document.to_bytes(plan)
    assert not {id(part) for part in walk(plan)} & {id(part) for part in walk(twin)}


@given(documents())
def test_what_is_read_is_a_sound_tree(data: Document) -> None:
    plan = document.load(data)
    assert_sound(plan)


def assert_sound(plan: Plan) -> None:
    for part in walk(plan):
        for children in child_lists(part):
            assert all(child.parent is part for child in children)
            ordinals = [child.ordinal for child in children]
            assert all(a < b for a, b in pairwise(ordinals))


def test_unknown_fields_at_every_level_are_kept() -> None:
    def with_unknown(value: Any, depth: int = 1) -> Any:
        if isinstance(value, list):
            return [with_unknown(item, depth + 1) for item in value]
        if not isinstance(value, dict):
            return value
        marked = {key: with_unknown(item, depth + 1) for key, item in value.items()}
        if not {"local_recurrent", "computers", "2022"} & value.keys():
            marked["tương_lai"] = {"mới": [1, None]} if depth < 11 else "mới"
        return marked

    data = with_unknown({**full_document(), "revision": 7})
    assert strict(data).count('"t\\u01b0\\u01a1ng_lai"') == 13
    assert strict(document.dump(document.from_bytes(encoded(data)))) == strict(data)


def test_empty_fields_stay_as_they_were_given_until_they_are_filled() -> None:
    data = BASE | {
        "revision": None, "period": None, "organisation": {}, "document": {"number": None, "subject": ""},
        "recipients": [], "indicators": {"computers": None}, "outline": None, "legal_bases": None, "tables": [],
        "sections": [{"key": "a", "text": None, "sections": []}],
    }  # fmt: skip
    plan = document.from_bytes(encoded(data))
    assert plan.revision == 0
    assert (plan.number, plan.recipients, plan.indicators, plan.sections[0].text) == ("", [], {}, "")
    assert strict(document.dump(plan)) == strict(data)
    plan.period_from = plan.period_to = 2022
    plan.unit_name, plan.number, plan.revision = "SỞ B", "12", 1
    plan.recipients, plan.indicators = ["Lưu: VT"], {"computers": 7}
    insert(plan, LegalBasis(text="Căn cứ"))
    insert(plan.sections[0], Section(key="b"))
    written = document.dump(plan)
    assert written["period"] == {"from": 2022, "to": 2022}
    assert written["organisation"] == {"name": "SỞ B"}
    assert written["document"] == {"number": "12", "subject": ""}
    assert written["legal_bases"] == [{"text": "Căn cứ"}]
    assert written["sections"] == [{"key": "a", "text": None, "sections": [{"key": "b"}]}]
    assert (written["revision"], written["recipients"], written["indicators"]) == (1, ["Lưu: VT"], {"computers": 7})


def test_what_is_emptied_is_written_no_more() -> None:
    plan = document.load(
        BASE | {"organisation": {"name": "SỞ B"}, "tables": [{"key": "t", "rows": [{"task": "a", "total": 5}]}]}
    )
    plan.unit_name = ""
    plan.tables[0].rows[0].total = None
    remove(plan.tables[0].rows[0])
    assert document.dump(plan) == BASE | {"tables": [{"key": "t"}]}


def test_texts_become_nfc_keys_too() -> None:
    composed, decomposed = "Kế hoạch Số", unicodedata.normalize("NFD", "Kế hoạch Số")
    assert composed != decomposed
    data = BASE | {"document": {"subject": decomposed}, decomposed: [decomposed], "indicators": {decomposed: 1}}
    written = document.dump(document.from_bytes(encoded(data)))
    assert written == BASE | {"document": {"subject": composed}, composed: [composed], "indicators": {composed: 1}}


def test_a_file_from_notepad_with_a_byte_order_mark_is_read() -> None:
    assert document.from_bytes(b"\xef\xbb\xbf" + encoded(BASE)).id == "k-1"


@pytest.mark.parametrize("amount", [LIMIT, -LIMIT, 0, 1, None])
def test_amounts_up_to_the_limit_are_taken(amount: int | None) -> None:
    plan = document.from_bytes(
        encoded(with_task({"total": amount, "funding": {"oda": amount}, "years": {"2022": amount}}))
    )
    row = plan.tables[0].rows[0]
    assert (row.total, row.funding, row.years) == (amount, {"oda": amount}, {"2022": amount})


def with_task(fields: Document) -> Document:
    return BASE | {"tables": [{"key": "tasks", "rows": [{"task": "Việc"} | fields]}]}


def test_numbers_and_bytes_do_not_depend_on_the_platform() -> None:
    data = document.to_bytes(fixture_plan(2))
    assert b"\r" not in data
    assert data.endswith(b"}\n")
    assert "Đắk Lắk".encode() in data


# ---- refused, with a sentence that says why


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "ke-hoach-so/package"}, "không phải là kế hoạch"),
        ({"format": None}, "không phải là kế hoạch"),
        ({"version": 2}, "mới hơn"),
        ({"version": 10**30}, "mới hơn"),
        ({"version": 0}, "/version"),
        ({"version": "1"}, "/version"),
        ({"version": True}, "/version"),
        ({"version": None}, "/version"),
        ({"id": ""}, "/id"),
        ({"id": "a/b"}, "/id"),
        ({"id": "../a"}, "/id"),
        ({"id": "a" * 65}, "/id"),
        ({"id": "ă"}, "/id"),
        ({"id": None}, "/id"),
        ({"id": 5}, "/id"),
        ({"template": ""}, "/template"),
        ({"template": None}, "/template"),
    ],
)
def test_another_head_is_refused(change: Document, said: str) -> None:
    assert said in refused(encoded(BASE | change))


@pytest.mark.parametrize("field", ["format", "version", "id", "template"])
def test_a_document_without_its_head_is_refused(field: str) -> None:
    refused(encoded({key: value for key, value in BASE.items() if key != field}))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "dòng 1, cột 1"),
        (b'{"a": 1,\n  "b" 2}', "dòng 2, cột 7"),
        (encoded(BASE)[:-1], "JSON bị hỏng"),
        (encoded(BASE) + b"x", "JSON bị hỏng"),
        ("{\"format\": \"Kế\"}".encode("utf-16"), "UTF-8"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"PK\x03\x04" + bytes(range(256)), "UTF-8"),
        (b"[]", "không phải là kế hoạch"),
        (b"null", "không phải là kế hoạch"),
        (b'"ke-hoach-so/plan"', "không phải là kế hoạch"),
        (b"[" * 100_000, "12 cấp"),
        (b'{"a":' * 100_000, "12 cấp"),
        (b'{"format": NaN}', "NaN"),
        (encoded(BASE)[:-1] + b', "x": Infinity}', "Infinity"),
        (encoded(BASE)[:-1] + b', "x": [-Infinity]}', "-Infinity"),
        (encoded(BASE)[:-1] + b', "x": [1e999]}', "/x/0"),
        (encoded(BASE)[:-1] + b', "x": ' + b"9" * 5000 + b"}", "số quá dài"),
        (encoded(BASE)[:-1] + b', "id": "k-2"}', "“id” có hai lần"),
        (encoded(BASE)[:-1] + b', "x": [{"a": 1, "b": 2, "b": 2}]}', "“b” có hai lần"),
        (encoded(BASE)[:-1] + ', "ế": 1, "e\u0302\u0301": 2}'.encode(), "“ế” có hai lần"),
        (encoded(BASE)[:-1] + b', "\\ud800": 1, "\\ud800": 1}', "hai lần"),
    ],
)  # fmt: skip
def test_what_is_no_sound_json_is_refused(data: bytes, said: str) -> None:
    assert said in refused(data)


def test_many_doubled_keys_are_refused_at_once() -> None:
    pairs = ",".join(f'"k{n}":1' for n in range(200_000))
    assert "“k199999” có hai lần" in refused(f'{{{pairs},"k199999":1}}'.encode())


@pytest.mark.parametrize("letter", ["\x00", "\t", "\r", "\x0b", "\x1f", "\x7f", "\x85", "\x9f", "\ud800", "\udfff"])
def test_control_characters_are_refused_with_their_place(letter: str) -> None:
    text = json.dumps(f"a{letter}b")
    place = f'{{"sections": [{{"text": {text}}}]}}'
    data = encoded(BASE)[:-1] + b", " + place[1:].encode()
    assert "/sections/0/text" in refused(data)
    refused(encoded(BASE)[:-1] + f", {text}: 1}}".encode())
    refused(encoded(BASE)[:-1] + f', "x": {{{text}: [1]}}}}'.encode())


def test_line_breaks_are_no_control_characters() -> None:
    assert document.from_bytes(encoded(BASE | {"sections": [{"text": "a\nb"}]})).sections[0].text == "a\nb"


def nested(depth: int, kind: str) -> Any:
    value: Any = 1
    for _level in range(depth):
        value = [value] if kind == "list" else {"x": value}
    return value


@pytest.mark.parametrize("kind", ["list", "dict"])
def test_nesting_is_taken_to_twelve_and_refused_beyond(kind: str) -> None:
    # The document itself is the first level.
    taken = BASE | {"x": nested(11, kind)}
    assert strict(document.dump(document.from_bytes(encoded(taken)))) == strict(taken)
    assert "12 cấp" in refused(encoded(BASE | {"x": nested(12, kind)}))


def test_a_file_over_20_mib_is_refused_and_one_of_20_taken(tmp_path: Path) -> None:
    size = 20 * 1024 * 1024
    head = encoded(BASE)[:-1] + b', "x": "'
    largest = head + b"a" * (size - len(head) - 2) + b'"}'
    assert len(largest) == size
    assert document.from_bytes(largest).id == "k-1"
    assert "20 MiB" in refused(largest + b"\n")
    path = tmp_path / "lớn.json"
    path.write_bytes(largest + b"\n")
    with pytest.raises(DocumentError, match=r"“lớn\.json” lớn hơn 20 MiB"):
        document.read(path)


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    missing = tmp_path / "Kế hoạch năm 2022.json"
    with pytest.raises(DocumentError, match=r"Không tìm thấy tệp “.*Kế hoạch năm 2022\.json”"):
        document.read(missing)
    with pytest.raises(DocumentError, match="là thư mục"):
        document.read(tmp_path)
    with pytest.raises(DocumentError, match="Không đọc được tệp"):
        document.read(tmp_path / "a\0b.json")
    with pytest.raises(DocumentError, match="Không đọc được tệp"):
        document.read(tmp_path / ("a" * 300))
    (tmp_path / "rỗng.json").write_bytes(b"")
    with pytest.raises(DocumentError, match=r"“rỗng\.json”.*dòng 1, cột 1"):
        document.read(tmp_path / "rỗng.json")
    (tmp_path / "tệp").touch()
    with pytest.raises(DocumentError):
        document.read(tmp_path / "tệp" / "plan.json")


def test_a_file_with_vietnamese_letters_and_spaces_in_its_path(tmp_path: Path) -> None:
    path = tmp_path / "Sở Nội vụ" / "kế hoạch 2022.json"
    path.parent.mkdir()
    path.write_bytes(fixture_path(0).read_bytes())
    assert document.read(path).unit_name == "SỞ NỘI VỤ"


# ---- every field of the format, given a value of the wrong kind


def full_document() -> Document:
    """A document with every field of plan-format.md."""
    part = {"task": "b", "total": 1, "rows": []}
    row = {
        "task": "a", "objective": "", "scope": "x", "lead": "x", "from": 2022, "to": 2022, "time": "x", "total": 1,
        "funding": {"local_recurrent": 1}, "years": {"2022": 1}, "security": True, "carried_over": True,
        "result": "x", "note": "x", "rows": [part],
    }  # fmt: skip
    return BASE | {
        "revision": 1,
        "period": {"from": 2022, "to": 2022},
        "organisation": {"parent": "x", "name": "x", "code": "x", "place": "x"},
        "addressee": "x",
        "document": {"number": "1", "symbol": "x", "year": 2021, "month": 1, "day": 1, "subject": "x"},
        "signature": {"capacity": "x", "position": "x", "name": "x"},
        "recipients": ["x"],
        "legal_bases": [{"kind": "x", "number": "x", "date": "2020-06-03", "issuer": "x", "subject": "x", "text": "x"}],
        "indicators": {"computers": 1},
        "outline": ["Phần I"],
        "sections": [{"key": "x", "heading": "x", "text": "x", "sections": [{"key": "y"}]}],
        "tables": [
            {
                "key": "x", "title": "x", "section": "x", "unit": "million", "numbering": ["1"], "continuous": True,
                "stated_total": 1, "layout": "x", "rows": [{"group": "g", "stated_total": 1, "rows": [row]}],
            },
            {"key": "r", "columns": ["c"], "rows": [["x"]]},
        ],
    }  # fmt: skip


NO_TEXT = [5, 1.5, True, [], {}, ["x"]]
NO_INTEGER = ["1", 1.0, 1.5, True, [], {}]
NO_LIST = [5, 1.5, "x", True, False, {}, {"x": 1}]
NO_OBJECT = [5, 1.5, "x", "", True, False, [], ["x"]]
NO_YEAR = [*NO_INTEGER, 999, 3000, -2022, 10**30]
NO_MONEY = [*NO_INTEGER, LIMIT + 1, -LIMIT - 1, 10**30, -1e15]
NO_BOOLEAN = [0, 1, 1.0, "true", "", [], {}]
NO_ITEM = [None, *NO_TEXT]
ROW = "/tables/0/rows/0/rows/0"
WRONG: dict[str, list[Any]] = {
    "/revision": [*NO_INTEGER, -1, 10**9 + 1],
    "/template": [*NO_TEXT, None, ""],
    "/period": NO_OBJECT,
    "/period/from": NO_YEAR,
    "/period/to": NO_YEAR,
    **{f"/organisation{name}": NO_TEXT for name in ("/parent", "/name", "/code", "/place")},
    "/organisation": NO_OBJECT,
    "/addressee": NO_TEXT,
    "/document": NO_OBJECT,
    **{f"/document/{name}": NO_TEXT for name in ("number", "symbol", "subject")},
    "/document/year": NO_YEAR,
    "/document/month": [*NO_INTEGER, 0, 13],
    "/document/day": [*NO_INTEGER, 0, 32],
    "/signature": NO_OBJECT,
    **{f"/signature/{name}": NO_TEXT for name in ("capacity", "position", "name")},
    "/recipients": NO_LIST,
    "/recipients/0": NO_ITEM,
    "/legal_bases": NO_LIST,
    "/legal_bases/0": [None, *NO_OBJECT],
    **{f"/legal_bases/0/{name}": NO_TEXT for name in ("kind", "number", "issuer", "subject", "text")},
    "/legal_bases/0/date": [*NO_TEXT, "03/6/2020", "2020-02-30", "2020-6-3", "2020-06-03T00:00", "٢٠٢٠-٠٦-٠٣"],
    "/indicators": NO_OBJECT,
    "/indicators/computers": ["1", True, [], {}, 10**15 + 1, -1e16],
    "/outline": NO_LIST,
    "/outline/0": [*NO_ITEM, "A", ""],
    "/sections": NO_LIST,
    "/sections/0": [None, *NO_OBJECT],
    **{f"/sections/0/{name}": NO_TEXT for name in ("key", "heading", "text")},
    "/sections/0/sections": NO_LIST,
    "/sections/0/sections/0": [None, *NO_OBJECT],
    "/sections/0/sections/0/key": NO_TEXT,
    "/tables": NO_LIST,
    "/tables/0": [None, *NO_OBJECT],
    **{f"/tables/0/{name}": NO_TEXT for name in ("key", "title", "section", "layout")},
    "/tables/0/unit": [*NO_TEXT, "", "đồng", "billion"],
    "/tables/0/numbering": NO_LIST,
    "/tables/0/numbering/0": [*NO_ITEM, "Phần I", ""],
    "/tables/0/continuous": NO_BOOLEAN,
    "/tables/0/stated_total": NO_MONEY,
    "/tables/0/rows": NO_LIST,
    "/tables/0/rows/0": [None, *NO_OBJECT, {}, {"name": "x"}, {"group": "a", "task": "b"}, {"group": None}],
    "/tables/0/rows/0/group": [value for value in NO_TEXT if value is not None],
    "/tables/0/rows/0/stated_total": NO_MONEY,
    "/tables/0/rows/0/rows": NO_LIST,
    ROW: [None, *NO_OBJECT, ["x"]],
    f"{ROW}/task": NO_TEXT,
    **{f"{ROW}/{name}": NO_TEXT for name in ("objective", "scope", "lead", "time", "result", "note")},
    f"{ROW}/from": NO_YEAR,
    f"{ROW}/to": NO_YEAR,
    f"{ROW}/total": NO_MONEY,
    f"{ROW}/funding": NO_OBJECT,
    f"{ROW}/funding/local_recurrent": NO_MONEY,
    f"{ROW}/years": [*NO_OBJECT, {"22": 1}, {"3022": 1}, {"năm 2022": 1}],
    f"{ROW}/years/2022": NO_MONEY,
    f"{ROW}/security": NO_BOOLEAN,
    f"{ROW}/carried_over": NO_BOOLEAN,
    f"{ROW}/rows": NO_LIST,
    f"{ROW}/rows/0": [None, *NO_OBJECT],
    f"{ROW}/rows/0/total": NO_MONEY,
    "/tables/1/columns": NO_LIST,
    "/tables/1/columns/0": NO_ITEM,
    "/tables/1/rows/0": [None, 5, "x", True, {}, {"task": "a"}],
    "/tables/1/rows/0/0": NO_ITEM,
}


def replaced(data: Document, pointer: str, value: Any) -> Document:
    changed = copy.deepcopy(data)
    above, _slash, last = pointer.rpartition("/")
    owner = resolve(changed, above)
    owner[int(last) if isinstance(owner, list) else last] = value
    return changed


@pytest.mark.parametrize("pointer", WRONG)
def test_a_field_of_the_wrong_kind_is_refused_by_name(pointer: str) -> None:
    for value in WRONG[pointer]:
        sentence = refused(encoded(replaced(full_document(), pointer, value)), "sở.json")
        assert "“sở.json”" in sentence
        # Where the value is itself a group with a wrong part, that part is named.
        assert f"“{pointer}”" in sentence or f"“{pointer}/" in sentence, (value, sentence)


def test_every_field_of_the_format_is_among_those_tried() -> None:
    def places(value: Any, path: str = "") -> set[str]:
        items: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        return {path}.union(*(places(item, f"{path}/{key}") for key, item in items))

    in_head = {"", "/format", "/version", "/id"}
    tried_in_other_rows = {f"{ROW}/rows/0/task", f"{ROW}/rows/0/rows", "/tables/1", "/tables/1/key", "/tables/1/rows"}
    assert places(full_document()) - in_head - tried_in_other_rows == set(WRONG)


def test_a_money_field_named_by_a_person_can_be_shown() -> None:
    sentence = refused(encoded(with_task({"funding": {"dài" * 5000: 1.5}})))
    assert "/tables/0/rows/0/funding/dài" in sentence


# ---- anything at all: a plan, or a sentence


def plan_or_sentence(data: bytes) -> None:
    try:
        plan = document.from_bytes(data)
    except DocumentError as error:
        assert str(error).isprintable()
    else:
        assert_sound(plan)
        again = document.to_bytes(plan)
        assert document.to_bytes(document.from_bytes(again)) == again


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@given(
    json_values
    | st.builds(lambda more: {**more, **BASE}, st.dictionaries(st.sampled_from(sorted(full_document())), json_values))
)
def test_any_json_is_a_plan_or_refused(value: Any) -> None:
    plan_or_sentence(json.dumps(value).encode())


@given(st.data())
def test_a_plan_with_anything_in_one_place_is_a_plan_or_refused(data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(sorted(WRONG)))
    plan_or_sentence(json.dumps(replaced(full_document(), place, data.draw(json_values | values))).encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_a_plan_or_refused(data: bytes) -> None:
    plan_or_sentence(data)


SMALL = encoded(full_document())


@given(st.integers(0, len(SMALL) - 1), st.integers(0, 255), st.booleans())
def test_a_damaged_file_is_a_plan_or_refused(place: int, byte: int, cut: bool) -> None:
    plan_or_sentence(SMALL[:place] if cut else SMALL[:place] + bytes([byte]) + SMALL[place + 1 :])


# ---- places


@given(documents())
def test_a_pointer_leads_to_the_part_in_the_document(data: Document) -> None:
    plan = document.load(data)
    written, places = document.dump(plan), document.pointers(plan)
    assert len(places) == sum(1 for _part in walk(plan))
    for part in walk(plan):
        found = resolve(written, places[id(part)])
        if isinstance(found, list):
            assert isinstance(part, Row)
            assert found == part.cells
            continue
        # A default and a null number are written only as they were given.
        for name in document.FIELD_NAMES[type(part)].keys() - {"unit", "indicators"}:
            try:
                shown = resolve(written, document.pointer(places[id(part)], part, name))
            except (KeyError, TypeError):
                shown = None
            of_group = name in ("group", "stated_total")
            if not isinstance(part, Row) or part.is_group == of_group:
                assert (shown or None) == (getattr(part, name) or None)


@pytest.mark.parametrize(
    ("part", "field", "pointer"),
    [
        (Plan(id="a", template="b"), "unit_name", "/organisation/name"),
        (Plan(id="a", template="b"), "signer_position", "/signature/position"),
        (Plan(id="a", template="b"), "year", "/document/year"),
        (Plan(id="a", template="b"), "period_to", "/period/to"),
        (Plan(id="a", template="b"), "indicators/computers", "/indicators/computers"),
        (Plan(id="a", template="b"), "sections", "/sections"),
        (Row(task="a"), "", "/b"),
        (Row(task="a"), "time_from", "/b/from"),
        (Row(task="a"), "funding/a/b~c", "/b/funding/a~1b~0c"),
        (Row(task="a"), "years/2022", "/b/years/2022"),
        (Row(cells=["x"]), "cells/3", "/b/3"),
        (Table(), "rows", "/b/rows"),
    ],
)
def test_pointers_of_fields(part: Part, field: str, pointer: str) -> None:
    assert document.pointer("" if isinstance(part, Plan) else "/b", part, field) == pointer


def test_a_plan_made_by_hand_is_written_and_read() -> None:
    plan = small_plan()
    insert(plan.tables[0], task("Thêm", 5), 0)
    again = document.from_bytes(document.to_bytes(plan))
    assert document.to_bytes(again) == document.to_bytes(plan)
    assert [row.task for row in again.tables[0].rows] == ["Thêm", "Mua máy", "Diệt vi-rút"]


@pytest.mark.parametrize(
    ("text", "is_date"),
    [
        ("2020-06-03", True),
        ("2020-02-29", True),
        ("2021-02-29", False),
        ("2020-6-3", False),
        ("", False),
        ("2020-13-01", False),
    ],
)
def test_dates(text: str, is_date: bool) -> None:
    assert document.is_date(text) is is_date
