"""A signed PDF comes back: which export it belongs to, and the package that is handed in with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from models.errors import ExportError, PackageError, SecretError, SigningError, inside, reason
from models.exports import contents, files, locked, manifest, signed_package
from models.exports.archive import Damaged
from models.i18n import _
from models.signing import Examined, Roots, accept, opened


@dataclass(frozen=True, slots=True)
class Kept:
    """A final export as this computer keeps it; ``signed`` is the signed PDF that came back before, if one did."""

    revision: int
    package: bytes = field(repr=False)
    signed: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Received:
    """A signed PDF that is accepted: of which revision, and what it is called beside the exported one.

    ``newest`` is the last revision exported; ``replaces`` whether another signed PDF came back before that this
    one does not go on from.
    """

    revision: int
    newest: int
    name: str
    examined: Examined
    replaces: bool
    package: bytes = field(repr=False)
    signed: bytes = field(repr=False)

    @property
    def package_name(self) -> str:
        return self.name.removesuffix(f"{manifest.SIGNED_MARK}.pdf") + ".zip"


def receive(path: Path, exports: Sequence[Kept], roots: Roots | None = None) -> Received:
    """The signed PDF ``path`` held against the exports of a plan, the newest first.

    ``SigningError`` with one sentence where it is the signed form of none of them.
    """
    if not exports:
        raise SigningError(
            _("Kế hoạch chưa có bản kết xuất chính thức nào trên máy này; hãy kết xuất, ký tệp PDF đó rồi nhận lại.")
        )
    signed = _read(path)
    newest = exports[0]
    for kept in exports:
        name, pdf = contents.exported_pdf(kept.package)
        if signed.startswith(pdf) and signed != pdf:
            package, examined = signed_package.with_signed(kept.package, signed, roots)
            replaces = kept.signed is not None and not signed.startswith(kept.signed)
            return Received(
                kept.revision, newest.revision, manifest.signed_name(name), examined, replaces, package, signed
            )
    accept(signed, contents.exported_pdf(newest.package)[1], roots)
    raise AssertionError("accepted, but found nowhere")


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > opened.MAX_FILE:
            raise SigningError(
                _("Tệp PDF lớn hơn {size} MiB nên không được mở; hãy kiểm tra lại tệp.").format(
                    size=opened.MAX_FILE // (1024 * 1024)
                )
            )
        return path.read_bytes()
    except OSError as error:
        raise SigningError(
            _("Không đọc được tệp “{file}” ({reason}); hãy kiểm tra quyền truy cập hoặc ổ đĩa.").format(
                file=path.name, reason=reason(error)
            )
        ) from None


def put(received: Received, folder: Path, passphrase: str = "") -> tuple[Path, ...]:
    """Write the package with the signed PDF, and that PDF, into ``folder``: both or none; gives their paths.

    With a ``passphrase`` it is the locked package alone. A package of this export that is there already gets the signed
    PDF too; whatever else has one of the names stays: ``ExportError`` says so. ``SecretError``: it is no passphrase.
    """
    stem = received.package_name.removesuffix(".zip")
    package = folder / (f"{stem}{locked.ENDING}" if passphrase else received.package_name)
    pdf = folder / received.name
    data = received.package
    try:
        if package.exists():
            before = locked.unlock(package, passphrase) if passphrase else package.read_bytes()
            data, _examined = signed_package.with_signed(before, received.signed, Roots(), received.examined)
        if not passphrase and pdf.exists() and not received.signed.startswith(pdf.read_bytes()):
            raise ExportError(
                _("Thư mục “{folder}” đã có tệp “{file}” khác nên không ghi đè; hãy chọn thư mục khác.").format(
                    folder=folder, file=pdf.name
                )
            )
    except (SigningError, PackageError, SecretError, Damaged) as error:
        raise ExportError(
            _("Thư mục “{folder}” đã có gói “{file}” khác nên không ghi đè, hãy chọn thư mục khác: {reason}").format(
                folder=folder, file=package.name, reason=inside(str(error))
            )
        ) from None
    except OSError as error:
        raise ExportError(
            _("Không đọc được thư mục “{folder}” ({reason}); hãy chọn thư mục khác.").format(
                folder=folder, reason=reason(error)
            )
        ) from None
    if passphrase:
        files.write_all({package: locked.lock(stem, data, passphrase)})
        return (package,)
    files.write_all({package: data, pdf: received.signed})
    return package, pdf
