from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.scan import keymap
from desktop.ui.strokes import BURST, GAP, PAUSE, Bursts, Held, KeyEvent, Step, Stroke
from desktop.ui.wedge import best_reading, evdev, readings
from tests.ui.keyboard import CONTROL, ENTER, RIGHT_BRACKET, SHIFT, places

TAB, F8, F9, ESC, BACKSPACE, RIGHT_ALT = 15, 66, 67, 1, 14, 100
US = places("us")
PRINTED = sorted(sign for sign in US if sign.isprintable())
CERTIFICATE = "HC1:6BFOXN%TS3DH0YOJ58S S-W5HDC *M0II5XHC9B5G2+$N IOP-IA%NFQGRJPC%OQHIZC4"
PACK = "]d20104150178959757" + "10FA5765\x1d17270131"


class Feeder:
    """Feeds strokes into a Bursts and keeps what it said."""

    def __init__(self) -> None:
        self.bursts = Bursts()
        self.at = 1000
        self.steps: list[Step] = []
        self.scans: list[str] = []

    def feed(self, *, down: bool, code: int, text: str = "", repeat: bool = False) -> Step:
        event = KeyEvent(down=down, code=code, at=self.at, text=text, repeat=repeat)
        step = self.bursts.feed(event)
        self.steps.append(step)
        if step in (Step.END, Step.END_AND_PASS, Step.END_AND_BEGIN):
            self.scans.append(self.read())
        return step

    def read(self, layout: str = "us") -> str:
        return keymap.decode([stroke.key for stroke in self.bursts.finished], layout)

    def stroke(self, code: int, *held: int, gap: int = 3, text: str = "") -> Step:
        self.at += gap
        for each in held:
            self.feed(down=True, code=each)
        step = self.feed(down=True, code=code, text=text)
        self.feed(down=False, code=code)
        for each in held:
            self.feed(down=False, code=each)
        return step

    def type(self, text: str, layout: dict[str, tuple[int, bool]] = US, gap: int = 3) -> None:
        for sign in text:
            if sign == "\x1d":
                self.stroke(RIGHT_BRACKET, CONTROL, gap=gap)
                continue
            code, shifted = layout[sign]
            self.stroke(code, *([SHIFT] if shifted else []), gap=gap, text=sign)

    @property
    def swallowed(self) -> bool:
        return any(step in (Step.RECOGNISE, Step.TAKE, Step.END) for step in self.steps)


@pytest.mark.parametrize("text", [CERTIFICATE, PACK, "4150178959757"])
def test_a_scan_arrives_whole(text):
    scanner = Feeder()
    scanner.type(text)
    scanner.stroke(ENTER)
    assert scanner.scans == [text]


def test_a_scan_of_more_than_500_signs_arrives_whole():
    scanner = Feeder()
    text = (CERTIFICATE * 9)[:620]
    scanner.type(text)
    scanner.stroke(ENTER)
    assert scanner.scans == [text]


def test_the_first_stroke_is_remembered_and_the_sixth_recognised():
    scanner = Feeder()
    scanner.type("123456")
    presses = scanner.steps[::2]
    assert presses == [Step.BEGIN, *[Step.PASS] * (BURST - 2), Step.RECOGNISE]


def test_after_that_nothing_reaches_the_widgets_not_even_enter_or_a_release():
    scanner = Feeder()
    scanner.type("123456")
    before = len(scanner.steps)
    scanner.type("7890AB")
    scanner.stroke(ENTER)
    assert set(scanner.steps[before - 1 :]) == {Step.TAKE, Step.END}


def test_a_tabulator_ends_a_scan_too():
    scanner = Feeder()
    scanner.type("1234567")
    assert scanner.stroke(TAB) is Step.END
    assert scanner.scans == ["1234567"]


def test_a_pause_ends_a_scan_without_enter():
    scanner = Feeder()
    scanner.type("1234567")
    assert scanner.bursts.pause()
    assert scanner.read() == "1234567"
    assert not scanner.bursts.scanning


def test_a_stroke_after_the_pause_belongs_to_a_person_or_to_the_next_scan():
    scanner = Feeder()
    scanner.type("1234567")
    assert scanner.stroke(US["x"][0], gap=PAUSE + 1) is Step.END_AND_BEGIN
    assert scanner.scans == ["1234567"]
    scanner.type("bcdefgh")
    assert scanner.stroke(ENTER) is Step.END
    assert scanner.scans == ["1234567", "xbcdefgh"]


@pytest.mark.parametrize("code", [ESC, F9, BACKSPACE])
def test_a_key_that_no_scanner_presses_ends_the_scan_and_goes_through(code):
    scanner = Feeder()
    scanner.type("1234567")
    assert scanner.stroke(code) is Step.END_AND_PASS
    assert scanner.scans == ["1234567"]


@pytest.mark.parametrize("code", [ESC, F9, BACKSPACE, ENTER])
def test_five_fast_strokes_and_another_key_are_a_person(code):
    person = Feeder()
    person.type("12345")
    assert person.stroke(code) is Step.PASS
    person.type("12345")
    assert not person.swallowed


def test_a_group_separator_by_control_is_part_of_the_scan_but_control_with_a_letter_is_not():
    scanner = Feeder()
    scanner.type("1234567")
    assert scanner.stroke(RIGHT_BRACKET, CONTROL) is Step.TAKE
    assert scanner.stroke(US["p"][0], CONTROL) is Step.END_AND_PASS


def test_f8_in_the_middle_of_a_scan_is_a_group_separator():
    scanner = Feeder()
    scanner.type("1234567")
    assert scanner.stroke(F8) is Step.TAKE
    scanner.type("89")
    scanner.stroke(ENTER)
    assert scanner.scans == ["1234567\x1d89"]


def test_f8_alone_is_a_person():
    assert Feeder().stroke(F8) is Step.PASS


@given(
    st.lists(
        st.tuples(st.sampled_from(PRINTED), st.integers(GAP + 1, 400)), min_size=1, max_size=60
    )
)
def test_nobody_who_types_slower_than_a_scanner_is_taken_for_one(strokes):
    person = Feeder()
    for sign, gap in strokes:
        person.type(sign, gap=gap)
    assert not person.swallowed


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from("asdfghjkl"), st.integers(5, GAP)), max_size=4),
        max_size=20,
    )
)
def test_rolling_over_a_few_keys_is_no_scan_while_no_burst_is_long_enough(rolls):
    person = Feeder()
    for roll in rolls:
        person.at += 200
        for sign, gap in roll:
            person.type(sign, gap=gap)
    assert not person.swallowed


@given(st.text(alphabet=PRINTED, min_size=BURST, max_size=80), st.integers(0, GAP))
def test_every_text_at_every_scanner_speed_is_read_back(text, gap):
    scanner = Feeder()
    scanner.type(text, gap=gap)
    scanner.stroke(ENTER, gap=gap)
    assert scanner.scans == [text]


def test_a_held_key_is_no_scan():
    person = Feeder()
    code = US["x"][0]
    person.stroke(code, gap=300)
    for _ in range(20):
        person.at += 30
        person.feed(down=True, code=code, text="x", repeat=True)
    assert not person.swallowed


def test_a_held_key_that_the_server_repeats_as_releases_and_presses_is_no_scan():
    person = Feeder()
    code = US["x"][0]
    person.feed(down=True, code=code, text="x")
    person.at += 300
    for _ in range(20):
        person.at += 33
        person.feed(down=False, code=code)
        person.feed(down=True, code=code, text="x")
    assert not person.swallowed


def test_a_doubled_letter_of_a_fast_scanner_is_two_letters():
    scanner = Feeder()
    scanner.type("112233", gap=0)
    scanner.stroke(ENTER, gap=0)
    assert scanner.scans == ["112233"]


class Composing(Feeder):
    """An input method that takes away a dead key and the letter after it, but not the releases."""

    def hidden(self, code: int, *held: int, order: str = "key first") -> None:
        self.at += 3
        for each in held:
            self.feed(down=True, code=each)
        if order == "shift first":
            for each in held:
                self.feed(down=False, code=each)
        self.feed(down=False, code=code)
        if order == "key first":
            for each in held:
                self.feed(down=False, code=each)


@pytest.mark.parametrize("order", ["key first", "shift first"])
def test_dead_keys_of_a_german_system_lose_nothing_of_an_american_scanner(order):
    scanner = Composing()
    scanner.type("HC1:6B")
    scanner.hidden(US["+"][0], SHIFT, order=order)
    scanner.hidden(US["A"][0], SHIFT, order=order)
    scanner.type("9%")
    scanner.stroke(ENTER)
    assert scanner.scans == ["HC1:6B+A9%"]


def test_a_dead_key_without_shift_after_a_capital_stays_without_shift():
    scanner = Composing()
    scanner.type("123456A")
    scanner.at += 2
    scanner.hidden(US["="][0])
    scanner.stroke(ENTER)
    assert scanner.scans == ["123456A="]


def test_a_press_that_a_short_cut_swallowed_leaves_no_stroke_behind():
    bursts = Bursts()
    for at in range(0, 10 * BURST, 10):
        bursts.announce(KeyEvent(down=True, code=44, at=at))
        assert bursts.feed(KeyEvent(down=False, code=44, at=at + 5)) is Step.PASS
    assert not bursts.scanning


def test_what_the_keyboard_held_is_forgotten_when_the_window_loses_it():
    scanner = Feeder()
    scanner.feed(down=True, code=CONTROL)
    scanner.bursts.forget()
    scanner.type("1234567")
    scanner.stroke(ENTER)
    assert scanner.scans == ["1234567"]


def test_the_right_alt_key_is_told_to_the_layout():
    scanner = Feeder()
    scanner.type("1234567")
    scanner.stroke(16, RIGHT_ALT)
    scanner.stroke(ENTER)
    assert scanner.read("de") == "1234567@"


def test_keys_with_the_menu_key_held_belong_to_a_person():
    bursts = Bursts()
    steps = [
        bursts.feed(KeyEvent(down=True, code=code, at=code, meta=True)) for code in range(30, 38)
    ]
    assert set(steps) == {Step.PASS}


def test_a_held_key_is_one_press_however_often_it_repeats():
    held = Held()
    assert held.press(KeyEvent(down=True, code=88, at=0))
    assert not held.press(KeyEvent(down=True, code=88, at=500, repeat=True))
    held.release(KeyEvent(down=False, code=88, at=540))
    assert not held.press(KeyEvent(down=True, code=88, at=540))
    held.release(KeyEvent(down=False, code=88, at=700))
    assert held.press(KeyEvent(down=True, code=88, at=720))


@pytest.mark.parametrize(
    ("native", "platform", "code"),
    [
        (38, "xcb", 30),
        (38, "wayland", 30),
        (3, "xcb", 0),
        (0x1E, "windows", 0x1E),
        (0x11C, "windows", 96),
        (0x138, "windows", 100),
        (0x14B, "windows", 0),
        (7, "cocoa", 0),
    ],
)
def test_native_codes_become_places_on_the_keyboard(native, platform, code):
    assert evdev(native, platform) == code


def strokes(text: str, layout: str, heard: str | None = None) -> tuple[Stroke, ...]:
    where = places(layout)
    signs = zip(text, heard or text, strict=True)
    return tuple(
        Stroke(keymap.KeyStroke(where[meant][0], shift=where[meant][1]), said)
        for meant, said in signs
    )


@pytest.mark.parametrize("configured", ["us", "de"])
@pytest.mark.parametrize("real", ["us", "de"])
def test_a_scanner_that_is_set_otherwise_than_the_settings_say_is_understood(configured, real):
    assert best_reading(strokes(CERTIFICATE, real), configured) == CERTIFICATE


def test_what_nobody_understands_is_read_as_configured():
    assert best_reading(strokes("hzj-", "de"), "us") == "hyj/"
    assert readings(strokes("hzj-", "de"), "us") == ("hyj/", "hzj-", "hzj-")


def test_without_key_codes_the_systems_own_text_has_to_do():
    unknown = tuple(Stroke(keymap.KeyStroke(0), sign) for sign in "HC1:ABC")
    assert readings(unknown, "us") == ("HC1:ABC",)


def test_without_key_codes_a_scan_is_recognised_all_the_same():
    scanner = Feeder()
    for sign in "HC1:ABC":
        scanner.at += 3
        scanner.feed(down=True, code=0, text=sign)
        scanner.feed(down=False, code=0, text=sign)
    scanner.at += 3
    assert scanner.feed(down=True, code=0, text="\r") is Step.END
    assert "".join(stroke.text for stroke in scanner.bursts.finished) == "HC1:ABC"
