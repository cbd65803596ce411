"""What commands write: one JSON value a line, at once."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


def write(record: Mapping[str, object]) -> None:
    """Write one line and hand it over before anything else happens."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def moment(at: datetime | None) -> str | None:
    """A time as all commands write it: ``2021-06-01T12:00:00Z``."""
    return None if at is None else at.strftime("%Y-%m-%dT%H:%M:%SZ")
