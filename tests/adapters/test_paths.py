"""Where a terminal keeps what."""

from __future__ import annotations

from pathlib import Path

from desktop.adapters.paths import Paths
from desktop.core.start import StartOptions
from desktop.core.status import Realm


def test_a_named_folder_holds_everything(tmp_path):
    paths = Paths.of(StartOptions(Realm.TRAINING, tmp_path))
    assert paths.store == tmp_path / "terminal.db"
    assert paths.lock == tmp_path / "terminal.lock"
    assert paths.status == tmp_path / "status.json"
    assert paths.vault == tmp_path / "vault"
    assert paths.settings == tmp_path / "terminal.toml"
    assert paths.log == tmp_path / "log"
    assert paths.centre == tmp_path / "centre"


def test_a_relative_folder_is_meant_from_here():
    assert Paths.of(StartOptions(data_dir=Path("here"))).data == Path.cwd() / "here"


def test_training_and_production_share_no_place():
    production = Paths.of(StartOptions(Realm.PRODUCTION))
    training = Paths.of(StartOptions(Realm.TRAINING))
    for name in ("data", "settings", "log", "store", "vault", "lock", "status"):
        assert getattr(production, name) != getattr(training, name)


def test_places_are_those_of_the_operating_system(monkeypatch, tmp_path):
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(variable, str(tmp_path / variable))
    paths = Paths.of(StartOptions(Realm.TRAINING))
    assert paths.data.is_absolute()
    assert "tresen" in paths.data.parts
    assert paths.settings.name == "terminal.toml"
