"""Who becomes a terminal: in training whoever asks, with two keys of the right kind.

The register of pharmacies, codes and approval that a production centre needs stand in front of
:meth:`Enrolment.enrol`, not inside it.
"""

from __future__ import annotations

import hashlib
import os
import re
from base64 import b32encode
from typing import TYPE_CHECKING, Final

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy.exc import IntegrityError

from desktop.centre.authority import Authority, Subject
from desktop.centre.register import DEVICE, SIGNING, KeyRow, TerminalRow
from desktop.hcert.dsc import Dsc
from desktop.wire import problems
from desktop.wire.enrolment import EnrolmentReply

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from desktop.centre.register import Register
    from desktop.wire.enrolment import EnrolmentRequest
    from desktop.wire.problems import ProblemDocument

ROOTS: Final = 1000
"""Most DSCs of others in one reply: the newest ones."""

_ISSUER_ID: Final = re.compile(r"[0-9A-Z]{1,32}", re.ASCII)
_COUNTRY: Final = re.compile(r"[A-Z]{2}", re.ASCII)
_TERMINAL_BYTES: Final = 10


class RefusedError(Exception):
    """The centre takes nothing of a request.

    Args:
        document: What it answers instead.
    """

    def __init__(self, document: ProblemDocument) -> None:
        super().__init__(document.name)
        self.document = document


class Enrolment:
    """Certifies terminals under one authority, which it makes when there is none.

    Args:
        register: Where terminals and the authority are kept.
        name: Common name of an authority that has to be made.
        now: Where the time comes from (aware, UTC).
        roots: Most DSCs in one reply beside the terminal's own.
    """

    def __init__(
        self, register: Register, *, name: str, now: Callable[[], datetime], roots: int = ROOTS
    ) -> None:
        self._register = register
        self._now = now
        self._roots = roots
        with register.begin() as transaction:
            kept = transaction.authority(*Authority.create(name, now()).export())
        self._authority = Authority.load(*kept)

    def enrol(self, request: EnrolmentRequest) -> EnrolmentReply:
        """Certify both keys; the same two keys again are answered with the first certificates.

        Raises:
            RefusedError: Keys or names are not of the right kind, or a key is known as another's.
        """
        if not _COUNTRY.fullmatch(request.country) or not _ISSUER_ID.fullmatch(request.issuer_id):
            raise RefusedError(problems.ENROLMENT_REFUSED)
        signing, device = _public_key(request.signing_csr), _public_key(request.device_csr)
        wanted = {SIGNING: _fingerprint(signing), DEVICE: _fingerprint(device)}
        if wanted[SIGNING] == wanted[DEVICE]:
            raise RefusedError(problems.ENROLMENT_REFUSED)
        terminal = self._known(request, wanted)
        if terminal is None:
            subject = Subject(
                country=request.country, issuer_id=request.issuer_id, terminal=_terminal_id()
            )
            terminal = self._certified(subject, signing, device)
            if not self._added(terminal):  # somebody asked for the same keys at the same moment
                terminal = self._known(request, wanted) or terminal
        return self._reply(terminal)

    def _known(self, request: EnrolmentRequest, wanted: dict[str, bytes]) -> TerminalRow | None:
        with self._register.begin() as transaction:
            owners = transaction.owners(wanted.values())
        if not owners:
            return None
        asked = (request.country, request.issuer_id, wanted)
        for row in owners:
            keys = {key.purpose: key.public_key for key in row.keys}
            if (row.country, row.issuer_id, keys) == asked:
                return row
        raise RefusedError(problems.ENROLMENT_CONFLICT)

    def _certified(
        self,
        subject: Subject,
        signing: ec.EllipticCurvePublicKey,
        device: ec.EllipticCurvePublicKey,
    ) -> TerminalRow:
        now = self._now().replace(microsecond=0)
        certified = (
            (SIGNING, signing, self._authority.certify_signing(signing, subject, now)),
            (DEVICE, device, self._authority.certify_device(device, subject, now)),
        )
        return TerminalRow(
            id=subject.terminal,
            country=subject.country,
            issuer_id=subject.issuer_id,
            keys=tuple(
                KeyRow(
                    purpose=purpose,
                    public_key=_fingerprint(public_key),
                    certificate=Dsc.from_der(der),
                )
                for purpose, public_key, der in certified
            ),
        )

    def _added(self, terminal: TerminalRow) -> bool:
        try:
            with self._register.begin() as transaction:
                transaction.enrol(terminal, int(self._now().timestamp()))
        except IntegrityError:
            return False
        return True

    def _reply(self, terminal: TerminalRow) -> EnrolmentReply:
        (dsc,) = terminal.certificates(SIGNING).values()
        (device,) = terminal.certificates(DEVICE).values()
        with self._register.begin() as transaction:
            published = transaction.published(self._roots)
        return EnrolmentReply(
            terminal_id=terminal.id,
            dsc=dsc.der,
            device_certificate=device.der,
            roots=(dsc.der, *(der for der in published if der != dsc.der)),
        )


def _public_key(csr: bytes) -> ec.EllipticCurvePublicKey:
    """The P-256 key whose owner signed this certification request."""
    try:
        request = x509.load_der_x509_csr(csr)
        key = request.public_key()
        signed = request.is_signature_valid
    except (ValueError, UnsupportedAlgorithm) as error:
        raise RefusedError(problems.ENROLMENT_REFUSED) from error
    if not signed or not isinstance(key, ec.EllipticCurvePublicKey):
        raise RefusedError(problems.ENROLMENT_REFUSED)
    if not isinstance(key.curve, ec.SECP256R1):
        raise RefusedError(problems.ENROLMENT_REFUSED)
    return key


def _fingerprint(key: ec.EllipticCurvePublicKey) -> bytes:
    der = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(der).digest()


def _terminal_id() -> str:
    """An opaque name of 16 letters and digits."""
    return b32encode(os.urandom(_TERMINAL_BYTES)).decode("ascii")
