"""Who makes the new plan, for whom, and who signs: as last year, with the offices that the new template names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from models.i18n import N_
from models.next_year_outline import Sources
from models.next_year_text import moved
from models.plan import Plan

#: A sentence (msgid), its values, and the texts of the old plan that it is about.
Say = Callable[[str, dict[str, Any], tuple[str, ...]], None]

_KEPT = ("unit_parent", "unit_name", "unit_code", "place", "capacity", "signer_position", "signer_name")


def take_particulars(plan: Plan, of: Sources, say: Say) -> None:
    """Fill in what stands before and behind the text."""
    old, template = of.plan, of.old
    for name in _KEPT:
        setattr(plan, name, getattr(old, name))
    plan.print_options = dict(old.print_options)
    same = old.template == of.new.id
    own_outline = old.outline is not None and (template is None or tuple(old.outline) != template.outline)
    plan.outline = list(old.outline) if old.outline is not None and (same or own_outline) else None
    usual = f"{template.symbol}-{old.unit_code}" if template is not None else ""
    plan.symbol = f"{of.new.symbol}-{old.unit_code}" if old.unit_code and old.symbol in ("", usual) else old.symbol
    if template is None or old.addressee not in ("", template.addressee):
        # Chosen on purpose; an office that has another name now is told by its own.
        plan.addressee = renamed(old.addressee, of) or plan.addressee
    if old.addressee and plan.addressee != old.addressee:
        say(N_("Nơi nhận kế hoạch: “{new}” thay cho “{old}”."),
            {"new": plan.addressee, "old": old.addressee}, (old.addressee,))  # fmt: skip
    _take_subject(plan, of, same, say)
    _take_recipients(plan, of, say)


def _take_subject(plan: Plan, of: Sources, same: bool, say: Say) -> None:
    old = of.plan.subject
    own = of.old is None or old != of.was(of.old.subject)
    if old.strip() and own and same:
        plan.subject = moved(old, of.by)[0]
    elif old.strip() and own and old != plan.subject:
        say(N_("Trích yếu theo mẫu mới: “{new}”; kế hoạch trước: “{old}”."),
            {"new": plan.subject, "old": old}, (old,))  # fmt: skip


def _take_recipients(plan: Plan, of: Sources, say: Say) -> None:
    old = of.plan.recipients
    if not old or (of.old is not None and old == [of.was(one) for one in of.old.recipients]):
        return
    plan.recipients = [renamed(moved(one, of.by)[0], of) for one in old]
    changed = [one for one, new in zip(old, plan.recipients, strict=True) if one != new]
    if changed:
        say(N_("Nơi nhận được đổi theo tên cơ quan hiện nay: {recipients}."),
            {"recipients": "; ".join(changed)}, tuple(changed))  # fmt: skip


def renamed(text: str, of: Sources) -> str:
    """``text`` with the office that both templates name, as the new one calls it: in full or as "TT&TT".

    A department and the ministry above it are of one name, and change it together.
    """
    was, now = (of.old.addressee if of.old is not None else "").split(" ", 1), of.new.addressee.split(" ", 1)
    if len(was) < 2 or len(now) < 2 or was[0] != now[0] or was[1] == now[1]:
        return text
    for old, new in ((was[1], now[1]), *zip(_short(was[1]), _short(now[1]), strict=True)):
        text = re.sub(rf"\b(Sở|Bộ|SỞ|BỘ) {re.escape(old)}(?!\w)", rf"\1 {new}", text)
    return text


def _short(name: str) -> tuple[str, str]:
    """How an office is abbreviated: "TT&TT", "TTTT"."""
    parts = ["".join(word[0].upper() for word in part.split()) for part in re.split(r"\s+và\s+", name)]
    return "&".join(parts), "".join(parts)
