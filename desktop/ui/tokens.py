"""How the screen looks: one table of colours and measures for light and dark.

Everything on an 8-pixel grid; text keeps a contrast of at least 4.5:1 on what it stands on, edges
that must be seen 3:1 (WCAG 2.2, 1.4.3 and 1.4.11). Training wears another accent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

GRID: Final = 8
TEXT: Final = 16
SMALL: Final = 13
TITLE: Final = 22
FIELD: Final = 44
PRIMARY: Final = 60
CORNER: Final = 8
RAIL: Final = 108
PAPER: Final = "#ffffff"
INK: Final = "#000000"
"""A code is dark on white in every look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The colours of one look, ``#rrggbb``; ``*_soft`` are grounds for words in that colour."""

    dark: bool
    canvas: str
    surface: str
    field: str
    line: str
    edge: str
    text: str
    muted: str
    accent: str
    accent_strong: str
    on_accent: str
    accent_soft: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    stop: str
    stop_soft: str
    stripe: str
    stripe_other: str
    on_stripe: str


LIGHT: Final = Tokens(
    dark=False,
    canvas="#f2f5f6",
    surface="#ffffff",
    field="#ffffff",
    line="#dbe2e6",
    edge="#7f8d98",
    text="#15202a",
    muted="#50606d",
    accent="#0b6b66",
    accent_strong="#08524e",
    on_accent="#ffffff",
    accent_soft="#ddefed",
    good="#176b3d",
    good_soft="#e6f3ea",
    warn="#834d00",
    warn_soft="#fbebd2",
    stop="#aa2018",
    stop_soft="#fbe5e3",
    stripe="#e3daf9",
    stripe_other="#d6c9f5",
    on_stripe="#3d2487",
)

DARK: Final = Tokens(
    dark=True,
    canvas="#10161b",
    surface="#192128",
    field="#11181d",
    line="#2c3741",
    edge="#6f7e8b",
    text="#e8eef2",
    muted="#a5b2bd",
    accent="#56c7bc",
    accent_strong="#86ddd4",
    on_accent="#04211f",
    accent_soft="#153635",
    good="#74d6a0",
    good_soft="#15301f",
    warn="#f1b765",
    warn_soft="#38290f",
    stop="#ff938a",
    stop_soft="#431c1a",
    stripe="#33275c",
    stripe_other="#3d2f6d",
    on_stripe="#ded2ff",
)


def training(tokens: Tokens) -> Tokens:
    """The same look with the accent of training, so that nobody mistakes one for the other."""
    if tokens.dark:
        return replace(
            tokens,
            accent="#b9a4f6",
            accent_strong="#d2c4fb",
            on_accent="#1c1140",
            accent_soft="#2b2349",
        )
    return replace(
        tokens,
        accent="#5a3db0",
        accent_strong="#432a8c",
        on_accent="#ffffff",
        accent_soft="#ebe6f9",
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB's curve
        for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
