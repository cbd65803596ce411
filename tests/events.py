"""Events as a terminal makes them, for tests of everything that sends or receives them."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from desktop.core.outbox import OutboxItem, OutboxState
from desktop.hcert.cose import ToBeSigned
from desktop.wire.envelope import ContentType, EnvelopeToBeSigned, event_id
from desktop.wire.event import TRAINING_ISSUER, IssueEvent
from tests.builders import a_certificate

if TYPE_CHECKING:
    from desktop.hcert.dsc import Dsc
    from tests.fakes.keys import FakeKeys


def certified(
    keys: FakeKeys,
    uvci: str = "URN:UVCI:01DE/APO1/1#X",
    *,
    issuer_name: str = TRAINING_ISSUER,
    issued_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> bytes:
    """A certificate (COSE) by an enrolled terminal, a minute after its key came into use."""
    dsc = dsc_of(keys)
    to_be_signed = ToBeSigned.of(
        a_certificate(),
        uvci=uvci,
        country="DE",
        issuer_name=issuer_name,
        issued_at=issued_at or dsc.use_from + timedelta(minutes=1),
        expires_at=expires_at or dsc.not_after,
        kid=dsc.kid,
    )
    return to_be_signed.assemble(keys.sign(to_be_signed))


def told(keys: FakeKeys, uvci: str = "URN:UVCI:01DE/APO1/1#X", **other: object) -> IssueEvent:
    """What the terminal tells of :func:`certified`; keyword arguments replace members."""
    event = IssueEvent(
        terminal=keys.device.terminal_id or "",
        uvci=uvci,
        cose=certified(keys, uvci),
        issued_at=int((dsc_of(keys).use_from + timedelta(minutes=1)).timestamp()),
        batch="ER2659",
    )
    return dataclasses.replace(event, **other)  # type: ignore[arg-type] # each test names a member of its own type


def signed(keys: FakeKeys, payload: bytes) -> bytes:
    """An envelope around any payload."""
    to_be_signed = EnvelopeToBeSigned.of(
        ContentType.EVENT, payload, kid=keys.device.kid or bytes(8)
    )
    return to_be_signed.assemble(keys.device.sign(to_be_signed))


def in_flight(body: bytes) -> OutboxItem:
    """An event on its way."""
    at = datetime.fromisoformat("2021-06-01T12:00:00+00:00")
    return OutboxItem(
        event_id=event_id(body),
        body=body,
        state=OutboxState.IN_FLIGHT,
        attempts=1,
        created_at=at,
        due_at=at,
    )


def an_event(keys: FakeKeys, uvci: str = "URN:UVCI:01DE/APO1/1#X") -> OutboxItem:
    """The plain good case of an enrolled terminal, on its way."""
    return in_flight(signed(keys, told(keys, uvci).encode()))


def dsc_of(keys: FakeKeys) -> Dsc:
    """The terminal's DSC; it has to be enrolled."""
    dsc = keys.dsc
    assert dsc is not None
    return dsc
