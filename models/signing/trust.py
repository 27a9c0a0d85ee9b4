"""Whether the certificate of a signature leads to a root that is trusted here: without any network.

Whether a certificate was revoked is known only where the signed file itself brings the answer (LTV data).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from models.signing.roots import Roots

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate

#: ``expired``: it was not valid, or not yet, when the signature was made; ``unfit``: not one to sign documents
#: with, or its chain breaks a rule (an old algorithm, no authority).
State = Literal["trusted", "unknown", "expired", "revoked", "unfit"]
Revocation = Literal["good", "unknown", "revoked"]


@dataclass(frozen=True, slots=True)
class Trust:
    """``root`` is the name of the root it leads to; ``expires`` the end of the signer's certificate (UTC)."""

    state: State
    root: str = ""
    revocation: Revocation = "unknown"
    expires: datetime | None = None


UNKNOWN = Trust("unknown")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a signed file brings along: certificates of issuers, and answers about revocation (DER)."""

    certificates: tuple[Certificate, ...] = ()
    ocsps: tuple[Any, ...] = ()
    crls: tuple[Any, ...] = ()


def context(roots: Roots, evidence: Evidence, moment: datetime | None, mode: str = "soft-fail") -> Any:
    """What pyHanko needs to build a chain as of ``moment`` (now where it is ``None``)."""
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(
        trust_roots=list(roots.trusted),
        other_certs=[*roots.others, *evidence.certificates],
        moment=moment or datetime.now(UTC),
        allow_fetching=False,
        ocsps=list(evidence.ocsps),
        crls=list(evidence.crls),
        revocation_mode=mode,
        # Answers about revocation are gathered after signing.
        retroactive_revinfo=True,
    )


def judge(
    certificate: Certificate,
    chain: Sequence[Certificate],
    roots: Roots,
    evidence: Evidence,
    moment: datetime | None,
    usages: frozenset[str] = frozenset({"digital_signature", "non_repudiation"}),
) -> Trust:
    """What is to be thought of a certificate that signed at ``moment``; ``chain`` came with the signature."""
    from pyhanko_certvalidator.errors import (
        ExpiredError,
        InsufficientRevinfoError,
        InvalidCertificateError,
        NotYetValidError,
        PathBuildingError,
        PathValidationError,
        RevokedError,
    )

    expires = certificate.not_valid_after
    revocation: Revocation = "unknown"
    try:
        if evidence.ocsps or evidence.crls:
            with suppress(InsufficientRevinfoError):
                root = _root(certificate, chain, context(roots, evidence, moment, "require"), usages)
                revocation = "good"
        if revocation == "unknown":
            root = _root(certificate, chain, context(roots, evidence, moment), usages)
    except PathBuildingError:
        is_over = moment is not None and not certificate.not_valid_before <= moment <= expires
        return Trust("expired" if is_over else "unknown", expires=expires)
    except (ExpiredError, NotYetValidError):
        return Trust("expired", expires=expires)
    except RevokedError:
        return Trust("revoked", revocation="revoked", expires=expires)
    except (PathValidationError, InvalidCertificateError, ValueError):
        return Trust("unfit", expires=expires)
    return Trust("trusted", root, revocation, expires)


def _root(certificate: Certificate, chain: Sequence[Certificate], within: Any, usages: frozenset[str]) -> str:
    """The name of the root that the certificate leads to; raises what pyHanko raises where there is none."""
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import CertificateValidator

    validator = CertificateValidator(certificate, intermediate_certs=chain, validation_context=within)
    path = asyncio.run(validator.async_validate_path())
    KeyUsageConstraints(key_usage=set(usages), match_all_key_usages=False).validate(certificate)
    return name_of(path.first.subject)


def name_of(name: Any) -> str:
    """The name in a certificate that people know: the common one, else the organisation's, else all of it."""
    found = name.native
    for key in ("common_name", "organization_name"):
        if text := _text(found.get(key)):
            return text
    return str(name.human_friendly)


def organisation_of(name: Any) -> str:
    """The organisation in a certificate, with the department above it; empty where it names none."""
    found = name.native
    return _text(found.get("organization_name")) or _text(found.get("organizational_unit_name"))


def _text(value: Any) -> str:
    """A field of a name, which may stand there more than once, fit for one line."""
    texts = value if isinstance(value, list) else [value]
    joined = ", ".join(str(text) for text in texts if text)
    return " ".join("".join(letter if letter.isprintable() else " " for letter in joined[:200]).split())
