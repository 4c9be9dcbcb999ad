"""The forms of plain questions (``ontology/questions/forms.tsv``): a row comes in, a form that can be compared with a question goes out.

In the pattern of a form ``{name:Person}`` is the name of a person (any class of the saved questions' blanks, or ``string`` for any words), ``<视察>``
any word of that meaning, ``~`` the particles 了 and 过 or nothing, ``[…]`` may be missing, ``(…|…)`` is one of several.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from kg.asking.words import table, word
from kg.errors import LexiconError
from kg.lexicon import Row

_PIECE = re.compile(r"<(?P<word>[^>]+)>|\{(?P<slot>\w+):(?P<type>\w+)\}|(?P<sign>[\[\]()|~])|(?P<text>[^<>{}\[\]()|~]+)")
_SIGNS = {"[": "(?:", "]": ")?", "(": "(?:", ")": ")", "|": "|"}


@dataclass(frozen=True, slots=True)
class Form:
    """One way to ask a saved question: ``slots`` are the blanks that the pattern fills with their classes, ``fixed`` those that it implies."""

    row: Row
    question: str
    fixed: tuple[tuple[str, str], ...]
    slots: tuple[tuple[str, str], ...]

    def pattern(self, slot: Callable[[str], str | None]) -> re.Pattern[str] | None:
        """Return the pattern, the slots filled by what ``slot`` gives for each class; None where it gives None: nothing can stand there."""
        parts: list[str] = []
        for found in _PIECE.finditer(self.row.surface):
            if found["word"] is not None:
                parts.append(word(found["word"]))
            elif found["slot"] is not None:
                inside = slot(found["type"])
                if inside is None:
                    return None
                parts.append(f"(?P<{found['slot']}>{inside})")
            elif found["sign"] is not None:
                parts.append(word("了") + "?" if found["sign"] == "~" else _SIGNS[found["sign"]])
            else:
                parts.append(re.escape(found["text"]))
        return re.compile("".join(parts))


@cache
def forms() -> tuple[Form, ...]:
    """Return the forms, in the order in which they are tried; LexiconError for a pattern with a sign that means nothing."""
    found = []
    for row in table("forms"):
        if "".join(piece[0] for piece in _PIECE.finditer(row.surface)) != row.surface:
            raise LexiconError(f"forms.tsv: {row.id}: the pattern {row.surface} has a sign without its partner. Write <…>, {{name:Class}}, […] or (…|…).")
        question, *fixed = row.relation.split(" ")
        slots = tuple((piece["slot"], piece["type"]) for piece in _PIECE.finditer(row.surface) if piece["slot"])
        found.append(Form(row, question, tuple((key, value) for key, _, value in (one.partition("=") for one in fixed)), slots))
    return tuple(found)
