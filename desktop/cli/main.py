"""``tresen``: finds the command, runs it, and says in one sentence what went wrong."""

from __future__ import annotations

import argparse
import importlib
import locale
import logging
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop import __version__
from desktop.adapters import log
from desktop.adapters.paths import Paths
from desktop.adapters.settings import TomlSettings
from desktop.adapters.words import Catalogue
from desktop.cli import output
from desktop.cli.command import (
    CommandParser,
    Exit,
    Invocation,
    UsageError,
    columns,
    common_options,
)
from desktop.cli.exits import exit_code
from desktop.cli.faults import report
from desktop.core.errors import ServerError, SetupError, TerminalError
from desktop.core.messages import mark, of_error
from desktop.core.settings import LANGUAGES
from desktop.core.start import StartOptions
from desktop.core.status import Realm

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.core.ports import Words

_log = logging.getLogger(__name__)

SUMMARIES: Final = {
    "window": mark("cli.window.summary"),
    "issue": mark("cli.issue.summary"),
    "verify": mark("cli.verify.summary"),
    "sync": mark("cli.sync.summary"),
    "outbox": mark("cli.outbox.summary"),
    "centre": mark("cli.centre.summary"),
    "selftest": mark("cli.selftest.summary"),
}
"""All commands, in the order of the help, with the sentence that says what each one does."""

DEFAULT: Final = "window"

_LOCALE_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program as its arguments say; the exit code."""
    _speak_utf8()
    try:
        start, rest = _common(list(sys.argv[1:] if arguments is None else arguments))
    except UsageError as error:
        return _say_usage(Catalogue(_locale_language()), error)
    paths = Paths.of(start)
    diary = log.start(paths.log)
    try:
        words = Catalogue(start.language or _settings_language(paths) or _locale_language())
        return _guarded(start, rest, words)
    finally:
        log.stop(diary)
        output.end()


def _guarded(start: StartOptions, rest: list[str], words: Words) -> int:
    """Dispatch; whatever is raised becomes one sentence and an exit code."""
    try:
        return _dispatch(start, rest, words)
    except UsageError as error:
        return _say_usage(words, error)
    except TerminalError as error:
        _log.warning("ended with %s", error.code)
        _say(_sentence(words, error))
        return exit_code(error)
    except BrokenPipeError:
        return Exit.INPUT_OUTPUT
    except Exception as error:  # noqa: BLE001 - the last line of defence: a number, no data
        _say(words.translate("cli.bug", reference=report(error)))
        return Exit.INTERNAL


def _dispatch(start: StartOptions, rest: list[str], words: Words) -> int:
    if rest[:1] in (["-h"], ["--help"]):
        output.say(_overview(words))
        return Exit.OK
    if rest == ["--version"]:
        output.say(f"tresen {__version__}\n")
        return Exit.OK
    named = bool(rest) and not rest[0].startswith("-")
    name = rest[0] if named else DEFAULT
    if name not in SUMMARIES:
        raise UsageError(mark("cli.usage.command"), name)
    module = importlib.import_module(f"desktop.cli.{name}")
    parser = CommandParser(f"tresen {name}", words.translate(SUMMARIES[name]), words)
    module.arguments(parser, words)
    own = rest[1:] if named else rest
    if not {"-h", "--help"}.isdisjoint(own):
        output.say(parser.format_help())
        return Exit.OK
    code: int = module.run(Invocation(start, words, parser.read(own)))
    return code


def _common(given: list[str]) -> tuple[StartOptions, list[str]]:
    """The common options, wherever they stand, and everything else."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--training", action="store_true")
    parser.add_argument("--data-dir", type=_folder)
    parser.add_argument("--language", choices=LANGUAGES)
    try:
        common, rest = parser.parse_known_args(given)
    except argparse.ArgumentError as error:
        raise UsageError(mark("cli.usage.value"), error.argument_name or "") from error
    realm = Realm.TRAINING if common.training else Realm.PRODUCTION
    return StartOptions(realm, common.data_dir, common.language), rest


def _folder(name: str) -> Path:
    """A folder; no name is a mistake (an empty variable in a script), not the current folder."""
    if not name:
        raise ValueError
    try:
        return Path(name).absolute()
    except OSError as error:  # the current folder has gone
        raise ValueError from error


def _overview(words: Words) -> str:
    """What ``tresen --help`` says."""
    commands = columns((name, words.translate(text)) for name, text in SUMMARIES.items())
    return words.translate("cli.overview", commands=commands, common=common_options(words)) + "\n"


def _settings_language(paths: Paths) -> str | None:
    """The language that the settings say; None where there are none or they are broken."""
    try:
        return TomlSettings(paths.settings).load().language if paths.settings.exists() else None
    except (SetupError, OSError):
        return None


def _locale_language() -> str:
    """German where the account's locale is German, English everywhere else."""
    named = next((os.environ[name] for name in _LOCALE_VARIABLES if os.environ.get(name)), None)
    found = named or locale.getlocale()[0] or ""
    return "de" if found.lower().startswith(("de", "german")) else "en"


def _say_usage(words: Words, error: UsageError) -> Exit:
    _say(words.translate(error.message, argument=error.argument))
    return Exit.USAGE


def _sentence(words: Words, error: TerminalError) -> str:
    """What happened, with what IT needs to find it, and what to do."""
    facts = [str(error.code), *(f"{name}={value}" for name, value in error.facts.items())]
    message = of_error(error.code)
    # a command fails for want of the centre only before the terminal has its key
    advice = mark("cli.centre_needed") if isinstance(error, ServerError) else message.advice
    return f"{words.translate(message.title)} ({', '.join(facts)}). {words.translate(advice)}"


def _say(sentence: str) -> None:
    output.remark(" ".join(sentence.split()))


def _speak_utf8() -> None:
    """JSON is UTF-8 whatever the console of the system thinks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
