"""Is a package, or a PDF alone, whole and unaltered; is the PDF the one exported, or that one signed, and by whom."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from models import secret
from models.errors import PackageError, SigningError, reason
from models.exports import archive, locked
from models.exports.archive import Damaged
from models.exports.package_check import Check, is_signed_form, no_package
from models.exports.verified import FileCheck, State, Verification, mark_draft, state_of, take
from models.i18n import _
from models.signing import Roots, examine, opened

__all__ = ["FileCheck", "State", "Verification", "is_signed_form", "verify"]

MAX_FILE = archive.MAX_TOTAL


def verify(path: Path, roots: Roots | None = None, *, look_inside: bool = True, passphrase: str = "") -> Verification:
    """Check the package or PDF ``path``; ``PackageError`` where it is neither, ``SecretError`` where it does not open.

    A package that is locked is unlocked with ``passphrase`` in memory, and what is inside is checked as any other.
    ``roots`` are the certificates trusted, by default those of the machine. Without ``look_inside``, a PDF of a
    package is looked into only where it is signed: its sum vouches for it.
    """
    found = Verification(path.name)
    try:
        if path.is_dir():
            raise PackageError(_("“{file}” là thư mục, không phải gói nộp; hãy chọn tệp .zip.").format(file=path.name))
        with path.open("rb") as stream:
            head = stream.read(8)
            if head.startswith(b"%PDF-"):
                _check_pdf(path, found, roots)
                return found
            if not head.startswith(b"PK"):
                raise no_package(path)
            if path.stat().st_size > MAX_FILE:
                raise PackageError(
                    _("Gói “{file}” lớn hơn {size} MiB nên không được mở; hãy kiểm tra lại tệp.").format(
                        file=path.name, size=MAX_FILE // (1024 * 1024)
                    )
                )
            found.locked = secret.is_locked(path)
            try:
                inside = BytesIO(locked.unlock(path, passphrase)) if found.locked else stream
                with archive.open_zip(inside) as zipped:
                    Check(zipped, found, roots, look_inside).run(path)
            except Damaged as damage:
                found.problems.append(str(damage))
    except FileNotFoundError:
        raise PackageError(
            _("Không tìm thấy gói “{file}”; hãy kiểm tra lại tên và đường dẫn.").format(file=path)
        ) from None
    except (OSError, ValueError) as error:
        raise PackageError(
            _("Không đọc được gói “{file}” ({reason}); hãy kiểm tra quyền truy cập hoặc ổ đĩa.").format(
                file=path, reason=reason(error)
            )
        ) from None
    return found


# ---- a PDF alone


def _check_pdf(path: Path, found: Verification, roots: Roots | None) -> None:
    """A PDF has nothing beside it to vouch for it: its own signatures do, and the code on its pages."""
    found.kind = "pdf"
    if path.stat().st_size > opened.MAX_FILE:
        raise PackageError(
            _("Tệp “{file}” lớn hơn {size} MiB nên không được mở; hãy kiểm tra lại tệp.").format(
                file=path.name, size=opened.MAX_FILE // (1024 * 1024)
            )
        )
    data = path.read_bytes()
    try:
        known = examine(data, roots)
    except SigningError as error:
        found.problems.append(str(error))
        found.files.append(FileCheck(path.name, len(data), "damaged"))
        return
    if known.plan is None and not known.problems:
        raise PackageError(
            _(
                "“{file}” không mang kế hoạch bên trong: không phải PDF do Kế Hoạch Số kết xuất, hoặc đã bị in lại "
                "ra PDF; hãy chọn tệp gốc."
            ).format(file=path.name)
        )
    take(known, found)
    if known.plan is not None:
        plan = found.plan = known.plan.plan
        found.plan_id, found.revision, found.subject = plan.id, plan.revision, plan.subject
        found.code = known.code
    if known.is_draft:
        mark_draft(found)
    found.files.append(FileCheck(path.name, len(data), state_of(known), known.code, known.pages))
