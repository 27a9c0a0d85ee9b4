"""What a careful colleague marks in the five real plans, found by reading them one by one, and what only looks wrong.

A quote is the few words that identify the place. ``tests/models/reader/seeds.py`` holds the reader to these lists.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """One mistake of an author.

    ``rules``: any of them names it. ``texts``: how often it stands in the plan's own text, ``fixtures``: how often in
    its fixture (which has the tables as they were, but its own prose). ``beyond``: why no reader is asked to find it.
    """

    plan: int
    rules: tuple[str, ...]
    quote: str
    wrong: str
    right: str
    texts: int = 1
    fixtures: int = 1
    beyond: str = ""


@dataclass(frozen=True, slots=True)
class Trap:
    """What looks wrong and is right: nothing may be marked there."""

    plan: int
    quote: str
    why: str


LABELS = (
    # ---- 000
    # The office: the eight amounts of the table give 5.039,772 million; 4.009,772 was added up as 4.009,722.
    Label(0, ("total.stated",), "5.039,722", "the stated total is not the sum of the rows", "5.039,772"),
    # The same slip, carried from the table into the budget section; figures and words agree with each other.
    Label(0, ("total.text",), "5.039.722.000", "the total told is not that of the table", "5.039.772.000"),
    # ---- 001
    # A word typed twice.
    Label(1, ("text.repeat",), "cho cho công chức", "a word twice in a row", "cho công chức", fixtures=0),
    # Pasted twice; the same text went round between the offices of the province, 003 has it as well.
    Label(
        1,
        ("text.repeat",),
        "ngày 29/12/2020 của UBND tỉnh ngày 29/12/2020",
        "date and issuer twice in a row",
        "once",
    ),
    # Both documents open the plan and stand in its list of bases again.
    Label(1, ("basis.duplicate",), "5362/QĐ-UBND", "cited twice among the bases", "once"),
    Label(1, ("basis.duplicate",), "1094/STTTT-BCVT&CNTT", "cited twice among the bases", "once"),
    # The plan is of 2022 alone.
    Label(1, ("period.outside",), "2022-2024", "a time that is only in part within 2022", "the part of 2022"),
    Label(1, ("period.outside",), "Quý 4/2021", "a time of the year before the plan", "a quarter of 2022"),
    # ---- 002
    # 2025 typed as 2015, in the review and copied to the bases (the fixture has its own review).
    Label(2, ("period.order",), "giai đoạn 2021-2015", "the period ends before it begins", "2021-2025", texts=2),
    # 31 of 54 is 57,407…%: cut off, not rounded, so that the three shares add up to 100,00.
    Label(2, ("indicator.share",), "57,40%", "31 of 54 is not 57,40%", "57,41%"),
    # ---- 003
    # The plan is of October 2021; the document is one of 2020.
    Label(3, ("basis.future",), "44/KH-STP ngày 25/12/2021", "dated after the plan", "25/12/2020"),
    Label(3, ("basis.date",), "17/NQ-CP", "09/3/2019 is not its date", "07/3/2019"),
    Label(
        3,
        ("text.repeat",),
        "ngày 29/12/2020 của UBND tỉnh ngày 29/12/2020",
        "date and issuer twice in a row",
        "once",
    ),
    Label(
        3,
        ("text.repeat",),
        "nâng cao năng cao hiệu quả",
        "two words typed twice, the second time with another letter",
        "nâng cao hiệu quả",
        fixtures=0,
        beyond="the two are not the same words: “năng” is a word, and like-sounding pairs are how Vietnamese forms words",
    ),
    # ---- 004
    Label(
        4,
        ("basis.date",),
        "Luật An toàn thông tin",
        "86/2015/QH13 is not of 11/9/2015 (day and month mixed up: 19/11)",
        "19/11/2015",
    ),
    Label(
        4,
        ("basis.year", "basis.date"),
        "45/2018/QĐ-TTg ngày 09/11/2019",
        "the year in the number is not that of the date",
        "09/11/2018",
    ),
    Label(4, ("text.repeat",), "tỉnh tỉnh", "a word twice in a row", "tỉnh"),
    Label(4, ("text.repeat",), "điện tử điện tử", "two words twice in a row", "điện tử"),
    Label(4, ("text.repeat",), "Các các phần mềm", "a word twice in a row", "Các phần mềm"),
)

#: Mistakes that no rule of the design's table is about. They are listed so that nobody reads them as overlooked.
WITHOUT_A_RULE = (
    (1, "ngày / /2022", "the appendix gives the year 2022 to a plan of 2021"),
    (1, "2\tTiếp tục số hóa", "two rows of the table have the number 2; here numbers are made, not typed"),
    (2, "VI. AN TOÀN THÔNG TIN", "section VI twice, then V again; here numbers are made, not typed"),
    (3, "2323/BTTTT-THH", "the decision is 2323/QĐ-BTTTT; 004 has it from the same guidance"),
    (4, "985/QĐ-TTg ngày 08/8/2018 của Chính phủ", "issued by the Prime Minister"),
    (4, "Kế hoạch số 1069/KH-UBND", "an appendix calls its own plan by another number (10693)"),
    (4, "10/QĐ-KH-UBND ngày 09/2/2020", "another appendix: number and month are damaged"),
)

TRAPS = (
    Trap(0, "58 công chức, 12 viên chức", "with the 02 named before they are the 72; 01 and 01 are among them"),
    Trap(0, "2.215.000.000 đ", "the budget of the year before, with its right words; not the total of the table"),
    Trap(0, "giai đoạn 2021-2025, định hướng đến năm 2030", "a period cited in a plan of 2022"),
    Trap(0, "gửi nhận văn bản, văn bản chỉ đạo", "a list: the comma makes it no repetition"),
    Trap(0, "08/CT-UBND ngày 17 tháng 05 năm 2018", "a month written 05"),
    Trap(1, "đạt 80% TTHC", "a target, not the share of a count; so is the 50% behind it"),
    Trap(1, "Nghị định số 43/2011/NĐ-CP", "in force until 15/8/2022, after the plan"),
    Trap(1, "67/2020/QĐ-UBND ngày 08/10/2020", "year in the number and date agree"),
    Trap(2, "14/CT-TTg ngày 25/5/2018", "the directives of 2018 and 2019 have the same number; both exist"),
    Trap(2, "14/CT-TTg ngày 07/6/2019", "the other of the two"),
    Trap(2, "77/77 máy", "a count of a whole, not a document"),
    Trap(2, "97 tài khoản iDesk", "29 closed and 68 in use are 97"),
    Trap(2, "03 TTHC (5,56%)", "5,5556 rounded"),
    Trap(2, "20 TTHC (37,04%)", "37,037 rounded"),
    Trap(2, "13 hồ sơ (27,66%)", "of 47"),
    Trap(2, "26 hồ sơ (55,32%)", "of 47"),
    Trap(2, "8 hồ sơ (17,02%)", "of 47; the three shares add up to 100,00"),
    Trap(2, "267.000.000 đồng", "150 triệu, 0 triệu and 117.000.000 đồng: the sum in mixed units is right"),
    Trap(2, "04 người (01 Thạc sỹ", "one and three"),
    Trap(2, "Quyết định v/v ban hành", "the kind of the document is named again by its issuer's words"),
    Trap(2, "đến năm 2020, định hướng đến 2025", "years that close a programme, not a period"),
    Trap(3, "Nghị định 30/2020/NĐ-CP ngày 5 tháng 3 năm 2020", "a day without its zero"),
    Trap(3, "28/2018/QĐ-TTG", "written with a capital G"),
    Trap(3, "cơ chế một cửa, một cửa liên thông", "the name of the mechanism"),
    Trap(3, "nâng cấp trang bị trang thiết bị", "to equip with equipment"),
    Trap(3, "117/QĐ-STP ngày 27/09/2021", "not the Prime Minister's 117/QĐ-TTg"),
    Trap(4, "103.076 hồ sơ", "71.107 and 31.969"),
    Trap(4, "44.239 công việc", "40.433 in time and 3.806 late"),
    Trap(4, "tỷ lệ trễ hạn chiếm 8,6%", "3.806 of 44.239 is 8,603…%"),
    Trap(4, "3.352 chứng thư số", "671 and 2.681"),
    Trap(4, "331 TTHC mức độ 3 và 300 TTHC", "some of the 1.829, not all"),
    Trap(4, "trong giai đoạn 2020 - 2025", "begins a year before the plan, in the review"),
    Trap(4, "180.354,5 triệu đồng", "107.124 and 73.230,5; with 8.916 it is 189.270,5"),
    Trap(4, "46,4% so với tổng kinh phí", "87.751 of 189.270,5 is 46,363…%"),
    Trap(4, "87.751 triệu đồng (nguồn vốn đầu tư: 57.478", "and 30.273"),
    Trap(4, "264.485,5 triệu đồng", "with 4.500 and 11.000 it is 279.985,5"),
    Trap(4, "06 văn bản quy phạm pháp luật", "with the 35, 15 and 01 behind it; the register counts the yearly ones as one row"),
    Trap(4, "Thông tư số 47/2016/TT-BTTTT", "in force until 15/02/2021, after the plan's date"),
    Trap(4, "Luật Giao dịch điện tử ngày 29/11/2005", "without its number; in force until 2024"),
    Trap(4, "QCVN 102:2016/BTTTT", "a standard, not a document with a date"),
    Trap(4, "TCVN ISO 9001:2015", "a standard"),
    Trap(4, "Quyết định số 2245/QĐ-UBND ngày 08/8/2018", "one of two documents in one cell"),
    Trap(4, "truyền thông thông tin", "to communicate information: two words that share a syllable"),
    Trap(4, "còn chung chung", "reduplication is a word of its own"),
    Trap(4, "Văn phòng Sở - Sở Lao động", "the office of a department, and the department"),
    Trap(4, "bản đồ nền địa hình, địa hình", "two kinds of maps"),
    Trap(4, "chuyển đổi số, số hóa", "a comma between two words"),
    Trap(4, "240/năm 2020; 526/năm còn lại", "240 and five times 526 are the 2.870 of the row; 240/năm is no document"),
    Trap(4, "41.974; quy mô dự án 200.000", "the part that counts, and the size of the whole project"),
    Trap(4, "năm 2020 giải ngân 1.800", "what one year spends of the 2.800"),
    Trap(4, "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018", "cited twice in a sentence of the text; the list of bases is another thing"),
)  # fmt: skip
