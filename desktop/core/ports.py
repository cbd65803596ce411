"""The outside world as the services see it: one port for each real outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from desktop.core.audit import AuditEntry
    from desktop.core.issuance import Commit, HistoryLine, Issuance, PrintState
    from desktop.core.outbox import OutboxCounts, OutboxItem
    from desktop.core.paper.drawing import Page, Slip
    from desktop.core.settings import Settings
    from desktop.hcert.cose import Signature, ToBeSigned
    from desktop.hcert.dsc import Dsc
    from desktop.hcert.qr import Matrix
    from desktop.wire.batch import EventVerdict
    from desktop.wire.enrolment import EnrolmentReply, EnrolmentRequest
    from desktop.wire.envelope import EnvelopeToBeSigned


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """This moment, aware, UTC."""
        ...


class Chance(Protocol):
    """Where unpredictable bytes come from."""

    def token(self, length: int) -> bytes:
        """So many unpredictable bytes."""
        ...

    def fraction(self) -> float:
        """A number uniform in [0, 1), for jitter."""
        ...


class SigningKey(Protocol):
    """The key behind the terminal's DSC; signs certificates and nothing else."""

    @property
    def dsc(self) -> Dsc | None:
        """The certificate of the key, None while the terminal is not enrolled."""
        ...

    def sign(self, to_be_signed: ToBeSigned) -> Signature:
        """Sign a certificate.

        Raises:
            SigningError: There is no key, or it cannot be used.
        """
        ...


class DeviceKey(Protocol):
    """The key that authenticates this terminal's messages; never signs certificates."""

    @property
    def terminal_id(self) -> str | None:
        """The centre's name for this terminal, None while it is not enrolled."""
        ...

    @property
    def kid(self) -> bytes | None:
        """First 8 bytes of the SHA-256 of the device certificate's DER, None before enrolment."""
        ...

    def sign(self, to_be_signed: EnvelopeToBeSigned) -> Signature:
        """Sign a message.

        Raises:
            SigningError: There is no key, or it cannot be used.
        """
        ...


class KeyRing(SigningKey, Protocol):
    """One class of protection for both keys of a terminal, through enrolment."""

    @property
    def device(self) -> DeviceKey:
        """The device key."""
        ...

    @property
    def roots(self) -> tuple[Dsc, ...]:
        """The centre's published certificates that this terminal trusts for reading, own first."""
        ...

    def request(self) -> EnrolmentRequest:
        """The request that asks the centre to certify both keys; makes them if there are none."""
        ...

    def accept(self, reply: EnrolmentReply) -> None:
        """Keep the centre's certificates.

        Raises:
            SigningError: They do not belong to our keys.
        """
        ...


class Store(Protocol):
    """The durable memory of one terminal; every method is one transaction.

    Every method may raise StoreError; then nothing of it happened.
    """

    def commit(self, commit: Commit) -> Issuance:
        """Write journal, outbox event and audit entry, durably, before this returns.

        Returns what the store holds for this attempt: the new issuance or, if the attempt is
        there already, the one that was committed first (and nothing is written).

        Raises:
            StoreError: ATTEMPT_ERASED as in :meth:`issuance_of_attempt`; nothing is written.
        """
        ...

    def issuance_of_attempt(self, attempt_id: str) -> Issuance | None:
        """The issuance of an attempt; None if it was never issued.

        Raises:
            StoreError: ATTEMPT_ERASED: it was issued, and the journal has forgotten it since. The
                store remembers so much as long as it has the history line.
        """
        ...

    def issuance(self, event_id: bytes) -> Issuance | None:
        """The issuance behind an event, while the journal has it."""
        ...

    def never_shown(self) -> Issuance | None:
        """The latest committed certificate that nobody has seen yet."""
        ...

    def mark_shown(self, event_id: bytes, at: datetime) -> None:
        """Remember that the code was shown or handed out; the first time counts."""
        ...

    def mark_printed(self, event_id: bytes, state: PrintState) -> None:
        """Remember what became of the paper."""
        ...

    def history(self, limit: int) -> tuple[HistoryLine, ...]:
        """The newest issuances first."""
        ...

    def issued_since(self, moment: datetime) -> int:
        """How many certificates were issued at or after a moment."""
        ...

    def counts(self) -> OutboxCounts:
        """The outbox in numbers."""
        ...

    def outstanding(self, limit: int) -> tuple[OutboxItem, ...]:
        """Events that the centre has not acknowledged: parked ones first, then the oldest."""
        ...

    def recover(self) -> int:
        """Put events that were in flight when the program ended back to pending; how many."""
        ...

    def claim(self, now: datetime) -> tuple[OutboxItem, ...]:
        """Take the next batch for sending: due, fewest attempts first, then oldest.

        Due is also what claims to be due later than ``core.outbox.LONGEST_PAUSE`` from now. They
        are IN_FLIGHT and their attempts are counted when this returns; at most
        ``wire.batch.BATCH_EVENTS`` events or ``BATCH_BYTES`` (but always one, if any is due).
        """
        ...

    def settle(self, items: Sequence[OutboxItem], at: datetime) -> None:
        """Write the new state of events that were in flight, all in one transaction.

        ``at`` is when the answer came. The body of an acknowledged event is erased. An event that
        is not in flight any more is left as it is.
        """
        ...

    def next_due(self) -> datetime | None:
        """When the next pending event may be sent; None if none waits."""
        ...

    def erase_due(self, now: datetime, closed_before: datetime) -> int:
        """Erase journal rows whose time is over; how many.

        A row goes when its event was acknowledged an hour before ``now``, and in any case when it
        was issued before ``closed_before``.
        """
        ...

    def record(self, entry: AuditEntry) -> None:
        """Append an audit entry that belongs to no other transaction."""
        ...

    def close(self) -> None:
        """End: flush, truncate the write-ahead log, give the files back."""
        ...


class Centre(Protocol):
    """The central server."""

    def send(self, items: Sequence[OutboxItem]) -> tuple[EventVerdict, ...]:
        """Hand over a batch; a verdict for each event that the centre answered for.

        Raises:
            ServerError: No answer, or an unclear one: what became of the events is unknown.
        """
        ...

    def enrol(self, request: EnrolmentRequest) -> EnrolmentReply:
        """Ask for certificates.

        Raises:
            ServerError: No answer, or refused.
        """
        ...


class SlipPrinter(Protocol):
    """A printer for narrow paper."""

    @property
    def dots(self) -> int:
        """Printable width in dots at 203 dpi: 384 (58 mm paper) or 576 (80 mm)."""
        ...

    def print(self, slip: Slip) -> None:
        """Print and cut; returns when the printer has taken all bytes.

        Raises:
            DeviceError: The printer is missing, unreachable or silent.
        """
        ...


class SettingsFile(Protocol):
    """Where what IT and staff have chosen is kept (``terminal.toml``)."""

    def load(self) -> Settings:
        """The settings; the defaults where there is no file.

        Raises:
            SetupError: The file cannot be read or says something impossible.
        """
        ...

    def save(self, settings: Settings) -> None:
        """Write the settings durably; what a person wrote beside them (comments) stays.

        Raises:
            SetupError: The file cannot be written.
        """
        ...


class PageWriter(Protocol):
    """What turns a page into a file that any printer prints."""

    def write(self, page: Page) -> bytes:
        """The page as a PDF; the same page gives the same bytes."""
        ...


class CodeWriter(Protocol):
    """What turns the text of a code into modules."""

    def __call__(self, text: str, level: str) -> Matrix:
        """The QR code that says the text, at an error correction level (``L``, ``M``, ``Q``…)."""
        ...


class Words(Protocol):
    """The catalogue of one language."""

    @property
    def language(self) -> str:
        """``de`` or ``en``."""
        ...

    def translate(self, message: str, /, **values: str | int) -> str:
        """The words behind an id, with ``{name}`` filled from values."""
        ...

    def in_language(self, language: str) -> Words:
        """The same catalogue in another language."""
        ...
