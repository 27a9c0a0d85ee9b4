"""What is put in from outside, kind by kind: how an input is made from a seed, taken, and held to what it must be."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models import blocks, document, html_tables, pasting, template, totals
from models.checks import check
from models.errors import ExportError, UserError
from models.evaluate import evaluate
from models.imports import package
from models.plan import FORBIDDEN, Plan
from models.text import clean
from tests.torture import containers, hypothesis_inputs, pdf_objects
from tests.torture.input_seeds import SEEDS
from tests.torture.mutators import change_bytes, change_tree, change_xml, to_json

#: Of what is accepted, one in so many is also exported, stored, and read back from all of it.
EXPORTED = 23


@dataclass(frozen=True)
class Kind:
    """``take`` reads a file as the program does; ``hold`` fails where what it gave is not what it must be."""

    name: str
    ending: str
    share: float
    mutate: Callable[[bytes, random.Random], bytes]
    take: Callable[[Path], Any]
    hold: Callable[[Any, int, Path], None]
    strategy: Callable[[], Any]

    def make(self, seed: int) -> bytes:
        """The input of that seed."""
        chance = random.Random(f"{self.name} {seed}")
        data = chance.choice(SEEDS[self.name])
        if chance.random() < 0.15:
            return change_bytes(data, chance)
        if chance.random() < 0.04:
            other = chance.choice(SEEDS[chance.choice(list(SEEDS))])
            return data[: chance.randrange(len(data))] + other[chance.randrange(len(other)) :]
        return self.mutate(data, chance)

    def by_hypothesis(self, seed: int, count: int) -> Iterator[tuple[int, bytes]]:
        yield from enumerate(hypothesis_inputs.made(self.strategy(), seed, count))


# ---- plans


def take_plan(path: Path) -> Plan:
    plan = package.open_any(path)
    evaluate(plan)
    return plan


def hold_plan(plan: Plan, seed: int, folder: Path) -> None:
    """What is accepted is the same when it is written and read again; some of it through every way out and in."""
    data = document.to_bytes(plan)
    again = document.from_bytes(data)
    assert document.to_bytes(again) == data, "another plan after writing and reading"
    found, once_more = evaluate(plan), evaluate(again)
    assert found.total == once_more.total and len(found.findings) == len(once_more.findings)
    if seed % EXPORTED == 0:
        _through_everything(plan, data, folder)


def _through_everything(plan: Plan, data: bytes, folder: Path) -> None:
    from models.exports import mail
    from models.exports import package as exports
    from models.store import Store

    kept = folder / "store"
    with Store(kept) as store:
        store.put(plan, "Nhập")
        held = store.read(plan.id)
        held.revision = plan.revision
        assert document.to_bytes(held) == data, "another plan out of the store"
    try:
        made = exports.build(plan, template.get(plan.template), draft=True, word=True, mail=mail.Mail(""))
    except ExportError:
        return
    assert made.word is not None
    containers.check_harmless(made.xlsx.data, made.word.data, made.pdf.data)
    for file in (made.package, made.xlsx, made.pdf):
        path = folder / file.name
        path.write_bytes(file.data)
        try:
            assert document.to_bytes(package.open_any(path)) == data, f"another plan out of {file.name}"
        finally:
            path.unlink()


def take_word(path: Path) -> Plan:
    """A Word file as the wizard takes it in: what is in it, then as a whole plan."""
    from models.imports import word, word_plan

    plan = word_plan.plan(word.read(path), template.get("chinh-quyen-so-2022"), path.name).plan
    evaluate(plan)
    return plan


def _document(data: bytes, chance: random.Random) -> bytes:
    import json

    return to_json(change_tree(json.loads(data), chance), chance)


# ---- templates


def _template(data: bytes, chance: random.Random) -> bytes:
    tree = change_tree(tomllib.loads(data.decode("utf-8")), chance)
    return "".join(f"{_key(key)} = {_toml(item)}\n" for key, item in tree.items()).encode("utf-8", "surrogatepass")


def _key(key: Any) -> str:
    return _toml(str(key))


def _toml(item: Any) -> str:
    if isinstance(item, bool):
        return str(item).lower()
    if isinstance(item, dict):
        return "{" + ", ".join(f"{_key(key)} = {_toml(one)}" for key, one in item.items()) + "}"
    if isinstance(item, list):
        return "[" + ", ".join(map(_toml, item)) + "]"
    if isinstance(item, int | float):
        return repr(item)
    text = "" if item is None else str(item)
    return (
        '"'
        + "".join(letter if letter >= " " and letter not in '"\\\x7f' else f"\\u{ord(letter):04x}" for letter in text)
        + '"'
    )


def take_template(path: Path) -> template.Template:
    return template.read(path.read_bytes(), "mẫu ngoài")


def hold_template(found: template.Template, seed: int, folder: Path) -> None:
    """A template that is accepted can be used: a plan made from it is checked, and some are printed."""
    from models import create
    from models.exports import package as exports

    plan = create.new_plan(found, 2027)
    check(plan, found, totals.compute(plan))
    assert document.to_bytes(document.from_bytes(document.to_bytes(plan))) == document.to_bytes(plan)
    if seed % EXPORTED == 0:
        try:
            exports.build(plan, found, draft=True, word=True)
        except ExportError:
            return


# ---- what is pasted


def _html(data: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.4:
        return change_xml(data, chance)
    return containers.change_tags(data.decode("utf-8"), chance).encode("utf-8", "surrogatepass")


Pasted = list[str]


def take_pasted(path: Path) -> Pasted:
    """All that can be made of a clipboard: a table, a block of cells, the text of a section."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    found: list[str] = []
    refused: UserError | None = None
    for read in (html_tables.read_html, blocks.read_text):
        try:
            got: Any = read(text)
        except UserError as error:
            refused = error
            continue
        rows = [] if got is None else getattr(got, "rows", got)
        assert len({len(row) for row in rows}) <= 1, "rows of different lengths"
        found += [cell for row in rows for cell in row]
    found += [pasting.from_html(text), pasting.from_plain(text)]
    if refused is not None:
        raise refused
    return found


def hold_pasted(found: Pasted, seed: int, folder: Path) -> None:
    """What was pasted is a text that a plan takes, and stays what it is."""
    from tests.plans import small_plan

    for text in found:
        assert not FORBIDDEN.search(text) and clean(text) == text
    if seed % EXPORTED == 0:
        plan = small_plan()
        plan.sections[0].sections[0].text = found[-2]
        hold_plan(plan, 0, folder)


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("document", ".json", 0.26, _document, take_plan, hold_plan, hypothesis_inputs.documents),
        Kind("package", ".zip", 0.14, containers.change_package, take_plan, hold_plan, hypothesis_inputs.zips),
        Kind("workbook", ".xlsx", 0.14, containers.change_workbook, take_plan, hold_plan, hypothesis_inputs.workbooks),
        Kind("word", ".docx", 0.06, containers.change_office, take_word, hold_plan, hypothesis_inputs.zips),
        Kind("pdf", ".pdf", 0.14, pdf_objects.change_pdf, take_plan, hold_plan, hypothesis_inputs.pdfs),
        Kind("template", ".toml", 0.12, _template, take_template, hold_template, hypothesis_inputs.templates),
        Kind("html", ".html", 0.14, _html, take_pasted, hold_pasted, hypothesis_inputs.pages),
    )
}
