"""The text of a section as its editor shows it, and back.

In the plan document an empty line ends a paragraph (plan-format.md). In the editor every line is a paragraph or a
bullet of its own, as in a word processor; a line break inside of one is U+2028 (Shift+Enter), and bullets of the
second level are set in.
"""

from __future__ import annotations

from models.text import Kind, clean

SOFT_BREAK = "\u2028"
#: What stands before a second-level bullet in the editor; it is not stored.
INDENT = "    "


def kind_of(line: str) -> Kind:
    """What a line is; a bullet's mark counts also before there is text behind it."""
    text = line.lstrip()
    if text.startswith("- ") or text == "-":
        return "bullet"
    return "subbullet" if text.startswith("+ ") or text == "+" else "text"


def to_editor(text: str) -> str:
    """The lines that the editor shows for the stored ``text``."""
    shown: list[str] = []
    begun, blanks = False, 0
    for line in text.split("\n"):
        line = line.strip()
        if not line:
            blanks += 1
            continue
        bullet = line.startswith(("- ", "+ "))
        if not bullet and begun and not blanks:
            shown[-1] += SOFT_BREAK + line
        else:
            # The one empty line that divides a paragraph from what is before it is not shown.
            shown.extend([""] * (blanks - (begun and not bullet)))
            shown.append(INDENT + line if line.startswith("+ ") else line)
        begun, blanks = True, 0
    return "\n".join(shown + [""] * blanks)


def from_editor(text: str) -> str:
    """The text to store for what the editor shows; bullets without text are left out."""
    stored: list[str] = []
    begun = False
    for shown in text.split("\n"):
        lines = [line for part in shown.split(SOFT_BREAK) if (line := clean(part).replace("\n", " ").strip())]
        if not lines:
            stored.append("")
        elif lines not in (["-"], ["+"]):
            if begun and not lines[0].startswith(("- ", "+ ")):
                stored.append("")
            stored.extend(lines)
            begun = True
    return "\n".join(stored).strip("\n")
