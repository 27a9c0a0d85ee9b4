"""Signed PDFs taken back in: made with other programs (PAdES), looked into here with pyHanko, without any network.

What was exported is the first revision of the file, byte for byte; signatures, the stamp of number and date, and
data to validate them (LTV) are appended behind it.
"""

from models.errors import SigningError
from models.signing.accept import accept, told
from models.signing.embedded import Embedded
from models.signing.examined import Examined, examine
from models.signing.opened import is_pdf
from models.signing.roots import Roots, load
from models.signing.signatures import Signature
from models.signing.trust import Trust

__all__ = [
    "Embedded", "Examined", "Roots", "Signature", "SigningError", "Trust", "accept", "examine", "is_pdf", "load",
    "told",
]  # fmt: skip
