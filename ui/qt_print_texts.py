"""The texts of Qt's own print dialog, where the system brings none of its own: Windows shows that of the system."""

from __future__ import annotations

from models.i18n import N_
from ui import qt_texts

_TEXTS: dict[str, dict[str, str]] = {
    "QPrintDialog": {
        "Print": N_("In"),
        "&Print": N_("&In"),
        "All Pages": N_("Tất cả các trang"),
        "Odd Pages": N_("Trang lẻ"),
        "Even Pages": N_("Trang chẵn"),
        "&Options >>": N_("&Tùy chọn >>"),
        "&Options <<": N_("&Tùy chọn <<"),
        "Print to File (PDF)": N_("In ra tệp PDF"),
        "Local file": N_("Tệp trên máy này"),
        "Write PDF file": N_("Ghi tệp PDF"),
    },
    "QPrintWidget": {
        "Printer": N_("Máy in"),
        "&Name:": N_("&Tên:"),
        "P&roperties": N_("T&huộc tính"),
        "Location:": N_("Nơi đặt:"),
        "Type:": N_("Loại:"),
        "Preview": N_("Xem trước"),
        "Output &file:": N_("&Ghi vào tệp:"),
    },
    "QPrintSettingsOutput": {
        "Print range": N_("Trang in"),
        "Print all": N_("Tất cả"),
        "Pages from": N_("Từ trang"),
        "to": N_("đến"),
        "Pages": N_("Các trang"),
        "Specify pages or ranges separated by commas. Ranges are specified by two numbers separated by a hyphen."
        " E.g: 3,5-7,9 prints pages 3, 5, 6, 7 and 9.": N_(
            "Ghi các trang cách nhau bằng dấu phẩy, khoảng trang có gạch nối; ví dụ 3,5-7,9 in trang 3, 5, 6, 7 và 9."
        ),
        "Current Page": N_("Trang đang xem"),
        "Selection": N_("Phần đã chọn"),
        "Page &Set:": N_("&Lẻ, chẵn:"),
        "Output Settings": N_("Cách in"),
        "Copies:": N_("Số bản:"),
        "Copies": N_("Số bản"),
        "Collate": N_("In lần lượt từng bản"),
        "Reverse": N_("In từ trang cuối"),
        "Color Mode": N_("Màu"),
        "Color": N_("In màu"),
        "Grayscale": N_("In đen trắng"),
        "Double Sided Printing": N_("In hai mặt"),
        "Off": N_("In một mặt"),
        "Long side binding": N_("Lật theo cạnh dài"),
        "Short side binding": N_("Lật theo cạnh ngắn"),
        "Options": N_("Tùy chọn"),
    },
    "QPlatformTheme": {"OK": N_("Đồng ý"), "Cancel": N_("Hủy")},
}


def install() -> None:
    """Put the texts in; once is enough."""
    qt_texts.learn(_TEXTS)
