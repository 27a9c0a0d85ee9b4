"""A package gets the signed PDF that came back: one more file in it, and a manifest that lists it."""

from __future__ import annotations

from io import BytesIO

from models.errors import PackageError, SigningError
from models.exports import archive, manifest
from models.exports.archive import Damaged
from models.exports.manifest import Faulty, Manifest
from models.exports.package_check import is_signed_form
from models.i18n import _
from models.signing import Examined, Roots, accept


def exported_pdf(package: bytes) -> tuple[str, bytes]:
    """Name and bytes of the PDF in a package as it was exported, also where a signed one took its place.

    ``PackageError`` where the package is damaged, or its PDF is another.
    """
    listed, files = _open(package)
    return listed.pdf.name, _pdf(listed, files)


def exported_sum(package: bytes) -> tuple[int, str]:
    """Size and SHA-256 of the exported PDF, as the manifest of a package has them."""
    found = _open(package)[0].pdf
    return found.size, found.sha256


def with_signed(package: bytes, signed: bytes, roots: Roots | None = None) -> tuple[bytes, Examined]:
    """``package`` with the signed PDF as one more file, and what was found out about that one.

    Everything else stays, also ``created``; equal input gives equal bytes. A signed PDF that is in it already
    gives way to one that was signed once more. ``SigningError`` where ``signed`` is not the signed form of the
    PDF in it (``models.signing.accept``) or another than the one it has; ``PackageError`` where it is damaged.
    """
    listed, files = _open(package)
    pdf = _pdf(listed, files)
    examined = accept(signed, pdf, roots)
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


def _open(package: bytes) -> tuple[Manifest, dict[str, bytes]]:
    """The manifest and the files it lists, in its order; all but the PDFs are as it says."""
    try:
        with archive.open_zip(BytesIO(package)) as zipped:
            archive.check_limits(zipped)
            infos = {info.filename: info for info in zipped.infolist()}
            listed = manifest.parse(archive.read(zipped, infos[manifest.NAME]))
            files = {file.name: archive.read(zipped, infos[file.name]) for file in listed.files}
    except (Damaged, Faulty) as error:
        raise PackageError(str(error)) from None
    except KeyError as error:
        raise PackageError(_("Gói thiếu tệp “{name}”.").format(name=archive.printable(str(error.args[0])))) from None
    for file in listed.files:
        if not file.name.endswith(".pdf") and manifest.sha256(files[file.name]) != file.sha256:
            raise _changed(file.name)
    return listed, files


def _pdf(listed: Manifest, files: dict[str, bytes]) -> bytes:
    """The exported PDF: the file itself, or what it begins with where it was signed in its place."""
    file = listed.pdf
    pdf = files[file.name][: file.size]
    if manifest.sha256(pdf) != file.sha256 or (pdf != files[file.name] and not is_signed_form(files[file.name], pdf)):
        raise _changed(file.name)
    return pdf


def _changed(name: str) -> PackageError:
    return PackageError(_("Tệp “{name}” trong gói đã bị thay đổi so với lúc kết xuất.").format(name=name))
