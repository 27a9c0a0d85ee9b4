"""A package gets the signed PDF that came back: one more file in it, and a manifest that lists it."""

from __future__ import annotations

from models.errors import SigningError
from models.exports import archive, contents, manifest
from models.i18n import _
from models.signing import Examined, Roots, accept


def with_signed(
    package: bytes, signed: bytes, roots: Roots | None = None, known: Examined | None = None
) -> tuple[bytes, Examined]:
    """``package`` with the signed PDF as one more file, and what was found out about that one.

    Everything else stays, also ``created``; equal input gives equal bytes. A signed PDF that is in it already
    gives way to one that was signed once more. ``SigningError`` where ``signed`` is not the signed form of the
    PDF in it (``models.signing.accept``) or another than the one it has; ``PackageError`` where it is damaged.
    ``known`` is what was found out when it was accepted before: it is not looked into again for the same PDF.
    """
    listed, files = contents.read(package)
    pdf = contents.pdf_of(listed, files)
    is_known = known is not None and known.base == len(pdf) and signed.startswith(pdf)
    examined = known if known is not None and is_known else accept(signed, pdf, roots)
    before = [name for name in files if manifest.is_signed_name(name)]
    earlier = [files.pop(name) for name in before]
    if len(files[listed.pdf.name]) > len(pdf):
        earlier.append(files[listed.pdf.name])
    for old in earlier:
        if old != signed and old.startswith(signed):
            raise SigningError(_("Gói đã có bản PDF này với nhiều chữ ký hơn nên không thay."))
        if not signed.startswith(old):
            raise SigningError(
                _(
                    "Gói đã có một bản PDF đã ký khác; bản mới phải là bản đó được ký thêm. "
                    "Hãy kết xuất lần mới nếu cần ký lại từ đầu."
                )
            )
    files[listed.pdf.name] = pdf
    entries: list[tuple[str, bytes]] = []
    for name, data in files.items():
        entries.append((name, data))
        if name == listed.pdf.name:
            entries.append((manifest.signed_name(name), signed))
    made = manifest.make(listed.plan_id, listed.revision, listed.created, entries, listed.program)
    return archive.pack([(manifest.NAME, made), *entries]), examined
