"""What the fields of a plan and of its parts are called, short: where one is found, and where one has changed."""

from __future__ import annotations

from models.i18n import N_, Say
from models.template import Template

_OF_PLAN = {
    "template": N_("Mẫu kế hoạch"), "unit_parent": N_("Cơ quan chủ quản"), "unit_name": N_("Tên đơn vị"),
    "unit_code": N_("Mã đơn vị"), "place": N_("Địa danh"), "addressee": N_("Nơi nhận báo cáo"),
    "subject": N_("Trích yếu"), "period_from": N_("Từ năm"), "period_to": N_("Đến năm"), "number": N_("Số"),
    "symbol": N_("Ký hiệu"), "day": N_("Ngày"), "month": N_("Tháng"), "year": N_("Năm"),
    "capacity": N_("Quyền hạn ký"), "signer_position": N_("Chức vụ"), "signer_name": N_("Họ và tên"),
    "recipients": N_("Nơi nhận"), "outline": N_("Kiểu đánh số đề mục"),
}  # fmt: skip
_PRINT = {
    "bases": N_("Cách in căn cứ pháp lý"), "attached": N_("Dòng dưới tên phụ lục"),
    "charts": N_("Trang biểu đồ kinh phí"),
}  # fmt: skip
_OF_PARTS = {
    "place": N_("Vị trí"), "key": N_("Khóa trong mẫu"), "extra": N_("Trường khác trong tệp"),
    "kind": N_("Loại văn bản"), "number": N_("Số, ký hiệu"), "date": N_("Ngày ban hành"),
    "issuer": N_("Cơ quan ban hành"), "subject": N_("Trích yếu"), "heading": N_("Tiêu đề mục"), "text": N_("Nội dung"),
    "title": N_("Tên bảng"), "section": N_("Nơi in bảng"), "unit": N_("Đơn vị tính"),
    "numbering": N_("Kiểu đánh số"), "continuous": N_("Đánh số liên tục"), "layout": N_("Kiểu cột"),
    "columns": N_("Các cột"), "stated_total": N_("Tổng đã nêu"), "group": N_("Tên nhóm"), "task": N_("Tên nhiệm vụ"),
    "objective": N_("Mục tiêu"), "scope": N_("Quy mô"), "lead": N_("Đơn vị chủ trì"), "time_from": N_("Từ năm"),
    "time_to": N_("Đến năm"), "time": N_("Thời gian"), "total": N_("Kinh phí"),
    "security": N_("An toàn thông tin"), "carried_over": N_("Chuyển tiếp"), "result": N_("Kết quả"),
    "note": N_("Ghi chú"), "set_aside": N_("Phát hiện bỏ qua"), "unread": N_("Chưa đọc lại"),
    "template_version": N_("Phiên bản mẫu"),
}  # fmt: skip


def particular_name(field: str, template: Template, say: Say = str) -> str:
    """What a field of the plan itself is called, an indicator (``indicators.KEY``) or a choice of print.

    Without ``say``, in Vietnamese; ``KeyError`` for a field that has no name.
    """
    kind, dot, key = field.partition(".")
    if dot and kind == "indicators":
        spec = template.indicator(key)
        return spec.label if spec else key
    if dot and kind == "print":
        return say(_PRINT[key]) if key in _PRINT else key
    return say(_OF_PLAN.get(field) or _OF_PARTS[field])


def field_name(field: str, template: Template, columns: tuple[str, ...] | None = None, say: Say = str) -> str:
    """What a field of a basis, section, table or row is called: ``lead``, ``funding.KEY``, ``years.2022``, ``cells.3``.

    ``columns`` are those of a register. Without ``say``, in Vietnamese; ``KeyError`` for a field that has no name.
    """
    kind, dot, key = field.partition(".")
    if not dot:
        return say(_OF_PARTS[field])
    if kind == "funding":
        return template.source(key).short
    if kind == "years":
        return say(N_("Năm {year}")).format(year=key)
    at = int(key)
    named = columns[at] if columns and at < len(columns) else ""
    return named or say(N_("Cột {number}")).format(number=at + 1)
