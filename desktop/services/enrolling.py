"""Getting the centre's certificates for this terminal's keys."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from desktop.core.audit import AuditAction, AuditEntry

if TYPE_CHECKING:
    from desktop.core.ports import Centre, Clock, KeyRing, Store
    from desktop.wire.enrolment import EnrolmentReply, EnrolmentRequest


class Enrolling:
    """Enrols the terminal once; in training that needs no ceremony."""

    def __init__(self, *, keys: KeyRing, centre: Centre, store: Store, clock: Clock) -> None:
        self._keys = keys
        self._centre = centre
        self._store = store
        self._clock = clock

    @property
    def needed(self) -> bool:
        """Whether a key still lacks its certificate."""
        return self._keys.dsc is None or self._keys.device.terminal_id is None

    def ensure(self) -> None:
        """Ask the centre to certify both keys, unless it has done so.

        Raises:
            ServerError: The centre did not answer, or refused.
            SigningError: The keys cannot be used, or the answer is not about them.
            StoreError: The diary could not be written; the keys are certified all the same.
        """
        request = self.request()
        if request is not None:
            self.accept(self.ask(request))

    def request(self) -> EnrolmentRequest | None:
        """What the centre is to certify; None if it has done so. First of the three steps.

        A window runs them one by one: this and :meth:`accept` on the store lane, :meth:`ask` on
        the network lane.

        Raises:
            SigningError: The keys cannot be used.
        """
        return self._keys.request() if self.needed else None

    def ask(self, request: EnrolmentRequest) -> EnrolmentReply:
        """The centre's certificates.

        Raises:
            ServerError: The centre did not answer, or refused.
        """
        return self._centre.enrol(request)

    def accept(self, reply: EnrolmentReply) -> None:
        """Keep the centre's certificates.

        Raises:
            SigningError: They are not about our keys.
            StoreError: The diary could not be written; the keys are certified all the same.
        """
        self._keys.accept(reply)
        self._store.record(
            AuditEntry(
                at=self._clock.now(),
                actor="terminal",
                action=AuditAction.ENROLLED,
                object=hashlib.sha256(reply.dsc).hexdigest(),
            )
        )
