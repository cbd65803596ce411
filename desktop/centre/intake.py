"""Where events arrive: each one is judged by itself, and what is good enters the register.

An event is known by its id for ever: whatever it was told first it is told again. What nobody of
ours has signed is answered and forgotten; what one of our terminals has signed is kept, whatever
the answer, because it is evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.centre.judging import judge
from desktop.centre.register import EventRow
from desktop.wire.batch import EventVerdict, Reason, Verdict
from desktop.wire.envelope import Envelope, event_id
from desktop.wire.version import WireError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from desktop.centre.judging import Judgement
    from desktop.centre.register import Register


class Intake:
    """Takes batches; several workers may share one register."""

    def __init__(self, register: Register, *, training: bool, now: Callable[[], datetime]) -> None:
        self._register = register
        self._training = training
        self._now = now

    def take(self, events: Sequence[bytes]) -> tuple[EventVerdict, ...]:
        """Judge a batch and write it down in one transaction; one verdict an event."""
        bodies = {event_id(body): body for body in events}
        envelopes = {each: _opened(body) for each, body in bodies.items()}
        with self._register.begin() as transaction:
            answers = transaction.answers(bodies)
            kids = {envelope.kid for envelope in envelopes.values() if envelope is not None}
            signers = transaction.signers(kids)
        judgements = [
            judge(each, envelope, signers, training=self._training)
            for each, envelope in envelopes.items()
            if each not in answers
        ]
        if judgements:
            answers |= self._written(judgements, bodies)
        return tuple(answers.values())

    def _written(
        self, judgements: Sequence[Judgement], bodies: Mapping[bytes, bytes]
    ) -> dict[bytes, EventVerdict]:
        received_at = int(self._now().timestamp())
        with self._register.begin() as transaction:
            owners = transaction.claim(
                [each.certificate for each in judgements if each.certificate is not None]
            )
            rows = [
                EventRow(
                    terminal=each.signer,
                    body=bodies[each.answer.event_id],
                    received_at=received_at,
                    answer=_after_claim(each, owners),
                )
                for each in judgements
                if each.signer is not None
            ]
            told = {each.answer.event_id: each.answer for each in judgements}
            return told | transaction.keep(rows)


def _opened(body: bytes) -> Envelope | None:
    try:
        return Envelope.read(body)
    except WireError:
        return None


def _after_claim(judgement: Judgement, owners: Mapping[str, bytes]) -> EventVerdict:
    """The answer, knowing which event owns the certificate's identifier."""
    answer, certificate = judgement.answer, judgement.certificate
    if certificate is None or owners[certificate.uvci] == answer.event_id:
        return answer
    return EventVerdict(answer.event_id, Verdict.PARKED, Reason.UVCI_CONFLICT)
