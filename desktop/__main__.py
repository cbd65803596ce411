"""``python -m desktop`` and ``tresen``."""

from __future__ import annotations

import sys

from desktop.cli import main as cli


def main() -> int:
    """Run the program; the exit code."""
    return cli.main()


if __name__ == "__main__":
    sys.exit(main())
