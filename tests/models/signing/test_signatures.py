"""Two signatures with a stamp between them, as offices make them; other programs are the judges."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from models import document, signing
from models.exports import stamp
from models.signing import telling
from tests.models.signing import authority
from tests.models.signing.exported import changed, exported, signed_twice


def run(*command: object) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def by_content(pdf: bytes) -> bytes:
    return authority.sign(authority.stamp_on_page(authority.sign(pdf, box=(330, 200, 480, 260))), authority.office())


def by_annotation(pdf: bytes) -> bytes:
    return authority.sign(authority.stamp_annotation(authority.sign(pdf)), authority.office(), box=(300, 180, 360, 240))


def by_appearance(pdf: bytes) -> bytes:
    """The number and date are the look of the second signature itself."""
    return authority.sign(
        authority.sign(pdf), authority.office(), box=(120, 725, 320, 760), text="So 05 ngay 12", with_time=True
    )


@pytest.mark.parametrize("make", [by_content, by_annotation, by_appearance])
def test_two_signatures_with_a_stamp_before_the_second(make: Callable[[bytes], bytes], tmp_path: Path) -> None:
    signed = make(exported())
    path = tmp_path / "ký.pdf"
    path.write_bytes(signed)
    told = run("pdfsig", "-nocert", path)
    assert told.count("Signature is Valid") == 2 and told.count("Total document signed") == 1
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", path)
    text = run("pdftotext", "-enc", "UTF-8", path, "-")
    assert text.count("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") == 1
    if make is by_content:
        assert "So" in text and "ngay" in text
    found = signing.accept(signed, exported(), authority.trusted())
    assert found.ok and found.is_signed
    assert [one.name for one in found.signatures] == [authority.LEADER, authority.OFFICE]
    assert [one.after for one in found.signatures] == ["signed", "nothing"]
    assert [one.trust.state for one in found.signatures] == ["trusted", "trusted"]
    assert {one.trust.root for one in found.signatures} == {"Gốc thử nghiệm"}


def test_what_is_told_of_a_signature() -> None:
    found = signing.examine(signed_twice(), authority.trusted())
    leader, office = found.signatures
    assert (leader.organisation, leader.issuer, leader.time_from) == (authority.OFFICE, "Gốc thử nghiệm", "signer")
    assert (office.time_from, office.trust.revocation) == ("timestamp", "unknown")
    for one in found.signatures:
        assert one.time is not None and abs(datetime.now(UTC) - one.time) < timedelta(minutes=10)
    assert found.base == len(exported()) and found.size == len(signed_twice())
    assert leader.covers < office.covers == found.size
    assert "đã được chữ ký sau xác nhận" in telling.line(leader)
    assert "dấu thời gian" in telling.line(office) and "Tin cậy, gốc Gốc thử nghiệm" in telling.line(office)


def test_the_plan_and_the_code_of_every_page_are_known() -> None:
    plan, _template = changed()
    for pdf in (exported(), signed_twice()):
        found = signing.examine(pdf, authority.trusted())
        assert found.plan is not None and found.plan.json == document.to_bytes(plan)
        assert found.code == stamp.short_code(found.plan.json) and found.pages > 3
        assert not found.is_draft and found.ok
    assert not signing.examine(exported(), authority.trusted()).is_signed


def test_validation_data_and_a_timestamp_may_follow_the_last_signature() -> None:
    with_data = authority.add_validation_data(signed_twice())
    found = signing.accept(with_data, exported(), authority.trusted())
    assert [one.after for one in found.signatures] == ["signed", "validation"]
    # The authority's own list says that they are not revoked.
    assert [one.trust.revocation for one in found.signatures] == ["good", "good"]
    timed = authority.add_document_time(with_data)
    found = signing.accept(timed, exported(), authority.trusted())
    assert [one.kind for one in found.signatures] == ["signature", "signature", "timestamp"]
    assert found.signatures[-1].trust.state == "trusted"


# ---- refused


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: b"PK\x03\x04", "không phải là PDF"),
        (lambda: exported(), "chính bản PDF đã kết xuất, chưa có chữ ký"),
        (lambda: exported()[:-2000], "cắt cụt"),
        (lambda: authority.stamp_on_page(exported()), "chưa có chữ ký số nào"),
        (lambda: signed_twice()[:-3000], "cắt cụt"),
        (lambda: signed_twice() + b"\n1 0 obj\n<< >>\nendobj\n", "dữ liệu lạ hoặc tệp bị cắt cụt"),
        (lambda: authority.stamp_on_page(signed_twice()), "Sau chữ ký cuối cùng|sau chữ ký cuối cùng"),
        (lambda: authority.stamp_annotation(authority.sign(exported())), "sau chữ ký cuối cùng"),
        (lambda: authority.sign(exported("mot-ke-hoach-khac")), "của kế hoạch khác: SỞ NỘI VỤ: .*lần kết xuất 1"),
        (lambda: authority.sign(exported(revision=2)), "lần kết xuất 2, mới hơn"),
        (lambda: authority.sign(exported(subject="Nội dung khác")), "nội dung khác .mã"),
        (lambda: authority.sign(exported()[:500] + b" " + exported()[501:]), "không bắt đầu bằng đúng bản đã kết xuất|hỏng"),
        (lambda: exported() + b"%%EOF\n", "bị hỏng"),
    ],
    ids=["no pdf", "not signed", "cut", "only stamped", "signed and cut", "appended", "changed after", "stamped after",
         "other plan", "newer", "other content", "altered", "end twice"],
)  # fmt: skip
def test_what_is_not_the_signed_form_is_refused(make: Callable[[], bytes], sentence: str) -> None:
    with pytest.raises(signing.SigningError, match=sentence) as raised:
        signing.accept(make(), exported(), authority.trusted())
    assert "\n" not in str(raised.value) and str(raised.value).endswith(".")


def test_an_older_revision_is_refused_by_name() -> None:
    with pytest.raises(signing.SigningError, match="lần kết xuất 1, cũ hơn lần 2; hãy ký bản mới nhất"):
        signing.accept(signed_twice(), exported(revision=2), authority.trusted())


def test_a_pdf_made_anew_is_refused(tmp_path: Path) -> None:
    """Saved anew by another program: its pages look the same, its bytes do not."""
    source, target = tmp_path / "a.pdf", tmp_path / "b.pdf"
    source.write_bytes(signed_twice())
    run("qpdf", "--linearize", source, target)
    with pytest.raises(signing.SigningError, match="đã bị sửa, in lại hoặc lưu lại"):
        signing.accept(target.read_bytes(), exported(), authority.trusted())
    run("qpdf", "--pages", source, "1-z", "--", "--empty", target)
    with pytest.raises(signing.SigningError, match="không phải bản đã kết xuất"):
        signing.accept(target.read_bytes(), exported(), authority.trusted())


def test_a_file_that_only_begins_with_the_exported_bytes_is_refused() -> None:
    """Another document behind them, with a table of objects of its own that leads back to nothing."""
    other = authority.sign(exported("mot-ke-hoach-khac"))
    with pytest.raises(signing.SigningError):
        signing.accept(exported() + other, exported(), authority.trusted())


def test_content_that_was_exchanged_between_two_signatures_is_refused() -> None:
    first = authority.sign(exported())
    swapped = authority.sign(authority.replace_content(first), authority.office())
    with pytest.raises(signing.SigningError, match="bị thay bằng nội dung khác"):
        signing.accept(swapped, exported(), authority.trusted())
    swapped = authority.sign(authority.drop_content(first), authority.office())
    with pytest.raises(signing.SigningError, match="nội dung trang 1"):
        signing.accept(swapped, exported(), authority.trusted())


def test_an_attachment_that_was_exchanged_is_refused() -> None:
    plan, _template = changed(subject="Kế hoạch bị thay")
    first = authority.sign(exported())
    for swapped in (
        authority.replace_attachment(first, document.to_bytes(plan)),
        authority.sign(authority.replace_attachment(first, document.to_bytes(plan)), authority.office()),
    ):
        with pytest.raises(signing.SigningError, match=r"đã bị thay sau khi kết xuất|bị thay bằng nội dung khác"):
            signing.accept(swapped, exported(), authority.trusted())


# ---- certificates


def trust_of(pdf: bytes, roots: signing.Roots | None = None) -> signing.Trust:
    found = signing.examine(pdf, authority.trusted() if roots is None else roots)
    assert found.ok
    return found.signatures[-1].trust


def test_an_unknown_issuer_is_told_and_accepted() -> None:
    found = signing.accept(signed_twice(), exported(), signing.Roots())
    assert [one.trust.state for one in found.signatures] == ["unknown", "unknown"]
    assert "Chưa rõ nơi cấp: Gốc thử nghiệm" in telling.line(found.signatures[0])


def test_an_expired_certificate() -> None:
    old = authority.party("Người cũ", "Sở", authority.root(), days=(-800, -400))
    assert trust_of(authority.sign(exported(), old)).state == "expired"
    # Signed while it was valid: that it has expired since is no fault.
    then = datetime.now(UTC) - timedelta(days=500)
    found = signing.examine(authority.sign(exported(), old, at=then), authority.trusted())
    assert found.signatures[0].trust.state == "trusted"
    assert "chứng thư nay đã hết hạn" in telling.line(found.signatures[0])
    young = authority.party("Người mới", "Sở", authority.root(), days=(10, 400))
    assert trust_of(authority.sign(exported(), young)).state == "expired"


def test_a_revoked_certificate() -> None:
    signed = authority.add_validation_data(authority.sign(exported()), authority.leader())
    assert trust_of(signed) == signing.Trust(
        "revoked", revocation="revoked", expires=authority.leader().asn1.not_valid_after
    )


def test_a_certificate_that_is_not_for_signing() -> None:
    assert trust_of(authority.sign(exported(), authority.root())).state in ("unfit", "trusted")
    stranger = authority.party("Gốc thử nghiệm", "Cơ quan thử nghiệm")
    # Of the same name, but not of the same key.
    forged = authority.party("Kẻ giả", "Sở", stranger)
    assert trust_of(authority.sign(exported(), forged)).state in ("unknown", "unfit")


@pytest.mark.parametrize("ending", ["cer", "crt", "pem", "CER"])
def test_roots_in_the_folder_of_the_office(tmp_path: Path, ending: str) -> None:
    folder = tmp_path / "chung-thu-goc"
    folder.mkdir()
    data = authority.root().pem if ending == "pem" else authority.root().der
    (folder / f"Gốc.{ending}").write_bytes(data)
    (folder / "hỏng.crt").write_bytes(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    (folder / "khác.txt").write_text("no certificate")
    roots = signing.load(tmp_path, machine=False)
    assert [one.sha256 for one in roots.trusted] == [authority.root().asn1.sha256]
    assert [path.name for path in roots.faulty] == ["hỏng.crt"]
    assert trust_of(signed_twice(), roots).root == "Gốc thử nghiệm"


def test_the_roots_of_the_machine_are_loaded_and_do_not_know_ours() -> None:
    assert trust_of(signed_twice(), signing.load()).state == "unknown"


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refuse(*_arguments: object, **_options: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    far = authority.party("Người xa", "Sở", authority.root(), asks_network=True)
    assert trust_of(authority.sign(exported(), far)).state == "trusted"
