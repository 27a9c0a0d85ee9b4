"""Packages under a passphrase: the plain package byte for byte inside, and nothing of it outside."""

from __future__ import annotations

import re
import subprocess
import zipfile
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path

import pytest

from models import document, secret, template
from models.errors import ExportError, PackageError, SecretError
from models.exports import archive, delivery, locked, package, receiving
from models.exports.locked import Passphrases
from models.exports.mail import Mail
from models.exports.package import Exported
from models.exports.verification import verify
from models.imports.package import open_any
from models.plan import Plan
from models.signing import Roots
from tests.models.signing import authority
from tests.plans import NUMBERS, fixture_plan, small_plan

PASSPHRASE = "mai-song-tre-482"
CREATED = "2021-10-10T08:00:00+07:00"


def build(plan: Plan, passphrase: str = PASSPHRASE, **options: object) -> Exported:
    return package.build(
        plan,
        template.get(plan.template),
        created=CREATED,
        passphrase=passphrase,
        **options,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def made() -> Exported:
    return build(small_plan(), mail=Mail("a@b.vn", loose=True), word=True)


def written(made: Exported, folder: Path) -> Path:
    with delivery.delivering(made, folder, PASSPHRASE) as paths:
        return paths["package"]


@pytest.mark.parametrize("number", NUMBERS)
def test_the_plain_package_is_inside_byte_for_byte(number: int, tmp_path: Path) -> None:
    plan = fixture_plan(number)
    made = build(plan, draft=True)
    path = written(made, tmp_path)
    assert path.name == made.package.name.removesuffix(".zip") + ".khoa.zip" and path.name.isascii()
    assert [found.name for found in tmp_path.iterdir()] == [path.name]
    assert locked.unlock(path, PASSPHRASE) == made.package.data
    assert document.to_bytes(open_any(path, PASSPHRASE)) == document.to_bytes(plan)
    found = verify(path, Roots(), passphrase=PASSPHRASE)
    assert found.ok and found.locked and found.code == made.code and found.draft


def test_it_is_the_package_that_there_is_without_a_passphrase(made: Exported) -> None:
    plain = build(small_plan(), "")
    assert plain.locked is None and plain.package == made.package
    assert made.files.keys() == {"package", "mail"} and made.word is None


def test_seven_zip_sees_one_file_and_opens_it(made: Exported, tmp_path: Path) -> None:
    path = written(made, tmp_path)
    listed = subprocess.run(["7zz", "l", "-slt", path], capture_output=True, text=True, timeout=60).stdout
    assert re.findall("^Path = (.*)$", listed, re.M) == [str(path), made.package.name]
    for hidden in ("plan.json", ".pdf", ".xlsx", "manifest"):
        assert hidden not in listed
        assert hidden.encode() not in path.read_bytes()
    for given, code in ((PASSPHRASE, 0), ("sai", 2)):
        done = subprocess.run(["7zz", "x", "-y", f"-p{given}", f"-o{tmp_path}", path], capture_output=True, timeout=60)
        assert done.returncode == code
        if code == 0:
            assert (tmp_path / made.package.name).read_bytes() == made.package.data


def test_the_mail_carries_it_alone_and_never_the_passphrase(made: Exported) -> None:
    assert made.mail is not None and made.locked is not None
    message = message_from_bytes(made.mail.data, policy=policy.default)
    assert [part.get_filename() for part in message.iter_attachments()] == [made.locked.name]
    [attached] = message.iter_attachments()
    assert attached.get_content() == made.locked.data
    body = message.get_body()
    assert body is not None
    text = body.get_content()
    assert "Mật khẩu được báo riêng qua điện thoại" in text and made.locked.name in text
    whole = made.mail.data + text.encode() + str(message["Subject"]).encode()
    assert PASSPHRASE.encode() not in whole and PASSPHRASE not in repr(made.files["mail"])
    plain = build(small_plan(), "", mail=Mail("a@b.vn"))
    assert plain.mail is not None
    assert "Mật khẩu" not in message_from_bytes(plain.mail.data, policy=policy.default).get_body().get_content()  # type: ignore[union-attr]


def test_a_passphrase_that_is_none_is_told_before_the_work() -> None:
    def progress(_done: float) -> bool:
        raise AssertionError("begun")

    with pytest.raises(SecretError, match="quá ngắn"):
        build(small_plan(), "ngan", progress=progress)


# ---- opening


def test_without_the_right_passphrase_nothing_is_known(made: Exported, tmp_path: Path) -> None:
    path = written(made, tmp_path)
    for given in ("", "sai mat khau"):
        with pytest.raises(SecretError, match=re.escape(path.name)):
            verify(path, Roots(), passphrase=given)
        with pytest.raises(SecretError, match=re.escape(path.name)):
            open_any(path, given)


def test_damage_outside_is_told_and_is_no_wrong_passphrase(made: Exported, tmp_path: Path) -> None:
    path = written(made, tmp_path)
    whole = path.read_bytes()
    for at in (200, len(whole) // 2, len(whole) - 150, len(whole) - 10):
        damaged = bytearray(whole)
        damaged[at] ^= 0x10
        path.write_bytes(damaged)
        found = verify(path, Roots(), passphrase=PASSPHRASE)
        assert not found.ok and len(found.problems) == 1 and found.plan is None, at
        with pytest.raises(PackageError, match="không còn nguyên vẹn"):
            open_any(path, PASSPHRASE)
    # What is not a zip file any more asks for no passphrase.
    path.write_bytes(whole[: len(whole) // 2])
    assert not verify(path, Roots()).ok


def test_what_was_changed_inside_and_locked_again_is_told(made: Exported, tmp_path: Path) -> None:
    """Whoever has the passphrase can change the package; it is checked as any other."""
    with archive.open_zip(BytesIO(made.package.data)) as zipped:
        entries = [(info.filename, archive.read(zipped, info)) for info in zipped.infolist()]
    changed = archive.pack([(name, data.replace(b'"SB"', b'"SC"')) for name, data in entries])
    path = tmp_path / "a.khoa.zip"
    path.write_bytes(locked.lock("a", changed, PASSPHRASE))
    found = verify(path, Roots(), passphrase=PASSPHRASE)
    assert [file.state for file in found.files if file.name == "plan.json"] == ["changed"]


@pytest.mark.parametrize("inside", [{"a.pdf": b"%PDF-1.7"}, {"a.zip": b"PK", "b.zip": b"PK"}, {"plan.json": b"{}"}])
def test_what_is_locked_and_no_package(tmp_path: Path, inside: dict[str, bytes]) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(secret.zip_files(inside, PASSPHRASE))
    with pytest.raises(PackageError, match="không phải là gói nộp"):
        open_any(path, PASSPHRASE)


def test_a_plain_package_with_a_locked_file_in_it_stays_refused(tmp_path: Path, made: Exported) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("manifest.json", b"{}")
    with path.open("ab"):
        subprocess.run(["7zz", "a", "-tzip", f"-p{PASSPHRASE}", path, __file__], capture_output=True, timeout=60)
    assert not secret.is_locked(path)
    assert any("bị đặt mật khẩu" in problem for problem in verify(path, Roots()).problems)


# ---- the passphrases of several files


def test_one_that_opened_a_file_is_tried_on_the_next(tmp_path: Path) -> None:
    paths = []
    for name, passphrase in (("a", "mot hai ba"), ("b", "mot hai ba"), ("c", "bon nam sau"), ("d", "mot hai ba")):
        paths.append(tmp_path / f"{name}.zip")
        paths[-1].write_bytes(secret.zip_files({"a.zip": b"PK"}, passphrase))
    plain = tmp_path / "e.zip"
    plain.write_bytes(b"PK\x05\x06" + bytes(18))
    answers = {"a.zip": ["sai roi nhe", "mot hai ba"], "c.zip": ["bon nam sau"]}
    asked: list[tuple[str, bool]] = []

    def ask(path: Path, is_wrong: bool) -> str:
        asked.append((path.name, is_wrong))
        return answers[path.name].pop(0)

    known = Passphrases(ask)
    assert [known.of(path) for path in (*paths, plain, tmp_path / "none.zip")] == [
        "mot hai ba", "mot hai ba", "bon nam sau", "mot hai ba", "", "",
    ]  # fmt: skip
    assert asked == [("a.zip", False), ("a.zip", True), ("c.zip", False)]


def test_nobody_is_asked_for_the_passphrase_of_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(secret.zip_files({"a.zip": b"PK"}, PASSPHRASE)[:-1])
    assert Passphrases(lambda _path, _is_wrong: pytest.fail("asked")).of(path) == ""
    assert not verify(path, Roots()).ok


# ---- what is never replaced


def test_a_final_one_of_another_passphrase_or_plan_stays(made: Exported, tmp_path: Path) -> None:
    path = written(made, tmp_path)
    first = path.read_bytes()
    written(made, tmp_path)
    assert path.read_bytes() == first  # the same export
    again = build(small_plan())
    written(again, tmp_path)
    second = path.read_bytes()
    assert second != first
    other = build(small_plan(id="ke-hoach-2"))
    for one, passphrase in ((again, "mot mat khau khac"), (other, PASSPHRASE)):
        with pytest.raises(ExportError), delivery.delivering(one, tmp_path, passphrase):
            pass
    assert path.read_bytes() == second


def test_a_draft_is_made_again_under_another_passphrase(tmp_path: Path) -> None:
    path = written(build(small_plan(), draft=True), tmp_path)
    again = build(small_plan(), "mot mat khau khac", draft=True)
    with delivery.delivering(again, tmp_path, "mot mat khau khac"):
        pass
    assert locked.unlock(path, "mot mat khau khac") == again.package.data


# ---- a signed PDF comes back


def test_a_signed_pdf_goes_into_the_locked_package(tmp_path: Path, made: Exported) -> None:
    signed = authority.sign(made.pdf.data)
    pdf = tmp_path / "ký.pdf"
    pdf.write_bytes(signed)
    received = receiving.receive(pdf, [receiving.Kept(1, made.package.data)], authority.trusted())
    target = tmp_path / "ra"
    target.mkdir()
    for _time in range(2):
        [path] = receiving.put(received, target, PASSPHRASE)
        assert [found.name for found in target.iterdir()] == [path.name] == ["KH-2022_SB_1.khoa.zip"]
        found = verify(path, authority.trusted(), passphrase=PASSPHRASE)
        assert found.ok and found.signed
    before = path.read_bytes()
    with pytest.raises(ExportError, match="khác nên không ghi đè"):
        receiving.put(received, target, "mot mat khau khac")
    # Nor does the export itself take its place again.
    with pytest.raises(ExportError, match="đã ký"), delivery.delivering(made, target, PASSPHRASE):
        pass
    assert path.read_bytes() == before
    with pytest.raises(SecretError):
        receiving.put(received, tmp_path, "ngan")
