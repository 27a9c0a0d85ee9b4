"""A legal basis as it is cited in a sentence (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II.6.b)."""

from __future__ import annotations

from models.plan import LegalBasis

#: Cited by name and date: "Luật Công nghệ thông tin ngày 29 tháng 6 năm 2006".
_BY_NAME = ("luật", "bộ luật", "pháp lệnh", "hiến pháp")


def basis_text(basis: LegalBasis) -> str:
    """The citation without a mark at its end: "Quyết định số 749/QĐ-TTg ngày 03 tháng 6 năm 2020 của …"."""
    if basis.text.strip():
        return _bare(basis.text)
    kind, subject = basis.kind.strip(), _bare(basis.subject)
    words = [kind]
    by_name = kind.casefold() in _BY_NAME
    if by_name:
        if subject.casefold().startswith(kind.casefold() + " "):
            words.clear()
        words.append(subject)
    if basis.number.strip():
        words.append(f"số {basis.number.strip()}")
    if basis.date:
        words.append(spelled_date(basis.date))
    if basis.issuer.strip():
        words.append(f"của {basis.issuer.strip()}")
    if not by_name:
        words.append(subject)
    return " ".join(word for word in words if word)


def spelled_date(iso: str) -> str:
    """``2020-06-03`` as it is cited: ``ngày 03 tháng 6 năm 2020``."""
    year, month, day = (int(part) for part in iso.split("-"))
    return f"ngày {day:02d} tháng {two_digits(month, 2)} năm {year}"


def two_digits(number: int, up_to: int) -> str:
    """``number`` with a leading zero up to ``up_to``: days below 10, of the months January and February."""
    return f"{number:02d}" if number <= up_to else str(number)


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip(" .;,")
