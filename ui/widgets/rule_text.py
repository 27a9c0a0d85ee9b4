"""Vì sao: the rule behind a finding in words, with its source, where the finding is told."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from models.checks.rules import RULES, explanation
from models.i18n import _
from models.template import Template


def rule_words(rule: str, template: Template) -> str:
    """The rule in plain lines, for screen readers."""
    lines = [f"{label}: {sentence}" for label, sentence in explanation(rule, template)]
    return "\n".join([_(RULES[rule].title), *lines])


def rule_html(rule: str, template: Template) -> str:
    """The rule as rich text; whatever the template says in it is plain."""
    lines = "".join(
        f'<div style="margin-top:4px"><b>{escape(label)}:</b> {escape(sentence)}</div>'
        for label, sentence in explanation(rule, template)
    )
    return f"<div><b>{escape(_(RULES[rule].title))}</b></div>{lines}"


class RuleText(QLabel):
    """A label that shows a rule; empty until it is told which."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def show_rule(self, rule: str, template: Template) -> None:
        self.setText(rule_html(rule, template))
        self.setAccessibleName(rule_words(rule, template))
