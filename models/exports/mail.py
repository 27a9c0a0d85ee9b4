"""The mail with which a plan is handed in, as a draft (``.eml``) that the officer's mail program opens and sends.

Always in Vietnamese, as all that is given out. No clock and no chance in it: equal files make an equal mail.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from models.bases import two_digits
from models.drives import size_text
from models.errors import ExportError
from models.exports import phrases
from models.i18n import _
from models.plan import Plan
from models.template import Template

if TYPE_CHECKING:
    from models.exports.package import ExportedFile

#: Bytes of a whole mail above which many servers refuse it; the usual limits are 20 to 25 MB.
HEAVY = 20_000_000
# Outlook cuts longer ones.
_LONGEST_SUBJECT = 250
# Bytes in an encoded word: its line may have 76 letters, with the name of the header.
_LONGEST_WORD = 39
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
#: The plain form of RFC 5321, which is all that offices use.
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+")
_LONGEST_ADDRESS = 254
#: What each file is called in the mail, and its MIME type.
_KINDS = {
    "package": ("gói nộp: dữ liệu, bản in và bảng tính", "application/zip"),
    "locked": ("gói nộp có mật khẩu: dữ liệu, bản in và bảng tính", "application/zip"),
    "pdf": ("bản in PDF", "application/pdf"),
    "xlsx": ("bảng tính Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docx": ("bản Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
_PACKAGES = ("package", "locked")


@dataclass(frozen=True, slots=True)
class Mail:
    """What is asked for: ``to`` are addresses or nothing; ``loose`` sends what is in the package beside it as well."""

    to: str = ""
    loose: bool = False


def addresses(text: str) -> list[str]:
    """The mail addresses in ``text``, between commas or semicolons; ``ExportError`` names one that is none."""
    found = [part.strip() for part in re.split("[,;]", text) if part.strip()]
    for address in found:
        if not _ADDRESS.fullmatch(address) or len(address) > _LONGEST_ADDRESS:
            raise ExportError(
                _(
                    "Địa chỉ thư “{address}” không đúng; hãy ghi như vanthu@coquan.gov.vn, nhiều địa chỉ cách nhau "
                    "bằng dấu chấm phẩy."
                ).format(address=_line(address)[:80])
            )
    return found


def heavy_sentence(file: ExportedFile) -> str:
    """What is said of a draft that many servers would refuse; empty where it is light enough."""
    if len(file.data) <= HEAVY:
        return ""
    return _(
        "Thư soạn sẵn nặng {size}; nhiều hộp thư chỉ nhận 20–25 MB, khi đó hãy gửi gói nộp bằng USB hoặc cách khác."
    ).format(size=size_text(len(file.data)))


def render(
    plan: Plan, template: Template, files: Sequence[tuple[str, ExportedFile]], mail: Mail, *, draft: bool, code: str
) -> bytes:
    """The draft of a mail with the files attached, each with its kind (``package``, ``pdf``, ``xlsx``, ``docx``).

    A package under a passphrase is ``locked``: the mail says how it is opened, and never with which passphrase.
    ``X-Unsent`` makes Outlook open it as a mail that is still to be sent; sender and date are its own.
    ``ExportError`` where an address is none.
    """
    to = addresses(mail.to)
    wanted = [(kind, file) for kind, file in files if mail.loose or kind in _PACKAGES]
    attached = sorted(wanted, key=lambda one: one[0] not in _PACKAGES)
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if to:
        message["To"] = ", ".join(to)
    # Quoted-printable, as some servers break lines of more than 998 bytes.
    message.set_content(_text(plan, template, attached, draft=draft, code=code), cte="quoted-printable")
    for kind, file in attached:
        main, _slash, sub = _KINDS[kind][1].partition("/")
        message.add_attachment(file.data, maintype=main, subtype=sub, filename=file.name)
    # Neither base64 nor quoted-printable has "=_".
    digest = hashlib.sha256(b"".join(file.data for _kind, file in attached)).hexdigest()
    message.set_boundary(f"=_KHS_{digest[:32]}")
    return _header("Subject", subject(plan, template, draft=draft)) + message.as_bytes()


def note(subject: str, text: str, name: str, attached: bytes) -> bytes:
    """The draft of a short mail with one text file attached, to nobody yet."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message.set_content(text, cte="quoted-printable")
    message.add_attachment(attached, maintype="text", subtype="plain", filename=name, params={"charset": "utf-8"})
    message.set_boundary(f"=_KHS_{hashlib.sha256(attached).hexdigest()[:32]}")
    return _header("Subject", subject) + message.as_bytes()


def _header(name: str, text: str) -> bytes:
    """A header of RFC 2047 words; that of ``EmailMessage`` loses spaces between some words when it folds them."""
    words, word = [], ""
    for letter in text:
        if len((word + letter).encode()) > _LONGEST_WORD:
            words.append(word)
            word = ""
        word += letter
    words.append(word)
    encoded = (b"=?utf-8?b?" + b64encode(part.encode()) + b"?=" for part in words)
    return f"{name}: ".encode() + b"\r\n ".join(encoded) + b"\r\n"


def subject(plan: Plan, template: Template, *, draft: bool) -> str:
    """``Gửi Kế hoạch Phát triển Chính quyền số năm 2022 của Sở Nội vụ``, in one line."""
    unit = _unit(plan)
    text = f"Gửi {'dự thảo ' if draft else ''}{_title(plan, template)}{f' của {unit}' if unit else ''}"
    return text if len(text) <= _LONGEST_SUBJECT else text[: _LONGEST_SUBJECT - 1].rstrip() + "…"


def _title(plan: Plan, template: Template) -> str:
    """``Kế hoạch Phát triển Chính quyền số năm 2022``; the year is added where the subject names none."""
    text = f"{template.kind.capitalize()} {_line(plan.subject)}".strip()
    years = sorted({year for year in (plan.period_from, plan.period_to) if year is not None})
    if years and not re.search(r"\b\d{4}\b", text):
        text += f" năm {years[0]}" if len(years) == 1 else f" giai đoạn {years[0]} - {years[-1]}"
    return text


def _unit(plan: Plan) -> str:
    return phrases.unit_in_sentence(_line(plan.unit_name))


def _text(
    plan: Plan, template: Template, attached: Sequence[tuple[str, ExportedFile]], *, draft: bool, code: str
) -> str:
    addressee = _line(plan.addressee) or _line(template.addressee) or "Quý cơ quan"
    unit = _unit(plan)
    what = f"{'dự thảo ' if draft else ''}{_title(plan, template)}{_reference(plan)}"
    lines = [f"Kính gửi: {addressee}", "", f"{unit} kính gửi {what}." if unit else f"Kính gửi {what}."]
    if draft:
        lines += ["Đây là bản dự thảo để xin ý kiến, mỗi trang in chữ DỰ THẢO; chưa phải bản chính thức."]
    lines += ["", "Tệp gửi kèm:"]
    for number, (kind, file) in enumerate(attached, 1):
        lines.append(f"{number}. {file.name} ({_KINDS[kind][0]}), {size_text(len(file.data))}")
    kind, package = next((kind, file) for kind, file in attached if kind in _PACKAGES)
    if kind == "locked":
        lines += [
            "",
            "Gói nộp được khóa bằng mật khẩu (AES-256). Mật khẩu được báo riêng qua điện thoại, không gửi trong thư.",
            "Cách mở: trong Kế Hoạch Số, chọn Mở tệp hoặc gói nộp rồi gõ mật khẩu; hoặc giải nén bằng 7-Zip, WinRAR.",
        ]
    lines += [
        "",
        f"Lần kết xuất: {plan.revision}",
        f"Mã đối chiếu: {code} (in ở chân mỗi trang của bản in)",
        f"SHA-256 của gói nộp: {hashlib.sha256(package.data).hexdigest()}",
        "",
        "Cách kiểm tra gói nộp còn nguyên vẹn:",
        "- Bằng chương trình Kế Hoạch Số: vào Công cụ, chọn Kiểm tra gói nộp, hoặc chạy lệnh "
        f"verify {package.name}. Chương trình báo rõ nếu có tệp bị sửa, và cho biết mã đối chiếu; mã này phải trùng "
        "với mã trên bản in.",
        f"- Không có chương trình: trên Windows, lệnh certutil -hashfile {package.name} SHA256 phải cho đúng chuỗi "
        "SHA-256 ở trên.",
        "",
        "Trân trọng.",
    ]
    if unit:
        lines += ["", unit]
    return "\n".join(lines) + "\n"


def _reference(plan: Plan) -> str:
    """``(số 172/KH-SKHCN ngày 06 tháng 10 năm 2021)``, as far as all of it is known; empty where it is not."""
    if not plan.number.strip() or plan.day is None or plan.month is None or plan.year is None:
        return ""
    number = _line(phrases.number_line(plan)).removeprefix("Số:").strip()
    return f" (số {number} ngày {two_digits(plan.day, 9)} tháng {two_digits(plan.month, 2)} năm {plan.year})"


def _line(text: str) -> str:
    """A text of the plan in one line of letters that can be seen, so that it never begins a header of its own."""
    joined = " ".join(unicodedata.normalize("NFC", text).split())
    return "".join(letter for letter in joined if letter.isprintable())
