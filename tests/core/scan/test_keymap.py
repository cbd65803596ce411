from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.scan.keymap import LAYOUTS, KeyStroke, decode

BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

ALL_STROKES = [
    KeyStroke(code, shift=shift, alt_gr=alt_gr)
    for shift, alt_gr in ((False, False), (True, False), (False, True))
    for code in range(1, 128)
]


def encoder(layout: str) -> dict[str, KeyStroke]:
    """A key stroke for each character of a layout, as a scanner would press it."""
    strokes: dict[str, KeyStroke] = {}
    for stroke in ALL_STROKES:
        sign = decode([stroke], layout)
        if sign:
            strokes.setdefault(sign, stroke)
    return strokes


ENCODERS = {layout: encoder(layout) for layout in LAYOUTS}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_sign_of_base45_and_of_gs1_can_be_typed(layout):
    gs1 = "!\"%&'()*+,-./0123456789:;<=>?_abcdefghijklmnopqrstuvwxyz]"
    assert set(BASE45 + gs1) <= ENCODERS[layout].keys()


@given(st.sampled_from(LAYOUTS), st.text(st.sampled_from(BASE45 + "abcxyz]\r<>_")))
def test_what_a_scanner_types_is_what_is_read(layout, text):
    assert decode([ENCODERS[layout][sign] for sign in text], layout) == text


def test_the_keys_that_turn_us_codes_into_nonsense_on_a_german_system_are_read_as_us():
    # What X11 delivered for "HC1:+*-/]yz", codes minus 8, from a scanner set to a US keyboard.
    strokes = [
        KeyStroke(35, shift=True),
        KeyStroke(46, shift=True),
        KeyStroke(2),
        KeyStroke(39, shift=True),
        KeyStroke(13, shift=True),
        KeyStroke(9, shift=True),
        KeyStroke(12),
        KeyStroke(53),
        KeyStroke(27),
        KeyStroke(21),
        KeyStroke(44),
    ]
    assert decode(strokes, "us") == "HC1:+*-/]yz"
    assert decode(strokes, "de") == "HC1Ö`(ß-+zy"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("stroke", [KeyStroke(27, control=True), KeyStroke(66)])
def test_control_bracket_and_f8_are_a_group_separator(layout, stroke):
    assert decode([stroke], layout) == "\x1d"


def test_the_german_bracket_with_control_is_a_group_separator():
    assert decode([KeyStroke(10, control=True, alt_gr=True)], "de") == "\x1d"


@pytest.mark.parametrize(
    ("stroke", "sign"),
    [
        (KeyStroke(7, shift=True, control=True), "\x1e"),
        (KeyStroke(32, control=True), "\x04"),
        (KeyStroke(50, control=True), "\r"),
        (KeyStroke(2, control=True), ""),
        (KeyStroke(27, control=True, alt_gr=True), ""),
    ],
)
def test_control_with_a_letter_is_its_control_character(stroke, sign):
    assert decode([stroke], "us") == sign


@pytest.mark.parametrize("layout", LAYOUTS)
def test_enter_ends_a_scan_and_the_number_pad_types_numbers(layout):
    strokes = [KeyStroke(79), KeyStroke(82), KeyStroke(55), KeyStroke(98), KeyStroke(96)]
    assert decode(strokes, layout) == "10*/\r"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("code", [42, 54, 29, 97, 56, 100, 58, 0, 9999])
def test_modifiers_and_unknown_keys_say_nothing(layout, code):
    assert decode([KeyStroke(code)], layout) == ""
    assert decode([KeyStroke(code, control=True)], layout) == ""


def test_a_layout_that_nobody_knows_is_an_error():
    with pytest.raises(KeyError):
        decode([], "fr")


@given(
    st.lists(st.builds(KeyStroke, st.integers(), st.booleans(), st.booleans(), st.booleans())),
    st.sampled_from(LAYOUTS),
)
def test_any_key_strokes_are_read(strokes, layout):
    assert len(decode(strokes, layout)) <= len(strokes)
