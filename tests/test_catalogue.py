"""The English catalogue says all that the program says, and no text of the window goes past it."""

from __future__ import annotations

import ast
import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from models import i18n

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = ROOT / "resources" / "locale" / "en" / "LC_MESSAGES" / "kehoachso.po"
KEYWORDS = ("_", "N_")

#: What stays Vietnamese in English: names, words of the printed document, and examples of what is typed into one.
VIETNAMESE_KEPT = (
    "Kế Hoạch Số",
    "đồng",
    "DỰ THẢO",
    "“Căn cứ”",
    "4.009,772 triệu",
    "example: 749/QĐ-TTg",
    "example: Hà Tĩnh",
    "example: UBND tỉnh Hà Tĩnh",
    "“Nơi nhận”",
    "“luôn luôn”",
    "example: Căn cứ kết quả thực hiện kế hoạch năm trước tại đơn vị",
    "example: phê duyệt Chương trình chuyển đổi số quốc gia đến năm 2025",
    "30/2020/NĐ-CP",
    "“không sử dụng kinh phí”",
    "“lồng ghép”",
    "“nâng cấp”",
    "“toàn”",
)

#: Texts in ui/ that are Vietnamese in every language, by file, and why.
NOT_TRANSLATED = {
    "ui/app.py": {"Kế Hoạch Số"},  # the program's name, for the system
    "ui/menus.py": {"Tiếng Việt"},  # a language is named in itself
    "ui/pages/bases.py": {"Quyết định"},  # a kind of document, which goes into the plan
    "ui/widgets/basis_form.py": {  # kinds of documents, which go into the plan
        "Luật", "Nghị quyết", "Nghị định", "Quyết định", "Chỉ thị", "Thông tư", "Kế hoạch", "Công văn", "Kết luận",
    },
    "ui/dialogs/particulars.py": {  # examples of what is typed into a plan
        "UBND TỈNH HÀ TĨNH", "SỞ NỘI VỤ", "Hà Tĩnh", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Nguyễn Văn A",
    },
    "ui/dialogs/catalogue_entry.py": {"Quyết định"},  # a kind of document
    "ui/dialogs/templates.py": {" (mẫu mới)"},  # goes into the name of a template
    "ui/template_editor/asked.py": {  # as they are printed
        "Phần I", "đồng", "nghìn đồng", "triệu đồng",
    },
    "ui/template_editor/outline.py": {"Nội dung", "Ghi chú"},  # go into the template
    "ui/template_editor/preview.py": {"TÊN ĐƠN VỊ"},  # goes into the printed page
    "ui/tables/columns.py": {"Mục tiêu", "Quy mô"},  # heads of columns, as those of the template beside them
    "ui/widgets/print_card.py": {  # as they are printed
        "Phần I", "Kèm theo", "Ban hành kèm theo",
    },
    "ui/widgets/spelling.py": {" (*Bằng chữ: "},  # goes into the plan
    "ui/widgets/plan_fields.py": {  # units and positions, as they are typed into a plan and signed
        "VĂN PHÒNG", "CHÁNH VĂN PHÒNG", "CHÁNH THANH TRA", "CHI CỤC", "CHI CỤC TRƯỞNG", "CỤC", "CỤC TRƯỞNG",
        "TRUNG TÂM", "GIÁM ĐỐC", "SỞ", "PHÒNG", "TRƯỞNG PHÒNG", "TRƯỞNG BAN", "CHỦ TỊCH", "ỦY BAN NHÂN DÂN",
        "UỶ BAN NHÂN DÂN", "THỦ TRƯỞNG", "BAN LÃNH ĐẠO", "PHÓ ",
    },
    "ui/widgets/values.py": {  # a pattern: dates as they are typed
        r"(?:ngày\s+)?(\d{1,2})(?:\s*[/.\-]\s*|\s+tháng\s+|\s+)(\d{1,2})(?:\s*[/.\-]\s*|\s+năm\s+|\s+)(\d{1,4})",
    },
}  # fmt: skip

_MARKS = "\u0300\u0301\u0303\u0309\u0323\u0302\u0306\u031b"
_PLACEHOLDER = re.compile(r"%\(\w+\)s|%[sd]|\{[^{}]*\}")
_MNEMONIC = re.compile(r"&(?=[^\W_])")


def is_vietnamese(text: str) -> bool:
    """Whether ``text`` has a letter that Vietnamese has and English has not."""
    return any(letter in "đĐ" or letter in _MARKS for letter in unicodedata.normalize("NFD", text))


def sources(*folders: str) -> Iterator[tuple[str, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def marked(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls of ``_`` and ``N_``, also those inside f-strings, which Babel does not see."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            yield node


@functools.cache
def extracted() -> dict[str, list[str]]:
    """Every message that Babel finds in the code, with its files; as ``make messages`` does."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as stream:
        methods, options = parse_mapping_cfg(stream)
    found: dict[str, list[str]] = {}
    keywords = dict.fromkeys(KEYWORDS)
    for file, _line, message, _comments, _context in extract_from_dir(
        ROOT, methods, options, keywords, directory_filter=lambda folder: Path(folder).name not in ("tests", ".venv")
    ):
        assert isinstance(message, str)
        found.setdefault(message, []).append(Path(file).as_posix())
    return found


@functools.cache
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as stream:
        return read_po(stream, locale="en", abort_invalid=True)


def pairs() -> list[tuple[str, str]]:
    """Every text with its translation; none of them has a plural."""
    return [(str(message.id), str(message.string or "")) for message in catalogue() if message.id]


def faults(pairs: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{text} → {english}" for text, english in pairs)


# ---- the catalogue and the code


def test_every_text_of_the_code_is_in_the_catalogue_and_nothing_else() -> None:
    known = {text for text, _english in pairs()}
    assert sorted(set(extracted()) - known) == [], "run: make messages; then translate what is new"
    assert sorted(known - set(extracted())) == [], "run: make messages"
    assert not catalogue().obsolete


def test_babel_sees_every_text_that_is_marked() -> None:
    hidden = []
    for file, tree in (*sources("models", "ui"), ("main.py", ast.parse((ROOT / "main.py").read_text("utf-8")))):
        for call in marked(tree):
            text = call.args[0]
            assert not isinstance(text, ast.JoinedStr | ast.BinOp), f"{file}:{call.lineno}: a text is one literal"
            if isinstance(text, ast.Constant) and file not in extracted().get(str(text.value), []):
                hidden.append(f"{file}:{call.lineno} {text.value!s}")
    # In an f-string Babel sees nothing: such a text has to stand elsewhere too, or on a line of its own.
    assert [place for place in hidden if place.partition(" ")[2] not in extracted()] == []


def test_every_text_is_translated() -> None:
    assert [text for text, english in pairs() if not english.strip()] == []
    assert [message.id for message in catalogue() if message.id and message.fuzzy] == []


def test_texts_in_the_code_are_vietnamese() -> None:
    """Those without a Vietnamese letter are named here, so that none is English by mistake."""
    plain = {text for text, _english in pairs() if not is_vietnamese(text)}
    assert plain == {
        "ATTT", "ATTT {share}", "TT", "&In", "&Xem", "Trang sau", "Trang {page}/{count}", "Ghi", "Thay", "In", "In…",
        "In… (Ctrl+Shift+P)", "Sau", "Trang in", "vanthu@coquan.gov.vn", "{label}: {amount} {unit}, {share}",
        "{field}: {reason}.", "{field}: “{value}”.",
    }  # fmt: skip


def test_texts_are_composed_letters() -> None:
    for pair in pairs():
        for text in pair:
            assert unicodedata.is_normalized("NFC", text), text


def test_the_catalogue_is_compiled_without_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the file to the sentence on the screen, as ``scripts/setup.sh`` and ``models/i18n.py`` do it."""
    from babel.messages.mofile import write_mo

    compiled = tmp_path / "locale" / "en" / "LC_MESSAGES" / "kehoachso.mo"
    compiled.parent.mkdir(parents=True)
    with compiled.open("wb") as stream:
        write_mo(stream, catalogue())
    monkeypatch.setattr("models.resources.path", lambda *parts: tmp_path.joinpath(*parts))
    i18n.set_language("en")
    assert i18n._("Kế hoạch") == "Plan"
    assert i18n._("không có trong danh mục") == "không có trong danh mục"
    i18n.set_language("vi")
    assert i18n._("Kế hoạch") == "Kế hoạch"


# ---- each text beside its translation


def test_placeholders_are_the_same() -> None:
    def holds(text: str) -> list[str]:
        return sorted(_PLACEHOLDER.findall(text))

    assert faults((text, english) for text, english in pairs() if holds(text) != holds(english)) == ""


def test_a_key_of_its_own_stays_one() -> None:
    def keys(text: str) -> int:
        return len(_MNEMONIC.findall(text))

    assert faults((text, english) for text, english in pairs() if keys(text) != keys(english)) == ""


def test_keys_can_be_typed() -> None:
    """Alt with a letter that has a key: Đ has none, and input methods make ă, ê, ơ … of two keys."""
    for pair in pairs():
        for text in pair:
            if match := _MNEMONIC.search(text):
                assert text[match.end()].isascii(), text


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "together",
    [
        ("&Kế hoạch", "&Sửa", "&Bảng", "&Xem", "&Trợ giúp", "Đơn &vị tính", "Kiểu &cột", "Tổng đã &nêu"),
        ("&Mẫu kế hoạch", "&Năm kế hoạch"),
        ("&Mẫu kế hoạch", "&Năm đầu của giai đoạn"),
    ],
    ids=["table", "new-plan", "new-plan-of-years"],
)
def test_keys_seen_together_differ(language: str, together: tuple[str, ...]) -> None:
    texts = [text if language == "vi" else dict(pairs())[text] for text in together]
    keys = [text[match.end()].upper() for text in texts if (match := _MNEMONIC.search(text))]
    assert len(keys) == len(texts)
    assert len(set(keys)) == len(keys), keys


def test_spaces_and_marks_at_the_ends_are_the_same() -> None:
    """What is put together from parts stays together; a sentence stays one, and a "…" still says "more is asked"."""

    def ends(text: str) -> tuple[object, ...]:
        last = text.rstrip()[-1]
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :], last if last in ".…:;" else ""

    wrong = ((text, english) for text, english in pairs() if text != "TT" and ends(text) != ends(english))
    assert faults(wrong) == ""


def test_quotes_and_lines_are_kept() -> None:
    for text, english in pairs():
        assert english.count("“") == english.count("”"), english
        assert '"' not in english and "'" not in english, english
        for mark in ("“{", "“%", "\n", ";;"):
            assert text.count(mark) == english.count(mark), english


def test_no_vietnamese_is_left_in_english() -> None:
    def without_kept(text: str) -> str:
        return functools.reduce(lambda rest, kept: rest.replace(kept, ""), VIETNAMESE_KEPT, text)

    assert faults((text, english) for text, english in pairs() if is_vietnamese(without_kept(english))) == ""


def test_what_is_kept_vietnamese_is_there() -> None:
    texts = "\n".join(english for _text, english in pairs())
    assert [kept for kept in VIETNAMESE_KEPT if kept not in texts] == []


def test_one_word_for_one_thing() -> None:
    """The words of the design, and British spelling."""
    other = re.compile(
        r"\b(VND|organi[sz]ation|attachment|outline|schedule|job|bundle|archive|placeholders?|dossier|colors?"
        r"|canceled|center|license|legal grounds?|legal base\b|chapter|sum total|publish)\b",
        re.IGNORECASE,
    )
    assert faults((text, english) for text, english in pairs() if other.search(english)) == ""
    for vietnamese, word in (
        ("nguồn vốn", "funding source"), ("đơn vị chủ trì", "lead unit"), ("tổng đã nêu", "stated"),
        ("gói nộp", "package"), ("bản chính thức", "final export"), ("bản dự thảo", "draft"),
        ("trường tự điền", "auto-fill field"), ("phụ lục", "appendix"),
        ("kho dữ liệu", "data store"), ("nhiệm vụ", "task"), ("trích yếu", "subject"),
    ):  # fmt: skip
        wrong = (
            (text, english)
            for text, english in pairs()
            if re.search(rf"\b{vietnamese}\b", _bare(text)) and word not in _bare(english)
        )
        assert faults(wrong) == "", word


def _bare(text: str) -> str:
    return text.casefold().replace("&", "")


# ---- the window


def test_every_vietnamese_text_of_the_window_is_marked() -> None:
    unmarked: list[str] = []
    seen: dict[str, set[str]] = {}
    for file, tree in sources("ui"):
        inside = {id(part) for call in marked(tree) for argument in call.args for part in ast.walk(argument)}
        # A sentence that stands alone says nothing to anyone: a docstring.
        inside |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in inside:
                continue
            if not is_vietnamese(node.value):
                continue
            if node.value in NOT_TRANSLATED.get(file, ()):
                seen.setdefault(file, set()).add(node.value)
            else:
                unmarked.append(f"{file}:{node.lineno} {node.value!r}")
    assert unmarked == []
    assert seen == NOT_TRANSLATED, "the list of what is not translated names what is gone"
