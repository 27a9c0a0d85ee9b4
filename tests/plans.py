"""Plans for tests: the five real ones, small ones made by hand, and any plan at all (Hypothesis)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from models import document, letters
from models.money import LIMIT
from models.plan import LegalBasis, Plan, Row, Section, Table, adopt

FIXTURES = Path(__file__).parent / "fixtures"
NUMBERS = range(5)

Document = dict[str, Any]
MILLION = 10**6


# ---- the five real plans


def fixture_path(number: int) -> Path:
    return FIXTURES / f"plan-{number:03d}.json"


def fixture_document(number: int) -> Document:
    """The document of a real plan as it lies in its file."""
    found: Document = json.loads(fixture_path(number).read_text(encoding="utf-8"))
    return found


def fixture_plan(number: int) -> Plan:
    return document.read(fixture_path(number))


# ---- small plans


def small_plan(*tables: Table, **fields: Any) -> Plan:
    """A whole plan of ``chinh-quyen-so-2022`` in which nothing is to be found; ``fields`` replace its own.

    Without ``tables`` it has one of two tasks, 100 and 20 million đồng, the second for security.
    """
    texts = {
        "review": ("review.legal", "review.infrastructure", "review.apps", "review.people", "review.security"),
        "plan": ("plan.targets", "plan.tasks", "plan.budget", "plan.organisation"),
    }
    own: Document = {
        "id": "ke-hoach-1",
        "template": "chinh-quyen-so-2022",
        "revision": 1,
        "period_from": 2022,
        "period_to": 2022,
        "unit_parent": "UBND TỈNH A",
        "unit_name": "SỞ B",
        "unit_code": "SB",
        "place": "Tỉnh A",
        "addressee": "Sở Thông tin và Truyền thông",
        "symbol": "KH-SB",
        "year": 2021,
        "month": 10,
        "subject": "Phát triển chính quyền số năm 2022",
        "capacity": "GIÁM ĐỐC",
        "signer_name": "Nguyễn Văn A",
        "recipients": ["Lưu: VT"],
        "legal_bases": [LegalBasis(kind="Quyết định", number="749/QĐ-TTg", date="2020-06-03", subject="phê duyệt")],
        "sections": [
            Section(key=key, heading=key, sections=[Section(key=below, heading=below, text="Có.") for below in keys])
            for key, keys in texts.items()
        ],
        "tables": list(tables)
        or [tasks(task("Mua máy", 100 * MILLION), task("Diệt vi-rút", 20 * MILLION, security=True))],
    }
    plan = Plan(**(own | fields))
    adopt(plan)
    return plan


def tasks(*rows: Row, **fields: Any) -> Table:
    """The plan's own list of tasks; in a plan with another ``key``, another table."""
    return Table(**({"key": "tasks", "title": "Nhiệm vụ", "rows": list(rows)} | fields))


def register(*rows: list[str], **fields: Any) -> Table:
    own: Document = {"key": "software", "columns": ["Tên", "Năm"], "rows": [Row(cells=cells) for cells in rows]}
    return Table(**(own | fields))


def task(name: str = "Việc", total: int | None = None, **fields: Any) -> Row:
    """A task in which nothing is missing."""
    return Row(**({"task": name, "total": total, "lead": "Văn phòng", "time": "2022", "objective": "Tốt"} | fields))


def group(name: str, *rows: Row, **fields: Any) -> Row:
    return Row(group=name, rows=list(rows), **fields)


def resolve(data: Any, pointer: str) -> Any:
    """What a JSON Pointer (RFC 6901) points to; ``KeyError`` or ``IndexError`` where there is nothing."""
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        data = data[int(step)] if isinstance(data, list) else data[step]
    return data


# ---- any plan (Hypothesis)


def _examples() -> int:
    assert settings.default is not None
    return settings.default.max_examples


def some(share: float) -> settings:
    """Settings for a test that is slow: a share of the profile's examples."""
    return settings(max_examples=max(5, int(_examples() * share)))


def _nfc(text: str) -> str:
    """As a text is when it has come in."""
    return letters.neutral(text)


#: One line, of any letters at all but control characters.
lines = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=12).map(_nfc)
#: What makes rules look closer.
telling = st.sampled_from(
    [
        "Tổng kinh phí: 5.039.722.000 đồng (Bằng chữ: Năm tỷ đồng)",
        "Tổng kinh phí dự kiến là **5,04 tỷ đồng**, bằng chữ: *một nghìn đồng*",
        "Tổng kinh phí: {total:tasks} ({words:tasks}), {total_million:spending}",
        "{year} {previous_year} {share:security} {appendix:tasks} {indicator:computers} {lạ}",
        "giai đoạn 2021-2015, 2021 – 2025",
        "Quyết định số 17/2019/QĐ-UBND ngày 31/12/2099; số 749/QĐ-TTg ngày 03 tháng 6 năm 2020",
        "31 thủ tục (57,40%), 3 thủ tục (100%)",
        "- gạch\n+ cộng **đậm** *nghiêng* **",
        "Năm 2022",
        "Quý 4/2021",
        "2019 - 2023 (dự kiến)",
        "Hàng năm",
        "không cần kinh phí",
    ]
)
texts = st.one_of(lines, telling, st.lists(lines | telling, max_size=3).map("\n".join)).map(_nfc)
keys = st.sampled_from(["a", "x/y", "~", "khoá", "Ω "]) | lines
money = st.one_of(
    st.integers(0, 10**11), st.integers(0, 10**6).map(lambda n: n * MILLION), st.just(0), st.integers(-LIMIT, LIMIT)
)
years = st.integers(2015, 2030) | st.integers(1000, 2999)
dates = st.dates().filter(lambda day: day.year >= 1000).map(lambda day: day.isoformat())
numbers = (
    st.integers(0, 1000)
    | st.integers(-LIMIT, LIMIT)
    | st.floats(-1e9, 1e9)
    | st.floats(0, 100).map(lambda x: round(x, 2))
)

#: Any JSON at all, without control characters, with no nesting (``leaves``) or a little (``values``).
leaves = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**20), 10**20), st.floats(allow_nan=False, allow_infinity=False), texts
)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(keys, inner, max_size=2), max_leaves=4
)


_ABSENT = object()
#: Fields that make a plan a rich one, there more often than not; each with what makes its empty value.
_LIKELY: dict[str, type[Any]] = {
    **dict.fromkeys(("legal_bases", "sections", "tables", "rows"), list),
    **dict.fromkeys(("indicators", "funding", "years"), dict),
    "total": int,
}


def _object(known: dict[str, st.SearchStrategy[Any]], deep: bool = True, **required: st.SearchStrategy[Any]) -> Any:
    """An object with any of ``known`` (each also null), all of ``required``, and at times fields from the future."""
    always = dict(required)
    maybe: dict[str, st.SearchStrategy[Any]] = {}
    for name, strategy in known.items():
        if name in _LIKELY:
            kinds = [*[strategy] * 7, st.none(), st.just(_ABSENT), st.builds(_LIKELY[name])]
            always[name] = st.sampled_from(kinds).flatmap(lambda kind: kind)
        else:
            maybe[name] = st.none() | strategy
    names = keys.map(lambda key: f"+{key}")
    unknown: st.SearchStrategy[Document] = st.just({}) | st.dictionaries(
        names, values if deep else leaves, min_size=1, max_size=2
    )
    return st.builds(
        lambda own, more: {name: value for name, value in {**own, **more}.items() if value is not _ABSENT},
        st.fixed_dictionaries(always, optional=maybe),
        unknown,
    )


def _rows(deeper: int, deep: bool = True) -> Any:
    below = {"rows": st.lists(_rows(deeper - 1, deeper > 2), min_size=1, max_size=2)} if deeper else {}
    amounts = {
        "funding": st.dictionaries(
            st.sampled_from(["local_recurrent", "oda", "other"]) | keys, st.none() | money, max_size=2
        ),
        "years": st.dictionaries(st.integers(2020, 2025).map(str), st.none() | money, max_size=2),
    }
    words = dict.fromkeys(("objective", "scope", "lead", "time", "result", "note"), texts)
    flags = {name: st.booleans() for name in ("security", "carried_over")}
    own = {"from": years, "to": years, "total": money}
    # A task is also given a "stated_total", a group a "total": unknown there, and kept.
    return _object({**own, **words, **amounts, **flags, "stated_total": money, **below}, deep, task=texts) | _object(
        {"stated_total": money, "total": leaves, **below}, deep, group=texts
    )


def _sections(deeper: int) -> Any:
    below = {"sections": st.lists(_sections(deeper - 1), min_size=1, max_size=2)} if deeper else {}
    known = st.sampled_from(["review.legal", "review.apps", "plan.tasks", "plan.budget", "plan"])
    return _object({"key": known | texts, "heading": texts, "text": texts, **below}, deeper > 0)


_table_keys = st.sampled_from(["tasks", "spending", "software"]) | texts
_table = {
    "key": _table_keys,
    "title": texts,
    "section": st.sampled_from(["review.apps", "plan.budget"]) | texts,
    "unit": st.sampled_from(["dong", "thousand", "million"]),
    "numbering": st.lists(st.sampled_from(["I", "1", "1.1", "a"]), max_size=4),
    "continuous": st.booleans(),
    "stated_total": money,
    "layout": st.sampled_from(["simple", "sources", "period"]) | texts,
}
_tables = _object({**_table, "rows": st.lists(_rows(3), min_size=1, max_size=4)}) | _object(
    {**_table, "rows": st.lists(st.lists(texts, max_size=3), min_size=1, max_size=3)},
    columns=st.lists(texts, max_size=3),
)
_head = {
    "revision": st.integers(0, 10**9),
    "period": _object({"from": years, "to": years}),
    "organisation": _object(dict.fromkeys(("parent", "name", "code", "place"), texts)),
    "addressee": texts,
    "document": _object(
        {
            "number": texts,
            "symbol": texts,
            "year": years,
            "month": st.integers(1, 12),
            "day": st.integers(1, 31),
            "subject": texts,
        }
    ),
    "signature": _object(dict.fromkeys(("capacity", "position", "name"), texts)),
    "recipients": st.lists(texts, max_size=3),
    "legal_bases": st.lists(
        _object({"date": dates | st.just("")} | dict.fromkeys(("kind", "number", "issuer", "subject", "text"), texts)),
        max_size=3,
    ),
    "indicators": st.dictionaries(
        st.sampled_from(
            ["computers", "procedures_total", "procedures_level2", "files_total", "files_level4", "files_level4_share"]
        )
        | keys,
        st.none() | numbers,
        max_size=5,
    ),
    "outline": st.lists(st.sampled_from(["Phần I", "I", "1", "1.1", "a"]), max_size=4),
    "sections": st.lists(_sections(3), min_size=1, max_size=2),
    "tables": st.lists(_tables, min_size=1, max_size=3),
}


def documents() -> st.SearchStrategy[Document]:
    """Any document that plan-format.md allows: known fields absent, null, empty or filled, and unknown ones."""
    found: st.SearchStrategy[Document] = _object(
        _head,
        format=st.just("ke-hoach-so/plan"),
        version=st.just(1),
        id=st.from_regex(r"[0-9A-Za-z._-]{1,64}", fullmatch=True),
        template=st.sampled_from(["chinh-quyen-so-2022", "chinh-quyen-so-2021-2025", "chuyen-doi-so-2027"]),
    )
    return found


def plans() -> st.SearchStrategy[Plan]:
    """Any plan, as it is read from its document."""
    return documents().map(document.load)
