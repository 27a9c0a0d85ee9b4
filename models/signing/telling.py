"""Signatures in plain words: for the window and the command line."""

from __future__ import annotations

from datetime import UTC, datetime

from models.i18n import _
from models.signing.signatures import Signature


def who(signature: Signature) -> str:
    """The signer, with the organisation where it is another name."""
    if signature.organisation and signature.organisation.casefold() not in signature.name.casefold():
        return f"{signature.name} ({signature.organisation})"
    return signature.name


def when(signature: Signature) -> str:
    """The time in the machine's own zone, and who vouches for it."""
    if signature.time is None:
        return _("không ghi thời gian")
    text = signature.time.astimezone().strftime("%d/%m/%Y %H:%M")
    if signature.time_from == "timestamp":
        return _("{time} (dấu thời gian)").format(time=text)
    return _("{time} (theo máy người ký)").format(time=text)


def validity(signature: Signature) -> str:
    """Whether the signature is whole."""
    if not signature.whole:
        return _("Không còn giá trị: {reason}").format(reason=signature.fault)
    return _("Nguyên vẹn")


def trust(signature: Signature) -> str:
    """What is to be thought of the certificate."""
    found = signature.trust
    if found.state == "trusted":
        if found.revocation == "good":
            text = _("Tin cậy, gốc {root}; chưa bị thu hồi khi ký").format(root=found.root)
        else:
            text = _("Tin cậy, gốc {root}; chưa kiểm tra được việc thu hồi (không dùng mạng)").format(root=found.root)
        if found.expires is not None and found.expires < datetime.now(UTC):
            text += "; " + _("chứng thư nay đã hết hạn")
        return text
    if found.state == "expired":
        return _("Chứng thư không còn (hoặc chưa có) hiệu lực khi ký")
    if found.state == "revoked":
        return _("Chứng thư đã bị thu hồi")
    if found.state == "unfit":
        return _("Chứng thư không dùng để ký văn bản được, hoặc chuỗi chứng thư không hợp lệ")
    return _("Chưa rõ nơi cấp: {issuer}").format(issuer=signature.issuer or "–")


def after(signature: Signature) -> str:
    """What was appended after the signature."""
    return {
        "nothing": _("Ký toàn bộ tệp"),
        "validation": _("Sau đó chỉ thêm dữ liệu xác thực"),
        "signed": _("Phần thêm sau đó (số, ngày, dấu) đã được chữ ký sau xác nhận"),
        "changed": _("Sau đó tệp bị sửa mà không ai ký"),
    }[signature.after]


def line(signature: Signature) -> str:
    """All of it in one line."""
    text = f"{who(signature)}, {when(signature)}. {validity(signature)}."
    if not signature.whole:
        return text
    return f"{text} {trust(signature)}. {after(signature)}."
