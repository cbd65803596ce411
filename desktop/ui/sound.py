"""A short sound after each scan: nobody has to look whether it was read."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication


def play(*, good: bool) -> None:
    """Sound as after a scan that was used, or one that was not."""
    if sys.platform == "win32":
        import winsound

        winsound.MessageBeep(winsound.MB_OK if good else winsound.MB_ICONHAND)
        return
    QApplication.beep()
