"""Templates taken in: versions side by side, told by their code, never changed under the plans made with them."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

import pytest

from models import document, resources, template, templates
from models.create import new_plan
from models.errors import TemplateError
from models.evaluate import evaluate
from models.store import Store
from models.templates import Coming, Held

WHOLE = resources.path("templates", "chinh-quyen-so-2022.toml").read_text(encoding="utf-8")
ID = "chinh-quyen-so-2022"


def text(version: int = 2, template_id: str = ID, share: str = "15%") -> str:
    return (
        WHOLE.replace("version = 1", f"version = {version}", 1)
        .replace(f'id = "{ID}"', f'id = "{template_id}"', 1)
        .replace('security_share = "10%"', f'security_share = "{share}"', 1)
    )


def coming(said: str, name: str = "Mẫu của Sở (1).toml") -> Coming:
    return templates.examined(said.encode(), name)


def take_in(with_templates: Path, **fields: object) -> Held:
    found = coming(text(**fields))  # type: ignore[arg-type]
    templates.take_in(found, with_templates)
    held = templates.held(found.template.id, found.template.version)
    assert held is not None
    return held


# ---- taking in


def test_a_file_of_any_name_is_taken_in_byte_for_byte(with_templates: Path) -> None:
    raw = b"\xef\xbb\xbf" + text().replace("\n", "\r\n").encode()
    path = with_templates.parent / "Mẫu kế hoạch 2022 (bản 2).toml"
    path.write_bytes(raw)
    found = templates.examine(path)
    assert (found.kind, found.versions) == ("newer", (1,))
    assert found.digest == hashlib.sha256(raw).hexdigest()
    templates.take_in(found, with_templates)
    kept = with_templates / "mau" / f"{ID}_2.toml"
    assert kept.read_bytes() == raw
    if os.name == "posix":
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def test_a_version_that_another_window_took_in_meanwhile_stays(with_templates: Path) -> None:
    path = with_templates.parent / "mau.toml"
    path.write_text(text(share="9%"), encoding="utf-8")
    coming = templates.examine(path)
    held = take_in(with_templates)
    before = held.path.read_bytes()
    with pytest.raises(TemplateError, match="nội dung khác phiên bản 2"):
        templates.take_in(coming, with_templates)
    assert held.path.read_bytes() == before


def test_a_newer_version_is_for_new_plans_and_the_older_one_stays(with_templates: Path) -> None:
    old = new_plan(template.get(ID), 2022)
    take_in(with_templates)
    assert template.newest(ID).version == 2
    assert template.get(ID).version == 1
    assert template.of(old).version == 1
    new = new_plan(template.newest(ID), 2022)
    again = document.from_bytes(document.to_bytes(new), "plan.json")
    assert again.extra["template_version"] == 2
    assert template.of(again).limits.security_share == "15%"
    assert evaluate(again).template.version == 2


def test_an_older_version_comes_in_as_older(with_templates: Path) -> None:
    take_in(with_templates, version=5)
    found = coming(text(version=3))
    assert (found.kind, found.versions) == ("older", (1, 5))
    templates.take_in(found, with_templates)
    assert sorted(template.versions(ID)) == [1, 3, 5]
    assert template.newest(ID).version == 5


def test_a_template_that_was_not_here(with_templates: Path) -> None:
    assert coming(text(1, "mau-cua-tinh")).kind == "new"
    take_in(with_templates, version=1, template_id="mau-cua-tinh")
    assert "mau-cua-tinh" in template.known()
    assert template.get("mau-cua-tinh").version == 1


def test_the_same_version_is_taken_in_once(with_templates: Path) -> None:
    held = take_in(with_templates)
    again = coming(text() + "\n# thêm một dòng ghi chú\n")
    assert again.kind == "same"
    templates.take_in(again, with_templates)
    assert templates.held(*held.key) == held
    assert coming(WHOLE).kind == "same"


@pytest.mark.parametrize("version", [1, 2])
def test_the_same_version_with_other_content_is_refused(with_templates: Path, version: int) -> None:
    take_in(with_templates)
    with pytest.raises(TemplateError) as raised:
        coming(text(version, share="20%"), "Mẫu sửa.toml")
    said = str(raised.value)
    assert "“Mẫu sửa.toml”" in said and f"phiên bản {version}" in said and "số phiên bản mới" in said
    assert template.get(ID, version).limits.security_share == ("10%" if version == 1 else "15%")


def test_what_cannot_be_written_is_told_and_leaves_nothing(with_templates: Path) -> None:
    with_templates.mkdir()
    (with_templates / "mau").write_text("không phải thư mục", encoding="utf-8")
    with pytest.raises(TemplateError, match="Không ghi được mẫu"):
        templates.take_in(coming(text()), with_templates)
    assert sorted(template.versions(ID)) == [1]


def test_another_process_may_take_one_in(with_templates: Path) -> None:
    """The command line, while a window is open."""
    assert template.newest(ID).version == 1
    (with_templates / "mau").mkdir(parents=True)
    (with_templates / "mau" / f"{ID}_2.toml").write_text(text(), encoding="utf-8")
    assert template.newest(ID).version == 2


# ---- plans


def test_a_plan_whose_version_is_not_here_says_what_to_do(with_templates: Path) -> None:
    plan = new_plan(template.get(ID), 2022)
    plan.extra = {"template_version": 9}
    with pytest.raises(TemplateError) as raised:
        template.of(plan)
    assert str(raised.value) == (
        f"Không có phiên bản 9 của mẫu kế hoạch “{ID}” (hiện có: 1); hãy nhận tệp mẫu của phiên bản đó rồi mở lại."
    )
    take_in(with_templates, version=9)
    assert template.of(plan).version == 9


@pytest.mark.parametrize("version", [None, "2", 2.0, True, 0, -1, [2], {}])
def test_what_is_no_version_counts_as_none(version: object) -> None:
    plan = new_plan(template.get(ID), 2022)
    plan.extra = {"template_version": version}
    assert template.version_of(plan) is None
    assert template.of(plan).version == 1


def test_the_list_of_plans_knows_the_version(with_templates: Path, store: Store) -> None:
    plan = new_plan(template.get(ID), 2022)
    plan.extra = {"template_version": 7}
    store.add(plan)
    [found] = store.summaries(lambda _plan: (None, 0, 0))
    assert found.template_version == 7
    assert store.templates_used() == {(ID, 7): 1}


# ---- the list, and taking out


def test_versions_are_listed_newest_first_with_their_codes(with_templates: Path) -> None:
    take_in(with_templates)
    found, faults = templates.listed()
    assert faults == []
    assert [(held.key[1], held.is_shipped) for held in found if held.template.id == ID] == [(2, False), (1, True)]
    assert found[0].template.id == "chuyen-doi-so-2027"
    for held in found:
        assert held.digest == hashlib.sha256(held.path.read_bytes()).hexdigest()
        assert templates.data_of(held) == held.path.read_bytes()


def test_one_that_a_plan_uses_stays(with_templates: Path, store: Store) -> None:
    held = take_in(with_templates)
    store.add(new_plan(template.newest(ID), 2022))
    used = templates.uses(held, store.templates_used())
    with pytest.raises(TemplateError, match="1 kế hoạch dùng"):
        templates.remove(held, used)
    assert held.path.exists()


def test_a_plan_without_a_version_uses_the_shipped_one(with_templates: Path) -> None:
    take_in(with_templates)
    used = {(ID, None): 3, (ID, 2): 1}
    by_version = {held.key[1]: templates.uses(held, used) for held in templates.listed()[0] if held.template.id == ID}
    assert by_version == {1: 3, 2: 1}


def test_one_that_no_plan_uses_can_be_removed(with_templates: Path) -> None:
    held = take_in(with_templates)
    templates.remove(held, 0)
    assert not held.path.exists() and template.newest(ID).version == 1
    shipped = templates.held(ID, 1)
    assert shipped is not None
    with pytest.raises(TemplateError, match="đi kèm chương trình"):
        templates.remove(shipped, 0)


def test_a_file_changed_behind_the_list_is_not_given_out(with_templates: Path) -> None:
    held = take_in(with_templates)
    held.path.write_text(text(share="9%"), encoding="utf-8")
    with pytest.raises(TemplateError, match="vừa bị thay đổi"):
        templates.data_of(held)


# ---- the code


def test_a_code_is_compared_as_people_type_it() -> None:
    digest = templates.digest_of(b"mau")
    grouped = templates.grouped(digest)
    assert grouped.replace(" ", "") == digest and all(len(group) == 4 for group in grouped.split(" "))
    assert templates.matches(f"  {grouped.upper()} ", digest) is True
    assert templates.matches("-".join(grouped.split(" ")[:4]), digest) is True
    assert templates.matches(digest[:15], digest) is None
    assert templates.matches("", digest) is None
    assert templates.matches(digest[:20] + "zz", digest) is False
    assert templates.matches("f" * 64, digest) is False
    assert templates.matches(digest + "0", digest) is False
    assert templates.matches("xyz", digest) is False


def test_one_that_is_broken_says_why(with_templates: Path) -> None:
    held = take_in(with_templates)
    held.path.write_text("id = ", encoding="utf-8")
    template.forget()
    plan = new_plan(template.get(ID), 2022)
    plan.extra = {"template_version": 2}
    with pytest.raises(TemplateError, match=f"“{ID}_2.toml” có lỗi"):
        template.of(plan)
    assert template.newest(ID).version == 1
    assert len(templates.faults()) == 1
