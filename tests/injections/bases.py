"""Plans in which nothing is to be found: the five real ones with their authors' mistakes put right, the shipped
sample, and variants grown from them with rows, bases, indicators and sentences of their own.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from models import catalogue, document, resources, template, totals
from models.plan import find_table
from tests.injections.sentences import MAKERS, Cited, Sentence, Token, cited_text, figure, words
from tests.plans import MILLION, NUMBERS, Document, fixture_document

#: What the authors of the real plans wrote wrong (tests.models.reader.labels), and what would have been right.
_RIGHT: dict[int, tuple[tuple[str, str], ...]] = {
    0: (
        ("5.039.722.000", "5.039.772.000"),
        ("bảy trăm hai mươi hai ngàn", "bảy trăm bảy mươi hai ngàn"),
    ),
    1: (("Từ 2022-2024", "Năm 2022"), ("Quý 4/2021", "Quý 4/2022")),
    2: (("2021-2015", "2021-2025"), ("57,40%", "57,41%")),
    3: (
        ("44/KH-STP ngày 25/12/2021", "44/KH-STP ngày 25/12/2020"),
        ("ngày 29/12/2020 của UBND tỉnh về việc", "về việc"),
    ),
    4: (
        ("45/2018/QĐ-TTg ngày 09/11/2019", "45/2018/QĐ-TTg ngày 09/11/2018"),
        ("của tỉnh tỉnh và", "của tỉnh và"),
        ("thông tin điện tử điện tử Sở", "thông tin điện tử Sở"),
        ("Các các phần mềm", "Các phần mềm"),
    ),
}

#: Pieces of the fixtures' own prose in which a mistake can be put: plan, section, kind, the piece in its surroundings.
_PIECES: tuple[tuple[int, str, str, str], ...] = (
    (0, "review.budget", "figure", "**[2.215.000.000] đ**"),
    (0, "review.budget", "words", "*Bằng chữ: [Hai tỷ hai trăm mười lăm triệu đồng]*"),
    (0, "plan.budget", "total", "**[5.039.772.000] đ**"),
    (2, "review.apps", "count", "[68] tài khoản hoạt động thường xuyên"),
    (2, "review.apps", "count", "trong [97] tài khoản"),
    (2, "review.apps", "count", "[29] tài khoản đã thu hồi"),
    (2, "review.apps", "share", "31 thủ tục ([57,41]%)"),
    (2, "review.apps", "share", "03 thủ tục ([5,56]%)"),
    (2, "review.apps", "share", "20 thủ tục ([37,04]%)"),
    (2, "review.apps", "share", "13 hồ sơ ([27,66]%)"),
    (2, "review.apps", "share", "26 hồ sơ ([55,32]%)"),
    (2, "review.apps", "share", "8 hồ sơ ([17,02]%)"),
    (2, "review.budget", "sum", "thiết bị: [150] triệu đồng"),
    (2, "review.budget", "sum", "điện tử: [117.000.000] đồng"),
    (2, "review.budget", "sum", "Tổng kinh phí: [267.000.000] đồng"),
    (4, "review.security", "count", "Trong [11] hệ thống thông tin"),
    (4, "review.security", "count", "dự kiến [10] hệ thống ở cấp độ 2"),
    (4, "review.budget", "total", "là [189.270,5] triệu đồng"),
    (4, "review.budget", "sum", "Trung ương: [8.916] triệu đồng"),
    (4, "review.budget", "sum", "vốn đầu tư [107.124] triệu đồng"),
    (4, "review.budget", "sum", "vốn sự nghiệp [73.230,5] triệu đồng"),
    (4, "review.budget", "total", "mạng là [87.751] triệu đồng"),
    (4, "review.budget", "share", "bằng [46,4]% chi cho CNTT"),
    (4, "review.budget", "sum", "vốn đầu tư [57.478] triệu đồng"),
    (4, "plan.budget", "total", "là: **[279.985,5] triệu đồng**"),
    (4, "plan.budget", "sum", "Trung ương: [4.500] triệu đồng"),
    (4, "plan.budget", "sum", "địa phương: [264.485,5] triệu đồng"),
    (4, "plan.budget", "sum", "vốn khác: [11.000] triệu đồng"),
)

_TASKS = (
    "Nâng cấp hệ thống mạng nội bộ", "Thay thế máy tính đã hết niên hạn sử dụng", "Thuê đường truyền dự phòng",
    "Mua bản quyền phần mềm phòng, chống mã độc", "Xây dựng cơ sở dữ liệu hồ sơ chuyên ngành",
    "Số hóa hồ sơ lưu trữ còn giá trị sử dụng", "Nâng cấp Trang thông tin điện tử", "Thuê dịch vụ lưu trữ dữ liệu",
    "Trang bị thiết bị tường lửa", "Giám sát, đánh giá an toàn hệ thống thông tin", "Bồi dưỡng kỹ năng số cho công chức",
    "Mua sắm thiết bị họp trực tuyến", "Tích hợp chữ ký số vào phần mềm chuyên ngành", "Bảo trì hệ thống máy chủ",
)  # fmt: skip
_GROUPS = ("Dự án chuyển tiếp", "Dự án triển khai mới", "Nhiệm vụ thường xuyên", "Thuê dịch vụ")
_OBJECTIVES = (
    "Bảo đảm hạ tầng kỹ thuật hoạt động ổn định", "Phục vụ chỉ đạo, điều hành trên môi trường số",
    "Nâng cao chất lượng phục vụ người dân, doanh nghiệp", "Hoàn thành yêu cầu bảo vệ theo cấp độ",
)  # fmt: skip
_LEADS = ("Văn phòng", "Phòng Kế hoạch - Tài chính", "Trung tâm Công nghệ thông tin", "Phòng Nghiệp vụ")


@dataclass(slots=True)
class Base:
    """A clean plan as a document, and the sentences in it whose tokens are known."""

    name: str
    document: Document
    sentences: list[Sentence] = field(default_factory=list)


def bases(random: Random, grown: int) -> list[Base]:
    """The clean plans: the six at hand, and ``grown`` variants of them."""
    found = [*(repaired(number) for number in NUMBERS), sample()]
    return found + [grow(found[at % len(found)], at, random) for at in range(grown)]


def repaired(number: int) -> Base:
    """A real plan without its author's mistakes."""
    text = json.dumps(fixture_document(number), ensure_ascii=False)
    for wrong, right in _RIGHT[number]:
        assert wrong in text, wrong
        text = text.replace(wrong, right)
    data: Document = json.loads(text)
    if number == 0:
        data["tables"][0]["stated_total"] = 5_039_772_000
    if number == 1:
        data["legal_bases"] = data["legal_bases"][2:]
        data["legal_bases"][-2]["subject"] = data["legal_bases"][-2]["subject"].removeprefix(
            "ngày 29/12/2020 của UBND tỉnh "
        )
        for row in _rows(data["tables"]):
            if row.get("time") in ("Năm 2022", "Quý 4/2022"):
                row["from"] = row["to"] = 2022
    for basis in data["legal_bases"]:
        if number == 3 and basis.get("number") == "17/NQ-CP":
            basis["date"] = "2019-03-07"
        if number == 4 and basis.get("date") == "2015-09-11":
            basis["date"], basis["subject"] = "2015-11-19", "An toàn thông tin mạng"
    if number == 3:
        # A plan without any row in its list of tasks is unfinished.
        _table(data)["rows"] = [_task(Random(3), data, "Nâng cấp hệ thống mạng nội bộ", ("local_recurrent",))]
    return Base(f"plan-{number:03d}", data, list(_pieces(number, data)))


def sample() -> Base:
    data = json.loads(resources.path("samples", "ke-hoach-mau.json").read_text(encoding="utf-8"))
    for row in _rows(_table(data)["rows"]):
        # Begun the year before, which the sample does not say: a warning that it shows on purpose.
        row["carried_over"] = row["from"] < 2027
    return Base("ke-hoach-mau", data)


def _pieces(number: int, data: Document) -> Iterator[Sentence]:
    """The fixtures' own lines that hold a known piece, each once for every piece in it."""
    for plan, key, kind, piece in _PIECES:
        if plan != number:
            continue
        before, token, after = (
            piece.partition("[")[0],
            piece.partition("[")[2].partition("]")[0],
            piece.partition("]")[2],
        )
        section = next(found for found in _sections(data["sections"]) if found["key"] == key)
        line = next(line for line in section["text"].split("\n") if before + token + after in line)
        start = line.index(before + token + after) + len(before)
        yield Sentence((line[:start], Token(kind, token), line[start + len(token) :]), key)


# ---- growing


def grow(base: Base, at: int, random: Random) -> Base:
    """A variant with bases, indicators, sentences and tasks of its own, all right."""
    data = copy.deepcopy(base.document)
    data["id"] = f"lon-len-{at}"
    known = _citable(data, random)
    held = {basis.get("number") for basis in data["legal_bases"]}
    for kind, number, day, issuer in known[:3]:
        if number not in held:
            entry = next(found for found in catalogue.current().entries if (found.number, found.date) == (number, day))
            data["legal_bases"].append(
                {"kind": kind, "number": number, "date": day, "issuer": issuer, "subject": entry.subject}
            )
    _set_indicators(data, random)
    _grow_rows(data, random, known, replace=at % 2 == 0)
    sentences = [sentence for sentence in base.sentences if sentence.section != "plan.budget"]
    year = data["period"]["from"] - 1
    for maker in random.sample(MAKERS, 9):
        made = maker(random, year, random.choice(known))
        sentences.append(_put(data, made))
    sentences.append(_put_budget(data, random))
    return Base(f"{base.name}+{at}", data, sentences)


def _put(data: Document, sentence: Sentence) -> Sentence:
    """Puts the sentence into its section, or else into the first of the same part; told as it stands there."""
    sections = list(_sections(data["sections"]))
    part = sentence.section.partition(".")[0]
    for section in sections:
        if section["key"] == sentence.section and section.get("text"):
            break
    else:
        section = next(found for found in sections if found["key"].startswith(f"{part}.") and found.get("text"))
    section["text"] += ("\n" if sentence.text.startswith("- ") else "\n\n") + sentence.text
    return Sentence(sentence.pieces, section["key"])


def _put_budget(data: Document, random: Random) -> Sentence:
    """The section of the budget, telling the total of the tasks as it is now."""
    plan = document.load(data)
    table = find_table(plan, "tasks")
    assert table is not None
    total = totals.compute(plan).of(table).total
    section = next(found for found in _sections(data["sections"]) if found["key"] == "plan.budget")
    if random.random() < 0.5:
        pieces: tuple[str | Token, ...] = (
            "Tổng kinh phí thực hiện Kế hoạch là: **", figure(total, "dong", "total"), " đồng** (*Bằng chữ: ",
            words(total), "*), chi tiết tại {appendix:tasks}.",
        )  # fmt: skip
    else:
        pieces = (
            "Tổng kinh phí dự kiến: **", figure(total, "million", "total"),
            " triệu đồng**, chi tiết tại {appendix:tasks}.",
        )  # fmt: skip
    section["text"] = "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)
    return Sentence(pieces, "plan.budget")


def _citable(data: Document, random: Random) -> list[Cited]:
    """Documents of the catalogue that a plan of that date may cite, in any order."""
    day = plan_date(data)
    entries = [
        entry
        for entry in catalogue.current().entries
        if entry.number and entry.date < day and catalogue.current().in_force(entry, day) and not entry.replaced_by
    ]
    numbers = [entry.number for entry in catalogue.current().entries]
    found = [
        (entry.kind, entry.number, entry.date, entry.issuer) for entry in entries if numbers.count(entry.number) == 1
    ]
    return random.sample(found, min(len(found), 12))


def plan_date(data: Document) -> str:
    """The first day on which the plan may have been issued (ISO 8601)."""
    head = data["document"]
    return date(head["year"], head.get("month") or 1, head.get("day") or 1).isoformat()


def _set_indicators(data: Document, random: Random) -> None:
    """Wholes with their parts, where the plan has none of them yet."""
    values: dict[str, Any] = data.setdefault("indicators", {})
    for spec in template.get(data["template"]).indicators:
        if spec.parts and not any(key in values for key in (spec.key, *spec.parts)):
            for key in spec.parts:
                values[key] = random.randint(11, 400)
            values[spec.key] = sum(values[key] for key in spec.parts)


def _table(data: Document) -> Document:
    return next(table for table in data["tables"] if table["key"] == "tasks")


def _grow_rows(data: Document, random: Random, known: list[Cited], replace: bool) -> None:
    """Groups of tasks with sources, years and parts, and the totals stated for them; ``replace``: none but these."""
    table = _table(data)
    names = random.sample(_TASKS, len(_TASKS))
    groups: list[Document] = []
    for title in random.sample(_GROUPS, random.randint(2, 3)):
        rows = [
            _task(random, data, names.pop(), random.sample(_sources(data), random.choice((1, 2, 2, 3))))
            for _ in range(random.randint(2, 4))
        ]
        if random.random() < 0.6:
            rows[0]["objective"] = f"Thực hiện {cited_text(random.choice(known), random)}"
        groups.append({"group": title, "rows": rows})
    if replace:
        table["rows"] = groups
    else:
        table["rows"] = [*table["rows"], *groups]
    table.pop("layout", None)
    plan = document.load(data)
    own = find_table(plan, "tasks")
    assert own is not None
    sums = totals.compute(plan)
    table["stated_total"] = sums.of(own).total
    for row, made in zip(own.rows[-len(groups) :], groups, strict=True):
        made["stated_total"] = sums.row(row)


def _sources(data: Document) -> list[str]:
    keys = [spec.key for spec in template.get(data["template"]).sources]
    return [key for key in keys if "_" in key or key in ("oda", "other")]


def _task(random: Random, data: Document, name: str, sources: Any) -> Document:
    first, last = data["period"]["from"], data["period"]["to"]
    begin = random.randint(first, last)
    end = random.randint(begin, last)
    funding = {key: random.randint(21, 900) * 500_000 for key in sources}
    total = sum(funding.values())
    task: Document = {
        "task": name,
        "objective": random.choice(_OBJECTIVES),
        "lead": random.choice(_LEADS),
        "from": begin,
        "to": end,
        "time": f"Năm {begin}" if begin == end else f"{begin}-{end}",
        "total": total,
        "funding": funding,
        "security": random.random() < 0.5,
    }
    years = list(range(begin, end + 1))
    if random.random() < 0.6:
        task["years"] = dict(zip(map(str, years), _parts(random, total, len(years)), strict=True))
    if random.random() < 0.4:
        task["rows"] = [
            {"task": part, "total": amount}
            for part, amount in zip(
                ("Mua sắm thiết bị", "Triển khai, đào tạo", "Bảo trì, hỗ trợ kỹ thuật"),
                _parts(random, total, 3),
                strict=True,
            )
        ]
    return task


def _parts(random: Random, total: int, number: int) -> list[int]:
    """``total`` in ``number`` amounts of at least a million."""
    if number == 1:
        return [total]
    first = random.randint(1, total // MILLION - number) * MILLION if total > (number + 2) * MILLION else MILLION
    return [first, *_parts(random, total - first, number - 1)]


def _sections(found: list[Document]) -> Iterator[Document]:
    for section in found:
        yield section
        yield from _sections(section.get("sections") or [])


def _rows(found: list[Any]) -> Iterator[Document]:
    for row in found:
        if isinstance(row, dict):
            yield row
            yield from _rows(row.get("rows") or [])
