"""Pages onto paper: which of them, and in which order."""

from __future__ import annotations

from collections.abc import Sequence


def page_order(
    count: int,
    ranges: Sequence[tuple[int, int]] = (),
    *,
    copies: int = 1,
    collated: bool = True,
    backwards: bool = False,
    both_sides: bool = False,
) -> list[int | None]:
    """The pages (from 0) of ``count`` in the order in which they are printed; ``None`` is a blank side.

    ``ranges`` are first and last pages from 1, all pages where there are none. ``copies`` are made one whole after
    the other when ``collated``, else page by page. Printed on ``both_sides``, each copy begins on a sheet of its own.
    """
    chosen = [
        page
        for first, last in (ranges or [(1, count)])
        for page in range(max(1, first) - 1, min(count, last))
    ]  # fmt: skip
    chosen = list(dict.fromkeys(chosen))
    if backwards:
        chosen.reverse()
    if copies < 2:
        return list(chosen)
    blank: list[int | None] = [None]
    if collated:
        order = [*chosen, *(blank if both_sides and len(chosen) % 2 else ())] * copies
    else:
        # Page by page on both sides, every one needs a sheet of its own.
        order = [one for page in chosen for _copy in range(copies) for one in (page, *(blank if both_sides else ()))]
    return order[:-1] if order and order[-1] is None else order
