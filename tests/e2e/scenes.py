"""Scenes at the counter: set the stage, fill a form, look into the store."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from desktop.app import StartOptions, assemble
from desktop.core.status import Realm
from tests.e2e.program import Centre, command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from desktop.core.issuance import Issuance
    from tests.e2e.program import Window

ERIKA = ("Erika", "Müstermann", "12.8.64", "2", "2", "1.6.21")
"""Given name, family name, birth date, dose, doses, date: as a person types them."""


class Stage:
    """A terminal that is enrolled at a centre of its own; copies of it start from the same point.

    Args:
        folder: Where all of it lies.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.centre = Centre(folder / "centre")
        self._template = folder / "template"
        self._copies = 0

    def prepare(self) -> None:
        """Enrol the terminal; the centre is away when this returns."""
        self._template.mkdir(parents=True)
        with self.centre:
            self._settings(self._template, "de", "light")
            command("selftest", data=self._template)

    def terminal(self, language: str = "de", look: str = "light", *, printer: str = "") -> Path:
        """The data directory of a fresh copy of the terminal.

        Args:
            language: ``de`` or ``en``.
            look: ``light`` or ``dark``.
            printer: ``host:port`` of its receipt printer.
        """
        self._copies += 1
        copy = self.folder / f"terminal{self._copies}"
        shutil.copytree(self._template, copy)
        self._settings(copy, language, look, printer)
        return copy

    def _settings(self, data: Path, language: str, look: str, printer: str = "") -> None:
        lines = [f'language = "{language}"', f'look = "{look}"']
        lines += [f'centre_url = "{self.centre.url}"', ""]
        if printer:
            host, port = printer.split(":")
            lines += ["[printer]", f'host = "{host}"', f"port = {port}", 'paper = "80mm"', ""]
        (data / "terminal.toml").write_text("\n".join(lines))


def fill(window: Window, person: tuple[str, str, str, str, str, str] = ERIKA) -> None:
    """Fill an empty form by keyboard alone, as the focus order leads."""
    given, family, birth, dose, doses, date = person
    for text in (given, family, birth, "Comirnaty", dose, doses, date):
        window.type(text)
        window.press("Return")


@contextmanager
def store_of(data: Path) -> Iterator[list[Issuance]]:
    """All committed certificates of a terminal that does not run now, newest first."""
    terminal = assemble(StartOptions(realm=Realm.TRAINING, data_dir=data))
    try:
        lines = terminal.listing.history(10_000)
        found = [terminal.listing.issuance(line.event_id) for line in lines]
        yield [issuance for issuance in found if issuance is not None]
    finally:
        terminal.close()


def committed(data: Path) -> list[Issuance]:
    """The same, as a list."""
    with store_of(data) as issuances:
        return issuances
