"""Telling a scanner from a typing person: bursts of key strokes, recognised by their times.

A keyboard-wedge scanner types; nothing but its speed gives it away. Key events go through a
:class:`Bursts`, which says of each what should become of it. Pure: times come with the events.

Two things that window systems do are undone here. An input method takes dead keys away, and the
letter after them, before anybody sees them pressed; their *release* still arrives, so a release
without a press counts as a stroke. And an X server without hardware repeats a held key as
releases and presses with one time stamp: that is the key held, not the key pressed again.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from desktop.core.scan.keymap import KeyStroke

BURST: Final = 6
"""So many strokes in a row, each close to the one before, are a scanner."""

GAP: Final = 40
"""Longest time between two strokes of a scanner before it is recognised, in milliseconds."""

PAUSE: Final = 150
"""A pause this long ends a scan that has no Enter at its end, in milliseconds."""

_HELD: Final = 100
"""A key down for so long, in milliseconds, that is pressed again at once, repeats."""

_SHIFT: Final = frozenset({42, 54})
_CONTROL: Final = frozenset({29, 97})
_ALT_GR: Final = frozenset({100})
_MODIFIERS: Final = _SHIFT | _CONTROL | _ALT_GR
_ENDS: Final = frozenset({28, 96, 15})
_END_SIGNS: Final = ("\r", "\n", "\t")
_SIGNS: Final = frozenset(
    {*range(2, 14), *range(16, 28), *range(30, 42), 43, *range(44, 54), 57, 86}
)
_PAD: Final = frozenset({55, *range(71, 84), 98})
_GROUP_SEPARATOR: Final = frozenset({27, 10})
"""Where ``]`` is on a US and on a German keyboard: with control, what scanners send for GS."""
_F8: Final = 66
"""What some scanners send for GS instead; only in the middle of a scan."""


@dataclass(frozen=True, slots=True)
class KeyEvent:
    """A key went down or up.

    Attributes:
        down: Whether it went down.
        code: The key's place, evdev numbering; 0 if it is unknown.
        at: When, in milliseconds of the window system.
        text: What the system made of it.
        repeat: The system says that the key was held.
        meta: A modifier is down that no scanner presses (Alt, the system's key).
    """

    down: bool
    code: int
    at: int
    text: str = ""
    repeat: bool = False
    meta: bool = False


@dataclass(frozen=True, slots=True)
class Stroke:
    """One stroke of a scan.

    Attributes:
        key: The key and its modifiers.
        text: What the system made of it; empty for what an input method took away.
    """

    key: KeyStroke
    text: str


class Step(Enum):
    """What should become of a key event."""

    PASS = auto()
    """It belongs to a person."""
    BEGIN = auto()
    """It may be the first of a scan: remember the field as it is, then let it pass."""
    RECOGNISE = auto()
    """It is a scan: give the field back what it held at BEGIN; the event is the scanner's."""
    TAKE = auto()
    """It is the scanner's."""
    END = auto()
    """It is the scanner's and its last; the scan is complete."""
    END_AND_PASS = auto()
    """The scan ended before it; the event belongs to a person."""
    END_AND_BEGIN = auto()
    """The scan ended before it, and another may begin with it."""


class Held:
    """Knows of each key since when it is down, and whether a press is only a repetition."""

    def __init__(self) -> None:
        self._down_at: dict[int, int] = {}
        self._up_at: dict[int, int] = {}
        self._latest: tuple[int, int] | None = None
        self._fresh = True

    def press(self, event: KeyEvent) -> bool:
        """Take note of a press, once or again; whether the key was not down already."""
        latest = (event.code, event.at)
        if latest != self._latest:
            self._latest = latest
            self._fresh = self._is_fresh(event)
            if self._fresh:
                self._down_at[event.code] = event.at
            self._up_at.pop(event.code, None)
        return self._fresh

    def release(self, event: KeyEvent) -> bool:
        """Take note of a release; whether its press had been seen."""
        known = event.code in self._down_at and event.code not in self._up_at
        self._up_at[event.code] = event.at
        self._latest = None
        return known

    def _is_fresh(self, event: KeyEvent) -> bool:
        began = self._down_at.get(event.code)
        held = began is not None and event.at - began >= _HELD
        return not event.repeat and not (held and self._up_at.get(event.code) == event.at)


class Bursts:
    """Follows the keys of one keyboard; says of each event what should become of it."""

    def __init__(self) -> None:
        self._held = Held()
        self._strokes: list[Stroke] = []
        self._scanning = False
        self._last_at = 0
        self._down: set[int] = set()
        self._shift_pressed = False
        self._shift_released_at = -1
        self._taken: set[int] = set()
        self._finished: tuple[Stroke, ...] = ()

    @property
    def scanning(self) -> bool:
        """Whether a scan was recognised and has not ended."""
        return self._scanning

    @property
    def finished(self) -> tuple[Stroke, ...]:
        """The strokes of the scan that ended last."""
        return self._finished

    def forget(self) -> None:
        """The keyboard went elsewhere: nothing is known to be down, nothing is half typed."""
        self._finish()
        self._held = Held()
        self._down.clear()
        self._taken.clear()

    def announce(self, event: KeyEvent) -> None:
        """A press is on its way that a short-cut may swallow: its release is no stroke."""
        if event.code not in _MODIFIERS:
            self._held.press(event)

    def feed(self, event: KeyEvent) -> Step:
        """What should become of an event."""
        if event.code in _MODIFIERS:
            return self._modifier(event)
        if event.down:
            fresh = self._held.press(event)
            return self._stroke(event, orphan=False) if fresh else self._repeated()
        if self._held.release(event) or event.code == 0:
            return self._released(event)
        return self._stroke(event, orphan=True)

    def pause(self) -> bool:
        """Nothing came for PAUSE milliseconds; whether that ended a scan."""
        ended = self._scanning
        self._finish()
        return ended

    def _modifier(self, event: KeyEvent) -> Step:
        if event.code in _SHIFT:
            self._shift_pressed |= event.down
            if not event.down:
                self._shift_released_at = event.at
        (self._down.add if event.down else self._down.discard)(event.code)
        return Step.TAKE if self._scanning else Step.PASS

    def _released(self, event: KeyEvent) -> Step:
        if event.code in self._taken:
            self._taken.discard(event.code)
            return Step.TAKE
        return Step.PASS

    def _repeated(self) -> Step:
        if self._scanning:
            return Step.TAKE
        self._strokes.clear()
        return Step.PASS

    def _stroke(self, event: KeyEvent, *, orphan: bool) -> Step:
        gap = event.at - self._last_at
        self._last_at = event.at
        key = self._key(event, orphan=orphan)
        if self._scanning:
            return self._next_of_scan(event, key, gap)
        if not _is_of_scan(key, event):
            self._strokes.clear()
            return Step.PASS
        return self._candidate(event, key, gap)

    def _candidate(self, event: KeyEvent, key: KeyStroke, gap: int) -> Step:
        if not 0 <= gap <= GAP:
            self._strokes.clear()
        self._strokes.append(Stroke(key, event.text))
        if len(self._strokes) == 1:
            return Step.BEGIN
        if len(self._strokes) < BURST:
            return Step.PASS
        self._scanning = True
        self._take(event)
        return Step.RECOGNISE

    def _next_of_scan(self, event: KeyEvent, key: KeyStroke, gap: int) -> Step:
        if not 0 <= gap <= PAUSE:
            self._finish()
            if not _is_of_scan(key, event):
                return Step.END_AND_PASS
            self._candidate(event, key, gap)
            return Step.END_AND_BEGIN
        if key.code in _ENDS or (key.code == 0 and event.text in _END_SIGNS):
            self._take(event)
            self._finish()
            return Step.END
        if not _is_of_scan(key, event) and key.code != _F8:
            self._finish()
            return Step.END_AND_PASS
        self._take(event)
        self._strokes.append(Stroke(key, event.text))
        return Step.TAKE

    def _take(self, event: KeyEvent) -> None:
        if event.down:
            self._taken.add(event.code)

    def _finish(self) -> None:
        if self._scanning:
            self._finished = tuple(self._strokes)
        self._strokes.clear()
        self._scanning = False

    def _key(self, event: KeyEvent, *, orphan: bool) -> KeyStroke:
        """The key with its modifiers; of an orphan the press is over, so what held then counts."""
        shift = bool(self._down & _SHIFT)
        if orphan:
            shift = shift or self._shift_pressed or self._shift_released_at == event.at
        self._shift_pressed = False
        return KeyStroke(
            event.code,
            shift=shift,
            control=bool(self._down & _CONTROL),
            alt_gr=bool(self._down & _ALT_GR),
        )


def _is_of_scan(key: KeyStroke, event: KeyEvent) -> bool:
    """Whether a scanner presses such a key in the middle of a code."""
    if event.meta:
        return False
    if key.control:
        return key.code in _GROUP_SEPARATOR
    return (
        key.code in _SIGNS
        or key.code in _PAD
        or (key.code == 0 and event.text.isprintable() and event.text != "")
    )
