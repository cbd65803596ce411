"""``terminal.toml``: what IT and staff have chosen, with what they wrote beside it kept."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import MutableMapping
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeVar

import tomlkit
from tomlkit.exceptions import TOMLKitError

from desktop.adapters.files import private_folder, write_whole
from desktop.core.errors import ErrorCode, SetupError
from desktop.core.scan.keymap import LAYOUTS
from desktop.core.settings import LANGUAGES, Look, Paper, ReceiptPrinter, Settings, Site
from desktop.hcert.uvci import ISSUER_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_PORTS: Final = range(1, 65536)
_FILLED: Final = re.compile(r".*\S.*")
_PROFILE: Final = re.compile(r"[0-9a-z][0-9a-z-]*", re.ASCII)

T = TypeVar("T")


class TomlSettings:
    """The SettingsFile port on ``terminal.toml``.

    Args:
        file: Where it is; it need not be there.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def load(self) -> Settings:
        """The settings; the defaults where there is no file.

        Raises:
            SetupError: SETTINGS_BROKEN; the fact ``key`` names what cannot be read, ``line N`` if
                it is not the value but the writing.
        """
        return _settings(_Table("", self._read().unwrap()))

    def save(self, settings: Settings) -> None:
        """Write the settings durably; comments, order and unknown keys stay.

        Raises:
            SetupError: The file is there and not TOML, or cannot be written.
        """
        document = self._read()
        _fill(document, _plain(settings))
        if settings.site is None:
            document.pop("site", None)
        try:
            private_folder(self._file.parent)
            write_whole(self._file, tomlkit.dumps(document).encode())
        except OSError as error:
            raise SetupError(ErrorCode.FILE_UNWRITABLE, file=self._file.name) from error

    def _read(self) -> tomlkit.TOMLDocument:
        try:
            # some editors on Windows begin a text with a mark that TOML does not know
            return tomlkit.parse(self._file.read_bytes().removeprefix(BOM_UTF8))
        except (FileNotFoundError, NotADirectoryError):
            return tomlkit.document()
        except TOMLKitError as error:
            line = getattr(error, "line", 0)
            raise SetupError(ErrorCode.SETTINGS_BROKEN, key=f"line {line}") from error
        except (OSError, UnicodeDecodeError) as error:
            raise SetupError(ErrorCode.SETTINGS_BROKEN, key=self._file.name) from error


@dataclass(frozen=True, slots=True)
class _Table:
    """A table whose values are asked for one by one; every complaint names its key."""

    name: str
    values: Mapping[str, Any]

    def take(self, key: str, read: Callable[[Any], T], default: T) -> T:
        """The value of a key, or the default where the key is absent."""
        return self.need(key, read) if key in self.values else default

    def need(self, key: str, read: Callable[[Any], T]) -> T:
        """The value of a key that has to be there."""
        try:
            return read(self.values[key])
        except (KeyError, TypeError, ValueError) as error:
            raise SetupError(ErrorCode.SETTINGS_BROKEN, key=f"{self.name}{key}") from error

    def table(self, key: str) -> _Table | None:
        """The table under a key, if there is one."""
        return self.take(key, lambda value: _Table(f"{self.name}{key}.", _mapping(value)), None)


def _settings(table: _Table) -> Settings:
    defaults = Settings()
    site, printer = table.table("site"), table.table("printer")
    return Settings(
        language=table.take("language", _one_of(*LANGUAGES), defaults.language),
        look=table.take("look", Look, defaults.look),
        site=None if site is None else _site(site),
        centre_url=table.take("centre_url", _text, defaults.centre_url),
        printer=defaults.printer if printer is None else _printer(printer),
        scanner_layout=table.take("scanner_layout", _one_of(*LAYOUTS), defaults.scanner_layout),
    )


def _site(table: _Table) -> Site:
    return Site(
        profile=table.need("profile", _matching(_PROFILE)),
        pharmacy=table.need("pharmacy", _matching(_FILLED)),
        issuer_id=table.need("issuer_id", _matching(ISSUER_ID)),
    )


def _printer(table: _Table) -> ReceiptPrinter:
    defaults = ReceiptPrinter()
    return ReceiptPrinter(
        host=table.take("host", _text, defaults.host),
        port=table.take("port", _port, defaults.port),
        paper=table.take("paper", Paper, defaults.paper),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _mapping(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _port(value: object) -> int:
    if type(value) is not int or value not in _PORTS:
        raise ValueError
    return value


def _one_of(*choices: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in choices:
            raise ValueError
        return _text(value)

    return read


def _matching(pattern: re.Pattern[str]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not pattern.fullmatch(text := _text(value)):
            raise ValueError
        return text

    return read


def _plain(value: object) -> Any:  # noqa: ANN401 - TOML is dynamically typed
    """Settings as TOML has them: names to texts, numbers and tables; what is None is absent."""
    if is_dataclass(value) and not isinstance(value, type):
        members = {each.name: getattr(value, each.name) for each in fields(value)}
        return {name: _plain(member) for name, member in members.items() if member is not None}
    return str(value) if isinstance(value, StrEnum) else value


def _fill(table: MutableMapping[str, Any], values: Mapping[str, Any]) -> None:
    for key, value in values.items():
        if isinstance(value, dict) and isinstance(table.get(key), MutableMapping):
            _fill(table[key], value)
        elif key not in table or table[key] != value:
            table[key] = value
