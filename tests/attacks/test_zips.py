"""Packages that would write elsewhere, fill the memory, or say two things at once."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from functools import cache
from pathlib import Path

import pytest

from models import template
from models.exports import package as exports
from tests.attacks.defence import Entry, bounded, entries, is_sentence, refused, taken, zipped
from tests.plans import small_plan
from tests.ui.program import Program

NAME = "gói.zip"


@cache
def whole() -> bytes:
    plan = small_plan()
    return exports.build(plan, template.get(plan.template), created="2021-10-10T08:00:00+07:00").package.data


def with_entry(name: str, data: bytes = b"x") -> bytes:
    return zipped([*entries(whole()), (name, data)])


# ---- names that lead elsewhere

CLIMBING = (
    "../tệp.txt", "../../../../etc/cron.d/x", "a/../../x", "/etc/passwd", "//server/share/x", "C:\\Windows\\x.dll", "C:x",
    "..\\..\\x", "a/b/c", "plan.json\0.exe", "x\0", "CON", "nul.pdf", "com1.xlsx", "x.", "x ", " x", "..", ".", "", "a" * 300,
    "\u202efdp.exe", "dòng\nhai", "\x1b[2J", "x:y", "x|y", "x?y", "x*y", 'x"y', "x<y",
)  # fmt: skip


@pytest.mark.parametrize("name", CLIMBING, ids=repr)
def test_a_name_that_leads_elsewhere(tmp_path: Path, name: str) -> None:
    """Zip slip: nothing is unpacked to a name of the package, and such a package is refused."""
    refused(tmp_path, NAME, with_entry(name), "không còn nguyên vẹn")
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO, stat.S_IFSOCK], ids=oct)
def test_links_and_devices_in_a_package(tmp_path: Path, kind: int) -> None:
    data = zipped([("plan.json", b"/etc/passwd"), *entries(whole())[:1]], kind | 0o777)
    refused(tmp_path, NAME, data, "không phải là tệp thường")


def test_two_entries_of_one_name(tmp_path: Path) -> None:
    """One program takes the first, another the last: so neither is taken; on Windows nor are two that differ in case."""
    for name in ("plan.json", "PLAN.JSON", "manifest.json"):
        refused(tmp_path, NAME, with_entry(name, b"{}"), "có hai lần trong gói")


def test_something_before_and_behind(tmp_path: Path) -> None:
    """A program with a package at its end is a package to some and a program to others."""
    refused(tmp_path, NAME, b"PK\x03\x04" + bytes(100) + whole(), "dữ liệu lạ đứng trước")
    refused(tmp_path, NAME, whole() + b"MZ" + bytes(50), "hỏng hoặc bị cắt cụt")
    refused(tmp_path, NAME, b"MZ" + bytes(100) + whole())


# ---- bombs


def test_a_flat_bomb(tmp_path: Path) -> None:
    refused(tmp_path, NAME, with_entry("x.txt", bytes(250 << 20)), "phình ra quá lớn")


def test_a_bomb_that_lies_about_its_size(tmp_path: Path) -> None:
    """Its heads say 10 bytes: no more than that is ever unpacked."""
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = bomb.compress(bytes(250 << 20)) + bomb.flush()
    refused(tmp_path, NAME, _heads([("manifest.json", packed)], size=10), "manifest.json của gói bị hỏng")


def test_bombs_in_bombs(tmp_path: Path) -> None:
    """What lies inside is not unpacked in turn."""
    bomb = bytes(1 << 20)
    for _level in range(6):
        bomb = zipped([(f"{number}.zip", bomb) for number in range(8)])
    refused(tmp_path, NAME, bomb, "manifest.json")


def test_entries_that_overlap(tmp_path: Path) -> None:
    """As David Fifield's bomb of 42 kB: many entries of one and the same contents, gigabytes when unpacked."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(21 << 20)) + packer.flush()
    data = _heads([(f"{number}", packed) for number in range(30)], size=21 << 20, overlap=True)
    assert len(data) < 100_000
    refused(tmp_path, NAME, data, "phình ra quá lớn")


def _heads(contents: list[Entry], size: int, overlap: bool = False) -> bytes:
    """A zip file put together by hand: all entries with ``size`` as their unpacked size, in one place if wanted."""
    data, directory = b"", b""
    for number, (name, packed) in enumerate(contents):
        at = 0 if overlap else len(data)
        fields = (20, 0, 8, 0, 33, zlib.crc32(bytes(size)), len(packed), size, len(name), 0)
        if number == 0 or not overlap:
            data += struct.pack("<4s5H3L2H", b"PK\x03\x04", *fields) + name.encode() + packed
        head = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *fields[:8], len(name), 0, 0, 0, 0, 0, at)
        directory += head + name.encode()
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(contents), len(contents), len(directory), len(data), 0)
    return data + directory + end


def test_a_hundred_thousand_files(tmp_path: Path) -> None:
    """Their list alone is refused before it is read."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for number in range(60_000):
            packed.writestr(str(number), b"")
    refused(tmp_path, NAME, stream.getvalue(), "quá nhiều tệp")


def test_thirty_three_files(tmp_path: Path) -> None:
    many = zipped([*entries(whole()), *((f"{number}.txt", b"x") for number in range(29))])
    refused(tmp_path, NAME, many, "quá nhiều tệp")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA], ids=["bzip2", "lzma"])
def test_another_way_of_packing(tmp_path: Path, method: int) -> None:
    """Their unpackers reach ratios that deflate does not."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as packed:
        packed.writestr("manifest.json", bytes(19 << 20))
    refused(tmp_path, NAME, stream.getvalue(), "nén theo cách lạ")


# ---- manifests


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"a":' * 100_000, "1" * 100_000, '{"files": [{"name": "../x"}]}', '"\\ud800"', "{}", "null",
     '{"format": "ke-hoach-so/package", "version": 1, "version": 1}', '{"format": "ke-hoach-so/package", "version": 1e999}'],
    ids=["deep", "deep objects", "digits", "climbing", "half a letter", "empty", "null", "twice", "endless"],
)  # fmt: skip
def test_a_manifest_made_to_harm(tmp_path: Path, text: str) -> None:
    rest = [entry for entry in entries(whole()) if entry[0] != "manifest.json"]
    refused(tmp_path, NAME, zipped([("manifest.json", text.encode()), *rest]), "manifest.json")


# ---- the program


def test_the_command_line_says_so_and_stores_nothing(here: Program, folder: Path, tmp_path: Path) -> None:
    for number, data in enumerate((with_entry("../x"), with_entry("y", bytes(250 << 20)), whole()[:-9])):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(data)
        for command in (("import", path), ("check", path), ("export", path, "--to", tmp_path / "ra")):
            with bounded():
                found = here(*command)
            assert found.code == 2 and found.out == "" and is_sentence(found.err.strip())
    assert not folder.exists()
    assert not (tmp_path / "ra").exists()


def test_a_whole_package_is_taken(tmp_path: Path) -> None:
    assert taken(tmp_path, NAME, whole()).unit_code == "SB"
