"""The valid inputs that mutated ones are made of: written once into a folder, read by each process."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from models import document, resources, template
from models.exports import docx, package, pdf, xlsx
from models.exports.signed_package import with_signed
from models.plan import Plan
from models.signing import Roots
from tests.models.signing import authority
from tests.offices_word import make
from tests.plans import MILLION, fixture_plan, group, register, small_plan, task, tasks

Files = dict[str, bytes]

#: By kind the valid inputs; filled by ``load``.
SEEDS: dict[str, list[bytes]] = {}


def rich_plan() -> Plan:
    """A small plan with something of everything in it."""
    plan = small_plan(
        tasks(
            group("Hạ tầng", task("Mua máy", 5 * MILLION, rows=[task("Máy chủ", 3 * MILLION)], note="*gấp*")),
            task("Phần mềm", None, funding={"local_recurrent": 2 * MILLION, "oda": None}, years={"2022": 2 * MILLION}),
            numbering=["I", "1", "a"],
            layout="sources",
            stated_total=7 * MILLION,
        ),
        register(["Misa", "2010"], ["Hồ sơ", "2015"], title="Phần mềm", section="review.apps"),
        indicators={"computers": 12, "files_level4_share": 37.5},
        recipients=["Như trên;", "Lưu: VT"],
        print_options={"charts": True, "bases": "bullets"},
    )
    plan.sections[1].sections[2].text = "Tổng kinh phí: {total:tasks} (bằng chữ: {words:tasks})\n- **a**\n+ b {year}"
    return plan


def write(folder: Path) -> None:
    """Make the valid inputs and write them into ``folder``, named by kind and number."""
    plans = [small_plan(), rich_plan(), fixture_plan(0)]
    made: dict[str, list[bytes]] = {"document": [document.to_bytes(plan) for plan in plans]}
    for plan in plans:
        used = template.get(plan.template)
        exported = package.build(plan, used, created="2021-10-10T08:00:00+07:00")
        made.setdefault("package", []).append(exported.package.data)
        made.setdefault("pdf", []).append(exported.pdf.data)
        made.setdefault("workbook", []).extend((exported.xlsx.data, xlsx.render(plan, used, fill_in=True)))
        made.setdefault("word", []).append(docx.render(plan, used))
        made["word"] += [make.make(plan, way) for way in make.OFFICES]
    signed = authority.sign(pdf.render(plans[0], template.get(plans[0].template)))
    made["pdf"] += [signed, authority.stamp_on_page(signed)]
    made["package"].append(with_signed(made["package"][0], signed, Roots())[0])
    made["template"] = [path.read_bytes() for path in sorted(resources.path("templates").glob("*.toml"))]
    made["html"] = [text.encode() for text in HTML]
    for kind, several in made.items():
        for number, data in enumerate(several):
            (folder / f"{kind}.{number}").write_bytes(data)


def load(folder: Path) -> None:
    SEEDS.clear()
    for path in sorted(folder.iterdir()):
        SEEDS.setdefault(path.name.partition(".")[0], []).append(path.read_bytes())


def members(data: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


#: As Excel, Word, LibreOffice, a browser and an office suite in a browser put things on the clipboard.
HTML = (
    """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8"><style><!-- td {padding:1px} --></style></head><body>
<table border=0 width=512><!--StartFragment--><col width=64><tr height=20><td rowspan=2 class=xl65>TT</td>
<td colspan=2>Kinh phí</td></tr><tr><td align=right x:num="4009.772">4.009,772</td><td>=SUM(A1:A3)</td></tr>
<tr><td>1</td><td>- Nâng cấp<br>- Mở rộng<span style='mso-spacerun:yes'>&nbsp; </span>A &amp; B</td><td>250</td></tr>
<!--EndFragment--></table></body></html>""",
    """<html xmlns:w="urn:schemas-microsoft-com:office:word"><body lang=VI><!--StartFragment--><p class=MsoNormal><b>Tổng
kinh phí:</b> <i>5.039</i> triệu<o:p></o:p></p><p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if
!supportLists]><span style='mso-list:Ignore'>o<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;</span></span>
<![endif]>Máy chủ</p><a style='mso-footnote-id:ftn1' href='#_ftn1'>[1]</a><table><tr><td><p>Đề án</p></td><td>
<ul><li>mục a<ol start=3 type=a><li>b</li></ol></li></ul></td></tr></table><del>cũ</del><!--EndFragment--></body></html>""",
    """<table cellspacing="0"><colgroup span="2" width="120"></colgroup><tr><td sdval="1" sdnum="1066;">1</td><td>Số hóa
<br>tài liệu</td></tr><tr><th rowspan=3>x</th><td><table><tr><td>trong</td><td>bảng</td></tr></table></td></tr></table>""",
    """<div><h2>I. Mục tiêu</h2><ul><li>Một<ul><li>Hai <strong>ba</strong></li></ul></li></ul><pre>a
  b</pre><iframe src="http://a.vn"></iframe><script>alert(1)</script><img src="file:///etc/passwd" onerror="x()">
<p style="font-weight:700;background:url(http://a.vn/x)">đậm</p><svg><text>hình</text></svg></div>""",
)
