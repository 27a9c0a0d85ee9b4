"""How much of anything may come from outside: the one table of all limits on files, packages, texts and what is pasted.

Each is far above what a plan of 10,000 tasks takes, and low enough that whatever keeps to it is read within seconds
and some hundred MB. What is beyond is refused with one sentence; nothing is cut off unsaid.
"""

from __future__ import annotations

MIB = 1024 * 1024

# ---- plan documents (plan.json)
#: Bytes; levels of nesting; objects and lists; commas, which part values (in texts too).
DOCUMENT_BYTES = 20 * MIB
DOCUMENT_DEPTH = 12
DOCUMENT_GROUPS = 400_000
DOCUMENT_COMMAS = 3_000_000
#: Digits of a number, signs and zeros included.
NUMBER_DIGITS = 400
#: Marks on one letter (accents, dots), one above the other: normalising takes the square of them.
MARKS_ON_A_LETTER = 64

# ---- zip files
#: Files in a package; bytes of all of them unpacked; unpacked to packed, of one larger than ``LARGE_ENTRY``.
PACKAGE_FILES = 32
UNPACKED_BYTES = 200 * MIB
UNPACKED_RATIO = 100
LARGE_ENTRY = 20 * MIB
#: Bytes of the list of files at the end, and of ``manifest.json``.
DIRECTORY_BYTES = MIB
MANIFEST_BYTES = 256 * 1024

# ---- workbooks
#: Bytes of the file; parts in it; bytes of all of them unpacked, of a sheet or the texts, and of any other part.
WORKBOOK_BYTES = 50 * MIB
WORKBOOK_PARTS = 2000
WORKBOOK_UNPACKED = 120 * MIB
SHEET_BYTES = 60 * MIB
PART_BYTES = 12 * MIB
#: Sheets; cells of all sheets; rows of one sheet, empty ones too; cells of one sheet with the gaps between them.
SHEETS = 300
WORKBOOK_CELLS = 1_000_000
SHEET_ROWS = 200_000
SHEET_AREA = 8_000_000
#: Texts that cells share, styles of cells, columns looked at.
SHARED_TEXTS = 600_000
STYLES = 66_000
SHEET_COLUMNS = 400

# ---- Word files
#: Bytes of the file; parts in it; bytes of all of them unpacked, and of one that is text.
WORD_BYTES = 50 * MIB
WORD_PARTS = 2000
WORD_UNPACKED = 200 * MIB
WORD_TEXT = 30 * MIB
#: Elements of a part that is text; paragraphs; columns of a table (Word takes 63); its cells with those that span
#: several, and their letters, a text in several cells counted in each; tables in tables.
WORD_ELEMENTS = 800_000
WORD_PARAGRAPHS = 100_000
WORD_COLUMNS = 63
WORD_CELLS = 200_000
WORD_CELL_LETTERS = 20_000_000
WORD_TABLES = 8

# ---- PDFs
#: Bytes of the file; bytes that one stream, all streams, and the contents of all pages unpack to.
PDF_BYTES = 100 * MIB
PDF_STREAM = 32 * MIB
PDF_UNPACKED = 400 * MIB
PDF_TEXT = 128 * MIB
#: Revisions of a file (signatures, stamps, validation data), nodes of any tree in it, signatures.
PDF_REVISIONS = 100
#: Objects that its tables of places tell of, in all revisions.
PDF_OBJECTS = 600_000
PDF_NODES = 10_000
PDF_SIGNATURES = 50

# ---- templates
#: Bytes; levels; values in all; letters of one text; the largest number.
TEMPLATE_BYTES = 512 * 1024
TEMPLATE_DEPTH = 12
TEMPLATE_VALUES = 20_000
TEMPLATE_TEXT = 20_000
TEMPLATE_NUMBER = 1_000_000
#: Levels of sections, and how many there may be of each kind of part.
TEMPLATE_LEVELS = 5
TEMPLATE_PARTS = {"sections": 400, "tables": 60, "sources": 60, "indicators": 400, "layouts": 20, "columns": 60}

# ---- lists of legal bases
#: Bytes of a file; rows; letters of a cell.
CATALOGUE_BYTES = 4 * MIB
CATALOGUE_ROWS = 10_000
CATALOGUE_TEXT = 2000

# ---- what is pasted
#: Cells and letters of a block; letters of a text; levels of HTML; tables in tables; what browsers take as a span.
PASTED_CELLS = 200_000
PASTED_LETTERS = 20_000_000
PASTED_TEXT = 1_000_000
PASTED_LEVELS = 200
PASTED_TABLES = 8
PASTED_SPAN = 1000

# ---- settings.json
SETTINGS_BYTES = MIB

# ---- how tables were understood, remembered by their shape
MAPPINGS_BYTES = MIB // 2
MAPPINGS = 200

# ---- the store
#: Bytes of one value: a kept package with its signed PDF is the largest.
STORE_VALUE = 256 * MIB
