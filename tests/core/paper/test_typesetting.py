from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.paper.typesetting import printable, wrap


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Erika", "Erika"),
        ("Mu\u0308ller", "Müller"),
        ("a\x1b@\x1dV\x00\x10b", "a@ Vb"),
        ("u\u200c\u0308", "ü"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("a\u200bb\u200d\ufeff\u00adc", "abc"),
        (" a\t\n b\u00a0c\u2028d ", "a b c d"),
        ("\ud800a\ue000\uffff", "a"),
        ("\x00", ""),
    ],
)
def test_only_what_a_reader_can_see_goes_to_paper(text, seen):
    assert printable(text) == seen


@given(st.text())
def test_what_goes_to_paper_never_holds_a_control_or_an_invisible_sign(text):
    seen = printable(text)
    assert not any(unicodedata.category(sign)[0] in "CZ" for sign in seen if sign != " ")
    assert printable(seen) == seen


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 5, ()),
        ("  ", 5, ()),
        ("ab cd", 5, ("ab cd",)),
        ("ab cd", 4, ("ab", "cd")),
        ("ab cd ef", 5, ("ab cd", "ef")),
        ("abcdef", 4, ("abcd", "ef")),
        ("ab-cdef", 4, ("ab-", "cdef")),
        ("A<<B<CD", 4, ("A<<", "B<CD")),
        ("x abcdefghi y", 4, ("x", "abcd", "efgh", "i y")),
        ("abc", 0, ("a", "b", "c")),
    ],
)
def test_lines_end_between_words_and_cut_only_what_is_too_long(text, width, lines):
    assert wrap(text, width, len) == lines


@given(st.text(alphabet="ab-< "), st.integers(1, 12))
def test_wrapping_loses_nothing_and_no_line_is_too_wide(text, width):
    lines = wrap(text, width, len)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(0 < len(line) <= width for line in lines)
