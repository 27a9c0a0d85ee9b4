from __future__ import annotations

import hashlib
import re

from models import document
from models.exports import stamp
from tests.plans import fixture_plan


def test_the_short_code_is_the_head_of_the_hash_in_crockfords_letters() -> None:
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", stamp.short_code(b"plan"))
    number = int(hashlib.sha256(b"plan").hexdigest()[:10], 16)
    read = 0
    for letter in stamp.short_code(b"plan").replace("-", ""):
        read = read * 32 + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(letter)
    assert read == number


def test_another_plan_has_another_code() -> None:
    plan = fixture_plan(0)
    before = document.to_bytes(plan)
    plan.revision += 1
    assert stamp.short_code(before) != stamp.short_code(document.to_bytes(plan))


def test_the_qr_code_names_plan_revision_and_hash() -> None:
    text = stamp.qr_text("0d0c4a5e-6f0e-4a39-9a52-2f6f1f6d2a11", 3, b"plan")
    prefix, plan_id, revision, found = text.split(":")
    assert (prefix, plan_id.lower(), revision) == ("KHS1", "0d0c4a5e-6f0e-4a39-9a52-2f6f1f6d2a11", "3")
    assert found.lower() == stamp.plan_hash(b"plan")
    # An id with capitals or marks of its own is left alone.
    assert stamp.qr_text("Kế_A", 1, b"plan").split(":")[1] == "Kế_A"


def test_the_qr_code_is_square_and_small_enough_to_print() -> None:
    modules = stamp.qr_modules(stamp.qr_text("0d0c4a5e-6f0e-4a39-9a52-2f6f1f6d2a11", 1, b"plan"))
    assert all(len(row) == len(modules) for row in modules)
    assert len(modules) <= 37
    # The three finders in the corners.
    assert modules[0][:7] == modules[0][-7:] == modules[-1][:7] == [True] * 7
