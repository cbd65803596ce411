"""What the centre knows: pharmacies, terminals with their keys, events and certificates.

SQLAlchemy Core on SQLite or PostgreSQL, the same statements on both. Unique constraints, not
checks before writing, keep several workers from registering anything twice: each statement that
adds leaves what is there already alone, and reading back tells who came first.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from desktop.centre import tables
from desktop.hcert.dsc import Dsc
from desktop.wire.batch import EventVerdict, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from sqlalchemy import Connection, Table

SIGNING: Final = "signing"
DEVICE: Final = "device"

_THE_ONE: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """A certified key of a terminal.

    Attributes:
        purpose: ``signing`` or ``device``.
        public_key: SHA-256 of its SubjectPublicKeyInfo: one key, one purpose, one terminal.
        certificate: Its certificate.
    """

    purpose: str
    public_key: bytes
    certificate: Dsc


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminalRow:
    """A terminal.

    Attributes:
        id: The centre's name for it.
        country: ISO 3166-1 alpha-2.
        issuer_id: Its pharmacy.
        keys: All keys that it ever had.
    """

    id: str
    country: str
    issuer_id: str
    keys: tuple[KeyRow, ...]

    def certificates(self, purpose: str) -> dict[bytes, Dsc]:
        """The certificates of its keys for a purpose, by kid."""
        return {key.certificate.kid: key.certificate for key in self.keys if key.purpose == purpose}


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateRow:
    """A certificate in the register, with what revoking it will take.

    Attributes:
        uvci: Its identifier.
        event: The event that told of it.
        kid: The key that signed it.
        r: First half of its signature.
        issued_at: ``iat``, seconds since 1970 (UTC).
    """

    uvci: str
    event: bytes
    kid: bytes
    r: bytes
    issued_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event that one of our terminals has signed, with the first answer to it.

    Attributes:
        terminal: Whose device key signed it.
        body: The event as it came.
        received_at: When it came first, seconds since 1970 (UTC).
        answer: What the centre says of it, now and at every repeat.
    """

    terminal: str
    body: bytes
    received_at: int
    answer: EventVerdict


class Register:
    """The database behind all workers.

    Args:
        database: A file for SQLite, or a URL as SQLAlchemy writes it.

    Raises:
        DatabaseUnavailableError: It cannot be opened.
        DriverMissingError: What speaks to it is not installed.
    """

    def __init__(self, database: str | Path) -> None:
        self._engine = tables.open_database(database)

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        """One transaction: all of it, or nothing if the block raises."""
        with self._engine.begin() as connection:
            yield Transaction(connection)

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


class Transaction:
    """Reading and writing within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        self._insert = dialect.insert

    def authority(self, private_key: bytes, certificate: bytes) -> tuple[bytes, bytes]:
        """Keep the authority's key and certificate unless there is one; the one that is kept."""
        self._add(
            tables.AUTHORITY,
            [{"id": _THE_ONE, "private_key": private_key, "certificate": certificate}],
        )
        columns = (tables.AUTHORITY.c.private_key, tables.AUTHORITY.c.certificate)
        kept = self._connection.execute(select(*columns)).one()
        return kept.private_key, kept.certificate

    def enrol(self, terminal: TerminalRow, at: int) -> None:
        """Write down a terminal with its keys, unless one of the keys is known."""
        self._add(tables.PHARMACY, [{"country": terminal.country, "issuer_id": terminal.issuer_id}])
        named = {"id": terminal.id, "country": terminal.country, "issuer_id": terminal.issuer_id}
        self._connection.execute(tables.TERMINAL.insert(), [named | {"enrolled_at": at}])
        self._connection.execute(
            tables.KEY.insert(),
            [
                {
                    "public_key": key.public_key,
                    "purpose": key.purpose,
                    "kid": key.certificate.kid,
                    "terminal": terminal.id,
                    "certificate": key.certificate.der,
                    "certified_at": at,
                }
                for key in terminal.keys
            ],
        )

    def owners(self, public_keys: Iterable[bytes]) -> tuple[TerminalRow, ...]:
        """The terminals to which any of these keys (SHA-256 of them) belongs."""
        return self._terminals(tables.KEY.c.public_key.in_(list(public_keys)))

    def signers(self, device_kids: Iterable[bytes]) -> dict[bytes, TerminalRow]:
        """The terminals of these device keys, by kid."""
        known = self._terminals(
            (tables.KEY.c.purpose == DEVICE) & tables.KEY.c.kid.in_(list(device_kids))
        )
        return {kid: row for row in known for kid in row.certificates(DEVICE)}

    def published(self, limit: int) -> tuple[bytes, ...]:
        """The newest DSCs that verifiers trust (DER)."""
        newest = (
            select(tables.KEY.c.certificate)
            .where(tables.KEY.c.purpose == SIGNING)
            .order_by(tables.KEY.c.certified_at.desc(), tables.KEY.c.kid)
            .limit(limit)
        )
        return tuple(self._connection.execute(newest).scalars())

    def answers(self, event_ids: Iterable[bytes]) -> dict[bytes, EventVerdict]:
        """The first answers to these events, where there is one."""
        columns = (tables.EVENT.c.id, tables.EVENT.c.verdict, tables.EVENT.c.reason)
        rows = self._connection.execute(
            select(*columns).where(tables.EVENT.c.id.in_(list(event_ids)))
        )
        return {row.id: EventVerdict(row.id, Verdict(row.verdict), row.reason) for row in rows}

    def claim(self, rows: Sequence[CertificateRow]) -> dict[str, bytes]:
        """Write certificates whose identifier is new; the event that owns each identifier.

        In the order of their identifiers, and always before :meth:`keep`: two workers with the
        same events wait for each other in one direction only.
        """
        if not rows:
            return {}
        ordered = sorted(rows, key=lambda row: row.uvci)
        values = [
            {
                "uvci": row.uvci,
                "event": row.event,
                "kid": row.kid,
                "r": row.r,
                "issued_at": row.issued_at,
            }
            for row in ordered
        ]
        self._add(tables.CERTIFICATE, values)
        columns = (tables.CERTIFICATE.c.uvci, tables.CERTIFICATE.c.event)
        known = tables.CERTIFICATE.c.uvci.in_([row.uvci for row in ordered])
        owners = self._connection.execute(select(*columns).where(known))
        return {row.uvci: row.event for row in owners}

    def keep(self, rows: Sequence[EventRow]) -> dict[bytes, EventVerdict]:
        """Write down events that are new; the first answer to each of them."""
        ordered = sorted(rows, key=lambda row: row.answer.event_id)
        values = [
            {
                "id": row.answer.event_id,
                "terminal": row.terminal,
                "body": row.body,
                "received_at": row.received_at,
                "verdict": str(row.answer.verdict),
                "reason": row.answer.reason,
            }
            for row in ordered
        ]
        self._add(tables.EVENT, values)
        return self.answers([row.answer.event_id for row in ordered])

    def alive(self) -> None:
        """Ask the database for nothing, to see whether it answers."""
        self._connection.execute(select(1))

    def _add(self, table: Table, values: Sequence[Mapping[str, Any]]) -> None:
        """Insert what is not there yet."""
        if values:
            self._connection.execute(self._insert(table).on_conflict_do_nothing(), values)

    def _terminals(self, condition: Any) -> tuple[TerminalRow, ...]:  # noqa: ANN401 - SQLAlchemy's condition types differ by operator
        named = select(tables.KEY.c.terminal).where(condition)
        rows = self._connection.execute(
            select(
                tables.TERMINAL,
                tables.KEY.c.purpose,
                tables.KEY.c.public_key,
                tables.KEY.c.certificate,
            )
            .join_from(tables.TERMINAL, tables.KEY)
            .where(tables.TERMINAL.c.id.in_(named))
            .order_by(tables.TERMINAL.c.id, tables.KEY.c.certified_at, tables.KEY.c.kid)
        ).all()
        places = {row.id: (row.country, row.issuer_id) for row in rows}
        return tuple(
            TerminalRow(
                id=terminal,
                country=country,
                issuer_id=issuer_id,
                keys=tuple(
                    KeyRow(
                        purpose=row.purpose,
                        public_key=row.public_key,
                        certificate=Dsc.from_der(row.certificate),
                    )
                    for row in rows
                    if row.id == terminal
                ),
            )
            for terminal, (country, issuer_id) in places.items()
        )
