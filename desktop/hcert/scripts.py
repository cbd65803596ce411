"""Letters of other scripts in the letters A to Z: the tables behind machine-readable names.

ICAO Doc 9303 part 3, section 6 (Latin, Cyrillic, Arabic); Greek, which 9303-3 lacks, by ELOT 743 /
ISO 843. Only what is not "the base letter without its marks" stands here; all in upper case, NFC.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LATIN: Final = {letter: letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} | {
    "Ä": "AE", "Å": "AA", "Æ": "AE", "Ð": "D", "Đ": "D", "Ə": "E", "Ħ": "H", "Ĳ": "IJ",
    "ĸ": "K", "Ł": "L", "Ŋ": "N", "Ö": "OE", "Ø": "OE", "Œ": "OE", "ẞ": "SS", "ß": "SS",
    "Þ": "TH", "Ŧ": "T", "Ü": "UE",
    # not in 9303-3: letters of African and Sami alphabets
    "Ɖ": "D", "Ɣ": "G", "Ʉ": "U", "Ɔ": "O", "Ɛ": "E", "Ǝ": "E", "Ɩ": "I", "Ʊ": "U", "Ʒ": "Z",
    # looks like a letter to Unicode, is an apostrophe in names
    "Ꞌ": "",
}  # fmt: skip

CYRILLIC: Final = {
    "А": "A", "Б": "B", "В": "V", "Г": "G", "Д": "D", "Е": "E", "Ё": "E", "Ж": "ZH", "З": "Z",
    "И": "I", "Й": "I", "К": "K", "Л": "L", "М": "M", "Н": "N", "О": "O", "П": "P", "Р": "R",
    "С": "S", "Т": "T", "У": "U", "Ф": "F", "Х": "KH", "Ц": "TS", "Ч": "CH", "Ш": "SH",
    "Щ": "SHCH", "Ъ": "IE", "Ы": "Y", "Ь": "", "Э": "E", "Ю": "IU", "Я": "IA",
    "І": "I", "Ї": "I", "Є": "IE", "Ґ": "G", "Ў": "U",
    "Ђ": "D", "Ј": "J", "Љ": "LJ", "Њ": "NJ", "Ћ": "C", "Џ": "DZ",
    "Ѓ": "G", "Ќ": "K", "Ѕ": "DZ", "Ғ": "G", "Ѫ": "U", "Ѵ": "Y",
    # not in 9303-3: letters of Kazakh, Tatar, Mongolian, Ossetic, Chechen
    "Ә": "E", "Ө": "O", "Ү": "U", "Һ": "H", "Ӕ": "AE", "Ӏ": "",
}  # fmt: skip

ARABIC: Final = {
    "ء": "XE", "آ": "XAA", "أ": "XAE", "ؤ": "U", "إ": "I", "ئ": "XI", "ا": "A", "ب": "B",
    "ة": "XTA", "ت": "T", "ث": "XTH", "ج": "J", "ح": "XH", "خ": "XKH", "د": "D", "ذ": "XDH",
    "ر": "R", "ز": "Z", "س": "S", "ش": "XSH", "ص": "XSS", "ض": "XDZ", "ط": "XTT", "ظ": "XZZ",
    "ع": "E", "غ": "G", "ف": "F", "ق": "Q", "ك": "K", "ل": "L", "م": "M", "ن": "N", "ه": "H",
    "و": "W", "ى": "XAY", "ي": "Y", "ٱ": "XXA", "ٹ": "XXT", "ټ": "XRT", "پ": "P", "ځ": "XKE",
    "څ": "XXH", "چ": "XC", "ڈ": "XXD", "ډ": "XDR", "ڑ": "XXR", "ړ": "XRR", "ږ": "XRX",
    "ژ": "XJ", "ښ": "XXS", "ک": "XKK", "ګ": "XXK", "ڭ": "XNG", "گ": "XGG", "ں": "XNN",
    "ڼ": "XXN", "ھ": "XDO", "ۀ": "XYH", "ہ": "XXG", "ۂ": "XGE", "ۃ": "XTG", "ی": "XYA",
    "ۍ": "XXY", "ې": "Y", "ے": "XYB", "ۓ": "XBE",
    # lengthens a line of writing, says nothing
    "\N{ARABIC TATWEEL}": "",
}  # fmt: skip

SHADDA: Final = "\N{ARABIC SHADDA}"
"""Doubles the letter before it (9303-3 section 6.B)."""

GREEK: Final = {
    "Α": "A", "Β": "V", "Γ": "G", "Δ": "D", "Ε": "E", "Ζ": "Z", "Η": "I", "Θ": "TH", "Ι": "I",
    "Κ": "K", "Λ": "L", "Μ": "M", "Ν": "N", "Ξ": "X", "Ο": "O", "Π": "P", "Ρ": "R", "Σ": "S",
    "Τ": "T", "Υ": "Y", "Φ": "F", "Χ": "CH", "Ψ": "PS", "Ω": "O",
}  # fmt: skip

_GREEK_RUN: Final = re.compile("[Ͱ-Ͽἀ-῿][Ͱ-Ͽἀ-῿\u0300-\u036f]*")
_MARKS: Final = "[\u0300-\u0307\u0309-\u036f]*"
_NO_DIAERESIS: Final = f"(?!{_MARKS}\u0308)"
_VOICED: Final = "[ΑΒΓΔΕΖΗΙΛΜΝΟΡΥΩ]"
_GREEK_PAIRS: Final = (
    (re.compile(f"ΟΥ{_NO_DIAERESIS}"), "OU"),
    (re.compile(f"([ΑΕΗ])Υ{_NO_DIAERESIS}(?={_MARKS}{_VOICED})"), r"\1V"),
    (re.compile(f"([ΑΕΗ])Υ{_NO_DIAERESIS}"), r"\1F"),
    (re.compile("ΓΓ"), "NG"),
    (re.compile("Γ(?=[ΞΧ])"), "N"),
    (re.compile(r"^ΜΠ|ΜΠ$"), "B"),
)


def spell_greek_pairs(text: str) -> str:
    """Put Latin letters where two Greek ones are read as one sound; text in upper case."""
    return _GREEK_RUN.sub(_spell_run, text)


def _spell_run(run: re.Match[str]) -> str:
    spelled = unicodedata.normalize("NFD", run.group())
    for pair, letters in _GREEK_PAIRS:
        spelled = pair.sub(letters, spelled)
    return spelled
