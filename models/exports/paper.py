"""What is sent to a printer: which PDF, and its pages in which order."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from models.exports import archive

PLAN_NAME = "plan.json"


def exported_pdf(package: bytes, plan_json: bytes) -> bytes | None:
    """The PDF of a final export, byte for byte; ``None`` where the plan is another one since (``plan_json``).

    Paper printed from it bears the code of that package.
    """
    try:
        with archive.open_zip(BytesIO(package)) as zipped:
            infos = {info.filename: info for info in zipped.infolist()}
            if PLAN_NAME not in infos or archive.read(zipped, infos[PLAN_NAME]) != plan_json:
                return None
            names = [name for name in infos if name.lower().endswith(".pdf")]
            return archive.read(zipped, infos[names[0]]) if names else None
    except archive.Damaged:
        return None


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
