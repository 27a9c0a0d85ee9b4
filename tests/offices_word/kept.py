"""Whether every word of a Word file is in the plan made of it, or in what is said of it."""

from __future__ import annotations

import re
from pathlib import Path

from models.imports import word, word_plan
from models.imports.grid import Grid
from models.imports.word_headings import number_of
from models.plan import Plan
from models.template import Template
from models.words import amount_in_words
from tests.offices_word.compare import said, sums, words

#: What is printed anew, and kept in no field: the nation's head, kinds and labels, numbers, units, sums in words.
MADE = set(
    words(
        "cộng hòa hoà xã hội chủ nghĩa việt nam độc lập tự do hạnh phúc số ngày tháng năm kế hoạch kính gửi nơi nhận căn cứ"
        " phần phụ lục kèm theo ban hành của đơn vị tính đồng triệu nghìn bằng chữ tổng cộng tổng số tt stt ký tên đóng dấu"
        " chưa có nội dung trang luật đã"
    )
)


def lost(path: Path, template: Template) -> set[str]:
    """The words of the file that are neither in the plan nor in a doubt, and are not made anew either."""
    read = word.read(path)
    taken = word_plan.plan(read, template, path.name)
    found = said(taken.plan) | MADE | _printed(taken.plan, template)
    for doubt in taken.doubts:
        found |= set(words(doubt.message))
    missing: set[str] = set()
    for block in read.blocks:
        if isinstance(block, Grid):
            for row in block.rows:
                for cell in row:
                    missing |= _missing(cell.text, found)
        else:
            missing |= _missing(block.plain, found)
    return missing


def _printed(plan: Plan, used: Template) -> set[str]:
    """The heads of columns, and the totals in words."""
    labels = [f"{column.head} {column.label}" for spec in used.tables for one in spec.layouts for column in one.columns]
    labels += [source.short for source in used.sources]
    totals = [amount_in_words(total) for total in sums(plan).values()]
    return {one for text in (*labels, *totals) for one in words(text)}


def _missing(text: str, found: set[str]) -> set[str]:
    left = set()
    for line in text.split("\n"):
        number = number_of(line.strip())
        for one in words(number[2] if number else line):
            is_number = re.fullmatch(r"[\d]+|[ivxl]+|[a-zđ]", one) is not None
            if one not in found and not is_number:
                left.add(one)
    return left
