"""The draft of a mail: what a mail program reads in it, and that nothing of a plan gets into its headers."""

from __future__ import annotations

import hashlib
import unicodedata
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import ExportError
from models.exports import mail, package
from models.exports.mail import Mail
from models.exports.package import ExportedFile
from tests.models.exports.delivered import write
from tests.models.exports.plans import fixture, make_template, plan

CODE = "K7Q2-9MXD"
PLAN = {"day": 6, "number": "5", "addressee": "Sở Thông tin và Truyền thông"}
FILES = [
    ("pdf", ExportedFile("KH-2022_SNV_3.pdf", b"%PDF-1.7\r\n.\r\n\x00\xff" * 500)),
    ("xlsx", ExportedFile("KH-2022_SNV_3.xlsx", b"PK sheet\n.\n")),
    ("package", ExportedFile("KH-2022_SNV_3.zip", bytes(range(256)) * 20)),
    ("docx", ExportedFile("KH-2022_SNV_3.docx", b"PK word")),
]


def render(asked: Mail | None = None, *, draft: bool = False, **fields: Any) -> bytes:
    return mail.render(
        plan(**PLAN | fields),
        make_template(),
        FILES,
        asked or Mail("vanthu@stttt.hatinh.gov.vn"),
        draft=draft,
        code=CODE,
    )


def opened(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert message.defects == [] and all(part.defects == [] for part in message.walk())
    return message


def text_of(data: bytes) -> str:
    body = opened(data).get_body()
    assert body is not None and body.get_content_charset() == "utf-8"
    return str(body.get_content()).replace("\r\n", "\n")


def attached(data: bytes) -> dict[str, tuple[str, bytes]]:
    found = {}
    for part in opened(data).iter_attachments():
        name = part.get_filename()
        assert name is not None and name.isascii()
        data_inside = part.get_payload(decode=True)
        assert isinstance(data_inside, bytes)
        found[name] = part.get_content_type(), data_inside
    return found


def test_it_opens_as_a_mail_to_be_sent() -> None:
    message = opened(render())
    assert message["X-Unsent"] == "1"
    assert message["To"] == "vanthu@stttt.hatinh.gov.vn"
    assert message["Subject"] == "Gửi Kế hoạch Phát triển Chính quyền số năm 2022 của Sở Nội vụ"
    # Sender and date are for the program that sends it.
    assert [name for name in ("From", "Date", "Message-ID") if message[name]] == []
    assert "To" not in opened(render(Mail()))


def test_the_package_is_attached_byte_for_byte() -> None:
    name, data = FILES[2][1].name, FILES[2][1].data
    assert attached(render()) == {name: ("application/zip", data)}


def test_all_files_are_attached_where_asked_for_the_package_first() -> None:
    found = attached(render(Mail("", loose=True)))
    assert {name: data for name, (_type, data) in found.items()} == {file.name: file.data for _kind, file in FILES}
    assert next(iter(found)).endswith(".zip")
    office = "application/vnd.openxmlformats-officedocument."
    assert [kind for kind, _data in found.values()] == [
        "application/zip", "application/pdf", f"{office}spreadsheetml.sheet", f"{office}wordprocessingml.document",
    ]  # fmt: skip


def test_what_is_said() -> None:
    text = text_of(render(Mail(loose=True)))
    package_of = FILES[2][1]
    assert text.startswith(
        "Kính gửi: Sở Thông tin và Truyền thông\n\nSở Nội vụ kính gửi Kế hoạch Phát triển Chính quyền số năm 2022 "
        "(số 05/KH-SNV ngày 06 tháng 10 năm 2021).\n"
    )
    assert "1. KH-2022_SNV_3.zip (gói nộp: dữ liệu, bản in và bảng tính), 5 kB\n2. KH-2022_SNV_3.pdf" in text
    assert "Lần kết xuất: 3\n" in text and f"Mã đối chiếu: {CODE}" in text
    assert hashlib.sha256(package_of.data).hexdigest() in text
    assert f"verify {package_of.name}" in text
    assert text.endswith("Trân trọng.\n\nSở Nội vụ\n")
    assert text == unicodedata.normalize("NFC", text)
    assert "DỰ THẢO" not in text


def test_a_draft_says_so() -> None:
    data = render(draft=True)
    assert opened(data)["Subject"].startswith("Gửi dự thảo Kế hoạch ")
    assert "DỰ THẢO" in text_of(data)


@pytest.mark.parametrize(
    ("fields", "subject"),
    [
        ({"subject": "Chuyển đổi số"}, "Gửi Kế hoạch Chuyển đổi số năm 2022 của Sở Nội vụ"),
        (
            {"subject": "Chuyển đổi số", "period_to": 2025},
            "Gửi Kế hoạch Chuyển đổi số giai đoạn 2022 - 2025 của Sở Nội vụ",
        ),
        ({"subject": "", "unit_name": ""}, "Gửi Kế hoạch năm 2022"),
        ({"unit_name": "Phòng\tX,\n  Y"}, "Gửi Kế hoạch Phát triển Chính quyền số năm 2022 của Phòng X, Y"),
    ],
)
def test_subjects(fields: dict[str, Any], subject: str) -> None:
    assert opened(render(**fields))["Subject"] == subject


def test_a_plan_of_which_little_is_known() -> None:
    text = text_of(render(unit_name="", addressee="", number="", day=None))
    assert text.startswith("Kính gửi: Sở A\n\nKính gửi Kế hoạch Phát triển Chính quyền số năm 2022.\n")
    assert text.endswith("Trân trọng.\n")


def test_equal_files_make_an_equal_mail() -> None:
    assert render() == render()
    assert b"\n" not in render().replace(b"\r\n", b"")


def test_a_real_export_read_back(tmp_path: Any) -> None:
    made, template = fixture(0)
    built = package.build(made, template, created="2021-10-10T08:00:00+07:00", mail=Mail("a@b.vn; c@d.vn", True))
    paths = write(built, tmp_path)
    data = paths["mail"].read_bytes()
    assert paths["mail"].name == "KH-2022_SNV_1.eml"
    assert {name: content for name, (_kind, content) in attached(data).items()} == {
        file.name: file.data for file in (built.pdf, built.xlsx, built.package)
    }
    assert opened(data)["To"] == "a@b.vn, c@d.vn"
    assert built.code in text_of(data)


@given(
    st.text() | st.just("Gửi\r\nBcc: kẻ xấu <x@y.vn>"),
    st.text() | st.just("SỞ\nX-Injected: 1\n\nnội dung khác"),
)
def test_no_text_of_a_plan_makes_a_header(subject: str, unit: str) -> None:
    made = plan(**PLAN | {"subject": subject, "unit_name": unit, "addressee": unit})
    data = mail.render(made, make_template(), FILES[1:3], Mail("a@b.vn"), draft=False, code=CODE)
    message = opened(data)
    assert sorted(message.keys()) == ["Content-Type", "MIME-Version", "Subject", "To", "X-Unsent"]
    head = data.split(b"\r\n\r\n", 1)[0]
    assert head.isascii() and all(len(line) < 77 for line in head.split(b"\r\n"))
    assert len(attached(data)) == 1
    expected = mail.subject(made, make_template(), draft=False)
    assert len(expected) <= 250 and "\n" not in expected
    assert message["Subject"] == expected


# ---- addresses


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("  ", []),
        ("vanthu@sonoivu.hatinh.gov.vn", ["vanthu@sonoivu.hatinh.gov.vn"]),
        (" a@b.vn ; c.d+e@f-g.vn,", ["a@b.vn", "c.d+e@f-g.vn"]),
    ],
)
def test_addresses(text: str, found: list[str]) -> None:
    assert mail.addresses(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "vanthu", "vanthu@", "@b.vn", "a@b", "a b@c.vn", "a@b..vn", "a@-b.vn", "Văn thư <a@b.vn>", "vănthư@b.vn",
        "a@b.vn\r\nBcc: x@y.vn", "a@b.vn c@d.vn", ".a@b.vn", f"{'a' * 250}@b.vn", "a@b.vn; c",
    ],
)  # fmt: skip
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(ExportError) as raised:
        mail.addresses(text)
    sentence = str(raised.value)
    assert "\n" not in sentence and sentence.endswith(".") and len(sentence) < 250
    with pytest.raises(ExportError):
        render(Mail(text))


# ---- size


def test_a_heavy_mail_is_told() -> None:
    assert mail.heavy_sentence(ExportedFile("a.eml", b"x" * 20_000_000)) == ""
    assert "21 MB" in mail.heavy_sentence(ExportedFile("a.eml", b"x" * 21_000_000))
