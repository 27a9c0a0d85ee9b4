"""Plan ↔ ``plan.json``, version 1 of the plan document.

Reading is strict: what is not a plan document is refused whole, with one sentence that names the place.
Fields that this program does not know are kept and written back, and so are fields given explicitly as
empty, so that a document read and written again is the same document.
"""

from models.document.fields import FIELD_NAMES, is_date
from models.document.loading import VERSION, load
from models.document.parsing import FORMAT, MAX_BYTES, MAX_DEPTH, Document, parse, read_bytes
from models.document.places import pointer, pointers
from models.document.reading import from_bytes, read
from models.document.writing import copy, dump, to_bytes

__all__ = [
    "FIELD_NAMES", "FORMAT", "MAX_BYTES", "MAX_DEPTH", "VERSION", "Document", "copy", "dump", "from_bytes", "is_date",
    "load", "parse", "pointer", "pointers", "read", "read_bytes", "to_bytes",
]  # fmt: skip
