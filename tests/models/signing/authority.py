"""A certification authority made for one test run, and what signing programs do to a PDF: with pyHanko."""

from __future__ import annotations

import asyncio
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from models.signing import Roots

LEADER = "Nguyễn Văn An"
OFFICE = "Sở Nội vụ tỉnh Hà Tĩnh"


@dataclass(frozen=True)
class Party:
    """Somebody with a key and a certificate."""

    key: Any
    certificate: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def asn1(self) -> Any:
        return asn1_x509.Certificate.load(self.der)

    @property
    def asn1_key(self) -> Any:
        der = self.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return asn1_keys.PrivateKeyInfo.load(der)


def party(
    name: str,
    organisation: str = "",
    issuer: Party | None = None,
    *,
    days: tuple[float, float] = (-365, 365),
    for_time: bool = False,
    is_authority: bool = False,
    asks_network: bool = False,
) -> Party:
    """A new key with its certificate: its own issuer where none is given; valid from and to so many days from now."""
    # pyHanko's own time-stamping authority knows RSA alone.
    key: Any = rsa.generate_private_key(65537, 2048) if for_time else ec.generate_private_key(ec.SECP256R1())
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, name)]
    if organisation:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    now = datetime.now(UTC)
    is_root = issuer is None
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name(parts))
        .issuer_name(x509.Name(parts) if issuer is None else issuer.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days=days[0]))
        .not_valid_after(now + timedelta(days=days[1]))
        .add_extension(x509.BasicConstraints(ca=is_root or is_authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not is_root,
                content_commitment=not is_root and not for_time,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=is_root or is_authority,
                crl_sign=is_root or is_authority,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    if for_time:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    if asks_network:
        place = x509.UniformResourceIdentifier("http://127.0.0.1:9/nothing")
        builder = builder.add_extension(
            x509.AuthorityInformationAccess(
                [
                    x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place),
                    x509.AccessDescription(AuthorityInformationAccessOID.CA_ISSUERS, place),
                ]
            ),
            critical=False,
        ).add_extension(x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)]), critical=False)
    if issuer is not None:
        builder = builder.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key()), critical=False
        )
    return Party(key, builder.sign(key if issuer is None else issuer.key, hashes.SHA256()))


@cache
def root() -> Party:
    return party("Gốc thử nghiệm", "Cơ quan thử nghiệm", days=(-3650, 3650))


@cache
def leader() -> Party:
    return party(LEADER, OFFICE, root())


@cache
def office() -> Party:
    return party(OFFICE, "UBND tỉnh Hà Tĩnh", root())


@cache
def clock() -> Party:
    return party("Dấu thời gian thử nghiệm", "", root(), for_time=True)


@cache
def trusted() -> Roots:
    return Roots((root().asn1,))


def revocation_list(*revoked: Party) -> bytes:
    """The authority's list of revoked certificates (DER)."""
    now = datetime.now(UTC)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root().certificate.subject)
        .last_update(now - timedelta(days=1))
        .next_update(now + timedelta(days=30))
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root().key.public_key()), critical=False)
        .add_extension(x509.CRLNumber(1), critical=False)
    )
    for one in revoked:
        builder = builder.add_revoked_certificate(
            x509.RevokedCertificateBuilder()
            .serial_number(one.certificate.serial_number)
            .revocation_date(now - timedelta(days=100))
            .build()
        )
    return builder.sign(root().key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


# ---- what signing programs do


def sign(
    pdf: bytes,
    who: Party | None = None,
    *,
    field: str = "",
    box: tuple[int, int, int, int] | None = None,
    text: str = "",
    at: datetime | None = None,
    with_time: bool = False,
    certify: bool = False,
) -> bytes:
    """``pdf`` with a PAdES signature appended; ``box`` and ``text`` give it an appearance on the first page."""
    who = who or leader()
    store = SimpleCertificateStore()
    store.register(root().asn1)
    signer = signers.SimpleSigner(signing_cert=who.asn1, signing_key=who.asn1_key, cert_registry=store)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    name = field or f"Signature{pdf.count(b'/ByteRange') + 1}"
    extra: dict[str, Any] = {}
    if box is not None:
        from pyhanko.stamp import TextStampStyle

        extra["stamp_style"] = TextStampStyle(stamp_text=text or "Signed by %(signer)s", border_width=1)
        extra["new_field_spec"] = fields.SigFieldSpec(name, on_page=0, box=box)
    if with_time:
        extra["timestamper"] = DummyTimeStamper(clock().asn1, clock().asn1_key, certs_to_embed=store)
    made = signers.PdfSigner(
        signers.PdfSignatureMetadata(
            field_name=name, subfilter=fields.SigSeedSubFilter.PADES, md_algorithm="sha256", certify=certify
        ),
        signer=_At(signer, at) if at is not None else signer,
        **extra,
    )
    return bytes(made.sign_pdf(writer).getvalue())


class _At(signers.SimpleSigner):
    """A signer whose clock says something else."""

    def __init__(self, signer: signers.SimpleSigner, at: datetime) -> None:
        super().__init__(
            signing_cert=signer.signing_cert, signing_key=signer.signing_key, cert_registry=signer.cert_registry
        )
        self._at = at

    async def signed_attrs(self, data_digest: bytes, digest_algorithm: str, *args: Any, **options: Any) -> Any:
        from asn1crypto import cms

        found = await super().signed_attrs(data_digest, digest_algorithm, *args, **options)
        left = [one for one in found if one["type"].native != "signing_time"]
        time = cms.CMSAttribute({"type": "signing_time", "values": [cms.Time({"utc_time": self._at})]})
        return cms.CMSAttributes([*left, time])


def stamp_on_page(pdf: bytes, text: str = "So 05 ngay 12", page: int = 0) -> bytes:
    """Number and date as an incremental update that adds a content stream to a page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    font = writer.add_object(
        generic.DictionaryObject(
            {
                generic.pdf_name("/Type"): generic.pdf_name("/Font"),
                generic.pdf_name("/Subtype"): generic.pdf_name("/Type1"),
                generic.pdf_name("/BaseFont"): generic.pdf_name("/Helvetica"),
            }
        )
    )
    name = f"/FStamp{len(pdf)}"
    resources = generic.DictionaryObject(
        {generic.pdf_name("/Font"): generic.DictionaryObject({generic.pdf_name(name): font})}
    )
    operators = f"q BT {name} 13 Tf 1 0 0 1 120 735 Tm ({text}) Tj ET Q"
    stream = generic.StreamObject(stream_data=operators.encode("ascii"))
    writer.add_stream_to_page(page, writer.add_object(stream), resources)
    return _written(writer)


def stamp_annotation(pdf: bytes, text: str = "So 05 ngay 12") -> bytes:
    """Number and date as a stamp annotation with an appearance of its own."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    name = generic.pdf_name
    font = generic.DictionaryObject(
        {name("/Type"): name("/Font"), name("/Subtype"): name("/Type1"), name("/BaseFont"): name("/Helvetica")}
    )
    look = generic.StreamObject(
        {
            name("/Type"): name("/XObject"),
            name("/Subtype"): name("/Form"),
            name("/BBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 200, 20))),
            name("/Resources"): generic.DictionaryObject(
                {name("/Font"): generic.DictionaryObject({name("/F"): writer.add_object(font)})}
            ),
        },
        stream_data=b"BT /F 13 Tf 2 4 Td (%s) Tj ET" % text.encode(),
    )
    mark = generic.DictionaryObject(
        {
            name("/Type"): name("/Annot"),
            name("/Subtype"): name("/Stamp"),
            name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (120, 730, 320, 750))),
            name("/F"): generic.NumberObject(4),
            name("/Contents"): generic.TextStringObject(text),
            name("/AP"): generic.DictionaryObject({name("/N"): writer.add_object(look)}),
        }
    )
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    marks = page.get("/Annots", None)
    marks = generic.ArrayObject(marks or [])
    marks.append(writer.add_object(mark))
    page[name("/Annots")] = marks
    writer.update_container(page)
    return _written(writer)


def add_validation_data(pdf: bytes, *revoked: Party) -> bytes:
    """The authority's answers appended as a document security store (LTV), and a timestamp of the document."""
    from pyhanko.sign.validation.dss import DocumentSecurityStore

    stream = io.BytesIO(pdf)
    DocumentSecurityStore.add_dss(
        stream, None, certs=[root().asn1], crls=[asn1_crl(revocation_list(*revoked))], force_write=True
    )
    return stream.getvalue()


def asn1_crl(data: bytes) -> Any:
    from asn1crypto.crl import CertificateList

    return CertificateList.load(data)


def add_document_time(pdf: bytes) -> bytes:
    """A document timestamp appended."""
    stamper = signers.PdfTimeStamper(DummyTimeStamper(clock().asn1, clock().asn1_key))
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    return bytes(asyncio.run(stamper.async_timestamp_pdf(writer, "sha256")).getvalue())


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


# ---- what nobody should do


def replace_content(pdf: bytes) -> bytes:
    """The content of the first page defined anew."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    stream = _first_page(writer)["/Contents"]
    stream._data = stream.data.replace(b" Tj", b" Tj ")
    stream._encoded_data = None
    writer.update_container(stream)
    return _written(writer)


def drop_content(pdf: bytes) -> bytes:
    """The first page shows another content instead of its own."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    page = _first_page(writer)
    page[generic.pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
    writer.update_container(page)
    return _written(writer)


def replace_attachment(pdf: bytes, data: bytes) -> bytes:
    """The embedded file exchanged for another."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    files = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
    holder = files[1].get_object()["/EF"]
    holder[generic.pdf_name("/F")] = writer.add_object(generic.StreamObject(stream_data=data))
    writer.update_container(holder)
    return _written(writer)


def _first_page(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/Pages"]["/Kids"][0].get_object()
