"""The program in a folder of its own, as for the tests of the window."""

from tests.ui.conftest import app, here

__all__ = ["app", "here"]
