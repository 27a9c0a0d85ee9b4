"""The page of a section, as the tests of its text open it."""

from __future__ import annotations

from models.plan import find_section
from tests.ui.showing import Show
from ui.document import Document
from ui.pages.section import SectionPage


def page_of(document: Document, shown: Show, key: str = "plan.solutions") -> SectionPage:
    """The page of a section; the one named when nothing is said has no text."""
    section = find_section(document.plan, key)
    assert section is not None
    made = SectionPage(document, section)
    shown(made)
    return made


def text_of(document: Document, shown: Show, key: str = "plan.solutions") -> SectionPage:
    """The same page, with the cursor in its text."""
    made = page_of(document, shown, key)
    made.go_to(made.section, "text")
    return made


def stored(page: SectionPage) -> str:
    """The text as it is in the plan once the page has written what was typed."""
    page.save()
    return page.section.text
