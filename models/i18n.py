"""Texts in two languages: Vietnamese, in which they are written here, and English from the catalogue."""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable
from pathlib import Path

from models import resources

LANGUAGES = ("vi", "en")
#: Gives a text in the reader's language: ``_`` for the window; for documents, which are always Vietnamese, ``str``.
Say = Callable[[str], str]
_DOMAIN = "kehoachso"

_language = "vi"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def set_language(language: str) -> None:
    """Use ``language`` (``vi`` or ``en``) for every text from now on; another one means Vietnamese."""
    global _language, _catalogue
    _language = language if language in LANGUAGES else "vi"
    # The messages in the code are Vietnamese, so that language needs no catalogue at all.
    _catalogue = gettext.NullTranslations() if _language == "vi" else _load(_language)


def language() -> str:
    return _language


def default_language() -> str:
    """The language asked for by the environment (``KE_HOACH_SO_LANG``), else Vietnamese."""
    return os.environ.get("KE_HOACH_SO_LANG", "vi")


def _(message: str) -> str:
    """``message`` (Vietnamese) in the language set."""
    return _catalogue.gettext(message)


def N_(message: str) -> str:
    """Mark ``message`` for the catalogue where it is translated only later."""
    return message


def _load(language: str) -> gettext.NullTranslations:
    folder = Path(resources.path("locale"))
    return gettext.translation(_DOMAIN, folder, [language], fallback=True)
