"""Final exports in the store of an open plan, as the page for exporting and the command line keep them."""

from __future__ import annotations

from models import document as plan_document
from models import template
from models.exports import archive, manifest, package
from models.plan import Plan
from ui.document import Document


def export(document: Document) -> dict[str, bytes]:
    """A whole final export; gives its files by name."""
    plan = _next(document)
    made = package.build(plan, template.get(plan.template))
    document.keep_export(plan.revision, "Kết xuất bản chính thức", made.code, made.package.data)
    return {file.name: file.data for file in made.files.values()}


def export_without_files(document: Document) -> None:
    """One whose PDF and workbook are nothing: to print thousands of tasks takes its time."""
    plan = _next(document)
    inside = [("plan.json", plan_document.to_bytes(plan)), ("a.pdf", b"%PDF"), ("a.xlsx", b"PK")]
    listed = manifest.make(plan.id, plan.revision, "2022-01-01T00:00:00+07:00", inside)
    packed = archive.pack([(manifest.NAME, listed), *inside])
    document.keep_export(plan.revision, "Kết xuất bản chính thức", "AAAA-BBBB", packed)


def _next(document: Document) -> Plan:
    plan = document.store.read(document.plan.id)
    plan.revision += 1
    return plan
