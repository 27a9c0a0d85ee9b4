"""Several packages and PDFs held against each other and against what was exported here: which are older or altered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from models.exports import manifest
from models.exports.verified import Verification
from models.i18n import _

# Letters that Crockford's alphabet leaves out, as they are misread.
_MISREAD = str.maketrans("OIL", "011")
_CODE_LETTERS = 8

#: A revision of a plan: its id, the number, and the code on its pages.
Export = tuple[str, int, str]
#: Size and SHA-256 of a PDF as it was exported.
Sum = tuple[int, str]


def compare(
    found: Sequence[tuple[Path, Verification]],
    highest: Mapping[str, int] | None = None,
    kept: Mapping[Export, Sum] | None = None,
) -> None:
    """Tell of each package and PDF what only the others show; it is added to what was found.

    ``highest`` is the last final revision of each plan that this computer knows, ``kept`` the PDFs it exported.
    A higher revision elsewhere is a warning; a PDF that does not begin with the exported one is a problem.
    """
    known = dict(highest or {})
    sums = dict(kept or {})
    for _path, one in found:
        if one.ok and one.revision is not None and not one.draft:
            known[one.plan_id] = max(known.get(one.plan_id, 0), one.revision)
        if one.ok and one.revision is not None and one.exported_pdf is not None:
            sums[one.plan_id, one.revision, one.code] = one.exported_pdf
    for path, one in found:
        if one.revision is None or not one.plan_id:
            continue
        if one.revision < known.get(one.plan_id, 0):
            one.newer = known[one.plan_id]
            one.warnings.append(_older(one, found))
        if one.kind == "pdf" and not one.draft:
            _hold_against(path, one, sums.get((one.plan_id, one.revision, one.code)))


def _hold_against(path: Path, one: Verification, exported: Sum | None) -> None:
    if exported is not None:
        if not _begins_with(path, exported):
            one.problems.append(_("Tệp PDF không bắt đầu bằng bản đã kết xuất: nó đã bị in lại, lưu lại hoặc sửa."))
    elif one.ok and not one.signed:
        one.warnings.append(
            _("Tệp chưa ký và không có gói nộp để đối chiếu: chỉ biết mã trên các trang đúng là mã của kế hoạch.")
        )


def _older(one: Verification, found: Sequence[tuple[Path, Verification]]) -> str:
    newest = one.plan_id, one.newer
    where = next((path.name for path, other in found if (other.plan_id, other.revision) == newest), "")
    if where:
        return _("Đây là lần kết xuất {revision}; đã có lần {newer} mới hơn: “{file}”.").format(
            revision=one.revision, newer=one.newer, file=where
        )
    return _("Đây là lần kết xuất {revision}; kho dữ liệu trên máy này đã có lần {newer} mới hơn.").format(
        revision=one.revision, newer=one.newer
    )


def _begins_with(path: Path, own: Sum) -> bool:
    try:
        with path.open("rb") as stream:
            return manifest.sha256(stream.read(own[0])) == own[1]
    except OSError:
        return False


# ---- codes


def code_of(text: str) -> str | None:
    """A code as somebody reads it off a page: in any case, with O for 0, without the hyphen; ``None``: it is none."""
    letters = re.sub(r"[\s–—-]", "", text).upper().translate(_MISREAD)
    if not re.fullmatch(rf"[0-9A-HJKMNP-TV-Z]{{{_CODE_LETTERS}}}", letters):
        return None
    return f"{letters[:4]}-{letters[4:]}"


def files_of_code(code: str, found: Iterable[tuple[Path, Verification]]) -> list[tuple[Path, Verification]]:
    """The packages and PDFs whose pages bear the code."""
    return [(path, one) for path, one in found if one.code == code]
