"""The tables of the five real plans, each in the guises of several offices."""

from __future__ import annotations

from dataclasses import replace

from tests.offices.workbooks import Column, Guise

_SIMPLE: list[Column] = [
    ("number", "TT", ""),
    ("task", "Tên nhiệm vụ, dự án", ""),
    ("objective", "Mục tiêu nhiệm vụ, dự án", ""),
    ("lead", "Đơn vị chủ trì", ""),
    ("time", "Dự kiến thời gian thực hiện", ""),
    ("total", "Dự kiến kinh phí (triệu đồng)", ""),
    ("note", "Ghi chú", ""),
]
_DONG = [*_SIMPLE[:4], ("time", "Lộ trình", ""), ("total", "Kinh phí", ""), ("note", "Ghi chú", "")]
_NO_AMOUNTS: list[Column] = [
    ("number", "STT", ""),
    ("task", "Nội dung công việc", ""),
    ("objective", "Mục tiêu", ""),
    ("lead", "Cơ quan chủ trì", ""),
    ("time", "Thời gian triển khai", ""),
    ("note", "Nguồn kinh phí", ""),
]
_SOURCES: list[Column] = [
    ("number", "STT", ""),
    ("task", "TÊN NHIỆM VỤ, DỰ ÁN VÀ NỘI DUNG CÔNG VIỆC", ""),
    ("lead", "ĐƠN VỊ CHỦ TRÌ", ""),
    ("objective", "MỤC TIÊU", ""),
    ("time", "THỜI GIAN TRIỂN KHAI", ""),
    ("total", "TỔNG MỨC ĐẦU TƯ", ""),
    ("funding.local_recurrent", "NSNN SN", "NGUỒN VỐN"),
    ("funding.local_investment", "NSNN ĐẦU TƯ", "NGUỒN VỐN"),
    ("note", "GHI CHÚ", ""),
]
_BY_SOURCE: list[Column] = [
    *_SOURCES[:5],
    ("total", "Tổng số", "Kinh phí (trđ)"),
    ("funding.local_recurrent", "NSĐP SN", "Kinh phí (trđ)"),
    ("funding.local_investment", "NSĐP ĐTPT", "Kinh phí (trđ)"),
    ("funding.other", "Khác", "Kinh phí (trđ)"),
    ("note", "Ghi chú", ""),
]
_SPENT: list[Column] = [
    ("number", "STT", ""),
    ("task", "Tên nhiệm vụ, dự án", ""),
    ("objective", "Mục tiêu", ""),
    ("total", "Tổng mức đầu tư (đồng)", ""),
    ("note", "Nguồn vốn", ""),
    ("time", "Thời gian thực hiện", ""),
    ("result", "Hiệu quả/hiện trạng", ""),
]
_REVIEW: list[Column] = [
    ("number", "Số thứ tự", ""),
    ("task", "Tên dự án/nhiệm vụ", ""),
    ("lead", "Đơn vị chủ trì", ""),
    ("objective", "Mục tiêu đầu tư", ""),
    ("scope", "Quy mô đầu tư", ""),
    ("time", "Thời gian thực hiện", ""),
    ("total", "Tổng mức đầu tư", ""),
    ("note", "Nguồn vốn", ""),
    ("result", "Hiệu quả /hiện trạng", ""),
]
_PERIOD: list[Column] = [
    ("number", "Số thứ tự", ""),
    ("task", "Tên dự án/nhiệm vụ", ""),
    ("lead", "Đơn vị chủ trì", ""),
    ("objective", "Mục tiêu, quy mô đầu tư", ""),
    ("time", "Thời gian triển khai", ""),
    ("total", "Tổng mức đầu tư (dự kiến)", ""),
    ("note", "Nguồn vốn (ghi rõ: NSTW; NSĐP; ODA; khác)", ""),
]
_YEARS: list[Column] = [
    *_PERIOD[:5],
    ("total", "Tổng dự toán", ""),
    *((f"years.{year}", f"Năm {year}", "Phân kỳ") for year in range(2021, 2026)),
    ("note", "Nguồn vốn", ""),
]

_HEADING = (
    ("ỦY BAN NHÂN DÂN TỈNH", True),
    ("PHỤ LỤC", True),
    ("NHIỆM VỤ, DỰ ÁN PHÁT TRIỂN CHÍNH QUYỀN SỐ NĂM 2022", True),
    ("(Ban hành kèm theo Kế hoạch số      /KH-SNV ngày    tháng 10 năm 2021)", False),
)
_PERIOD_HEADING = (
    ("Phụ lục IV", True),
    ("DANH MỤC CÁC DỰ ÁN, NHIỆM VỤ ỨNG DỤNG CNTT GIAI ĐOẠN 2021 - 2025", True),
)
_REVIEW_HEADING = (("DANH MỤC CÁC DỰ ÁN, NHIỆM VỤ ĐÃ TRIỂN KHAI GIAI ĐOẠN 2016 - 2020", True),)
_SIGNED = ("NGƯỜI LẬP BIỂU", "Nguyễn Thị B")

#: (plan, key of the table, name of the guise) → guise.
GUISES: dict[tuple[int, str, str], Guise] = {
    (0, "tasks", "số, ô gộp xuống"): Guise(
        _SIMPLE, above=_HEADING, merge_down=("note", "objective", "lead"), more={"star": True}, styles=("1",)
    ),
    (0, "tasks", "chữ, đồng, lặp tiêu đề"): Guise(
        _DONG, above=_HEADING, unit="dong", unit_line="ĐVT: đồng", amounts="text", repeat_head=5, total="Tổng cộng:",
        styles=("1",), below=_SIGNED, first_row=3, first_column=2,
    ),
    (0, "tasks", "dấu kiểu Anh"): Guise(
        _DONG, above=_HEADING, unit_line="(Đơn vị tính: Triệu đồng)", amounts="english", column_numbers="(1)",
        total="Cộng", styles=("1",), more={"wide_total": True, "years_as_numbers": True},
    ),
    (0, "tasks", "tên hai dòng"): Guise(
        _SIMPLE, above=_HEADING, amounts="mixed", split_names=True, blank_rows=True, styles=("1",), numbers_as="number"
    ),
    (1, "tasks", "không có kinh phí"): Guise(_NO_AMOUNTS, above=_HEADING, merge_down=("objective", "note"), numbers_as="dot"),
    (1, "tasks", "tiêu đề lặp, đánh số cột"): Guise(
        [*_NO_AMOUNTS[:1], ("task", "Tên nhiệm vụ", ""), *_NO_AMOUNTS[2:3], ("lead", "Đơn vị thực hiện", ""), *_NO_AMOUNTS[4:]],
        column_numbers="1", repeat_head=6, numbers_as="bracket", blank_rows=True,
    ),
    (2, "tasks", "hai dòng tiêu đề gộp"): Guise(
        _SOURCES, above=_HEADING, unit_line="(Đơn vị tính: triệu đồng)", column_numbers="1", styles=("1",),
        below=("(Bằng chữ: Bốn trăm lẻ năm triệu đồng).",),
    ),
    (2, "tasks", "hai dòng tiêu đề không gộp"): Guise(
        _SOURCES, unit="thousand", unit_line="ĐVT: 1.000 đồng", merged_heads=False, amounts="text", styles=("1",),
        dashes=True, total="Tổng số",
    ),
    (2, "tasks", "theo nguồn, tổng ở đầu"): Guise(
        _BY_SOURCE, above=_HEADING, total="TỔNG SỐ", total_at="top", column_numbers="A", dashes=True, styles=("1",),
        more={"wide_total": True},
    ),
    (3, "spending", "ô gộp năm dòng"): Guise(
        _SPENT, above=(("Phụ lục I", True), ("KINH PHÍ THỰC HIỆN NĂM 2021 CỦA SỞ TƯ PHÁP", True)), unit="dong",
        amounts="text", merge_down=("objective", "note", "time", "result"), styles=("1",),
    ),
    (3, "spending", "số, nghìn đồng"): Guise(
        [*_SPENT[:3], ("total", "Số tiền (1.000đ)", ""), *_SPENT[4:6], ("result", "Kết quả thực hiện", "")],
        above=(("KINH PHÍ THỰC HIỆN NĂM 2021", True),), unit="thousand", styles=("1",), numbers_as="number",
    ),
    (4, "spending", "nhóm La Mã đậm"): Guise(
        _REVIEW, above=_REVIEW_HEADING, unit_line="Đơn vị tính: Triệu đồng", amounts="text", styles=("I", "1"),
        total="Tổng cộng (I+II+III+IV):", repeat_head=20,
    ),
    (4, "spending", "nhóm gộp ngang, cộng nhóm"): Guise(
        _REVIEW, above=_REVIEW_HEADING, unit_line="ĐVT: trđ", groups="merged", subtotals="Cộng mục {}", styles=("I", "1"),
        merge_down=("lead", "note", "result"), column_numbers="(1)", numbers_as="number",
    ),
    (4, "spending_security", "không nhóm"): Guise(
        _REVIEW, above=(("DANH MỤC CÁC DỰ ÁN, NHIỆM VỤ AN TOÀN THÔNG TIN TRIỂN KHAI GIAI ĐOẠN 2016 - 2020", True),),
        unit_line="Đơn vị tính: Triệu đồng", amounts="text", styles=("1",), total="Tổng cộng:",
    ),
    (4, "tasks", "số theo năm trong ngoặc"): Guise(
        _PERIOD, above=_PERIOD_HEADING, unit_line="Đơn vị tính: Triệu đồng", amounts="text", styles=("I", "1", "1.1"),
        total="Tổng cộng (I + II):", more={"yearly": True, "lists": True},
    ),
    (4, "tasks", "phân kỳ năm, số"): Guise(
        _YEARS, above=_PERIOD_HEADING, unit_line="Đơn vị tính: Triệu đồng", styles=("I", "1", "1.1"),
        total="TỔNG CỘNG", numbers_as="number", total_at="top", repeat_head=15,
    ),
    (4, "tasks", "nhóm không số"): Guise(
        _PERIOD, above=_PERIOD_HEADING, unit_line="Đơn vị tính: tỷ đồng", amounts="text", styles=("I", "1", "1.1"),
        groups="bold", more={"yearly": True, "upper": False}, blank_rows=True,
    ),
}  # fmt: skip

GUISES[4, "tasks", "nhóm không số"] = replace(
    GUISES[4, "tasks", "nhóm không số"], unit_line="(Đơn vị: triệu đồng)", merge_down=("lead", "note")
)
