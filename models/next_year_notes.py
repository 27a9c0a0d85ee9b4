"""What the officer has to know of a plan that was made from last year's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.i18n import _

LEFT, PAST, KEPT, AMOUNT, CHANGED, BASIS = "left", "past", "kept", "amount", "changed", "basis"


@dataclass(frozen=True, slots=True)
class Note:
    """What the officer has to know of the new plan: a sentence, and the texts of the old plan that it is about.

    ``kind``: ``left`` (stays in the old plan alone), ``past`` (a review that does so), ``kept`` (stays without a place
    in the template), ``amount``, ``changed`` (worded as the template has it) or ``basis``.
    """

    kind: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    texts: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        return _(self.text).format(**self.values)
