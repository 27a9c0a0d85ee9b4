"""The mark by which paper and file are matched: a short code on every page, a QR code on the first.

Both come from the SHA-256 of ``plan.json``, so that pages of two states of one plan carry different codes.
"""

from __future__ import annotations

import hashlib
import re

# Crockford's: no I, L, O and U, which are misread.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 8
_PREFIX = "KHS1"
# What a QR code packs tightly: capitals, digits and a few marks.
_TIGHT = re.compile(r"[0-9a-z.:-]*")


def plan_hash(plan_json: bytes) -> str:
    """The SHA-256 of ``plan.json`` in lower-case hexadecimal, as in a package's manifest."""
    return hashlib.sha256(plan_json).hexdigest()


def short_code(plan_json: bytes) -> str:
    """The first 40 bits of the hash, fit for reading aloud: ``K7Q2-9MXD``."""
    number = int(plan_hash(plan_json)[:10], 16)
    letters = "".join(_ALPHABET[number >> 5 * (_CODE_LENGTH - 1 - at) & 31] for at in range(_CODE_LENGTH))
    return f"{letters[:4]}-{letters[4:]}"


def qr_text(plan_id: str, revision: int, plan_json: bytes) -> str:
    """What the QR code says: ``KHS1:<plan id>:<revision>:<SHA-256 of plan.json>``.

    In capitals where the id has none of its own, as a UUID: the code is smaller then.
    """
    text = f"{plan_id}:{revision}:{plan_hash(plan_json)}"
    return f"{_PREFIX}:{text.upper() if _TIGHT.fullmatch(text) else text}"


def qr_modules(text: str) -> list[list[bool]]:
    """The squares of the QR code for ``text``, row by row from the top, dark ones true; without a quiet zone."""
    from reportlab.graphics.barcode import qrencoder

    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    return [[bool(square) for square in row] for row in code.modules]
