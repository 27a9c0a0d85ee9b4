"""Expected failures: each carries its own sentence for the user."""

from __future__ import annotations


class UserError(Exception):
    """A failure the user can do something about.

    ``str(error)`` is one whole sentence in the language set, which says what, where and what to do.
    The command line prints it on standard error and exits with 2; the window shows it as a line.
    """


class DocumentError(UserError):
    """A file is not a plan document that this program can read."""


class TemplateError(UserError):
    """A template is unknown or its file is faulty."""


class StoreError(UserError):
    """The store cannot be opened, read or written."""


class ExportError(UserError):
    """Something could not be exported."""


class PackageError(UserError):
    """A package cannot be read."""


class AmountError(UserError):
    """A text is not an amount of money."""


class Cancelled(Exception):
    """The user stopped a long work; nothing of it is kept, and there is nothing to say."""
