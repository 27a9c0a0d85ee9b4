"""``verify``: packages and PDFs looked into, and told in text or JSON; or which of them a printed page belongs to."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from models import signing
from models.errors import UserError
from models.exports import contents, matching, verification
from models.exports.matching import Export, Sum
from models.exports.verified import Verification
from models.i18n import _
from models.signing import telling
from ui import commands, passphrase_command

#: What the store of this computer knows of some plans: the revision of each, and the PDFs it exported.
Known = tuple[dict[str, int], dict[Export, Sum]]


def known(store: Any, plan_ids: set[str]) -> Known:
    """What a store knows of these plans."""
    highest: dict[str, int] = {}
    kept: dict[Export, Sum] = {}
    for plan_id in plan_ids:
        with suppress(UserError):
            highest[plan_id] = store.read(plan_id).revision
        for export in store.exports(plan_id):
            if (data := store.exported_package(plan_id, export.revision)) is not None:
                kept[plan_id, export.revision, export.code] = contents.exported_sum(data)
    return highest, kept


def run(
    options: argparse.Namespace,
    folder: Path,
    known_here: Callable[[set[str]], Known],
    exports_of_code: Callable[[str], list[tuple[str, int]]],
) -> int:
    """0: all is well, or the page's file was found; 1: not; 2: some of several cannot be read at all."""
    code = None
    if options.code is not None:
        code = matching.code_of(options.code)
        if code is None:
            raise UserError(
                _("“{text}” không phải mã đối chiếu; mã in ở chân mỗi trang có dạng K7Q2-9MXD.").format(
                    text=options.code
                )
            )
    elif not options.packages:
        missing = _("thiếu {names}").format(names="PACKAGE")
        raise UserError(_("Lệnh không đúng: {reason}; xem các lệnh bằng --help.").format(reason=missing))
    roots = signing.load(folder)
    passphrases = passphrase_command.for_files(options)
    found: list[tuple[Path, Verification]] = []
    unreadable: list[UserError] = []
    for name in list(options.packages):
        try:
            path = Path(name)
            found.append((path, verification.verify(path, roots, passphrase=passphrases.of(path))))
        except UserError as error:
            # Of the others it is told all the same what they are.
            options.packages.remove(name)
            unreadable.append(error)
    if unreadable and not found:
        raise unreadable[0]
    matching.compare(found, *known_here({result.plan_id for _path, result in found if result.plan_id}))
    for one in unreadable:
        print(" ".join(str(one).split()), file=sys.stderr)
    told = _tell(options, roots, found) if code is None else _tell_code(options, code, found, exports_of_code(code))
    return 2 if unreadable else told


def _tell(options: argparse.Namespace, roots: signing.Roots, found: Sequence[tuple[Path, Verification]]) -> int:
    """Say of each package and PDF what was found out."""
    if options.json:
        commands.print_json(
            [as_json(str(name), result) for name, (_path, result) in zip(options.packages, found, strict=True)]
        )
    else:
        for path in roots.faulty:
            print(_("! Không đọc được chứng thư gốc “{file}”.").format(file=path))
        for name, (_path, result) in zip(options.packages, found, strict=True):
            print(f"{'✓' if result.ok else '✗'} {name}: {sentence(result)}")
            for line in details(result):
                print(f"  {line}")
    return 0 if all(result.ok for _path, result in found) else 1


def sentence(result: Verification) -> str:
    """What is to be said of a package or PDF in one line."""
    is_package = result.kind == "package"
    if not result.ok:
        return _("gói không nguyên vẹn.") if is_package else _("tệp PDF không còn đúng bản đã kết xuất.")
    if is_package:
        text = (
            _("gói nguyên vẹn, lần kết xuất {revision}, mã {code}, PDF đã ký số.")
            if result.signed
            else _("gói nguyên vẹn, lần kết xuất {revision}, mã {code}.")
        )
    elif result.signed:
        text = _("PDF đã ký số, chữ ký nguyên vẹn, lần kết xuất {revision}, mã {code}.")
    else:
        text = _("PDF chưa ký số, lần kết xuất {revision}, mã {code}.")
    return text.format(revision=result.revision, code=result.code)


def details(result: Verification) -> list[str]:
    """Problems, then what one should know, who signed, and which code stands on which pages."""
    lines = [*result.problems, *(f"! {warning}" for warning in result.warnings)]
    lines += [_("Chữ ký: {text}").format(text=telling.line(one)) for one in result.signatures]
    for file in result.files:
        if file.pages and file.code:
            lines.append(
                _("Mã {code} in trên {count} trang của “{file}”.").format(
                    code=file.code, count=file.pages, file=file.name
                )
            )
    return lines


def _tell_code(
    options: argparse.Namespace, code: str, found: Sequence[tuple[Path, Verification]], here: list[tuple[str, int]]
) -> int:
    """Say to which files a printed page belongs: of those given, and of those exported on this computer."""
    names = {id(result): name for name, (_path, result) in zip(options.packages, found, strict=True)}
    matches = matching.files_of_code(code, found)
    if options.json:
        commands.print_json(
            {
                "code": code,
                "files": [as_json(names[id(result)], result) for _path, result in matches],
                "exports": [{"plan": plan_id, "revision": revision} for plan_id, revision in here],
            }
        )
    else:
        for _path, result in matches:
            print(
                _("{code}: trang thuộc “{file}”, {plan}, lần kết xuất {revision}.").format(
                    code=code, file=names[id(result)], plan=result.subject, revision=result.revision
                )
            )
            if not result.ok:
                print(f"  ✗ {sentence(result)}")
        for plan_id, revision in here:
            print(
                _("{code}: trang của lần kết xuất {revision} của kế hoạch {plan} trong kho dữ liệu.").format(
                    code=code, revision=revision, plan=plan_id
                )
            )
        if not matches and not here:
            print(_("{code}: không thuộc tệp nào trong số này.").format(code=code))
    return 0 if matches or here else 1


def as_json(name: str, result: Verification) -> dict[str, Any]:
    """The contract's form of what was found out; times are ISO 8601."""
    return {
        "package": name,
        "kind": result.kind,
        "ok": result.ok,
        "plan": {"id": result.plan_id, "subject": result.subject, "revision": result.revision},
        "code": result.code,
        "created": result.created,
        "draft": result.draft,
        "locked": result.locked,
        "signed": result.signed,
        "newer_revision": result.newer,
        "problems": result.problems,
        "warnings": result.warnings,
        "signatures": [
            {
                "kind": one.kind,
                "name": one.name,
                "organisation": one.organisation,
                "issuer": one.issuer,
                "time": one.time.isoformat(timespec="seconds") if one.time is not None else None,
                "time_from": one.time_from or None,
                "whole": one.whole,
                "fault": one.fault,
                "trust": one.trust.state,
                "root": one.trust.root,
                "revocation": one.trust.revocation,
                "after": one.after,
            }
            for one in result.signatures
        ],
        "files": [
            {"name": file.name, "size": file.size, "state": file.state, "code": file.code, "pages": file.pages}
            for file in result.files
        ],
    }
