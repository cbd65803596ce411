"""What the centre thinks of one event: pure, so that the same event is judged the same for ever.

Forged or contradictory means *parked*: it does not enter the register. Wrong in time means
*flagged*: it enters, because the paper is in somebody's hands already (facts on security, section
1.7; the checks of content that are listed there come with their own issue).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desktop.centre.register import DEVICE, SIGNING, CertificateRow
from desktop.hcert.claims import Claims
from desktop.hcert.cose import ES256, SignedMessage
from desktop.hcert.errors import HcertError
from desktop.wire.batch import EventVerdict, Reason, Verdict
from desktop.wire.event import TRAINING_ISSUER, IssueEvent
from desktop.wire.version import WireError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.centre.register import TerminalRow
    from desktop.hcert.dsc import Dsc
    from desktop.wire.envelope import Envelope

_UVCI: Final = re.compile(r"[!-~]{1,80}", re.ASCII)
"""What the schema and every database can hold (EU DCC schema 1.3.0: at most 80)."""

_R_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the centre thinks of one event.

    Attributes:
        answer: What it says.
        signer: The terminal whose device key signed it; None if none of ours did.
        certificate: What enters the register; None if nothing does.
    """

    answer: EventVerdict
    signer: str | None = None
    certificate: CertificateRow | None = None


class _ParkedError(Exception):
    """It does not enter the register."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


def judge(
    event_id: bytes,
    envelope: Envelope | None,
    signers: Mapping[bytes, TerminalRow],
    *,
    training: bool,
) -> Judgement:
    """Judge one event.

    Args:
        event_id: Its id.
        envelope: It, taken apart; None if it cannot be.
        signers: All terminals that may have signed it, by the kid of their device keys.
        training: Whether this centre belongs to training.
    """
    if envelope is None:
        return _nobody(event_id, Reason.EVENT_UNREADABLE)
    signer = signers.get(envelope.kid)
    if signer is None:
        return _nobody(event_id, Reason.TERMINAL_UNKNOWN)
    if not envelope.verify(signer.certificates(DEVICE)[envelope.kid]):
        return _nobody(event_id, Reason.EVENT_FORGED)
    try:
        certificate, flag = _certificate(event_id, envelope.payload, signer, training=training)
    except _ParkedError as parked:
        return Judgement(EventVerdict(event_id, Verdict.PARKED, parked.reason), signer.id)
    verdict = Verdict.ACCEPTED if flag is None else Verdict.FLAGGED
    return Judgement(EventVerdict(event_id, verdict, flag), signer.id, certificate)


def _nobody(event_id: bytes, reason: Reason) -> Judgement:
    return Judgement(EventVerdict(event_id, Verdict.PARKED, reason))


def _certificate(
    event_id: bytes, payload: bytes, signer: TerminalRow, *, training: bool
) -> tuple[CertificateRow, Reason | None]:
    """The certificate that the event tells of, and why it is flagged, if it is."""
    event = _event(payload)
    if event.terminal != signer.id:
        raise _ParkedError(Reason.TERMINAL_OTHER)
    message, claims = _message(event)
    dsc = signer.certificates(SIGNING).get(message.kid or b"")
    if dsc is None or not dsc.verify(ES256, message.message, message.signature):
        raise _ParkedError(Reason.CERTIFICATE_FORGED)
    uvci, issuer = _entry(claims)
    if (uvci, claims.issued_at) != (event.uvci, event.issued_at):
        raise _ParkedError(Reason.CERTIFICATE_CONTRADICTS)
    if (issuer == TRAINING_ISSUER) != training:
        raise _ParkedError(Reason.REALM_PRODUCTION if training else Reason.REALM_TRAINING)
    row = CertificateRow(
        uvci=uvci,
        event=event_id,
        kid=dsc.kid,
        r=message.signature[:_R_BYTES],
        issued_at=event.issued_at,
    )
    return row, None if _in_time(event, claims, dsc) else Reason.CERTIFICATE_KEY_TIME


def _event(payload: bytes) -> IssueEvent:
    try:
        return IssueEvent.decode(payload)
    except WireError as error:
        raise _ParkedError(Reason.EVENT_UNREADABLE) from error


def _message(event: IssueEvent) -> tuple[SignedMessage, Claims]:
    """The certificate's message and what it claims; only ES256 is ours."""
    try:
        message = SignedMessage.read(event.cose)
        claims = Claims.read(message.payload)
    except HcertError as error:
        raise _ParkedError(Reason.CERTIFICATE_UNREADABLE) from error
    if message.algorithm != ES256:
        raise _ParkedError(Reason.CERTIFICATE_UNREADABLE)
    return message, claims


def _entry(claims: Claims) -> tuple[str, str]:
    """Identifier and issuer of the one vaccination in a certificate."""
    match claims.dcc:
        case {"v": [{"ci": str(uvci), "is": str(issuer)}]} if _UVCI.fullmatch(uvci):
            return uvci, issuer
    raise _ParkedError(Reason.CERTIFICATE_UNREADABLE)


def _in_time(event: IssueEvent, claims: Claims, dsc: Dsc) -> bool:
    """Whether the key was in use when it signed, and the certificate ends before the key's does."""
    begin, end = dsc.use_from.timestamp(), dsc.use_until.timestamp()
    expires_at = claims.expires_at
    return (
        begin <= event.issued_at < end
        and expires_at is not None
        and expires_at <= dsc.not_after.timestamp()
    )
