"""A centre in memory, with the promises of the real one."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from cryptography import x509

from desktop.core.errors import ErrorCode, ServerError
from desktop.hcert.dsc import Dsc
from desktop.wire.batch import EventVerdict, Reason, Verdict
from desktop.wire.envelope import Envelope, event_id
from desktop.wire.event import IssueEvent
from desktop.wire.version import WireError
from tests import certificates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.core.outbox import OutboxItem
    from desktop.wire.enrolment import EnrolmentReply, EnrolmentRequest


class FakeCentre:
    """The Centre port in memory.

    ``fault`` makes every call fail with that code before anything arrives. ``lost_replies`` calls
    arrive, are written down and then fail with a time-out. ``words`` are verdicts that it gives on
    single events, whatever they are; ``left_out`` are events on which it says nothing at all.
    A ``believing`` centre registers any body, also one that is no event.

    Attributes:
        registered: The event behind each identifier.
        answers: The first answer to each event.
        arrivals: How often each event arrived.
    """

    def __init__(self, *, believing: bool = False) -> None:
        self.fault: ErrorCode | None = None
        self.lost_replies = 0
        self.words: dict[bytes, EventVerdict] = {}
        self.left_out: set[bytes] = set()
        self.registered: dict[str, bytes] = {}
        self.answers: dict[bytes, EventVerdict] = {}
        self.arrivals: Counter[bytes] = Counter()
        self._believing = believing
        self._replies: dict[EnrolmentRequest, EnrolmentReply] = {}

    def send(self, items: Sequence[OutboxItem]) -> tuple[EventVerdict, ...]:
        if not items:
            return ()
        self._reached()
        verdicts = [self._verdict(item.body) for item in items]
        self._answered()
        return tuple(each for each in verdicts if each.event_id not in self.left_out)

    def enrol(self, request: EnrolmentRequest) -> EnrolmentReply:
        self._reached()
        if request not in self._replies:
            self._replies[request] = self._certified(request)
        self._answered()
        return self._replies[request]

    def _certified(self, request: EnrolmentRequest) -> EnrolmentReply:
        try:
            for csr in (request.signing_csr, request.device_csr):
                x509.load_der_x509_csr(csr)
        except ValueError as error:
            raise ServerError(
                ErrorCode.CENTRE_REFUSED, problem="enrolment-refused", action="stop", status=422
            ) from error
        terminal_id = f"T-{len(self._replies) + 1:04}"
        reply = certificates.enrolment_reply(request, terminal_id=terminal_id)
        earlier = [known.dsc for known in self._replies.values()]
        return replace(reply, roots=(reply.dsc, *earlier))

    def _verdict(self, body: bytes) -> EventVerdict:
        each = event_id(body)
        self.arrivals[each] += 1
        if each in self.words:
            return self.words[each]
        if each not in self.answers:
            reason = None if self._believing else self._objection(each, body)
            verdict = Verdict.ACCEPTED if reason is None else Verdict.PARKED
            self.answers[each] = EventVerdict(each, verdict, reason)
        return self.answers[each]

    def _objection(self, each: bytes, body: bytes) -> Reason | None:
        try:
            envelope = Envelope.read(body)
        except WireError:
            return Reason.EVENT_UNREADABLE
        signer = self._signer(envelope.kid)
        if signer is None:
            return Reason.TERMINAL_UNKNOWN
        if not envelope.verify(Dsc.from_der(signer.device_certificate)):
            return Reason.EVENT_FORGED
        return self._contradiction(each, envelope.payload, signer)

    def _signer(self, kid: bytes) -> EnrolmentReply | None:
        for reply in self._replies.values():
            if Dsc.from_der(reply.device_certificate).kid == kid:
                return reply
        return None

    def _contradiction(self, each: bytes, payload: bytes, signer: EnrolmentReply) -> Reason | None:
        try:
            event = IssueEvent.decode(payload)
        except WireError:
            return Reason.EVENT_UNREADABLE
        if event.terminal != signer.terminal_id:
            return Reason.TERMINAL_OTHER
        if self.registered.setdefault(event.uvci, each) != each:
            return Reason.UVCI_CONFLICT
        return None

    def _reached(self) -> None:
        if self.fault is not None:
            raise ServerError(self.fault)

    def _answered(self) -> None:
        if self.lost_replies:
            self.lost_replies -= 1
            raise ServerError(ErrorCode.CENTRE_TIMEOUT)
