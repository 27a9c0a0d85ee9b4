"""Passphrases: their one form, what is weak about one, and one that can be said on the telephone."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from models.errors import SecretError
from models.folding import fold
from models.i18n import _

#: Fewer characters are no passphrase, and are refused.
SHORTEST = 8
#: From this length on nothing is said of it.
GOOD_LENGTH = 12
#: In bytes: 7-Zip takes no longer ones (``kPasswordSizeMax`` of its WinZip AES).
LONGEST = 99

# Syllables that every Vietnamese knows, without diacritics, so that no input method is needed. No two of them sound
# alike where people say tr as ch, s as x, gi or r as d, l as n, or do not tell n from ng and c from t at the end.
_LIST = """
    ba ban bao bat be beo bep bi bien bo boi bong bua bui bun cam can cao cay cha chan chao chay chen chi chim cho
    choi chua chuoi chuong chup co coc com con cua cui cuoc cuon da dao dat day de den dia diem dien do doan doc doi
    don dua duoc duong ech ga gang gao gay ghe ghi go goc goi gom gong gu guong ha hai ham he hem heo hien hinh ho
    hoa hoc hoi hom hon hop hu hue hung huong huou kem keo keu kham khan khay khe khen kheo khi kho khoai khoi khom
    khop khung kien kieu kim la lai lam lan lau leo linh lo loa loai lop lua luc luoi luon ly mai mam man mau me men
    meo met mi mia mien minh mo moc moi mon mu mua muc mui muong nem nep nga ngan ngay nghe nghi ngoai ngoc ngoi
    ngon ngua nguoi nha nhac nhan nhay nhe nho nhom nhua nhung nuoc phan phim pho phoi phong phuong qua quan quat
    que quen quy rung ruoi sach sam san sao sen so soc soi som son sua sung suoi suong ta tai tam tan te tem ten
    thac tham than thao thay the them thep thi thia thien tho thoi thom thong thu thua thuoc thuoi thuyen tia tien
    tieu tim tin to toa toan toc toi tom ton tu tuan tui tuong tuyet ua vang vi viec xa xe xem xeo xich xoai xu xuan
    yen yeu
"""
_WORDS = tuple(_LIST.split())
_GUESSED = ("12345678", "abcdefgh", "qwerty", "asdfgh", "password", "matkhau", "kehoach")


def normal(passphrase: str) -> bytes:
    """The bytes that lock: UTF-8 of the composed form (NFC).

    Input methods write "ế" as one character or as "e" with two marks; both open the same file. 7-Zip on Windows takes
    the characters of the machine's own code page instead: only without diacritics does it surely take the same ones.
    """
    return unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")


def check(passphrase: str) -> None:
    """``SecretError`` where nothing may be locked with it: it is empty, shorter than ``SHORTEST``, or too long."""
    length = len(unicodedata.normalize("NFC", passphrase))
    if not passphrase.strip():
        raise SecretError(_("Chưa có mật khẩu; hãy gõ mật khẩu."))
    if length < SHORTEST:
        raise SecretError(_("Mật khẩu quá ngắn, cần ít nhất {count} ký tự.").format(count=SHORTEST))
    if len(normal(passphrase)) > LONGEST:
        raise SecretError(_("Mật khẩu quá dài, phần mềm khác không mở được; hãy dùng mật khẩu ngắn hơn."))


def weakness(passphrase: str, known: Sequence[str] = ()) -> str:
    """What is weak about it, in one sentence; empty where it is good.

    ``known`` are texts that others know too: the unit's name, its code, the subject. Nothing is refused for being weak
    (``check`` does that), but WinZip's AES makes guessing cheap: the length is what protects.
    """
    try:
        check(passphrase)
    except SecretError as error:
        return str(error)
    plain = re.sub(r"[^a-z0-9]", "", fold(passphrase))
    if passphrase != passphrase.strip():
        return _("Mật khẩu có dấu cách ở đầu hoặc cuối, đọc cho người khác dễ bị sót.")
    if len(set(plain)) < 5 or any(guess in plain for guess in _GUESSED) or _is_row(plain):
        return _("Mật khẩu dễ đoán; hãy dùng nhiều từ không liên quan đến nhau.")
    if any(_is_mostly(plain, re.sub(r"[^a-z0-9]", "", fold(text))) for text in known):
        return _("Mật khẩu giống tên đơn vị hoặc tên kế hoạch, người khác dễ đoán.")
    if len(unicodedata.normalize("NFC", passphrase)) < GOOD_LENGTH or plain.isdigit():
        return _("Mật khẩu còn yếu; nên dài từ {count} ký tự trở lên, có cả chữ và số.").format(count=GOOD_LENGTH)
    if not passphrase.isascii():
        return _("Mật khẩu có dấu: Kế Hoạch Số mở được, 7-Zip trên Windows có thể không; nên gõ không dấu.")
    return ""


def _is_row(plain: str) -> bool:
    """Whether the characters follow one another: 23456789, hgfedcba."""
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    return len(steps) == 1


def _is_mostly(plain: str, text: str) -> bool:
    """Whether it is ``text``, or part of it, with at most a few characters added: a year, a number."""
    core = plain.strip("0123456789")
    return len(core) >= 4 and len(text) >= 4 and (core in text or (text in core and len(core) - len(text) < 4))


def generate(words: int = 6) -> str:
    """A new one to be said on the telephone: words of one syllable, then three digits, joined by hyphens.

    With six words it is one of 2^58.
    """
    chosen = [secrets.choice(_WORDS) for _word in range(words)]
    return "-".join([*chosen, f"{secrets.randbelow(1000):03d}"])
