"""What is locked with a passphrase: zip files of WinZip's AES (AE-2, 256 bits), which 7-Zip and WinRAR open too.

The contents are encrypted and vouched for (HMAC-SHA1 of 80 bits); names, sizes and the way of packing are not (WinZip,
"AES Encryption Information"). So what would make other contents of the same bytes is held against each other here:
both heads of an entry, its packed and its unpacked size. A wrong passphrase is told by two bytes: one in 65,536 passes
them and is then told as damage, and damage to the salt is told as a wrong passphrase; never are other contents given.
The salt is random: equal contents give equal bytes inside only.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from models.errors import Cancelled, PackageError, SecretError, reason
from models.i18n import _
from models.passphrases import check, generate, normal, weakness

if TYPE_CHECKING:
    from pyzipper.zipfile_aes import AESZipFile, AESZipInfo

__all__ = ["check", "generate", "is_locked", "lock_file", "unlock_file", "unzip", "weakness", "zip_files"]

#: Told how much is done, from 0 to 1; giving False stops the work.
Progress = Callable[[float], bool]

#: Of all entries together, unpacked: of what is read into the memory, and of what goes to a file.
MAX_TOTAL = 200 * 1024 * 1024
MAX_FILE = 2 * 1024 * 1024 * 1024
MAX_ENTRIES = 32
_MAX_DIRECTORY = 64 * 1024
_CHUNK = 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1
_LATER_SIZES = 0x8
_AES = 99
_BITS_256 = 3
#: Salt and check of the passphrase before the contents, and what vouches for them behind.
_AROUND = 16 + 2 + 10
_HEAD = struct.Struct("<4s5H3L2H")
_END = struct.Struct("<4s4H2LH")
#: Contents that do not get smaller.
_PACKED = (".zip", ".pdf", ".xlsx", ".docx")


# ---- locking


def zip_files(files: Mapping[str, bytes], passphrase: str) -> bytes:
    """A locked zip file of the contents by name, in that order; ``SecretError`` where the passphrase is none."""
    stream = BytesIO()
    with _new(stream, passphrase) as zipped:
        for name, data in files.items():
            with zipped.open(_entry(zipped, name, len(data)), "w") as target:
                target.write(data)
    return stream.getvalue()


def lock_file(source: Path, name: str, target: Path, passphrase: str, progress: Progress | None = None) -> None:
    """Write ``target``, a locked zip file with ``source`` in it as ``name``, in steps; flushed to the disk.

    ``target`` is replaced where it is there, readable by its owner alone, and removed where anything fails:
    ``SecretError`` (the passphrase is none), ``Cancelled``, ``OSError``.
    """
    check(passphrase)
    size = max(source.stat().st_size, 1)
    with source.open("rb") as plain, _written(target) as stream:
        done = 0
        with _new(stream, passphrase) as zipped, zipped.open(_entry(zipped, name, size), "w") as locked:
            while chunk := plain.read(_CHUNK):
                locked.write(chunk)
                done += len(chunk)
                if progress is not None and not progress(min(done / size, 1.0)):
                    raise Cancelled


@contextmanager
def _new(stream: BinaryIO, passphrase: str) -> Iterator[AESZipFile]:
    from pyzipper import WZ_AES, AESZipFile

    check(passphrase)
    # Version 2: a plain checksum beside what is encrypted would tell whether it is a guessed file.
    strong = {"nbits": 256, "force_wz_aes_version": 2}
    with AESZipFile(stream, "w", encryption=WZ_AES, encryption_kwargs=strong) as zipped:
        zipped.setpassword(normal(passphrase))
        try:
            yield zipped
        except BaseException:
            # Stopped within an entry, pyzipper would fail once more in closing: there is no end to be written.
            zipped._writing = zipped._didModify = False
            raise


def _entry(zipped: AESZipFile, name: str, size: int) -> AESZipInfo:
    from pyzipper import ZIP_DEFLATED, ZIP_STORED

    info = zipped.zipinfo_cls(name, _EPOCH)
    info.create_system = 3
    info.external_attr = (stat.S_IFREG | 0o600) << 16
    info.compress_type = ZIP_STORED if name.endswith(_PACKED) else ZIP_DEFLATED
    info.file_size = size
    return info


@contextmanager
def _written(target: Path) -> Iterator[BinaryIO]:
    """A new file of its owner alone, on the disk for certain at the end, and gone where anything fails."""
    with contextlib.suppress(FileNotFoundError):
        target.unlink()
    handle = os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(handle, "r+b") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            target.unlink()
        raise


# ---- unlocking


def is_locked(source: bytes | Path) -> bool:
    """Whether it is a zip file that needs a passphrase; False too where it cannot be read."""
    try:
        if isinstance(source, Path):
            with source.open("rb") as stream:
                head = stream.read(8)
        else:
            head = source[:8]
    except (OSError, ValueError):
        return False
    return len(head) == 8 and head.startswith(b"PK\x03\x04") and bool(head[6] & _ENCRYPTED)


def unzip(
    source: bytes | Path, passphrase: str, *, max_total: int = MAX_TOTAL, max_entries: int = MAX_ENTRIES
) -> dict[str, bytes]:
    """The contents of a locked zip file by name.

    ``SecretError``: the passphrase is not the right one, or empty. ``PackageError``: it is damaged or was changed, is
    not locked as ``zip_files`` locks, or holds more than ``max_total`` bytes or ``max_entries`` files; or it cannot be
    read.
    """
    name = source.name if isinstance(source, Path) else ""
    if isinstance(source, Path):
        try:
            if source.stat().st_size > max_total + _MAX_DIRECTORY:
                raise _too_large(max_total)
            source = source.read_bytes()
        except (OSError, ValueError) as error:
            raise _unreadable(name, error) from None
    with _opened(BytesIO(source), max_total, max_entries) as zipped:
        return {info.filename: b"".join(_contents(zipped, info, passphrase)) for info in zipped.infolist()}


def unlock_file(
    source: Path,
    target: Path,
    passphrase: str,
    progress: Progress | None = None,
    *,
    max_total: int = MAX_FILE,
) -> None:
    """Write ``target``, the one file in the locked zip file ``source``, in steps; flushed to the disk.

    ``target`` is replaced where it is there, readable by its owner alone, and removed where anything fails: what is
    ``unzip``'s, ``Cancelled``, and ``OSError`` where it cannot be written.
    """
    try:
        stream = source.open("rb")
    except (OSError, ValueError) as error:
        raise _unreadable(source.name, error) from None
    with stream, _opened(stream, max_total, 1) as zipped:
        info = zipped.infolist()[0]
        size, done = max(info.file_size, 1), 0
        with _written(target) as plain:
            for chunk in _contents(zipped, info, passphrase):
                plain.write(chunk)
                done += len(chunk)
                if progress is not None and not progress(min(done / size, 1.0)):
                    raise Cancelled


@contextmanager
def _opened(stream: BinaryIO, max_total: int, max_entries: int) -> Iterator[AESZipFile]:
    from pyzipper import AESZipFile

    count = _count(stream, max_entries)
    with contextlib.ExitStack() as stack:
        with _told():
            zipped = stack.enter_context(AESZipFile(stream))
            infos = zipped.infolist()
            names = {info.filename.casefold() for info in infos}
            if not infos or not len(names) == len(infos) == count:
                raise _damaged()
            for info in infos:
                _check(stream, info)
            if sum(info.file_size for info in infos) > max_total:
                raise _too_large(max_total)
        yield zipped


def _count(stream: BinaryIO, max_entries: int) -> int:
    """How many entries the end of the file says that there are, read before their list, which may fill the memory."""
    length = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, length - _END.size))
    end = stream.read()
    if len(end) != _END.size:
        raise _damaged()
    mark, _disk, _disks, here, count, size, start, comment = _END.unpack(end)
    # Nothing stands before the entries, between their list and its end, or behind it.
    if mark != b"PK\x05\x06" or comment or here != count or start + size + _END.size != length:
        raise _damaged()
    if count > max_entries or size > _MAX_DIRECTORY:
        raise PackageError(_("Tệp có mật khẩu chứa quá nhiều tệp bên trong nên không được mở."))
    return int(count)


def _check(stream: BinaryIO, info: AESZipInfo) -> None:
    """``PackageError`` where the two heads of an entry do not agree, or are not those of what is locked here."""
    from pyzipper import ZIP_DEFLATED, ZIP_STORED

    if info.flag_bits & _ENCRYPTED and info.wz_aes_version is None:
        raise PackageError(
            _("Tệp được đặt mật khẩu theo cách cũ, không an toàn (ZipCrypto) nên không được mở; hãy dùng AES-256.")
        )
    stream.seek(info.header_offset)
    mark, _version, flags, method, _time, _date, crc, packed, size, name, extra = _HEAD.unpack(stream.read(_HEAD.size))
    stream.seek(name, os.SEEK_CUR)
    sizes = (info.CRC, info.compress_size, info.file_size)
    agree = (
        mark == b"PK\x03\x04"
        and flags == info.flag_bits
        and flags & _ENCRYPTED
        and method == _AES
        and (flags & _LATER_SIZES or (crc, packed, size) == sizes)
        and _aes_part(stream.read(extra)) == _aes_part(info.extra) != b""
        and info.wz_aes_vendor_id == b"AE"
        and info.wz_aes_version in (1, 2)
        and info.wz_aes_strength == _BITS_256
        and _is_plain_name(info.filename)
    )
    stored = info.compress_type == ZIP_STORED and info.compress_size == info.file_size + _AROUND
    if not agree or not (stored or (info.compress_type == ZIP_DEFLATED and info.compress_size > _AROUND)):
        raise _damaged()


def _aes_part(extra: bytes) -> bytes:
    """The field of WinZip's AES among the extra fields of an entry."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 0x9901:
            return extra[at + 4 : at + 4 + length]
        at += 4 + length
    return b""


def _is_plain_name(name: str) -> bool:
    return 0 < len(name) <= 120 and name.isprintable() and not set(name) & set('/\\:*?"<>|')


def _contents(zipped: AESZipFile, info: AESZipInfo, passphrase: str) -> Iterator[bytes]:
    """The contents in steps; that they are whole is known only when the last one was given."""
    if not passphrase:
        raise _wrong()
    announced, given = info.file_size, 0
    # One byte more: pyzipper stops at the size that it is told before it has read, and proved, all that is there.
    info.file_size = announced + 1
    try:
        with _told(), zipped.open(info, pwd=normal(passphrase)) as stream:
            while chunk := stream.read(_CHUNK):
                given += len(chunk)
                if given > announced:
                    raise _damaged()
                yield chunk
    finally:
        info.file_size = announced
    if given != announced:
        raise _damaged()


@contextmanager
def _told() -> Iterator[None]:
    """What reading a faulty file can raise, as a sentence; ``OSError`` where it is the drive that is faulty."""
    from pyzipper import BadZipFile

    faults: tuple[Any, ...] = (BadZipFile, ValueError, EOFError, NotImplementedError, struct.error, OverflowError)
    try:
        yield
    except (*faults, zlib.error):
        raise _damaged() from None
    except RuntimeError as error:
        # Of all that pyzipper raises, only this says what is wrong with the passphrase.
        if "password" not in str(error):
            raise
        raise _wrong() from None
    except OSError as error:
        # A place before the beginning of the file.
        if error.errno != errno.EINVAL:
            raise
        raise _damaged() from None


def _wrong() -> SecretError:
    return SecretError(_("Mật khẩu không đúng; hãy hỏi lại người đặt, chú ý chữ hoa, chữ thường và bộ gõ."))


def _damaged() -> PackageError:
    return PackageError(_("Tệp có mật khẩu bị hỏng, bị cắt cụt hoặc đã bị sửa; hãy chép lại hoặc xin lại tệp gốc."))


def _too_large(limit: int) -> PackageError:
    return PackageError(
        _("Tệp có mật khẩu lớn hơn {size} MiB nên không được mở; hãy kiểm tra lại tệp.").format(
            size=limit // (1024 * 1024)
        )
    )


def _unreadable(name: str, error: BaseException) -> PackageError:
    return PackageError(
        _("Không đọc được tệp “{file}” ({reason}); hãy kiểm tra quyền truy cập hoặc ổ đĩa.").format(
            file=name, reason=reason(error)
        )
    )
