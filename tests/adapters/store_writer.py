"""A process that commits one issuance after another and says so, for tests that disturb it.

``python -m tests.adapters.store_writer FILE FIRST COUNT``: each commit is tried twice; a line
``committed N`` is written after it returned, ``failed N CODE`` after it raised.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.adapters.store.store import SqliteStore
from desktop.core.errors import StoreError
from desktop.core.status import Realm
from tests.builders import a_commit

KEY = bytes(range(32))


def main(file: str, first: int, count: int) -> None:
    try:
        store = SqliteStore.open(Path(file), key=KEY, realm=Realm.TRAINING)
    except StoreError as error:
        say(f"unopened {error.code}")
        return
    say("opened")
    for number in range(first, first + count):
        for _ in range(2):
            try:
                store.commit(a_commit(number))
            except StoreError as error:
                say(f"failed {number} {error.code}")
            else:
                say(f"committed {number}")
                break


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
