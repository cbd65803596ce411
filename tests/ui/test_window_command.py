"""``tresen window`` as a process and in its parts."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler, qWarning

from desktop.adapters.words import Catalogue
from desktop.cli import window
from desktop.core.settings import Settings, Site
from desktop.core.start import StartOptions
from desktop.core.status import Realm
from desktop.ui import singletons

ROOT = Path(__file__).resolve().parents[2]


def started(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    inherited = {name: value for name, value in os.environ.items() if name not in hidden}
    return subprocess.run(
        [sys.executable, "-m", "desktop", "window", *words],
        cwd=ROOT,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ":4711"}], ids=["none", "dead"])
def test_without_a_display_it_says_so_in_one_sentence_and_ends_with_69(
    tmp_path, language, environment
):
    done = started("--data-dir", str(tmp_path), "--language", language, **environment)
    sentence = Catalogue(language).translate("cli.window.no_display")
    assert done.returncode == 69
    assert done.stdout == ""
    assert done.stderr == f"tresen: {sentence}\n"


def test_any_named_platform_counts_as_a_display(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert window.has_display()


def test_a_display_that_answers_counts(monkeypatch, tmp_path):
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(window, "_X11_SOCKETS", str(tmp_path / "X"))
    monkeypatch.setenv("DISPLAY", ":7.0")
    assert not window.has_display()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "X7"))
        server.listen()
        assert window.has_display()
    monkeypatch.setenv("DISPLAY", "other:0")
    assert window.has_display()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.delenv("DISPLAY")
    assert window.has_display()


def test_the_other_realm_has_a_folder_of_its_own(tmp_path):
    outside = window.outside(StartOptions(Realm.PRODUCTION, tmp_path))
    assert outside.is_set_up(Realm.TRAINING)
    assert not outside.is_set_up(Realm.PRODUCTION)
    outside.assemble(Realm.TRAINING).close()
    assert (tmp_path / "training" / "terminal.db").exists()
    assert not (tmp_path / "terminal.db").exists()


def test_set_up_makes_the_terminal_one_that_can_be_opened(tmp_path):
    outside = window.outside(StartOptions(Realm.PRODUCTION, tmp_path))
    site = Site(profile="de", pharmacy="Löwen-Apotheke", issuer_id="7F3KQ")
    outside.set_up(Settings(site=site, centre_url="https://z.example"))
    assert outside.is_set_up(Realm.PRODUCTION)
    terminal = outside.assemble(Realm.PRODUCTION)
    assert terminal.site == site
    terminal.close()


def test_all_profiles_can_be_chosen(tmp_path):
    assert window.outside(StartOptions(data_dir=tmp_path)).profiles == ("at", "de")


@pytest.mark.expects_log
@pytest.mark.usefixtures("dressed")
def test_what_qt_says_goes_into_the_log_without_texts_of_people(caplog):
    previous = qInstallMessageHandler(window._say_of_qt)
    try:
        with caplog.at_level(logging.DEBUG):
            qWarning("Erika Müstermann")
    finally:
        qInstallMessageHandler(previous)
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "Erika" not in record.getMessage()


def test_every_kind_of_message_of_qt_has_a_level():
    assert set(window._LEVELS) == {
        QtMsgType.QtDebugMsg,
        QtMsgType.QtInfoMsg,
        QtMsgType.QtWarningMsg,
        QtMsgType.QtCriticalMsg,
        QtMsgType.QtFatalMsg,
    }


def test_broken_settings_are_replaced_by_defaults_until_the_window_says_why(tmp_path):
    (tmp_path / "terminal.toml").write_text("look = [")
    assert window._settings(StartOptions(Realm.TRAINING, tmp_path)) == Settings()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="immortal by themselves since 3.12")
@pytest.mark.parametrize("singleton", [None, True, False], ids=repr)
def test_pyside_cannot_use_up_the_singletons(singleton):
    singletons.keep()
    assert sys.getrefcount(singleton) > 1 << 40
