"""What is written of a template reads back as the same template."""

from __future__ import annotations

import tomllib
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import template, template_text
from models.template import parse
from models.template_parts import (
    MERGED_FIELDS,
    TASK_FIELDS,
    Column,
    Indicator,
    Layout,
    Limits,
    SectionSpec,
    Source,
    TableSpec,
    Template,
)
from models.template_writing import write


@pytest.mark.parametrize("name", template.known())
def test_those_shipped_read_back_equal(name: str) -> None:
    found = template.get(name)
    said = write(found)
    assert parse(said, f"{name}.toml") == found
    assert write(parse(said, "lần hai")) == said


def test_it_looks_like_those_shipped() -> None:
    said = write(template.get("chuyen-doi-so-2027"))
    lines = said.splitlines()
    assert lines[0] == 'id = "chuyen-doi-so-2027"'
    assert "[limits]" in lines and "[[sections.sections]]" in lines and "[[tables.layouts]]" in lines
    assert '  { field = "task", label = ' in said
    assert max(map(len, lines)) < 600 and "\n\n\n" not in said


# Letters that are hard to write: quotes, backslashes, breaks, blanks of other kinds, what looks like TOML.
_letters = st.sampled_from("aĐệ \"'\\\n#=[]{}\u00a0\u200b\u2028\u3000😀") | st.characters(
    blacklist_categories=("Cs", "Cc"), max_codepoint=0x2FFF
)
_texts = st.text(_letters, max_size=30).map(lambda text: template_text.checked({"a": text})["a"])
_keys = st.from_regex(r"[A-Za-z0-9_.-]{1,12}", fullmatch=True)
_unique: Any = {"unique_by": lambda part: part.key, "max_size": 3}


@st.composite
def _made(draw: st.DrawFn) -> Template:
    sources = draw(st.lists(st.builds(Source, key=_keys, label=_texts, short=_texts), min_size=1, **_unique))
    fields = st.sampled_from([*TASK_FIELDS, "years.*", "years.2022", "funding.*", f"funding.{sources[0].key}"])
    widths = st.integers(1, 247).map(float) | st.floats(0.01, 247, allow_nan=False).map(lambda one: round(one, 2))
    columns = st.builds(Column, field=fields, label=_texts, head=_texts, width=widths).map(
        lambda one: msgspec.structs.replace(one, merged=one.field in MERGED_FIELDS)
    )
    layouts = st.builds(
        Layout, key=_keys, label=_texts, columns=st.lists(columns, min_size=1, max_size=4).map(tuple),
        numbered=st.booleans(),
    )  # fmt: skip
    common: dict[str, Any] = {
        "key": _keys, "title": _texts, "hint": _texts, "required": st.booleans(),
        "unit": st.sampled_from(["dong", "thousand", "million"]), "span": st.sampled_from(["plan", "previous", "any"]),
    }  # fmt: skip
    tables = st.builds(TableSpec, **common, layouts=st.lists(layouts, min_size=1, **_unique).map(tuple)) | st.builds(
        TableSpec, **common, columns=st.lists(_texts, min_size=1, max_size=4).map(tuple)
    )
    leaves = st.builds(SectionSpec, key=_keys, heading=_texts, text=_texts, hint=_texts, required=st.booleans())
    below = st.builds(SectionSpec, key=_keys, heading=_texts, sections=st.lists(leaves, max_size=2).map(tuple))
    return Template(
        id=draw(st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True)),
        version=draw(st.integers(1, 1_000_000)),
        name=draw(_texts),
        summary=draw(_texts),
        years=draw(st.integers(1, 20)),
        default_from=draw(st.integers(1000, 2900)),
        addressee=draw(_texts),
        subject=draw(_texts),
        recipients=tuple(draw(st.lists(_texts, max_size=3))),
        outline=("Phần I", "1"),
        limits=draw(st.sampled_from([Limits(), Limits(security_share="10%"), Limits(security_source='"Luật"')])),
        sources=tuple(sources),
        indicators=tuple(draw(st.lists(st.builds(Indicator, key=_keys, label=_texts, unit=_texts), **_unique))),
        sections=tuple(draw(st.lists(below, max_size=3))),
        tables=tuple(draw(st.lists(tables, **_unique))),
    )


@given(_made())
def test_any_template_reads_back_equal(found: Template) -> None:
    said = write(found)
    tomllib.loads(said)
    assert parse(said, "mẫu", is_draft=True) == found
