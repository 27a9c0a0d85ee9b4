"""Text from other programs in the conventions of a section's text: bullets, bold and italic stay, all else is dropped.

``from_html`` reads what Word, Outlook, LibreOffice Writer and browsers put on the clipboard, ``from_plain`` bare text.
Numbers that a program made for a list are kept as typed text; the cells of a table's row become one line. Text typed
for the fonts of before Unicode is made Unicode.
"""

from __future__ import annotations

from models import limits
from models.blocks import too_large
from models.old_fonts import whole_to_unicode
from models.pasted_html import read_html
from models.pasted_lines import Paragraph, kind_of, stored
from models.text import clean

#: More characters than this are not taken at once: a whole plan has a tenth of it.
LONGEST = limits.PASTED_TEXT


def from_plain(text: str) -> str:
    """Bare text: every line a paragraph or a bullet, empty lines go. ``BlockError`` where it is too long."""
    if len(text) > LONGEST:
        raise too_large()
    text = whole_to_unicode(clean(text))
    return stored(Paragraph(*kind_of(line)) for line in text.split("\n") if line.strip())


def from_html(html: str) -> str:
    """A fragment or a page of HTML; empty where there is no text in it. ``BlockError`` where it is too long."""
    if len(html) > LONGEST:
        raise too_large()
    return whole_to_unicode(stored(read_html(html)))
