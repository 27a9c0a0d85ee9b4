"""The root certificates that a machine trusts, and those that the office put beside its plans.

Nothing is fetched: a certificate that is not here, or in the signature itself, is unknown.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate

#: In the data folder or beside the program: *.cer, *.crt and *.pem that are trusted here.
FOLDER = "chung-thu-goc"
_ENDINGS = (".cer", ".crt", ".pem")
_MAX_FILES = 200
_MAX_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Roots:
    """``trusted`` ends a chain; ``others`` may stand in one; ``faulty`` are files that hold no certificate."""

    trusted: tuple[Certificate, ...] = ()
    others: tuple[Certificate, ...] = ()
    faulty: tuple[Path, ...] = field(default=())


def folders(data_folder: Path | None) -> list[Path]:
    """Where the office puts its root certificates."""
    program = Path(sys.executable if getattr(sys, "frozen", False) else sys.argv[0] or ".").absolute().parent
    places = [program] if data_folder is None else [data_folder, program]
    return [place / FOLDER for place in places]


def load(data_folder: Path | None = None, *, machine: bool = True) -> Roots:
    """The roots of the machine, if wanted, and of the folders; never fails."""
    trusted: dict[bytes, Certificate] = {}
    others: dict[bytes, Certificate] = {}
    faulty: list[Path] = []
    for path in _files(folders(data_folder)):
        try:
            if path.stat().st_size > _MAX_BYTES:
                raise ValueError
            found = _parse(path.read_bytes())
        except (OSError, ValueError, TypeError, KeyError):
            found = []
        if not found:
            faulty.append(path)
        trusted.update((certificate.sha256, certificate) for certificate in found)
    for data in _of_the_machine() if machine else ():
        try:
            certificate = _parse(data)[0]
        except (ValueError, TypeError, KeyError, IndexError):
            continue
        # What others signed is in the machine's store as a help to build chains, and vouches for nothing itself.
        (trusted if certificate.self_issued else others)[certificate.sha256] = certificate
    return Roots(tuple(trusted.values()), tuple(others.values()), tuple(faulty))


def _files(places: Iterable[Path]) -> list[Path]:
    found: list[Path] = []
    for place in dict.fromkeys(places):
        try:
            found += sorted(path for path in place.iterdir() if path.suffix.lower() in _ENDINGS and path.is_file())
        except OSError:
            continue
    return found[:_MAX_FILES]


def _of_the_machine() -> list[bytes]:
    import ssl

    try:
        return ssl.create_default_context().get_ca_certs(binary_form=True)
    except (OSError, ValueError):
        return []


def _parse(data: bytes) -> list[Certificate]:
    """The certificates in a file, in either of the two usual forms; ``ValueError`` where it is none of them."""
    from asn1crypto import pem
    from asn1crypto.x509 import Certificate

    parts = [part for _kind, _head, part in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
    found = [Certificate.load(part, strict=True) for part in parts]
    for certificate in found:
        # Parsed to the end only when asked.
        certificate.self_issued, certificate.subject.native, certificate.not_valid_after  # noqa: B018
    return found
