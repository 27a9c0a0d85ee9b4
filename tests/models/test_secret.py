"""What is locked opens with its passphrase alone, here and in 7-Zip; whatever is damaged is told, never believed."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from models import passphrases, secret
from models.errors import Cancelled, PackageError, SecretError, UserError

PASSPHRASE = "mai song-tre 482"
FILES = {"a.zip": b"PK\x03\x04" + bytes(range(256)), "b.txt": b"x" * 1000, "c.json": b""}
LOCKED = secret.zip_files(FILES, PASSPHRASE)

passphrase_texts = st.text(min_size=8, max_size=40).filter(
    lambda text: text.strip() and len(unicodedata.normalize("NFC", text)) >= 8 and len(passphrases.normal(text)) <= 99
)


def seven_zip(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["7zz", *map(str, arguments)], capture_output=True, text=True, timeout=60, check=False)


# ---- there and back


@settings(max_examples=60, deadline=None)
@given(passphrase_texts, st.dictionaries(st.sampled_from(["a.txt", "b.zip", "Kế hoạch.json"]), st.binary(), min_size=1))
@example("🔒🔑 chìa khóa", {"a.txt": b"1"})
@example("\ud800 lone surrogate", {"a.txt": b"1"})
def test_there_and_back(passphrase: str, files: dict[str, bytes]) -> None:
    locked = secret.zip_files(files, passphrase)
    assert secret.is_locked(locked)
    assert secret.unzip(locked, passphrase) == files
    assert list(secret.unzip(locked, passphrase)) == list(files)


@settings(max_examples=30, deadline=None)
@given(passphrase_texts)
@example("Tiếng Việt gõ bằng Unikey")
def test_either_form_of_the_letters_opens_it(passphrase: str) -> None:
    locked = secret.zip_files({"a": b"1"}, unicodedata.normalize("NFD", passphrase))
    for form in ("NFC", "NFD"):
        assert secret.unzip(locked, unicodedata.normalize(form, passphrase)) == {"a": b"1"}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
@example("")
@example(PASSPHRASE + " ")
@example(PASSPHRASE.upper())
def test_no_other_passphrase_opens_it(passphrase: str) -> None:
    assume(passphrases.normal(passphrase) != passphrases.normal(PASSPHRASE))
    # One in 65,536 is told as damage.
    with pytest.raises((SecretError, PackageError)):
        secret.unzip(LOCKED, passphrase)


@pytest.mark.parametrize("passphrase", ["", "  ", "1234567", "x" * 100])
def test_what_is_no_passphrase_locks_nothing(passphrase: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    with pytest.raises(SecretError):
        secret.zip_files({"a": b"1"}, passphrase)
    with pytest.raises(SecretError):
        secret.lock_file(tmp_path / "a", "a", tmp_path / "b", passphrase)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_equal_contents_are_never_equal_outside_and_say_nothing_of_when_or_who() -> None:
    again = secret.zip_files(FILES, PASSPHRASE)
    assert again != LOCKED and len(again) == len(LOCKED)
    infos = zipfile.ZipFile(BytesIO(LOCKED)).infolist()
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    # A checksum would tell which of two guesses the contents are.
    assert {info.CRC for info in infos} == {0}


# ---- 7-Zip as the judge


def test_seven_zip_opens_it_with_the_passphrase_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(LOCKED)
    assert seven_zip("t", f"-p{PASSPHRASE}", path).returncode == 0
    assert seven_zip("t", "-psai", path).returncode != 0
    assert seven_zip("x", f"-p{PASSPHRASE}", f"-o{tmp_path / 'ra'}", path).returncode == 0
    assert {found.name: found.read_bytes() for found in (tmp_path / "ra").iterdir()} == FILES
    told = seven_zip("l", "-slt", path).stdout
    assert told.count("AES-256") == len(FILES) and told.count("Encrypted = +") == len(FILES)
    assert "ZipCrypto" not in told


def test_what_seven_zip_locks_opens(tmp_path: Path) -> None:
    (tmp_path / "gói.zip").write_bytes(FILES["a.zip"] * 50)
    path = tmp_path / "b.zip"
    for more in ([], ["-mx=0"]):
        path.unlink(missing_ok=True)
        seven_zip("a", "-tzip", "-mem=AES256", f"-p{PASSPHRASE}", *more, path, tmp_path / "gói.zip")
        assert secret.is_locked(path)
        assert secret.unzip(path, PASSPHRASE) == {"gói.zip": FILES["a.zip"] * 50}


def test_the_old_way_of_locking_is_refused_for_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"1" * 100)
    path = tmp_path / "b.zip"
    seven_zip("a", "-tzip", "-mem=ZipCrypto", f"-p{PASSPHRASE}", path, tmp_path / "a.txt")
    with pytest.raises(PackageError, match="ZipCrypto"):
        secret.unzip(path, PASSPHRASE)


# ---- damage


def opened(data: bytes, passphrase: str = PASSPHRASE) -> dict[str, bytes] | None:
    """The contents; ``None`` where they are refused with a sentence."""
    try:
        return secret.unzip(data, passphrase)
    except UserError as error:
        assert str(error).endswith(".") and "\n" not in str(error)
        return None


def test_each_byte_changed_is_told_or_changes_nothing() -> None:
    told = 0
    for at in range(len(LOCKED)):
        for bits in (0x01, 0x80, 0xFF):
            damaged = bytearray(LOCKED)
            damaged[at] ^= bits
            found = opened(bytes(damaged))
            assert found in (None, FILES), at
            told += found is None
    # What can be changed are dates, rights and versions, in a file of four heads of 46 and 30 bytes.
    assert told > 0.8 * 3 * len(LOCKED)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_damage_is_told_or_changes_nothing(data: st.DataObject) -> None:
    damaged = bytearray(LOCKED)
    for _time in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(0, len(damaged) - 1)))
        length = data.draw(st.integers(0, 40))
        damaged[at : at + length] = data.draw(st.binary(max_size=40))
    assert opened(bytes(damaged)) in (None, FILES)


def test_every_cut_is_told() -> None:
    assert all(opened(LOCKED[:at]) is None for at in range(len(LOCKED)))
    assert opened(b"x" + LOCKED) is None and opened(LOCKED + b"x") is None


def test_a_size_made_smaller_does_not_cut_the_contents() -> None:
    """Sizes are not vouched for; a stored entry that seems shorter would be read short."""
    short = (1000).to_bytes(4, "little"), (999).to_bytes(4, "little")
    assert LOCKED.count(short[0]) == 2
    assert opened(LOCKED.replace(*short)) is None


def test_damage_and_a_wrong_passphrase_are_told_apart() -> None:
    damaged = bytearray(LOCKED)
    damaged[200] ^= 1
    with pytest.raises(PackageError, match="bị hỏng"):
        secret.unzip(bytes(damaged), PASSPHRASE)
    with pytest.raises(SecretError, match="không đúng"):
        secret.unzip(LOCKED, PASSPHRASE + "x")


def test_what_swells_or_is_too_much_is_refused() -> None:
    swollen = secret.zip_files({"a.txt": bytes(5_000_000)}, PASSPHRASE)
    assert len(swollen) < 10_000
    with pytest.raises(PackageError, match="lớn hơn"):
        secret.unzip(swollen, PASSPHRASE, max_total=1_000_000)
    many = secret.zip_files({f"{number}.txt": b"" for number in range(40)}, PASSPHRASE)
    with pytest.raises(PackageError, match="quá nhiều"):
        secret.unzip(many, PASSPHRASE)
    # One that says that it is small is read no further than that.
    lying = swollen.replace((5_000_000).to_bytes(4, "little"), (5_000).to_bytes(4, "little"))
    with pytest.raises(PackageError, match="bị hỏng"):
        secret.unzip(lying, PASSPHRASE)


@pytest.mark.parametrize("name", ["../a.txt", "/etc/a", "C:\\a.txt", "a\\b", "a/b", "a\nb"])
def test_a_name_with_a_way_in_it_is_refused(name: str) -> None:
    with pytest.raises(PackageError):
        secret.unzip(secret.zip_files({name: b"1"}, PASSPHRASE), PASSPHRASE)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04", b"PK\x03\x04\0\0\0\0", b"SQLite format 3\0", b"%PDF-1.7"])
def test_what_is_not_locked(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    assert not secret.is_locked(data) and not secret.is_locked(path)
    assert opened(data) is None
    assert (
        not secret.is_locked(tmp_path) and not secret.is_locked(tmp_path / "none") and not secret.is_locked(Path("\0"))
    )
    for missing in (tmp_path, tmp_path / "none", Path("\0")):
        with pytest.raises(PackageError):
            secret.unzip(missing, PASSPHRASE)


# ---- large files, in steps


def test_a_file_is_locked_and_unlocked_for_its_owner_alone(tmp_path: Path) -> None:
    plain, locked, back = (tmp_path / name for name in ("a.db", "a.db.zip", "b.db"))
    plain.write_bytes(b"SQLite" * 400_000)
    locked.write_bytes(b"before")
    parts: list[float] = []

    def tell(part: float) -> bool:
        parts.append(part)
        return True

    secret.lock_file(plain, "a.db", locked, PASSPHRASE, tell)
    assert parts == sorted(parts) and parts[-1] == 1.0
    assert secret.is_locked(locked) and locked.stat().st_size < 100_000
    assert seven_zip("t", f"-p{PASSPHRASE}", locked).returncode == 0
    secret.unlock_file(locked, back, PASSPHRASE)
    assert back.read_bytes() == plain.read_bytes()
    if os.name == "posix":
        assert {stat.S_IMODE(path.stat().st_mode) for path in (locked, back)} == {0o600}


@pytest.mark.parametrize("passphrase", ["sai mat khau", ""])
def test_a_wrong_passphrase_leaves_nothing(tmp_path: Path, passphrase: str) -> None:
    plain, locked = tmp_path / "a.db", tmp_path / "a.db.zip"
    plain.write_bytes(os.urandom(100_000))
    secret.lock_file(plain, "a.db", locked, PASSPHRASE)
    with pytest.raises(SecretError):
        secret.unlock_file(locked, tmp_path / "b.db", passphrase)
    damaged = bytearray(locked.read_bytes())
    damaged[-200] ^= 1
    locked.write_bytes(damaged)
    with pytest.raises(PackageError):
        secret.unlock_file(locked, tmp_path / "b.db", PASSPHRASE)
    with pytest.raises(PackageError, match="lớn hơn"):
        secret.unlock_file(locked, tmp_path / "b.db", PASSPHRASE, max_total=1000)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.db", "a.db.zip"]


def test_what_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    plain, locked = tmp_path / "a.db", tmp_path / "a.db.zip"
    plain.write_bytes(os.urandom(3_000_000))
    with pytest.raises(Cancelled):
        secret.lock_file(plain, "a.db", locked, PASSPHRASE, lambda part: part < 0.5)
    assert not locked.exists()
    secret.lock_file(plain, "a.db", locked, PASSPHRASE)
    with pytest.raises(Cancelled):
        secret.unlock_file(locked, tmp_path / "b.db", PASSPHRASE, lambda part: part < 0.5)
    assert not (tmp_path / "b.db").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the system tells the memory of a process in another way")
def test_the_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    plain = tmp_path / "a.db"
    with plain.open("wb") as stream:
        for number in range(100):
            stream.write(os.urandom(500_000) + bytes([number]) * 500_000)
    code = (
        "import resource, sys; from pathlib import Path; from models import secret\n"
        "def most(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "secret.zip_files({'a': b'1'}, 'mat khau nao do'); before = most(); folder = Path(sys.argv[1])\n"
        "secret.lock_file(folder / 'a.db', 'a.db', folder / 'b.zip', 'mat khau nao do')\n"
        "secret.unlock_file(folder / 'b.zip', folder / 'c.db', 'mat khau nao do')\n"
        "print(most() - before)"
    )
    run = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, timeout=120)
    assert run.returncode == 0, run.stderr
    # In kB.
    assert int(run.stdout) < 30_000
    assert (tmp_path / "c.db").read_bytes() == plain.read_bytes()
