"""Who may look into a file; on Windows the account's own folder decides, so all are private."""

from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def is_private(path: Path) -> bool:
    expected = 0o700 if path.is_dir() else 0o600
    return sys.platform == "win32" or stat.S_IMODE(path.stat().st_mode) == expected
