"""Taking back a signed PDF: only the exported bytes with whole signatures behind them are accepted."""

from __future__ import annotations

from models import document
from models.errors import SigningError, inside
from models.exports import stamp
from models.i18n import _
from models.plan import Plan
from models.signing import embedded, opened
from models.signing.embedded import Embedded
from models.signing.examined import Examined, examine
from models.signing.roots import Roots


def accept(signed: bytes, exported: bytes, roots: Roots | None = None) -> Examined:
    """What is known of ``signed``, which is the signed form of the PDF ``exported``.

    ``SigningError`` with one sentence where it is not: no PDF, not signed, of another plan or revision, altered,
    truncated, a signature broken, or changed after the last one. That a certificate is not known here is no
    reason to refuse.
    """
    if not opened.is_pdf(signed):
        raise SigningError(_("Tệp được chọn không phải là PDF; hãy chọn bản PDF đã ký."))
    if signed == exported:
        raise SigningError(
            _("Đây là chính bản PDF đã kết xuất, chưa có chữ ký số nào; hãy ký tệp này rồi chọn bản đã ký.")
        )
    if exported.startswith(signed):
        raise SigningError(_("Tệp PDF bị cắt cụt, ngắn hơn cả bản đã kết xuất; hãy chép lại tệp."))
    if not signed.startswith(exported):
        raise SigningError(_why_another(signed, exported))
    found = examine(signed, roots, exported=exported)
    if found.problems:
        raise SigningError(_("Bản PDF đã ký không được nhận: {reason}").format(reason=inside(found.problems[0])))
    if not found.is_signed:
        raise SigningError(
            _("Tệp PDF đã được ghi thêm nhưng chưa có chữ ký số nào; hãy ký bằng chương trình ký số rồi chọn lại.")
        )
    return found


def _why_another(signed: bytes, exported: bytes) -> str:
    """Which PDF it is instead, as far as the plan inside tells."""
    try:
        found, own = _plan_in(signed), _plan_in(exported)
    except SigningError as error:
        return str(error)
    if found is None:
        return _(
            "Tệp PDF này không phải bản đã kết xuất được ký thêm: có thể đã in lại ra PDF hoặc quét lại; "
            "hãy ký thẳng lên tệp PDF do chương trình kết xuất."
        )
    if own is None:
        return _altered()
    if found.plan.id != own.plan.id:
        return _("Đây là bản PDF của kế hoạch khác: {plan}.").format(plan=told(found.plan, found.json))
    if found.plan.revision != own.plan.revision:
        which = (
            _("Đây là bản PDF của lần kết xuất {found}, cũ hơn lần {own}; hãy ký bản mới nhất.")
            if found.plan.revision < own.plan.revision
            else _("Đây là bản PDF của lần kết xuất {found}, mới hơn lần {own}.")
        )
        return which.format(found=found.plan.revision, own=own.plan.revision)
    if found.json != own.json:
        return _(
            "Đây là bản PDF của cùng lần kết xuất nhưng nội dung khác (mã {found}, không phải {own}): "
            "có thể là bản dự thảo."
        ).format(found=stamp.short_code(found.json), own=stamp.short_code(own.json))
    return _altered()


def _altered() -> str:
    return _(
        "Tệp PDF không bắt đầu bằng đúng bản đã kết xuất: nó đã bị sửa, in lại hoặc lưu lại thay vì ký thêm; "
        "hãy ký lại trên tệp gốc."
    )


def _plan_in(data: bytes) -> Embedded | None:
    return embedded.read_last(opened.open_pdf(data))


def told(plan: Plan, plan_json: bytes | None = None) -> str:
    """A plan as a sentence names it: unit, subject, revision and code."""
    plan_json = document.to_bytes(plan) if plan_json is None else plan_json
    parts = [part for part in (plan.unit_name.strip(), plan.subject.strip()) if part] or [plan.id]
    return _("{plan} (lần kết xuất {revision}, mã {code})").format(
        plan=": ".join(parts), revision=plan.revision, code=stamp.short_code(plan_json)
    )
