"""Vì sao: each rule of the checks in words: what is compared, what to do, and the law or custom it comes from.

Only sources that the project's own papers name are given; a rule without one says plainly whose rule it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.checks.finding import Finding
from models.citations import printed_date
from models.i18n import N_, _
from models.template import Template

#: The source of a rule that no law states.
OWN = N_("Quy tắc của chương trình, không phải quy định của pháp luật.")
#: The source of a rule about what the template asks for; ``{name}`` is the template's name.
OF_TEMPLATE = N_("Mẫu “{name}”.")
#: The same where the template itself says whence it has that.
_OF_TEMPLATE_BY_LAW = N_("{law}; mẫu “{name}”.")
#: The source of a rule that holds what is cited against the list of known documents.
OF_CATALOGUE = N_("Danh mục căn cứ của chương trình và các bản cập nhật đã nhận.")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in words (``N_``): its name, what is compared with what, and what to do.

    ``source`` is the law it comes from, ``OWN``, ``OF_TEMPLATE`` or ``OF_CATALOGUE``.
    """

    title: str
    compared: str
    remedy: str
    source: str = OWN


RULES: dict[str, Rule] = {
    "total.stated": Rule(
        N_("Tổng đã nêu khác tổng tính được"),
        N_("Tổng do người lập ghi cho bảng hoặc nhóm được so với tổng các nhiệm vụ trong đó; nhiệm vụ có phần việc"
           " chỉ tính một lần."),
        N_("Nếu các dòng đã đúng, lấy số tính được. Nếu tổng là mức đã được duyệt, tìm dòng ghi sai hoặc còn thiếu."),
    ),
    "total.funding": Rule(
        N_("Các nguồn vốn không cộng thành tổng kinh phí"),
        N_("Số tiền của các nguồn vốn trong một nhiệm vụ được cộng lại và so với tổng kinh phí của nhiệm vụ đó."),
        N_("Sửa số tiền của nguồn ghi sai, hoặc lấy số tính được làm tổng. Để trống tổng thì chương trình tự cộng."),
    ),
    "total.years": Rule(
        N_("Kinh phí các năm không cộng thành tổng kinh phí"),
        N_("Số tiền phân kỳ theo năm của một nhiệm vụ được cộng lại và so với tổng kinh phí của nhiệm vụ đó."),
        N_("Sửa số tiền của năm ghi sai, hoặc lấy số tính được làm tổng. Để trống tổng thì chương trình tự cộng."),
    ),
    "total.parts": Rule(
        N_("Các phần việc không cộng thành tổng kinh phí"),
        N_("Kinh phí các phần việc nằm dưới một nhiệm vụ được cộng lại và so với tổng kinh phí của nhiệm vụ đó."),
        N_("Sửa phần việc ghi sai, hoặc lấy số tính được làm tổng. Để trống tổng thì chương trình tự cộng."),
    ),
    "total.text": Rule(
        N_("Tổng kinh phí trong lời văn khác bảng"),
        N_("Tổng kinh phí viết trong mục được so với tổng tính được của bảng mà câu đó nói đến."),
        N_("Lấy số tính được, hoặc thay con số bằng trường tự điền để số luôn theo bảng."),
    ),
    "words.text": Rule(
        N_("Số tiền và phần bằng chữ khác nhau"),
        N_("Phần viết bằng chữ được đọc lại thành số và so với số tiền viết ngay cạnh nó."),
        N_("Viết lại bằng chữ theo số tiền; nếu số tiền mới là chỗ sai thì sửa số tiền."),
    ),
    "amount.negative": Rule(
        N_("Số tiền nhỏ hơn 0"),
        N_("Kinh phí trong kế hoạch là số tiền dự kiến chi nên không thể nhỏ hơn 0."),
        N_("Sửa lại số tiền; khoản giảm thì ghi vào cột ghi chú."),
    ),
    "amount.scale": Rule(
        N_("Số tiền có vẻ nhầm đơn vị tính"),
        N_("Số tiền lớn hoặc nhỏ khác thường so với các dòng khác của bảng, như khi gõ đồng vào cột triệu đồng."),
        N_("Xem lại đơn vị tính của bảng rồi gõ lại; nếu số tiền đúng là như vậy thì để nguyên."),
    ),
    "amount.missing": Rule(
        N_("Nhiệm vụ chưa có kinh phí"),
        N_("Bảng có cột kinh phí mà dòng này và các phần việc của nó đều chưa ghi số tiền nào."),
        N_("Ghi kinh phí; nếu không cần, ghi 0 hoặc viết “không sử dụng kinh phí”, “lồng ghép” vào cột ghi chú."),
    ),
    "share.security": Rule(
        N_("Kinh phí an toàn thông tin dưới mức tối thiểu"),
        N_("Kinh phí của các nhiệm vụ được đánh dấu an toàn thông tin được chia cho tổng kinh phí của bảng và so với"
           " mức tối thiểu ghi trong mẫu."),
        N_("Đánh dấu đủ các nhiệm vụ an toàn thông tin, hoặc bổ sung kinh phí cho nội dung này."),
        OF_TEMPLATE,
    ),
    "header.missing": Rule(
        N_("Thiếu thành phần thể thức"),
        N_("Tên đơn vị, địa danh, năm ban hành, năm của kế hoạch, trích yếu và họ tên người ký phải có khi in; số và"
           " ngày thì văn thư điền sau được."),
        N_("Điền ô còn trống ở trang Thông tin chung."),
        N_("Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I: mục II.2 (tên cơ quan), II.4 (địa danh và thời gian),"
           " II.5 (tên loại và trích yếu), II.7 (người ký)."),
    ),
    "section.missing": Rule(
        N_("Mục bắt buộc chưa có nội dung"),
        N_("Mục mà mẫu bắt buộc phải có lời văn, bảng có dòng hoặc số liệu, ở chính nó hay ở một mục bên dưới."),
        N_("Viết nội dung cho mục; nếu trong kỳ không có, hãy viết rõ là không có."),
        OF_TEMPLATE,
    ),
    "table.missing": Rule(
        N_("Bảng bắt buộc chưa có dòng nào"),
        N_("Bảng mà mẫu bắt buộc phải có ít nhất một dòng."),
        N_("Nhập hoặc dán các dòng vào bảng."),
        OF_TEMPLATE,
    ),
    "task.incomplete": Rule(
        N_("Nhiệm vụ ghi chưa đủ"),
        N_("Nhiệm vụ phải có tên; bảng có cột đơn vị chủ trì và thời gian thì nhiệm vụ hoặc các phần việc của nó phải"
           " ghi hai nội dung này."),
        N_("Điền ô còn trống. Phần việc giống nhiệm vụ thì chỉ cần ghi một lần ở nhiệm vụ."),
    ),
    "task.duplicate": Rule(
        N_("Nhiệm vụ ghi hai lần"),
        N_("Hai nhiệm vụ trong một bảng cùng tên, cùng đơn vị chủ trì và cùng thời gian, không kể chữ hoa, chữ"
           " thường."),
        N_("Xóa một dòng, hoặc ghi rõ hai nhiệm vụ khác nhau ở điểm nào."),
    ),
    "period.order": Rule(
        N_("Thời gian kết thúc trước khi bắt đầu"),
        N_("Lúc bắt đầu và lúc kết thúc của một khoảng thời gian được so với nhau, trong các ô và cả trong lời văn, như"
           " “2021-2015”."),
        N_("Sửa lại ngày, tháng hoặc năm ghi sai."),
    ),
    "period.outside": Rule(
        N_("Thời gian nằm ngoài kỳ kế hoạch"),
        N_("Thời gian của nhiệm vụ, và năm trong trích yếu, tên phần, tên bảng, được so với các năm của kế hoạch;"
           " nhiệm vụ chuyển tiếp được bắt đầu từ trước."),
        N_("Sửa thời gian, đánh dấu nhiệm vụ chuyển tiếp, hoặc bỏ nhiệm vụ khỏi kế hoạch này."),
    ),
    "basis.year": Rule(
        N_("Năm trong số hiệu khác năm ban hành"),
        N_("Năm nằm trong số hiệu của văn bản, như 2019 trong 17/2019/TT-BKHCN, được so với năm của ngày ban hành."),
        N_("Mở lại văn bản gốc và sửa số hiệu hoặc ngày ban hành."),
    ),
    "basis.date": Rule(
        N_("Ngày ban hành khác danh mục căn cứ"),
        N_("Ngày của văn bản được viện dẫn được so với ngày ban hành trong danh mục căn cứ; số được cấp lại mỗi năm nên"
           " chỉ so khi chắc chắn là cùng một văn bản."),
        N_("Lấy ngày đúng. Nếu danh mục sai, sửa văn bản đó ở Danh mục căn cứ của đơn vị."),
        OF_CATALOGUE,
    ),
    "basis.expired": Rule(
        N_("Căn cứ không còn hiệu lực"),
        N_("Ngày hết hiệu lực trong danh mục căn cứ được so với ngày của kế hoạch; văn bản chưa ghi ngày hết hiệu lực"
           " thì tính từ ngày văn bản thay thế có hiệu lực. Chỉ xét các căn cứ của kế hoạch."),
        N_("Thay bằng văn bản mới; văn bản mới đã được nêu thì bỏ căn cứ này."),
        OF_CATALOGUE,
    ),
    "basis.future": Rule(
        N_("Văn bản ghi ngày sau ngày của kế hoạch"),
        N_("Ngày của văn bản được viện dẫn được so với ngày ban hành kế hoạch; kế hoạch chưa ghi ngày thì tính đến hết"
           " tháng hoặc hết năm của kế hoạch."),
        N_("Sửa ngày của văn bản, hoặc ngày, tháng, năm của kế hoạch."),
    ),
    "basis.duplicate": Rule(
        N_("Văn bản được viện dẫn hai lần"),
        N_("Hai căn cứ là cùng một văn bản: cùng số và ngày ban hành, hoặc cùng số có năm ban hành, dù cách viết khác"
           " nhau; câu tự viết được tính theo văn bản nêu đầu tiên."),
        N_("Bỏ một trong hai căn cứ."),
    ),
    "indicator.parts": Rule(
        N_("Các phần không cộng thành tổng số"),
        N_("Các phần của một số liệu trong mẫu, hoặc các phần mà chính câu văn kể ra, được cộng lại và so với tổng"
           " số."),
        N_("Sửa phần ghi sai, hoặc lấy số tính được làm tổng số."),
    ),
    "indicator.share": Rule(
        N_("Tỷ lệ đã nêu khác tỷ lệ tính được"),
        N_("Tỷ lệ phần trăm được tính lại từ hai số liệu của nó, trong bảng số liệu hoặc trong chính câu văn; chỉ bỏ"
           " qua sai lệch do làm tròn."),
        N_("Lấy số tính được, hoặc sửa số liệu dùng để tính."),
    ),
    "text.placeholder": Rule(
        N_("Trường tự điền không có"),
        N_("Chữ trong ngoặc nhọn được so với các trường mà kế hoạch này điền được; trường lạ sẽ bị in nguyên như"
           " đã gõ."),
        N_("Xóa trường này rồi chọn lại trong danh sách trường tự điền."),
    ),
    "text.repeat": Rule(
        N_("Chữ viết hai lần liền nhau"),
        N_("Một từ hoặc cụm từ được so với từ hoặc cụm từ ngay sau nó; từ láy như “luôn luôn” và tên riêng không"
           " tính."),
        N_("Bỏ bớt một lần; nếu viết lặp là có ý thì giữ nguyên."),
    ),
}  # fmt: skip


def source(rule: str, template: Template) -> str:
    """The law, the template or the custom that ``rule`` comes from, in the language set now."""
    stated = RULES[rule].source
    laws = {"share.security": template.limits.security_source, "section.missing": template.law}
    law = laws.get(rule, "")
    if stated == OF_TEMPLATE and law:
        return _(_OF_TEMPLATE_BY_LAW).format(law=law, name=template.name)
    return _(stated).format(name=template.name)


def explanation(rule: str, template: Template) -> list[tuple[str, str]]:
    """The rule in words: a label and a sentence for each of what is compared, what to do, and the source."""
    words = RULES[rule]
    return [
        (_("So sánh"), _(words.compared)),
        (_("Cách sửa"), _(words.remedy)),
        (_("Căn cứ"), source(rule, template)),
    ]


def figures(finding: Finding) -> tuple[str, str]:
    """What stands in the plan, and what should, as the finding's sentence writes them; empty where it has none."""
    values, expected, actual = finding.values, finding.expected, finding.actual
    if finding.rule == "share.security":
        return str(values["actual"]), _("ít nhất {limit}").format(limit=values["limit"])
    if finding.rule == "basis.date":
        return printed_date(actual), printed_date(expected)
    if finding.rule == "basis.future":
        return printed_date(actual), _("không sau {date}").format(date=printed_date(expected))
    if finding.rule == "amount.negative":
        return _shown("actual", actual, values), _("từ 0 trở lên")
    return _shown("actual", actual, values), _shown("expected", expected, values)


def _shown(name: str, value: object, values: dict[str, object]) -> str:
    """A figure as the sentence has it, with its unit; else as it is."""
    if value is None:
        return ""
    if name not in values:
        return str(value)
    unit = values.get("unit")
    return f"{values[name]} {unit}" if unit else str(values[name])
