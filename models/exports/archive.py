"""Zip files: written the same from equal contents, and read without trusting them."""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Sequence
from io import BytesIO
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from models import limits
from models.i18n import _

#: A package holds four files; one with many is none.
MAX_ENTRIES = limits.PACKAGE_FILES
#: Of all entries together, unpacked.
MAX_TOTAL = limits.UNPACKED_BYTES
#: Unpacked to packed, of an entry larger than any plan; deflate can reach 1,032.
MAX_RATIO = limits.UNPACKED_RATIO
_LARGE = limits.LARGE_ENTRY
#: The list of entries at the end of the file, in bytes; read before the list itself, which would fill the memory.
_MAX_DIRECTORY = limits.DIRECTORY_BYTES
_EPOCH = (1980, 1, 1, 0, 0, 0)
_END = b"PK\x05\x06"
_END_SIZE = 22
_ENCRYPTED = 0x1
#: Names that Windows takes for devices, whatever follows behind a dot.
_DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{at}" for port in ("COM", "LPT") for at in "0123456789¹²³")}


class Damaged(Exception):
    """A zip file cannot be read; ``str()`` is a sentence for the user."""


# ---- writing


def pack(entries: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip file of the entries in that order, without the time, the user or the system it was made on."""
    stream = BytesIO()
    with ZipFile(stream, "w") as zipped:
        for name, data in entries:
            info = ZipInfo(name, _EPOCH)
            info.create_system = 3
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            # What is packed inside already does not get smaller.
            info.compress_type = ZIP_STORED if name.endswith((".pdf", ".xlsx")) else ZIP_DEFLATED
            zipped.writestr(info, data)
    return stream.getvalue()


# ---- reading


def open_zip(stream: BinaryIO) -> ZipFile:
    """The zip file in ``stream``; ``Damaged`` where its list of entries cannot be read, or would fill the memory."""
    if _directory_size(stream) > _MAX_DIRECTORY:
        raise Damaged(_("Gói có quá nhiều tệp bên trong nên không được mở."))
    try:
        return ZipFile(stream)
    except (BadZipFile, OSError, ValueError, EOFError, NotImplementedError, struct.error):
        raise Damaged(_("Gói bị hỏng hoặc bị cắt cụt, không đọc được danh sách tệp bên trong.")) from None


def check_limits(zipped: ZipFile) -> None:
    """Raise ``Damaged`` where the entries are more, or more when unpacked, than any package holds."""
    infos = zipped.infolist()
    if len(infos) > MAX_ENTRIES:
        raise Damaged(_("Gói có quá nhiều tệp bên trong nên không được mở."))
    if infos and min(info.header_offset for info in infos) > 0:
        raise Damaged(_("Gói có dữ liệu lạ đứng trước các tệp nên không được mở."))
    if sum(info.file_size for info in infos) > MAX_TOTAL or any(swells(info) for info in infos):
        raise Damaged(
            _("Gói phình ra quá lớn khi giải nén (hơn {size} MiB hoặc hơn {ratio} lần) nên không được mở.").format(
                size=MAX_TOTAL // (1024 * 1024), ratio=MAX_RATIO
            )
        )


def _directory_size(stream: BinaryIO) -> int:
    """Bytes of the list of entries, as the end of the file says: found as ``zipfile`` finds it."""
    stream.seek(0, 2)
    length = stream.tell()
    stream.seek(max(0, length - _END_SIZE - 0xFFFF))
    tail = stream.read()
    at = len(tail) - _END_SIZE
    if at < 0 or tail[at : at + 4] != _END or tail[-2:] != b"\0\0":
        at = tail.rfind(_END)
    # Nothing may follow: the end of a workbook stored inside would do for that of a package cut short.
    if at < 0 or at + _END_SIZE > len(tail) or at + _END_SIZE + _short(tail, at + 20) != len(tail):
        raise Damaged(_("Gói bị hỏng hoặc bị cắt cụt, không đọc được danh sách tệp bên trong."))
    return int(struct.unpack_from("<L", tail, at + 12)[0])


def _short(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")


def swells(info: ZipInfo) -> bool:
    """Whether an entry unpacks to more than honest contents do."""
    return info.file_size > _LARGE and info.file_size > MAX_RATIO * max(info.compress_size, 1)


def fault(info: ZipInfo) -> str:
    """A sentence on what makes the entry unfit to be read; empty where nothing does."""
    # The name as it stands in the file: zipfile cuts it at a zero and turns the separators of its system.
    name = info.orig_filename
    shown = printable(name)
    if not is_plain_name(name):
        return _("Gói có tệp “{name}” với đường dẫn không an toàn.").format(name=shown)
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
        return _("Gói có “{name}” không phải là tệp thường (liên kết hoặc thiết bị).").format(name=shown)
    if info.flag_bits & _ENCRYPTED:
        return _("Tệp “{name}” trong gói bị đặt mật khẩu nên không kiểm tra được.").format(name=shown)
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        return _("Tệp “{name}” trong gói được nén theo cách lạ nên không kiểm tra được.").format(name=shown)
    return ""


def is_plain_name(name: str) -> bool:
    """Whether ``name`` is that of a file right in the package: no folders, drives, parents or odd characters."""
    return (
        0 < len(name) <= 120
        and name.isprintable()
        and not set(name) & set('/\\:*?"<>|')
        and name.strip(" .") == name
        and name.partition(".")[0].strip().upper() not in _DEVICES
    )


def read(zipped: ZipFile, info: ZipInfo) -> bytes:
    """The unpacked entry; ``Damaged`` where it is not what its head says."""
    try:
        with zipped.open(info) as stream:
            # One byte more than announced would be seen; zipfile checks the sum at the end.
            data = stream.read(info.file_size + 1)
            stream.read(1)
    except (BadZipFile, OSError, ValueError, EOFError, RuntimeError, NotImplementedError, zlib.error, struct.error):
        data = None
    if data is None or len(data) != info.file_size:
        raise Damaged(_("Tệp “{name}” trong gói bị hỏng, không giải nén được.").format(name=printable(info.filename)))
    return data


def printable(name: str) -> str:
    """A name out of an unknown file, fit for a sentence."""
    text = "".join(letter if letter.isprintable() else "\ufffd" for letter in name[:80])
    return text + ("…" if len(name) > 80 else "")
