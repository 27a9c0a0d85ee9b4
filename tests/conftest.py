"""What all tests share.

Plans to test with are in ``tests/plans.py``: ``fixture_plan(n)``, ``fixture_document(n)`` and ``fixture_path(n)`` for the
five real plans, ``small_plan()`` and its helpers for a plan without findings, ``documents()`` and ``plans()`` as
Hypothesis strategies. Here: the fixtures ``folder`` (its name has Vietnamese letters and spaces) and ``store``.

Hypothesis: the profile ``ci`` makes the same few examples each time; ``HYPOTHESIS_PROFILE=long`` searches anew (with
``--timeout=0``: to make a failure small takes its time).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from models import i18n, template
from models.store import Store
from tests import network

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True, suppress_health_check=_SLOW)
settings.register_profile("long", max_examples=600, deadline=None, suppress_health_check=_SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


# What reaches for the network fails, wherever in the tests it is.
network.watch()


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Also where somebody took the refusal for an answer."""
    before = len(network.tried)
    yield
    assert network.tried[before:] == []


@pytest.fixture(autouse=True)
def vietnamese() -> Iterator[None]:
    """Every test begins in Vietnamese, whatever the one before set."""
    i18n.set_language("vi")
    yield
    i18n.set_language("vi")


@pytest.fixture(autouse=True)
def only_shipped_templates() -> Iterator[None]:
    """Templates that one test took in are not there in the next."""
    yield
    if template.folder() is not None:
        template.use_folder(None)


@pytest.fixture
def with_templates(folder: Path) -> Path:
    """The data folder, whose templates are known."""
    template.use_folder(folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for a store, not yet there."""
    return tmp_path / "Dữ liệu của Sở Nội vụ"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with Store(folder) as made:
        yield made
