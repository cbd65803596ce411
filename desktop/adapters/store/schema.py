"""The tables of the store, and the numbered steps by which they came to be.

``PRAGMA user_version`` is the number of the last step. A step that has ever been released is never
changed. Before each step but the first the file is copied (through the backup API: a plain copy
would drop the lock); the copy is erased at the next start, because it holds what the store would
have erased by then. ``history.attempt`` is the SHA-256 of the attempt id: one attempt stays one
certificate when the journal has forgotten it. Times are microseconds since 1970 (UTC).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop.core.errors import ErrorCode, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import apsw

    from desktop.core.status import Realm

STEPS: Final = (
    """
    CREATE TABLE meta (
        name TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE outbox (
        number INTEGER PRIMARY KEY,
        event_id BLOB NOT NULL UNIQUE CHECK (length(event_id) = 32),
        body BLOB NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('pending', 'in_flight', 'acknowledged', 'parked')),
        attempts INTEGER NOT NULL CHECK (attempts >= 0),
        created_at INTEGER NOT NULL,
        due_at INTEGER NOT NULL,
        verdict TEXT,
        reason TEXT,
        acknowledged_at INTEGER CHECK ((acknowledged_at IS NULL) = (state <> 'acknowledged'))
    ) STRICT;
    CREATE INDEX outbox_in_turn ON outbox (state, attempts, created_at, number);

    CREATE TABLE history (
        number INTEGER PRIMARY KEY,
        event_id BLOB NOT NULL UNIQUE REFERENCES outbox (event_id),
        attempt BLOB NOT NULL UNIQUE CHECK (length(attempt) = 32),
        uvci_end TEXT NOT NULL,
        product TEXT NOT NULL,
        dose INTEGER NOT NULL,
        doses INTEGER NOT NULL,
        issued_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX history_in_time ON history (issued_at, number);

    CREATE TABLE journal (
        event_id BLOB NOT NULL PRIMARY KEY REFERENCES history (event_id),
        attempt_id TEXT NOT NULL UNIQUE,
        uvci TEXT NOT NULL UNIQUE,
        certificate BLOB NOT NULL,
        hc1 TEXT NOT NULL,
        issued_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        shown_at INTEGER,
        print_state TEXT NOT NULL
    ) STRICT;

    CREATE TABLE audit (
        sequence INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        object TEXT NOT NULL,
        hash BLOB NOT NULL CHECK (length(hash) = 32)
    ) STRICT;
    """,
)


def migrate(connection: apsw.Connection, copy: Callable[[int], None], steps: Sequence[str]) -> bool:
    """Bring the tables up to date, each step whole or not at all; whether any was missing.

    Args:
        connection: The store.
        copy: Copies the file as it is at this version, before the next step changes it.
        steps: All steps that this program knows.

    Raises:
        StoreError: The file is from a newer program.
    """
    version = user_version(connection)
    if version > len(steps):
        raise StoreError(ErrorCode.STORE_NEWER)
    for number, step in enumerate(steps[version:], start=version + 1):
        if number > 1:
            copy(number - 1)
        connection.execute(f"BEGIN IMMEDIATE; {step}; PRAGMA user_version = {number}; COMMIT")
    return version < len(steps)


def user_version(connection: apsw.Connection) -> int:
    """The number of the last step that was made."""
    return int(connection.execute("PRAGMA user_version").get)


def sign_in(connection: apsw.Connection, realm: Realm) -> None:
    """Count this opening: the proof that the store can commit, and that it is of this realm.

    A new store is given its id and its realm here.

    Raises:
        StoreError: The store belongs to the other realm.
    """
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "INSERT OR IGNORE INTO meta VALUES"
        " ('store', lower(hex(randomblob(16)))), ('realm', ?), ('opened', '0')",
        (str(realm),),
    )
    if connection.execute("SELECT value FROM meta WHERE name = 'realm'").get != realm:
        raise StoreError(ErrorCode.STORE_OTHER_REALM)
    connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'opened'")
    connection.execute("COMMIT")
