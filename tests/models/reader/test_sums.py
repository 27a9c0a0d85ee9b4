"""Counts and amounts that add up, told in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.models.reader.read import only, said

ACCOUNTS = (
    "Đơn vị được cấp {} tài khoản thư điện tử, {} tài khoản nay đã ngừng hoạt động vì người dùng chuyển công tác, {} tài"
    " khoản đang sử dụng hằng ngày."
)


@pytest.mark.parametrize(
    "text",
    [
        ACCOUNTS.format(97, 29, 68),
        "Bộ phận có 04 người (01 thạc sĩ và 03 cử nhân)",
        "3.352 chứng thư (trong đó 671 chứng thư của cơ quan, 2.681 chứng thư của cá nhân)",
        "Đơn vị giải quyết 93 TTHC, trong đó 31 TTHC đã lên mức độ 3, mức độ 4",
        "Cơ quan có 72 cán bộ (01 người biệt phái), trong đó 01 người phụ trách, 01 người chuyên trách; 02 cán bộ đúng"
        " chuyên ngành (01 thạc sĩ và 01 cử nhân), 58 công chức và 12 viên chức đã qua lớp tin học",
        "Đơn vị có 41 máy để bàn; 14 máy xách tay, 02 máy chiếu, 02 máy quét cùng 21 máy in",
        "tổ chức 01 lớp, trong đó có 12 công chức và 8 viên chức",
        "20 phòng (12 công chức và 15 viên chức)",
        "100 cán bộ, trong đó 60 nữ, 70 đảng viên",
        "20 cán bộ, trong đó có 12 đại học và 7 cao đẳng",
        "54 TTHC, gồm 31 TTHC mức độ 2, 03 TTHC mức độ 3 và 20 TTHC mức độ 4",
        "54 TTHC, gồm 31 TTHC mức độ 2, 03 TTHC mức độ 3 và một số TTHC khác",
        "Tiếp nhận 97 hồ sơ, 92 hồ sơ đúng hạn, 8 hồ sơ trễ hạn",
        "trình ký 06 văn bản quy phạm, 35 quyết định, 15 kế hoạch và 01 chỉ thị",
        "1.829 TTHC theo 2.096 quy trình; mức độ 3 có 331 TTHC, mức độ 4 có 300 TTHC; 986 TTHC trả qua bưu chính",
        "103.076 hồ sơ, trong đó nhận và trả kết quả tại nhà 71.107 hồ sơ, chỉ trả kết quả 31.969 hồ sơ",
        "68 tài khoản hoạt động thường xuyên trong 97 tài khoản đã cấp; 29 tài khoản đã thu hồi.",
        "khoảng 100 máy, gồm 40 máy để bàn và 50 máy xách tay",
        "100 máy gồm 60 máy để bàn, 40 máy xách tay, 5 máy hỏng",
        "3 lớp gồm 120 học viên, 20 giảng viên và 4 cán bộ",
        "54 thủ tục, trong đó:\n+ Mức độ 2: 31 thủ tục;\n+ Mức độ 3: 03 thủ tục",
        "Quý 3, quý 4 năm 2021 có 12 hồ sơ, 15 văn bản, 20 đơn",
        "11 hệ thống (dự kiến 10 hệ thống cấp độ 2 và 01 hệ thống cấp độ 3, đánh giá trong giai đoạn 2020 - 2025)",
    ],
)
def test_right_or_not_to_be_told(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "words", "added"),
    [
        (ACCOUNTS.format(97, 92, 68), "97 tài khoản", 160),
        (ACCOUNTS.format(97, 19, 68), "97 tài khoản", 87),
        (ACCOUNTS.format(79, 29, 68), "79 tài khoản", 97),
        ("Bộ phận có 04 người (01 thạc sĩ và 02 cử nhân)", "04 người", 3),
        ("3.352 chứng thư (trong đó 617 chứng thư của cơ quan, 2.681 chứng thư của cá nhân)", "3.352 chứng thư", 3298),
        ("54 TTHC, gồm 13 TTHC mức độ 2, 03 TTHC mức độ 3 và 20 TTHC mức độ 4", "54 TTHC", 36),
        ("54 thủ tục, gồm: 31 thủ tục mức độ 2; 13 thủ tục mức độ 3; 20 thủ tục mức độ 4", "54 thủ tục", 64),
        ("54 thủ tục, gồm:\n+ Mức độ 2: 31 thủ tục;\n+ Mức độ 3: 04 thủ tục;\n+ Mức độ 4: 20 thủ tục", "54 thủ tục", 55),
        ("Cơ quan có 45 công chức, trong đó có 25 nam và 21 nữ.", "45 công chức", 46),
        ("86 tài khoản hoạt động thường xuyên trong 97 tài khoản đã cấp; 29 tài khoản đã thu hồi.", "97 tài khoản", 115),
        ("đã được cấp 199 tài khoản, trong đó 172 tài khoản đang sử dụng, 72 tài khoản đã khóa", "199 tài khoản", 244),
        (
            "103.076 hồ sơ, trong đó nhận và trả kết quả tại nhà 71.170 hồ sơ, chỉ trả kết quả 31.969 hồ sơ",
            "103.076 hồ sơ",
            103_139,
        ),
        ("34 hệ thống, gồm 08 hệ thống cấp độ 1, 26 hệ thống cấp độ 2 và 05 hệ thống cấp độ 3.", "34 hệ thống", 39),
        ("25 máy gồm 10 máy để bàn và 12 máy xách tay", "25 máy", 22),
    ],
)  # fmt: skip
def test_other_parts(text: str, words: str, added: int) -> None:
    remark = only(text)
    assert (remark.rule, remark.expected) == ("indicator.parts", added)
    assert text[remark.start : remark.end].startswith(words)


@given(st.lists(st.integers(1, 500), min_size=2, max_size=3))
def test_parts_that_add_up_are_right(parts: list[int]) -> None:
    levels = ", ".join(f"{part} TTHC mức độ {level}" for level, part in enumerate(parts, 2))
    assert said(f"Sở có {sum(parts)} TTHC, gồm {levels}.") == []
    assert [rule for rule, _words in said(f"Sở có {sum(parts) + 1} TTHC, gồm {levels}.")] == ["indicator.parts"]


# ---- money

LINES = "Tổng kinh phí đã bố trí: {} triệu đồng.\n\n- Ngân sách Trung ương: {} triệu đồng (nguồn vốn đầu tư: Không; nguồn vốn sự nghiệp: {} triệu đồng).\n- Ngân sách địa phương: {} triệu đồng (nguồn vốn đầu tư: {} triệu đồng, nguồn vốn sự nghiệp: {} triệu đồng)\n- Các nguồn vốn khác: Không."
AFTER = "- Mua sắm thiết bị: {}.\n- Phần mềm: 0 triệu đồng.\n- Đường truyền Internet: {}.\n\nTổng kinh phí: {}."


@pytest.mark.parametrize(
    "text",
    [
        LINES.format("189.270,5", "8.916", "8.916", "180.354,5", "107.124", "73.230,5"),
        AFTER.format("150 triệu đồng", "117.000.000 đồng", "267.000.000 đồng"),
        "Tổng kinh phí: 120 triệu đồng, trong đó ngân sách tỉnh 100 triệu đồng, nguồn khác 20 triệu đồng.",
        "Tổng kinh phí: 120 triệu đồng, trong đó ngân sách tỉnh 100 triệu đồng.",
        "Tổng kinh phí: 520 triệu đồng, trong đó ngân sách tỉnh 300 triệu đồng, ngân sách huyện 100 triệu đồng.",
        "2.870 triệu đồng (240 triệu đồng năm 2020; 526 triệu đồng các năm còn lại)",
        "1.200 triệu đồng (400 triệu đồng/năm, nguồn ngân sách tỉnh)",
        "41.974 triệu đồng (quy mô hạng mục CNTT: 41.974 triệu đồng; quy mô dự án: 200.000 triệu đồng)",
        "Tổng kinh phí: 100 triệu đồng.\n- Năm trước đã chi: 80 triệu đồng.\n- Năm nay cần: 30 triệu đồng.",
        "Tổng kinh phí: 100 triệu đồng.\n- Nguồn ngân sách: 80 triệu đồng.\n- Nguồn khác sẽ bố trí sau.",
        "Mua máy 10 triệu đồng, máy in 20 triệu đồng và phần mềm 30 triệu đồng",
        "Chi cho an toàn thông tin 87.751 triệu đồng, đạt 46,4% tổng kinh phí cho CNTT.",
        "Tổng kinh phí: 189.270,5 triệu đồng.\n\nAn toàn thông tin: 87.751 triệu đồng, bằng 46,4% chi cho CNTT.",
        "Tổng kinh phí: 189.270,5 triệu đồng.\n\nĐã giải ngân: 87.751 triệu đồng, đạt 92,5% kế hoạch.",
        "180 triệu đồng (vốn đầu tư: 100 triệu đồng, vốn sự nghiệp: 80 triệu đồng)",
    ],
)
def test_money_that_adds_up_or_is_not_to_be_told(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LINES.format("189.270,5", "8.961", "8.961", "180.354,5", "107.124", "73.230,5"), "189.270,5 triệu đồng"),
        (LINES.format("189.270,5", "8.916", "8.916", "180.354,5", "107.142", "73.230,5"), "180.354,5 triệu đồng"),
        (AFTER.format("150 triệu đồng", "117.000.000 đồng", "276.000.000 đồng"), "276.000.000 đồng"),
        (AFTER.format("150 tỷ đồng", "117.000.000 đồng", "267.000.000 đồng"), "267.000.000 đồng"),
        ("Tổng: 120 triệu đồng, trong đó ngân sách tỉnh 100 triệu đồng, nguồn khác 30 triệu đồng.", "120 triệu đồng"),
        ("Tổng: 120 triệu đồng, gồm ngân sách tỉnh 100 triệu đồng và nguồn khác 10 triệu đồng.", "120 triệu đồng"),
        ("180 triệu đồng (vốn đầu tư: 100 triệu đồng, vốn sự nghiệp: 90 triệu đồng)", "180 triệu đồng"),
    ],
)
def test_money_that_does_not_add_up(text: str, words: str) -> None:
    remark = only(text)
    assert (remark.rule, text[remark.start : remark.end]) == ("indicator.parts", words)


def test_the_share_of_an_amount() -> None:
    text = "Tổng kinh phí: 189.270,5 triệu đồng.\n\nAn toàn thông tin: 87.751 triệu đồng, bằng 64,4% chi cho CNTT."
    remark = only(text)
    assert (remark.rule, remark.expected, remark.actual) == ("indicator.share", 46.4, 64.4)
