"""Names as machines compare them (ICAO Doc 9303 part 3, sections 4.6 and 6).

Regulation (EU) 2021/953's implementing decision 2021/1073, as amended by 2022/483, prescribes this
form for ``fnt`` and ``gnt``. Cyrillic letters take the base column, whatever the language.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from desktop.hcert import scripts

MACHINE_NAME: Final = re.compile(r"[A-Z]+(<+[A-Z]+)*")
"""What a machine-readable name looks like (use ``fullmatch``)."""

_LIMIT: Final = 80
_LETTERS: Final = scripts.LATIN | scripts.GREEK | scripts.CYRILLIC | scripts.ARABIC
_FAMILIES: Final = ("LATIN ", "CYRILLIC ")
_MICRO: Final = "\N{MICRO SIGN}"
_MODIFIERS: Final = range(0x02B0, 0x0300)


def transliterate(name: str) -> str:
    """The machine-readable form of a name: ``A`` to ``Z`` and ``<``, at most 80 characters.

    Spaces and hyphens become ``<``; apostrophes, digits and all other marks are dropped, and so are
    letters that have no form (see :func:`unsupported`). Empty if nothing remains. What is too
    long is cut between two names if there is a border, else after 80 letters. Never raises.
    """
    spelled = "".join(_spell(_upper(name))).strip("<")
    return _cut(spelled)


def unsupported(name: str) -> bool:
    """Whether the name has a letter without a machine-readable form.

    These are all letters outside Latin, Greek, Cyrillic and the Arabic table of 9303-3, and a few
    within that no living language writes names with.
    """
    return any(_is_letter(sign) and _form(sign) is None for sign in _upper(name))


def _upper(name: str) -> str:
    """Composed capitals, without the micro sign, which would become a Greek letter."""
    composed = unicodedata.normalize("NFC", name).replace(_MICRO, "")
    return unicodedata.normalize("NFC", composed.upper())


def _spell(text: str) -> list[str]:
    spelled: list[str] = []
    last = ""
    for sign in scripts.spell_greek_pairs(text):
        if sign == scripts.SHADDA:
            spelled.append(last)
        elif _is_separator(sign):
            spelled.append("<")
            last = ""
        elif form := _form(sign):
            spelled.append(form)
            last = form
    return spelled


def _cut(spelled: str) -> str:
    """At most 80 characters, whole names if possible."""
    if len(spelled) <= _LIMIT:
        return spelled
    border = spelled.rfind("<", 0, _LIMIT + 1)
    return spelled[:border].rstrip("<") if border > 0 else spelled[:_LIMIT]


def _is_separator(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) == "Pd"


def _is_letter(sign: str) -> bool:
    """Letters, and numbers that are letters; apostrophes and the like are none."""
    category = unicodedata.category(sign)
    return (category[0] == "L" or category == "Nl") and ord(sign) not in _MODIFIERS


@cache
def _form(sign: str) -> str | None:
    """What one sign in upper case becomes; None if it has no form."""
    if sign in _LETTERS:
        return _LETTERS[sign]
    if not _is_letter(sign):
        return None
    parts = [part for part in unicodedata.normalize("NFKD", sign) if _is_letter(part)]
    if parts != [sign]:
        forms = [_form(part.upper()) for part in parts]
        return None if None in forms else "".join(form for form in forms if form)
    return _form_of_base(sign)


def _form_of_base(sign: str) -> str | None:
    """The form of the letter that a sign's name says it is a variant of (``Ƙ``: K WITH HOOK)."""
    base, variant, _ = unicodedata.name(sign, "").partition(" WITH ")
    if not variant or not base.startswith(_FAMILIES):
        return None
    try:
        return _LETTERS.get(unicodedata.lookup(base).upper())
    except KeyError:
        return None
