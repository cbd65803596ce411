"""``python -m desktop`` and ``tresen``."""

from __future__ import annotations

import sys
from typing import Final

INTERRUPTED: Final = 130
"""Exit code after Ctrl+C, as shells say it."""


def main() -> int:
    """Run the program; the exit code. An interrupt is no fault, whenever it comes."""
    try:
        from desktop.cli import main as cli  # takes its time, and may be interrupted as well

        return cli.main()
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
