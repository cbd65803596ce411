"""``tresen window``: the counter on screen; the only place where the assembly and Qt meet.

Where there is no display it says so and ends with 69. This is the one command that loads Qt.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QStyleFactory

from desktop.adapters import files, log, resources
from desktop.app import assemble, configure, is_set_up, profiles
from desktop.cli import output
from desktop.cli.command import Exit
from desktop.cli.faults import report
from desktop.core.errors import SetupError
from desktop.core.settings import Settings
from desktop.ui import lanes
from desktop.ui.outside import Outside
from desktop.ui.program import Program

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QMessageLogContext

    from desktop.cli.command import CommandParser, Invocation
    from desktop.core.ports import Words
    from desktop.core.start import StartOptions
    from desktop.core.status import Realm

_log = logging.getLogger(__name__)

_FONTS: Final = ("fonts/NotoSans-Regular.ttf", "fonts/NotoSans-Bold.ttf")
_FAMILY: Final = "Noto Sans"
_CLOSING_SECONDS: Final = 6.0
_X11_SOCKETS: Final = "/tmp/.X11-unix/X"  # noqa: S108 - where X servers are, not a file of ours
_PLATFORM: Final = "qt.qpa"
_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def arguments(parser: CommandParser, words: Words) -> None:
    """The window takes nothing but the common options."""
    del parser, words


def run(invocation: Invocation) -> int:
    """Show the window until it is closed."""
    if not has_display():
        output.remark(invocation.words.translate("cli.window.no_display"))
        return Exit.UNAVAILABLE
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    start = invocation.start
    qInstallMessageHandler(_instead_of_abort(invocation.words))
    application = QApplication(["tresen"])
    qInstallMessageHandler(_say_of_qt)
    furnish(application)
    program = Program(
        outside=outside(start),
        lanes=lanes.threads(report),
        words=invocation.words,
        settings=_settings(start),
        language=start.language,
    )
    sys.excepthook = _hook(program)
    program.frame.closed.connect(application.quit)
    program.start(start.realm)
    application.exec()
    program.close(_CLOSING_SECONDS)
    return Exit.OK


def outside(start: StartOptions) -> Outside:
    """The rest of the world for a window that was started like this."""

    def of(realm: Realm) -> StartOptions:
        """The same start in a realm; the other realm has a folder of its own."""
        if realm is start.realm:
            return start
        folder = start.data_dir
        return replace(start, realm=realm, data_dir=folder / realm if folder else None)

    return Outside(
        read=resources.read_bytes,
        is_set_up=lambda realm: is_set_up(of(realm)),
        assemble=lambda realm: assemble(of(realm)),
        set_up=lambda settings: configure(start).save(settings),
        write_page=files.hand_out,
        profiles=tuple(profile.name for profile in profiles()),
    )


def has_display() -> bool:
    """Whether there is a display to show a window on; Qt would abort where there is none."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    if os.environ.get("WAYLAND_DISPLAY"):
        return True
    name = os.environ.get("DISPLAY", "")
    return bool(name) and (not name.startswith(":") or _answers(name[1:].partition(".")[0]))


def _answers(number: str) -> bool:
    """Whether an X server on this machine listens, by its abstract name or by its file."""
    for address in (f"\0{_X11_SOCKETS}{number}", f"{_X11_SOCKETS}{number}"):
        with socket.socket(socket.AF_UNIX) as connection:
            if connection.connect_ex(address) == 0:
                return True
    return False


def furnish(application: QApplication) -> None:
    """Name, style and typeface, the same on every system."""
    application.setApplicationName("tresen")
    application.setDesktopFileName("tresen")
    application.setStyle(QStyleFactory.create("Fusion"))
    application.setQuitOnLastWindowClosed(False)
    for name in _FONTS:
        QFontDatabase.addApplicationFontFromData(resources.read_bytes(name))
    application.setFont(QFont(_FAMILY))


def _settings(start: StartOptions) -> Settings:
    """What was chosen; the defaults where it cannot be read, the window says why."""
    try:
        return configure(start).settings
    except SetupError:
        return Settings()


def _instead_of_abort(words: Words) -> Callable[[QtMsgType, QMessageLogContext, str], None]:
    """What hears Qt while it connects to the screen: where it cannot, it would abort."""

    def hear(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        _say_of_qt(kind, context, message)
        if kind is QtMsgType.QtFatalMsg:
            output.remark(words.translate("cli.window.no_platform"))
            os._exit(Exit.UNAVAILABLE)  # nothing is open yet, and Qt does not wait for us

    return hear


def _say_of_qt(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Qt's messages go into the log; their text only where it is about the platform."""
    category = context.category or ""
    text = message if category.startswith(_PLATFORM) else ""
    _log.log(_LEVELS[kind], "Qt said %s: %s", log.Known(category), log.Known(text))


def _hook(program: Program) -> Callable[[type[BaseException], BaseException, Any], None]:
    """What Python calls for an exception that nobody caught: on the GUI thread, in a slot."""

    def caught(kind: type[BaseException], error: BaseException, trace: object) -> None:
        del kind, trace
        program.tell_bug(report(error))

    return caught
