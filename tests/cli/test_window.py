from __future__ import annotations

import sys

import pytest

from tests.cli.program import run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is a screen")


@pytest.mark.parametrize(
    "variables",
    [{"DISPLAY": "localhost:4711"}, {"WAYLAND_DISPLAY": "gone"}, {"QT_QPA_PLATFORM": "none"}],
    ids=["a display that has gone", "a compositor that has gone", "a platform that is not there"],
)
def test_a_screen_that_qt_cannot_use_is_one_sentence_and_no_abort(tmp_path, monkeypatch, variables):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    runtime = {"XDG_RUNTIME_DIR": str(tmp_path)} | variables
    options = ("--training", "--data-dir", str(tmp_path), "--language", "en")
    done = run("window", *options, **runtime)
    assert (done.code, done.out) == (69, "")
    assert done.err.startswith("tresen: The window cannot be opened here")
    assert done.err.count("\n") == 1
    assert [file.name for file in tmp_path.iterdir()] == ["log"]
