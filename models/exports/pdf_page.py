"""The page being filled, and the boxes that fill it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from reportlab.pdfgen.canvas import Canvas

from models.exports import nd30
from models.exports.pdf_letters import Letters
from models.exports.pdf_text import Measure


class Box:
    """Something printed over the width of the text, ``height`` points high."""

    __slots__ = ("gap", "head", "height", "keep", "places")

    def __init__(self, height: float, gap: float = 0.0, keep: bool = False) -> None:
        self.height = height
        #: Clear space above, left out at the top of a page.
        self.gap = gap
        #: Stays on one page with the box that follows.
        self.keep = keep
        #: Printed again above this box where it begins a page.
        self.head: Box | None = None
        #: JSON Pointers of the parts of the plan that begin with it.
        self.places: tuple[str, ...] = ()

    def draw(self, page: Page, top: float) -> None:
        """Draw it with its upper edge at ``top`` (points from the foot of the paper)."""

    def split(self, height: float) -> tuple[Box, Box] | None:
        """What of it fits into ``height``, and the rest; ``None`` where it cannot be cut there."""
        return None


class Drawing(Box):
    """A box drawn by a function; never cut."""

    __slots__ = ("paint",)

    def __init__(
        self, height: float, paint: Callable[[Page, float], None], gap: float = 0.0, keep: bool = False
    ) -> None:
        super().__init__(height, gap, keep)
        self.paint = paint

    def draw(self, page: Page, top: float) -> None:
        self.paint(page, top)


class SharedCell(Protocol):
    """A cell that several rows share, and how it is drawn once its lower edge is known."""

    left: float
    right: float

    def draw(self, page: Page, top: float, bottom: float) -> None: ...


@dataclass(slots=True)
class Page:
    """The page being filled: its canvas and the edges of its text, in points from the lower left corner."""

    canvas: Canvas
    letters: Letters
    measure: Measure
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    number: int = 1
    #: Nothing was drawn into it yet.
    fresh: bool = True
    #: Rules of the table being drawn: lying ones, and upright ones that may still grow, as x: [top, bottom].
    lying: list[tuple[float, float, float, float]] = field(default_factory=list)
    upright: dict[float, list[float]] = field(default_factory=dict)
    #: Cells shared by the rows being drawn, from the left, with their edges so far: top and bottom.
    shared: dict[SharedCell, tuple[float, float]] = field(default_factory=dict)

    @property
    def text_width(self) -> float:
        return self.right - self.left

    def centre(self, text: str, face: int, size: float, y: float, middle: float) -> None:
        """Draw ``text`` on one line, its middle at ``middle``."""
        self.lines([text], face, size, middle - self.measure.width(text, face, size) / 2, y, 0.0)

    def lines(self, lines: Sequence[str], face: int, size: float, x: float, y: float, leading: float) -> None:
        """Draw lines one below the other, each beginning at ``x``, the first on ``y``."""
        self.letters.begin()
        self.letters.lines(lines, face, size, x, y, leading)
        self.letters.end()

    def rule(self, middle: float, width: float, y: float) -> None:
        """Draw a horizontal rule, its middle at ``middle``."""
        self.canvas.setLineWidth(nd30.RULE_WIDTH)
        self.canvas.line(middle - width / 2, y, middle + width / 2, y)

    def rule_row(self, edges: Sequence[float], top: float, bottom: float, shared: Sequence[SharedCell] = ()) -> None:
        """Rule a row of a table below and between its columns; the rules of a page are drawn together.

        A ``shared`` cell (from the left) goes on into the next row, or ends here: its rule is drawn when it ends.
        """
        if self.shared:
            self._end_shared(shared)
        if self.fresh:
            self.lying.append((edges[0], top, edges[-1], top))
        start = edges[0]
        for cell in shared:
            if cell.left > start:
                self.lying.append((start, bottom, cell.left, bottom))
            start = cell.right
            self.shared[cell] = (self.shared[cell][0] if cell in self.shared else top, bottom)
        if start < edges[-1]:
            self.lying.append((start, bottom, edges[-1], bottom))
        upright = self.upright
        for x in edges:
            rule = upright.get(x)
            if rule is not None and rule[1] == top:
                rule[1] = bottom
            else:
                if rule is not None:
                    self.lying.append((x, rule[0], x, rule[1]))
                upright[x] = [top, bottom]

    def _end_shared(self, but: Sequence[SharedCell] = ()) -> None:
        for cell in [cell for cell in self.shared if cell not in but]:
            top, bottom = self.shared.pop(cell)
            self.lying.append((cell.left, bottom, cell.right, bottom))
            cell.draw(self, top, bottom)

    def finish_rules(self) -> None:
        """End what was left open for rows that might have followed, and draw the rules of the page."""
        self._end_shared()
        self.lying.extend((x, top, x, bottom) for x, (top, bottom) in self.upright.items())
        self.upright.clear()
        if self.lying:
            rules = " ".join([f"{x:.2f} {y:.2f} m {u:.2f} {v:.2f} l" for x, y, u, v in self.lying])
            self.canvas.addLiteral(f"{nd30.TABLE_RULE} w {rules} S")
            self.lying.clear()
