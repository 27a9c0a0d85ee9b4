"""The kinds of mistakes: each function puts one into a copy of a clean plan, or finds no place for it (``None``).

None is put in that nobody could see: a date is moved only of a document that the catalogue knows or whose number has
its year; an amount is changed only where a total, a source, a year or a part is told beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.injections import amounts, documents, told, wording
from tests.injections.mistakes import Injector


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of mistake; ``arithmetic``: an amount, a row, a unit or a total that adding up shows."""

    name: str
    inject: Injector
    arithmetic: bool = False


KINDS = (
    Kind("digit in a task's total", amounts.digit_in_total, True),
    Kind("digit in a source", amounts.digit_in_source, True),
    Kind("digit in a year", amounts.digit_in_year, True),
    Kind("digit in a part", amounts.digit_in_part, True),
    Kind("digit under a stated total", amounts.digit_under_stated, True),
    Kind("digit in a stated total", amounts.digit_in_stated, True),
    Kind("row doubled", amounts.row_doubled, True),
    Kind("row dropped", amounts.row_dropped, True),
    Kind("unit of a task", amounts.unit_in_task, True),
    Kind("unit of a source", amounts.unit_in_source, True),
    Kind("unit of a stated total", amounts.unit_in_stated, True),
    Kind("unit in a told amount", told.in_sentence(("total", "figure", "sum"), told.thousandfold), True),
    Kind("digit in a told total", told.in_sentence(("total",), told.digits), True),
    Kind("digit in an amount with words", told.in_sentence(("figure",), told.digits), True),
    Kind("digit in a told sum of money", told.in_sentence(("sum",), told.digits), True),
    Kind("count in a told sum", told.in_sentence(("count",), told.digits)),
    Kind("percentage", told.in_sentence(("share",), told.digits)),
    Kind("indicator", told.indicator, True),
    Kind("words of an amount", told.in_sentence(("words",), told.other_word)),
    Kind("date in a basis", documents.date_in_basis),
    Kind("date in a text", documents.date_in_text),
    Kind("year in a number", documents.year_in_number),
    Kind("basis doubled", documents.basis_doubled),
    Kind("basis expired", documents.basis_expired),
    Kind("period turned in a text", wording.period_in_text),
    Kind("period of a task turned", wording.period_of_task),
    Kind("year outside the period", wording.year_outside),
    Kind("phrase repeated", wording.phrase_repeated),
)
