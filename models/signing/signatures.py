"""The signatures in a PDF: who, when, whole or broken, trusted or not, and what came after each."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from models import limits
from models.errors import SigningError
from models.i18n import N_, _
from models.signing.opened import careful, check_trees, resolved
from models.signing.roots import Roots
from models.signing.trust import UNKNOWN, Evidence, Trust, context, judge, name_of, organisation_of

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

#: A document timestamp says when a file was there, and is no signature of a person.
Kind = Literal["signature", "timestamp"]
#: What vouches for the time: a time-stamping authority, or the signer alone.
TimeFrom = Literal["timestamp", "signer", ""]
#: What was appended after a signature: nothing; data to validate it (LTV, timestamps); something that a later
#: signature covers, as the stamp of number and date; or something that nobody signed.
After = Literal["nothing", "validation", "signed", "changed"]

MAX_SIGNATURES = limits.PDF_SIGNATURES
_DETACHED = ("/adbe.pkcs7.detached", "/ETSI.CAdES.detached", "/PBAD.PAdES")
_TIMESTAMP = "/ETSI.RFC3161"
# Whoever can make two files of one hash can change a signed file.
_BROKEN_HASHES = ("md2", "md5")
_OLD_HASHES = ("sha1",)

_UNREADABLE = N_("không đọc được chữ ký")
_STRANGE = N_("kiểu chữ ký lạ, chương trình không kiểm tra được")
_CHANGED = N_("nội dung đã bị sửa sau khi ký")
_FALSE = N_("chữ ký không khớp với chứng thư của người ký")
_PARTIAL = N_("chữ ký không bao trùm toàn bộ nội dung đứng trước nó")
_WEAK = N_("chữ ký dùng thuật toán đã bị phá")


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature. ``fault`` is half a sentence, empty where it is ``whole``; ``time`` has its time zone.

    ``covers`` is how many bytes of the file it signs, from the first; ``is_old``: its hash is one of former days.
    """

    field: str
    kind: Kind
    name: str
    organisation: str = ""
    issuer: str = ""
    time: datetime | None = None
    time_from: TimeFrom = ""
    fault: str = ""
    trust: Trust = UNKNOWN
    after: After = "nothing"
    covers: int = 0
    is_old: bool = False

    @property
    def whole(self) -> bool:
        return not self.fault


def read(reader: PdfFileReader, size: int, roots: Roots) -> tuple[Signature, ...]:
    """All signatures in the order in which they were made; ``size`` is that of the file in bytes."""
    found: list[tuple[Signature, EmbeddedPdfSignature | None]] = []
    evidence = _evidence(reader)
    for name, field in _fields(reader):
        found.append(_one(reader, name, field, size, roots, evidence))
    found.sort(key=lambda pair: pair[1].signed_revision if pair[1] is not None else reader.total_revisions)
    people = [at for at, (signature, _embedded) in enumerate(found) if signature.kind == "signature"]
    result = []
    for at, (signature, embedded) in enumerate(found):
        if embedded is None or signature.covers == size:
            after: After = "nothing"
        elif people and at < people[-1]:
            after = "signed"
        else:
            after = _added(embedded)
        result.append(replace(signature, after=after))
    return tuple(result)


def _fields(reader: PdfFileReader) -> list[tuple[str, Any]]:
    with careful():
        from pyhanko.sign.fields import enumerate_sig_fields

        if "/AcroForm" not in reader.root:
            return []
        check_trees(reader.root)
        found = []
        for name, _value, field in enumerate_sig_fields(reader, filled_status=True):
            found.append((str(name), field))
            if len(found) > MAX_SIGNATURES:
                raise SigningError(_("Tệp PDF có quá nhiều chữ ký nên không được nhận; hãy kiểm tra lại tệp."))
        return found


def _evidence(reader: PdfFileReader) -> Evidence:
    """What the file brings along for validating its signatures (the document security store)."""
    if "/DSS" not in reader.root:
        return Evidence()
    try:
        with careful():
            from asn1crypto import ocsp as ocsp_asn1
            from asn1crypto.crl import CertificateList
            from pyhanko.sign.validation.dss import DocumentSecurityStore

            store = DocumentSecurityStore.read_dss(reader)
            return Evidence(
                tuple(store.load_certs()),
                tuple(ocsp_asn1.OCSPResponse.load(one.get_object().data) for one in store.ocsps),
                tuple(CertificateList.load(one.get_object().data) for one in store.crls),
            )
    except SigningError:
        # Without it, whether a certificate was revoked is not known: no more than that.
        return Evidence()


def _one(
    reader: PdfFileReader, name: str, field: Any, size: int, roots: Roots, evidence: Evidence
) -> tuple[Signature, EmbeddedPdfSignature | None]:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    shown = _shown(name)
    kind: Kind = "signature"
    try:
        with careful():
            value = resolved(field.get_object().raw_get("/V"))
            filter_name = str(value["/SubFilter"]) if "/SubFilter" in value else ""
            kind = "timestamp" if filter_name == _TIMESTAMP else "signature"
            if kind == "signature" and filter_name not in _DETACHED:
                return Signature(shown, kind, shown, fault=_(_STRANGE)), None
            embedded = EmbeddedPdfSignature(reader, field, name)
            subject, issuer = embedded.signer_cert.subject, embedded.signer_cert.issuer
            signature = Signature(shown, kind, name_of(subject), organisation_of(subject), name_of(issuer))
    except SigningError:
        return Signature(shown, kind, shown, fault=_(_UNREADABLE)), None
    try:
        with careful():
            covers = int(embedded.byte_range[-2]) + int(embedded.byte_range[-1])
            signature = replace(
                signature,
                covers=covers,
                fault=_fault(embedded, kind, size),
                is_old=embedded.md_algorithm in _OLD_HASHES,
            )
            time, time_from = _time(embedded, kind)
            moment = None if time is None else time.astimezone(UTC)
            trust = judge(
                embedded.signer_cert, embedded.other_embedded_certs, roots, evidence, moment,
                *([frozenset({"digital_signature"})] if kind == "timestamp" else []),
            )  # fmt: skip
            return replace(signature, time=time, time_from=time_from, trust=trust), embedded
    except SigningError:
        return replace(signature, fault=signature.fault or _(_UNREADABLE)), embedded


def _fault(embedded: EmbeddedPdfSignature, kind: Kind, size: int) -> str:
    """Why the signature is worth nothing, whoever made it; empty where it is whole."""
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    start, length, again, rest = (int(number) for number in embedded.byte_range)
    hole = 2 * len(embedded.pkcs7_content) + 2
    if start != 0 or again != length + hole or rest < 0 or again + rest > size:
        return _(_PARTIAL)
    if embedded.md_algorithm in _BROKEN_HASHES:
        return _(_WEAK)
    if kind == "timestamp":
        intact, valid = _timestamp_is_whole(embedded.signed_data, embedded.compute_digest)
    else:
        intact, valid = validate_sig_integrity(
            embedded.signer_info, embedded.signer_cert, "data", embedded.compute_digest()
        )
    if not intact:
        return _(_CHANGED)
    if not valid:
        return _(_FALSE)
    if embedded.evaluate_signature_coverage() < SignatureCoverageLevel.ENTIRE_REVISION:
        return _(_PARTIAL)
    return ""


def _time(embedded: EmbeddedPdfSignature, kind: Kind) -> tuple[datetime | None, TimeFrom]:
    """When it was signed, and who says so; a time-stamping authority counts where its stamp is whole."""
    from pyhanko.sign.validation.generic_cms import extract_tst_data_iter, message_imprint_checker

    if kind == "timestamp":
        return embedded.signed_data["encap_content_info"]["content"].parsed["gen_time"].native, "timestamp"
    for stamp in extract_tst_data_iter(embedded.signer_info, signed=False):
        try:
            with careful():
                if all(_timestamp_is_whole(stamp, message_imprint_checker(embedded.signer_info))):
                    return stamp["encap_content_info"]["content"].parsed["gen_time"].native, "timestamp"
        except SigningError:
            continue
    time = embedded.self_reported_timestamp
    if time is None:
        return None, ""
    return (time if time.tzinfo else time.astimezone()), "signer"


def _timestamp_is_whole(data: Any, imprint: Any) -> tuple[bool, bool]:
    from pyhanko.sign.validation.generic_cms import validate_tst_signed_data

    # Only whether it is whole is asked here: no root is needed for that.
    found = asyncio.run(validate_tst_signed_data(data, context(Roots(), Evidence(), None), imprint))
    return bool(found["intact"]), bool(found["valid"])


def _added(embedded: EmbeddedPdfSignature) -> After:
    """What was appended after the last signature."""
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel

    try:
        with careful():
            for revision in range(embedded.signed_revision, embedded.reader.total_revisions):
                check_trees(embedded.reader.get_historical_root(revision))
            found = DEFAULT_DIFF_POLICY.review_file(embedded.reader, embedded.signed_revision)
            if not isinstance(found, DiffResult) or found.modification_level > ModificationLevel.LTA_UPDATES:
                return "changed"
            return "nothing" if found.modification_level == ModificationLevel.NONE else "validation"
    except SigningError:
        return "changed"


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in name[:80]).strip() or "?"


def people(signatures: Sequence[Signature]) -> list[Signature]:
    """The signatures of persons and offices, without the timestamps of the file."""
    return [signature for signature in signatures if signature.kind == "signature"]
