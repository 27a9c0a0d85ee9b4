"""Sentences as a careful officer writes them, all right, and made of tokens in which one thing can be made wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

from models.money import format_amount
from models.words import amount_in_words

Cited = tuple[str, str, str, str]
"""A cited document: kind, number, date (ISO 8601), issuer."""


@dataclass(frozen=True, slots=True)
class Token:
    """A figure or words in a sentence that can be made wrong: a ``figure`` with its ``words`` beside it, the ``total``
    of a table, an amount or a count in a ``sum`` or ``count`` that is told, a ``share`` of a count.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A line of a section, in pieces; ``section`` is the key of the section in which it stands."""

    pieces: tuple[str | Token, ...]
    section: str = ""

    @property
    def text(self) -> str:
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    def tokens(self) -> list[tuple[int, Token]]:
        return [(at, piece) for at, piece in enumerate(self.pieces) if isinstance(piece, Token)]

    def changed(self, at: int, text: str) -> str:
        """The line with another piece at ``at``."""
        pieces = list(self.pieces)
        pieces[at] = text
        return replace(self, pieces=tuple(pieces)).text


def count(number: int) -> Token:
    return Token("count", f"{number:02d}" if number < 10 else f"{number:,}".replace(",", "."))


def share(part: int, whole: int, decimals: int = 2) -> Token:
    """A percentage as it is rightly rounded, half up."""
    scale = 10**decimals
    scaled = (2 * 100 * scale * part + whole) // (2 * whole)
    text = f"{scaled // scale},{scaled % scale:0{decimals}d}" if decimals else str(scaled)
    return Token("share", text)


def figure(amount: int, unit: str = "dong", kind: str = "figure") -> Token:
    return Token(kind, format_amount(amount, unit))


def words(amount: int) -> Token:
    return Token("words", amount_in_words(amount))


def printed_date(iso: str, spelt: bool) -> str:
    year, month, day = iso.split("-")
    short = str(int(month)) if int(month) > 2 else month
    return f"{day} tháng {short} năm {year}" if spelt else f"{day}/{short}/{year}"


def cited_text(cited: Cited, random: Random) -> str:
    """ "Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ"."""
    kind, number, date, issuer = cited
    return f"{kind} số {number} ngày {printed_date(date, random.random() < 0.3)} của {issuer}"


def _split(random: Random, parts: int, low: int = 3, high: int = 90) -> list[int]:
    return [random.randint(low, high) for _ in range(parts)]


def _accounts(random: Random, year: int, cited: Cited) -> Sentence:
    used, closed = _split(random, 2, 11, 180)
    return Sentence((
        f"- Đến hết tháng 9/{year}, đơn vị đã được cấp ", count(used + closed),
        " tài khoản thư điện tử công vụ, trong đó ", count(used), " tài khoản sử dụng thường xuyên, ",
        count(closed), " tài khoản đã khóa do người dùng chuyển công tác hoặc nghỉ hưu.",
    ), "review.apps")  # fmt: skip


def _systems(random: Random, year: int, cited: Cited) -> Sentence:
    one, two, three = random.randint(2, 9), random.randint(11, 29), random.randint(2, 5)
    return Sentence((
        "- Đơn vị quản lý ", count(one + two + three), " hệ thống thông tin, gồm ", count(one),
        " hệ thống cấp độ 1, ", count(two), " hệ thống cấp độ 2 và ", count(three), " hệ thống cấp độ 3.",
    ), "review.security")  # fmt: skip


def _people(random: Random, year: int, cited: Cited) -> Sentence:
    men, women = random.randint(12, 60), random.randint(12, 60)
    return Sentence((
        "Cơ quan có ", count(men + women), " công chức, trong đó có ", count(men), " nam và ", count(women), " nữ.",
    ), "review.people")  # fmt: skip


def _procedures(random: Random, year: int, cited: Cited) -> Sentence:
    full, partial = random.randint(13, 70), random.randint(11, 40)
    whole = full + partial
    return Sentence((
        "- Đơn vị có ", count(whole), " thủ tục hành chính, trong đó ", count(full),
        " thủ tục được cung cấp trực tuyến toàn trình (", share(full, whole), "%) và ", count(partial),
        " thủ tục được cung cấp trực tuyến một phần (", share(partial, whole), "%).",
    ), "review.apps")  # fmt: skip


def _files(random: Random, year: int, cited: Cited) -> Sentence:
    online, counter, post = random.randint(300, 2400), random.randint(110, 900), random.randint(20, 90)
    whole = online + counter + post
    return Sentence((
        f"- Năm {year}, bộ phận một cửa tiếp nhận ", count(whole), " hồ sơ: ", count(online), " hồ sơ nộp trực tuyến (",
        share(online, whole), "%), ", count(counter), " hồ sơ nộp trực tiếp (", share(counter, whole), "%), ",
        count(post), " hồ sơ nộp qua dịch vụ bưu chính công ích (", share(post, whole), "%).",
    ), "review.apps")  # fmt: skip


def _signed(random: Random, year: int, cited: Cited) -> Sentence:
    whole = random.randint(400, 3000)
    signed = whole - random.randint(9, whole // 4)
    return Sentence((
        "- Trong tổng số ", count(whole), " văn bản đi, có ", count(signed), " văn bản được ký số, đạt ",
        share(signed, whole), "%.",
    ), "review.apps")  # fmt: skip


def _late(random: Random, year: int, cited: Cited) -> Sentence:
    due, late = random.randint(400, 2800), random.randint(12, 90)
    return Sentence((
        "- Trong số ", count(due + late), " nhiệm vụ được giao trên phần mềm, có ", count(due),
        " nhiệm vụ hoàn thành đúng hạn và ", count(late), " nhiệm vụ trễ hạn, tỷ lệ trễ hạn chiếm ",
        share(late, due + late, 1), "%.",
    ), "review.assessment")  # fmt: skip


def _spent(random: Random, year: int, cited: Cited) -> Sentence:
    amount = random.randint(120, 4000) * 1_000_000 + random.choice((0, 0, 250_000, 405_000))
    return Sentence((
        f"Năm {year}, đơn vị đã chi cho bảo trì, sửa chữa thiết bị là ", figure(amount), " đồng (*Bằng chữ: ",
        words(amount), "*).",
    ), "review.infrastructure")  # fmt: skip


def _rented(random: Random, year: int, cited: Cited) -> Sentence:
    amount = random.randint(21, 950) * 1_000_000
    return Sentence((
        "- Thuê dịch vụ giám sát an toàn thông tin với số tiền ", figure(amount, "million"),
        " triệu đồng (bằng chữ: ", words(amount), ").",
    ), "review.security")  # fmt: skip


def _upkeep(random: Random, year: int, cited: Cited) -> Sentence:
    parts = [random.randint(15, 900) * 100_000 for _ in range(3)]
    return Sentence((
        f"- Kinh phí duy trì đường truyền, bảo trì thiết bị năm {year} là ",
        figure(sum(parts), "million", "sum"), " triệu đồng, gồm: ngân sách tỉnh ", figure(parts[0], "million", "sum"),
        " triệu đồng, nguồn thu sự nghiệp ", figure(parts[1], "million", "sum"), " triệu đồng và nguồn tài trợ ",
        figure(parts[2], "million", "sum"), " triệu đồng.",
    ), "review.infrastructure")  # fmt: skip


def _done(random: Random, year: int, cited: Cited) -> Sentence:
    said = cited_text(cited, random)
    return Sentence((f"- Thực hiện {said}, đơn vị đã ban hành kế hoạch và phân công cụ thể.",), "review.legal")


def _follow(random: Random, year: int, cited: Cited) -> Sentence:
    said = cited_text(cited, random)
    return Sentence((f"- Rà soát các quy định nội bộ để phù hợp với {said}.",), "plan.tasks.legal")


def _scheme(random: Random, year: int, cited: Cited) -> Sentence:
    first = year - random.randint(0, 2)
    period = f"{first}{random.choice(('-', ' - ', ' – '))}{first + random.randint(2, 6)}"
    return Sentence(
        (f"- Tiếp tục thực hiện Đề án số hóa tài liệu lưu trữ giai đoạn {period} theo lộ trình được phê duyệt.",),
        "plan.tasks.data",
    )


def _training(random: Random, year: int, cited: Cited) -> Sentence:
    first = year - random.randint(0, 1)
    return Sentence(
        (
            "- Mỗi năm cử ít nhất 02 người dự lớp chuyên sâu về an toàn thông tin, "
            f"từ năm {first} đến năm {first + random.randint(2, 5)}.",
        ),
        "plan.tasks.people",
    )


MAKERS: tuple[Callable[[Random, int, Cited], Sentence], ...] = (
    _accounts, _systems, _people, _procedures, _files, _signed, _late, _spent, _rented, _upkeep, _done, _follow,
    _scheme, _training,
)  # fmt: skip
"""Each makes a sentence of the year before the plan, or of the plan, with a cited document at hand."""
