"""What is known of a PDF: its plan, its signatures, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from models.errors import SigningError
from models.exports import stamp
from models.i18n import _
from models.signing import embedded, opened, printed, signatures
from models.signing.embedded import Embedded
from models.signing.roots import Roots, load
from models.signing.signatures import Signature


@dataclass(frozen=True, slots=True)
class Examined:
    """A PDF that could be read; ``problems`` are whole sentences, none where nothing speaks against it.

    ``base`` is the length in bytes of what was exported, as the file itself tells; ``code`` is that of the plan
    inside, and ``pages`` how many pages were exported. ``plan`` is ``None`` in a PDF that carries none.
    """

    size: int
    base: int
    pages: int
    code: str = ""
    is_draft: bool = False
    plan: Embedded | None = field(default=None, repr=False)
    signatures: tuple[Signature, ...] = ()
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.problems

    @property
    def is_signed(self) -> bool:
        """Whether somebody signed it, and every signature is whole."""
        people = signatures.people(self.signatures)
        return bool(people) and all(one.whole for one in people)


def examine(data: bytes, roots: Roots | None = None, *, exported: bytes | None = None) -> Examined:
    """Look into the PDF ``data``; ``roots`` are by default those of the machine.

    With ``exported``, it is also said where the file does not stand on those bytes. ``SigningError`` where
    there is no PDF, or none that can be read.
    """
    reader = opened.open_pdf(data)
    problems: list[str] = []
    base = opened.first_revision(reader, data)
    if exported is not None and not opened.stands_on(reader, data, exported):
        problems.append(_("Tệp PDF không bắt đầu bằng bản đã kết xuất: nó đã bị in lại, lưu lại hoặc sửa."))
    plan, code = None, ""
    try:
        plan = embedded.read(reader)
    except SigningError as error:
        problems.append(str(error))
    found = printed.pages(reader)
    if plan is not None:
        code = stamp.short_code(plan.json)
        bare = [number for number, page in enumerate(found, 1) if code not in page.codes]
        if bare:
            problems.append(
                _("Trang {page} của tệp PDF không mang mã {code} của kế hoạch đính kèm.").format(
                    page=_numbers(bare), code=code
                )
            )
    problems += printed.altered(reader)
    made = signatures.read(reader, len(data), load() if roots is None else roots)
    problems += _broken(made)
    if data[data.rfind(b"%%EOF") + 5 :].strip(b"\r\n\0 \t"):
        problems.append(_("Cuối tệp PDF có dữ liệu lạ hoặc tệp bị cắt cụt; hãy xin lại tệp gốc."))
    warnings = [_("Chữ ký của {name} dùng thuật toán SHA-1 đã cũ.").format(name=one.name) for one in made if one.is_old]
    return Examined(
        len(data),
        base,
        len(found),
        code,
        all(page.is_draft for page in found),
        plan,
        made,
        tuple(dict.fromkeys(problems)),
        tuple(dict.fromkeys(warnings)),
    )


def _broken(made: tuple[Signature, ...]) -> list[str]:
    problems = [
        _("Chữ ký của {name} không còn giá trị: {reason}.").format(name=one.name, reason=one.fault)
        for one in made
        if not one.whole
    ]
    people = signatures.people(made)
    if people and people[-1].whole and people[-1].after == "changed":
        problems.append(
            _("Sau chữ ký cuối cùng (của {name}), tệp PDF còn bị sửa thêm mà không ai ký.").format(name=people[-1].name)
        )
    return problems


def _numbers(pages: list[int]) -> str:
    """Pages as a sentence names them: the first few."""
    shown = ", ".join(str(page) for page in pages[:5])
    return shown + (", …" if len(pages) > 5 else "")
