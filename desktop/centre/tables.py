"""The tables of the register, and the database that holds them: SQLite or PostgreSQL."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    URL,
    BigInteger,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    event,
    text,
)
from sqlalchemy.exc import SAWarning, SQLAlchemyError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

METADATA: Final = MetaData()

AUTHORITY: Final = Table(
    "authority",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("private_key", LargeBinary, nullable=False),
    Column("certificate", LargeBinary, nullable=False),
)
PHARMACY: Final = Table(
    "pharmacy",
    METADATA,
    Column("country", Text, primary_key=True),
    Column("issuer_id", Text, primary_key=True),
)
TERMINAL: Final = Table(
    "terminal",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("country", Text, nullable=False),
    Column("issuer_id", Text, nullable=False),
    Column("enrolled_at", BigInteger, nullable=False),
    ForeignKeyConstraint(["country", "issuer_id"], ["pharmacy.country", "pharmacy.issuer_id"]),
)
KEY: Final = Table(
    "terminal_key",
    METADATA,
    Column("public_key", LargeBinary, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("kid", LargeBinary, nullable=False),
    Column("terminal", Text, ForeignKey("terminal.id"), nullable=False, index=True),
    Column("certificate", LargeBinary, nullable=False),
    Column("certified_at", BigInteger, nullable=False),
    UniqueConstraint("purpose", "kid"),
)
EVENT: Final = Table(
    "event",
    METADATA,
    Column("id", LargeBinary, primary_key=True),
    Column("terminal", Text, ForeignKey("terminal.id"), nullable=False, index=True),
    Column("body", LargeBinary, nullable=False),
    Column("received_at", BigInteger, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reason", Text),
)
CERTIFICATE: Final = Table(
    "certificate",
    METADATA,
    Column("uvci", Text, primary_key=True),
    Column(
        "event",
        LargeBinary,
        # written before the event it belongs to, in the same transaction: see Transaction.keep
        ForeignKey("event.id", deferrable=True, initially="DEFERRED"),
        nullable=False,
        unique=True,
    ),
    Column("kid", LargeBinary, nullable=False),
    Column("r", LargeBinary, nullable=False),
    Column("issued_at", BigInteger, nullable=False),
)

_NOWHERE: Final = (None, "", ":memory:")
"""What SQLite keeps in memory only."""

_SCHEMA_LOCK: Final = 0x54524553
"""Number of PostgreSQL's advisory lock under which the tables are made."""


class DatabaseUnavailableError(Exception):
    """The database cannot be opened."""


class DriverMissingError(Exception):
    """The library that speaks to this kind of database is not installed."""


def open_database(database: str | Path) -> Engine:
    """Connect, and make the tables that are missing.

    Args:
        database: A file for SQLite, or a URL as SQLAlchemy writes it
            (``postgresql+psycopg://…``).

    Raises:
        DatabaseUnavailableError: It cannot be opened.
        DriverMissingError: What speaks to it is not installed.
    """
    try:
        return _opened(database)
    except ModuleNotFoundError as error:
        raise DriverMissingError from error
    except (SQLAlchemyError, SAWarning, ValueError) as error:
        raise DatabaseUnavailableError from error


def _opened(database: str | Path) -> Engine:
    url = URL.create("sqlite", database=str(database)) if isinstance(database, Path) else database
    # parameters hold personal data: they must not stand in the text of an error
    with warnings.catch_warnings():
        warnings.simplefilter("error", SAWarning)  # of a part of the address that means nothing
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        if engine.url.database in _NOWHERE:  # what it takes must be there after a new start
            raise DatabaseUnavailableError
        _prepare_sqlite(engine)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_SCHEMA_LOCK})"))
        METADATA.create_all(connection)
    return engine


def _prepare_sqlite(engine: Engine) -> None:
    """Real transactions, durable ones, and foreign keys.

    No write-ahead log: the SQLite of Python may be older than 3.51.3, which can damage one that
    several connections write (facts on security, section 3.1).
    """

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
        connection.isolation_level = None
        for pragma in ("foreign_keys = ON", "synchronous = EXTRA", "busy_timeout = 5000"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        # at once for writing: a reader that becomes a writer would fail instead of waiting
        connection.exec_driver_sql("BEGIN IMMEDIATE")
