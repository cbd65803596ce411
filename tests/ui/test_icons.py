from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor

from desktop.adapters import resources
from desktop.ui.icons import Icon, Icons

FAMILY = re.compile(
    r'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#000000" '
    r'stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">'
)


def test_every_icon_has_a_file_and_every_file_is_an_icon():
    assert set(resources.names("icons", ".svg")) == {str(icon) for icon in Icon}


@pytest.mark.parametrize("icon", Icon)
def test_all_icons_are_of_one_family(icon):
    assert FAMILY.match(resources.read_text(f"icons/{icon}.svg"))


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize("icon", Icon)
def test_an_icon_is_drawn_in_the_colour_that_is_asked_for(icon):
    picture = Icons(resources.read_bytes).icon(icon, "#0b6b66", 24).pixmap(24, 24).toImage()
    pixels = [picture.pixelColor(x, y) for x in range(24) for y in range(24)]
    inked = [pixel for pixel in pixels if pixel.alpha() > 250]
    assert inked
    assert all(abs(pixel.red() - QColor("#0b6b66").red()) < 4 for pixel in inked)
