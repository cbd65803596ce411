"""Values to columns and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from desktop.core.errors import ErrorCode, StoreError
from desktop.core.issuance import HistoryLine, Issuance, PrintState
from desktop.core.outbox import OutboxItem, OutboxState
from desktop.hcert import cbor
from desktop.hcert.dates import PartialDate
from desktop.hcert.entries import Certificate, Person, Vaccination
from desktop.hcert.errors import HcertError
from desktop.wire.batch import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = tuple[Any, ...]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)

JOURNAL_COLUMNS: Final = (
    "attempt_id, uvci, event_id, certificate, hc1, issued_at, expires_at, shown_at, print_state"
)
ITEM_COLUMNS: Final = "event_id, body, state, attempts, created_at, due_at, verdict, reason"


def micros(moment: datetime) -> int:
    """Microseconds since 1970 (UTC)."""
    return (moment - _EPOCH) // _TICK


def moment(micros: int) -> datetime:
    """The moment so many microseconds after 1970, UTC."""
    return _EPOCH + micros * _TICK


def moment_or_none(micros: int | None) -> datetime | None:
    """Likewise, where there may be none."""
    return None if micros is None else moment(micros)


def issuance_row(issuance: Issuance) -> Row:
    """The columns of an issuance, in the order of ``JOURNAL_COLUMNS``."""
    return (
        issuance.attempt_id,
        issuance.uvci,
        issuance.event_id,
        encode_certificate(issuance.certificate),
        issuance.hc1,
        micros(issuance.issued_at),
        micros(issuance.expires_at),
        None if issuance.shown_at is None else micros(issuance.shown_at),
        str(issuance.print_state),
    )


def issuance_of(row: Sequence[Any]) -> Issuance:
    """The issuance in columns of the order of ``JOURNAL_COLUMNS``.

    Raises:
        StoreError: The row is damaged.
    """
    attempt_id, uvci, event_id, certificate, hc1, issued, expires, shown, print_state = row
    try:
        return Issuance(
            attempt_id=attempt_id,
            uvci=uvci,
            event_id=event_id,
            certificate=decode_certificate(certificate),
            hc1=hc1,
            issued_at=moment(issued),
            expires_at=moment(expires),
            shown_at=moment_or_none(shown),
            print_state=PrintState(print_state),
        )
    except (ValueError, OverflowError) as error:
        raise StoreError(ErrorCode.STORE_BROKEN, row="journal") from error


def item_row(item: OutboxItem) -> Row:
    """The columns of an event, in the order of ``ITEM_COLUMNS``."""
    return (
        item.event_id,
        item.body,
        str(item.state),
        item.attempts,
        micros(item.created_at),
        micros(item.due_at),
        None if item.verdict is None else str(item.verdict),
        item.reason,
    )


def item_of(row: Sequence[Any]) -> OutboxItem:
    """The event in columns of the order of ``ITEM_COLUMNS``."""
    event_id, body, state, attempts, created, due, verdict, reason = row
    return OutboxItem(
        event_id=event_id,
        body=body,
        state=OutboxState(state),
        attempts=attempts,
        created_at=moment(created),
        due_at=moment(due),
        verdict=None if verdict is None else Verdict(verdict),
        reason=reason,
    )


def line_of(row: Sequence[Any]) -> HistoryLine:
    """The history line in columns of the order of its attributes."""
    event_id, uvci_end, product, dose, doses, issued, state, reason, readable = row
    return HistoryLine(
        event_id=event_id,
        uvci_end=uvci_end,
        product=product,
        dose=dose,
        doses=doses,
        issued_at=moment(issued),
        state=OutboxState(state),
        reason=reason,
        readable=bool(readable),
    )


def encode_certificate(certificate: Certificate) -> bytes:
    """A certificate as the journal keeps it: deterministic CBOR of its parts."""
    person, vaccination = certificate.person, certificate.vaccination
    return cbor.encode(
        {
            "family_name": person.family_name,
            "given_name": person.given_name,
            "birth_date": str(person.birth_date),
            "disease": vaccination.disease,
            "prophylaxis": vaccination.prophylaxis,
            "product": vaccination.product,
            "manufacturer": vaccination.manufacturer,
            "dose": vaccination.dose,
            "doses": vaccination.doses,
            "date": vaccination.date.isoformat(),
            "country": vaccination.country,
        }
    )


def decode_certificate(data: bytes) -> Certificate:
    """Read what :func:`encode_certificate` wrote.

    Raises:
        StoreError: It is something else.
    """
    try:
        parts = dict(cbor.decode_own(data))
        person = Person(
            family_name=parts.pop("family_name"),
            given_name=parts.pop("given_name"),
            birth_date=PartialDate.from_iso(parts.pop("birth_date")),
        )
        on = date.fromisoformat(parts.pop("date"))
        return Certificate(person, Vaccination(date=on, **parts))
    except (HcertError, KeyError, TypeError, ValueError) as error:
        raise StoreError(ErrorCode.STORE_BROKEN, row="journal") from error
