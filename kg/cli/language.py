"""Which of the two languages the terminal hears: every message stands in the code in both, side by side."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextvars import ContextVar

LANGUAGES = ("zh", "en")
_language: ContextVar[str] = ContextVar("language", default="zh")
_BETWEEN = " ‖ "


def speak(arguments: Sequence[str]) -> None:
    """Choose the language: ``--lang`` anywhere among the arguments, else the variable KG_LANG, else Chinese.

    It is chosen before the arguments are parsed, so that what is wrong with them is told in it too.
    """
    chosen = os.environ.get("KG_LANG", "zh")
    for number, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and number + 1 < len(arguments):
            chosen = arguments[number + 1]
        elif argument.startswith("--lang="):
            chosen = argument.removeprefix("--lang=")
    _language.set(chosen if chosen in LANGUAGES else "zh")


def spoken() -> str:
    """Return the language in use, ``zh`` or ``en``."""
    return _language.get()


def say(chinese: str, english: str) -> str:
    """Return the words in the language in use."""
    return english if spoken() == "en" else chinese


def both(chinese: str, english: str) -> str:
    """Return both, for help texts that are written down before the language is known; ``heard`` takes them apart."""
    return f"{chinese}{_BETWEEN}{english}"


def heard(words: str) -> str:
    """Return the half of ``both`` in the language in use."""
    chinese, _, english = words.partition(_BETWEEN)
    return english if english and spoken() == "en" else chinese
