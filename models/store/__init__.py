"""Kho dữ liệu: SQLite; every edit one transaction, one undo step, on disk when it returns."""

from models.store.changes import PartChange
from models.store.history import Past
from models.store.open_plan import Change, OpenPlan
from models.store.store import Store, Summary

__all__ = ["Change", "OpenPlan", "PartChange", "Past", "Store", "Summary"]
