"""What is in a package of ours: its files, as its manifest vouches for them."""

from __future__ import annotations

from io import BytesIO

from models.errors import PackageError
from models.exports import archive, manifest
from models.exports.archive import Damaged
from models.exports.manifest import Faulty, Manifest
from models.exports.package_check import is_signed_form
from models.i18n import _


def read(package: bytes) -> tuple[Manifest, dict[str, bytes]]:
    """The manifest and the files it lists, in its order; all but the PDFs are as it says (``pdf_of``).

    ``PackageError`` where the package is damaged, or a file in it is not the one that was exported.
    """
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
            raise PackageError(manifest.changed(file.name))
    return listed, files


def pdf_of(listed: Manifest, files: dict[str, bytes]) -> bytes:
    """The exported PDF: the file itself, or what it begins with where it was signed in its place; ``PackageError``."""
    file = listed.pdf
    pdf = files[file.name][: file.size]
    if manifest.sha256(pdf) != file.sha256 or (pdf != files[file.name] and not is_signed_form(files[file.name], pdf)):
        raise PackageError(manifest.changed(file.name))
    return pdf


def exported_pdf(package: bytes) -> tuple[str, bytes]:
    """Name and bytes of the PDF in a package as it was exported, also where a signed one took its place.

    ``PackageError`` where the package is damaged, or its PDF is another.
    """
    listed, files = read(package)
    return listed.pdf.name, pdf_of(listed, files)


def exported_sum(package: bytes) -> tuple[int, str]:
    """Size and SHA-256 of the exported PDF, as the manifest of a package has them."""
    found = read(package)[0].pdf
    return found.size, found.sha256
