"""One catalogue for window, command line and paper: complete in both languages, and fresh."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("de", "en")


def used() -> set[str]:
    found = extract_from_dir(
        ROOT / "desktop",
        keywords={"translate": None, "mark": None},
        method_map=[("**.py", "python")],
    )
    return {
        message for _file, _line, message, _comments, _context in found if isinstance(message, str)
    }


def catalogue(language: str) -> dict[str, str]:
    with (ROOT / "resources" / "words" / f"{language}.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_id_used_in_the_code_has_words(language):
    words = catalogue(language)
    assert not sorted(used() - {id_ for id_, text in words.items() if text})


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_are_left_over(language):
    assert not sorted(set(catalogue(language)) - used())


def test_both_languages_fill_the_same_places():
    def places(text: str) -> set[str]:
        return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}

    german, english = catalogue("de"), catalogue("en")
    assert {i for i in german if places(german[i]) != places(english[i])} == set()
