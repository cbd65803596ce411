"""The code on screen: whole device pixels a module at every scale, dark on white in every look."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.settings import Look, Settings
from desktop.hcert.qr import QUIET_ZONE
from desktop.ui.widgets.code import CodeView, placement
from tests import codes
from tests.ui.keyboard import Keyboard
from tests.ui.seen import picture, read_code

ROOT = Path(__file__).resolve().parents[2]
TEXT = "HC1:" + "6BFOXN%TS3DH0YOJ58S S-W5HDC *M0II5XHC9B5G2+$N IOP-IA%NFQGRJPC%OQHIZC4" * 8
RATIOS = (1.0, 1.25, 1.5, 1.75, 2.0, 3.0)

AT_A_SCALE = """
import json, sys
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from desktop.ui.widgets.code import CodeView
from tests import codes
from tests.ui.seen import picture
application = QApplication(["code", "-platform", "offscreen"])
window, view = QWidget(), CodeView()
layout = QHBoxLayout(window)
layout.setContentsMargins(7, 3, 5, 1)
layout.addWidget(QLabel("x" * 9))
layout.addWidget(view, 1)
view.set_text(sys.argv[1])
window.resize(int(sys.argv[2]), int(sys.argv[3]))
window.show()
seen = picture(window)
code = codes.read_code(seen)
print(json.dumps({"text": code.text, "dots": codes.whole_dots(seen, code)}))
"""


@given(
    st.integers(21, 177),
    st.tuples(
        st.integers(0, 400), st.integers(0, 400), st.integers(240, 2000), st.integers(240, 2000)
    ),
    st.sampled_from(RATIOS),
)
def test_a_code_lies_whole_within_its_area_with_its_quiet_zone(size, area, ratio):
    where = placement(size, area, ratio)
    left, top, width, height = (value * ratio for value in area)
    whole = where.module * (size + 2 * QUIET_ZONE)
    assert where.module >= 1
    if where.module > 1:
        assert whole <= min(width, height)
    assert where.module == 1 or (where.module + 1) * (size + 2 * QUIET_ZONE) > min(width, height)
    assert abs(where.left + where.module * size / 2 - (left + width / 2)) <= 0.5
    assert abs(where.top + where.module * size / 2 - (top + height / 2)) <= 0.5


@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize("size", [(300, 300), (411, 523), (640, 480), (1000, 1200)])
def test_every_module_is_as_large_as_every_other(qtbot, size):
    view = CodeView()
    qtbot.addWidget(view)
    view.set_text(TEXT)
    view.resize(*size)
    view.show()
    seen = picture(view)
    code = codes.read_code(seen)
    assert code.text == TEXT
    assert codes.whole_dots(seen, code) >= 1


@pytest.mark.parametrize("scale", ["1.25", "1.5", "2"])
def test_modules_are_whole_device_pixels_where_the_screen_is_scaled(scale):
    done = subprocess.run(
        [sys.executable, "-c", AT_A_SCALE, TEXT, "613", "459"],
        cwd=ROOT,
        env={"QT_SCALE_FACTOR": scale, "PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["text"] == TEXT
    assert told["dots"] >= 2


@pytest.mark.usefixtures("dressed")
def test_a_fine_code_gives_up_error_correction_for_larger_modules(qtbot):
    view = CodeView()
    qtbot.addWidget(view)
    view.set_text(TEXT)
    view.resize(900, 900)
    view.show()
    assert codes.read_code(picture(view)).level == "Q"
    view.resize(380, 380)
    assert codes.read_code(picture(view)).level in ("M", "L")


@pytest.mark.usefixtures("dressed")
def test_it_says_once_that_it_was_painted(qtbot):
    view = CodeView()
    qtbot.addWidget(view)
    painted: list[str] = []
    view.painted.connect(painted.append)
    view.resize(300, 300)
    view.show()
    qtbot.waitExposed(view)
    view.grab()
    assert painted == []
    view.set_text(TEXT)
    view.grab()
    view.resize(310, 310)
    view.grab()
    assert painted == [TEXT]


@pytest.mark.parametrize("look", [Look.LIGHT, Look.DARK])
def test_it_is_dark_on_white_in_every_look(open_stage, look):
    stage = open_stage(settings=Settings(look=look))
    keyboard = Keyboard(stage.program.frame.windowHandle())
    keyboard.enter("Erika", "Muster", "1964", "Comirnaty", "1", "2", "1.5.21")
    keyboard.f12()
    assert read_code(stage.program.frame) == stage.serving.scene.showing.issuance.hc1


def test_nothing_of_it_stays_when_the_next_customer_comes(open_stage):
    stage = open_stage()
    keyboard = Keyboard(stage.program.frame.windowHandle())
    keyboard.enter("Erika", "Muster", "1964", "Comirnaty", "1", "2", "1.5.21")
    keyboard.f12()
    keyboard.f12()
    assert stage.result.code.text == ""
    assert stage.result.name.text() == ""
    assert read_code(stage.program.frame) is None
