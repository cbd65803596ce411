"""Reading the text of a code and judging it, step by step.

HCERT specification 1.0.8; the steps in their order: prefix, Base45, compression, COSE, signature,
CBOR, time, key usage, schema. A step that was not reached says None. A bad signature does not stop
the reading (a person may want to see what is inside), but nothing of it may be believed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from desktop.hcert import armour, schema
from desktop.hcert.claims import Claims
from desktop.hcert.cose import SignedMessage
from desktop.hcert.dsc import KID_BYTES, Dsc, Usage
from desktop.hcert.errors import HcertError
from desktop.hcert.reading import certificate_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from desktop.hcert.entries import Certificate


class SignatureState(StrEnum):
    """What is known of the signature."""

    VALID = "valid"
    INVALID = "invalid"
    NO_KEY = "no_key"


class TimeState(StrEnum):
    """Where the moment of verification lies between ``iat`` and ``exp``."""

    OK = "ok"
    NOT_YET = "not_yet"
    EXPIRED = "expired"


class Check(StrEnum):
    """The outcome of a step that is right or wrong."""

    OK = "ok"
    WRONG = "wrong"


class Trouble(StrEnum):
    """Problems beyond :class:`desktop.hcert.errors.Fault`.

    A breach of the schema is ``schema:`` and the JSON pointer of its place.
    """

    SIGNATURE = "signature"
    NO_KEY = "no_key"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    KEY_USAGE = "key_usage"
    NO_DCC = "no_dcc"
    SCHEMA = "schema"


_USAGES: Final = {"v": Usage.VACCINATION, "t": Usage.TEST, "r": Usage.RECOVERY}


@dataclass(frozen=True, slots=True)
class Trust:
    """The document signer certificates that are believed, by kid.

    Eight bytes may collide (HCERT specification 3.3.3): a kid may have several.
    """

    by_kid: Mapping[bytes, tuple[Dsc, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, dscs: Iterable[Dsc]) -> Trust:
        """Believe these."""
        by_kid: dict[bytes, tuple[Dsc, ...]] = {}
        for dsc in {dsc.der: dsc for dsc in dscs}.values():
            by_kid[dsc.kid] = (*by_kid.get(dsc.kid, ()), dsc)
        return cls(by_kid)

    def candidates(self, kid: bytes | None) -> tuple[Dsc, ...]:
        """All certificates with a kid; of longer ones (early German codes) the begin counts."""
        return self.by_kid.get(kid[:KID_BYTES], ()) if kid is not None else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What became of each step.

    Attributes:
        prefix: The text begins with ``HC1:``.
        base45: It is Base45.
        compression: It is one zlib stream of acceptable size.
        cose: It is a COSE_Sign1 message with a known algorithm.
        signature: Whether a believed key made the signature.
        kid: The key identifier of the message.
        cbor: The payload is a CWT with an HCERT.
        time: Whether the moment lies between ``iat`` and ``exp``.
        key_usage: Whether the key may certify this kind; None unless the signature is valid.
        schema: Whether the payload follows the EU DCC schema 1.3.0.
        problems: Stable codes, in the order in which they were met.
        claims: What the issuer states.
        dsc: The certificate whose key made the signature.
    """

    prefix: bool | None = None
    base45: bool | None = None
    compression: bool | None = None
    cose: bool | None = None
    signature: SignatureState | None = None
    kid: bytes | None = None
    cbor: bool | None = None
    time: TimeState | None = None
    key_usage: Check | None = None
    schema: Check | None = None
    problems: tuple[str, ...] = ()
    claims: Claims | None = None
    dsc: Dsc | None = None

    @property
    def valid(self) -> bool:
        """Every step was reached and none has a problem."""
        return self.schema is Check.OK and not self.problems

    @property
    def payload(self) -> Mapping[Any, Any] | None:
        """The EU DCC as it was decoded; not to be believed unless :attr:`valid`."""
        return self.claims.dcc if self.claims else None


def verify(text: str, trust: Trust, at: datetime) -> Verification:
    """Judge the text of a code at a moment (aware); never raises for any text.

    The text is taken as it is: who reads from lines takes away CR and LF, and nothing else.
    """
    seen = Verification(prefix=False)  # each step is wrong until it is right
    try:
        digits = armour.strip_prefix(text)
        seen = replace(seen, prefix=True, base45=False)
        compressed = armour.decode_base45(digits)
        seen = replace(seen, base45=True, compression=False)
        packed = armour.decompress(compressed)
        seen = replace(seen, compression=True, cose=False)
        message = SignedMessage.read(packed)
        seen = replace(_judge_signature(seen, message, trust), cose=True, cbor=False)
        claims = Claims.read(message.payload)
    except HcertError as error:
        return _with(seen, error.fault)
    return _judge_claims(replace(seen, cbor=True, claims=claims), claims, at)


def _with(seen: Verification, *problems: str) -> Verification:
    return replace(seen, problems=seen.problems + tuple(str(problem) for problem in problems))


def _judge_signature(seen: Verification, message: SignedMessage, trust: Trust) -> Verification:
    seen = replace(seen, kid=message.kid)
    candidates = trust.candidates(message.kid)
    if not candidates:
        return replace(_with(seen, Trouble.NO_KEY), signature=SignatureState.NO_KEY)
    for dsc in candidates:
        if dsc.verify(message.algorithm, message.message, message.signature):
            return replace(seen, signature=SignatureState.VALID, dsc=dsc)
    return replace(_with(seen, Trouble.SIGNATURE), signature=SignatureState.INVALID)


def _judge_claims(seen: Verification, claims: Claims, at: datetime) -> Verification:
    seen = _judge_time(seen, claims, at.timestamp())
    if claims.dcc is None:
        return _with(seen, Trouble.NO_DCC)
    seen = _judge_usage(seen, claims.dcc)
    breaches = schema.breaches(claims.dcc)
    seen = _with(seen, *(f"{Trouble.SCHEMA}:{path}" for path in breaches))
    return replace(seen, schema=Check.WRONG if breaches else Check.OK)


def _judge_time(seen: Verification, claims: Claims, at: float) -> Verification:
    if claims.issued_at is not None and at < claims.issued_at:
        return replace(_with(seen, Trouble.NOT_YET), time=TimeState.NOT_YET)
    if claims.expires_at is not None and at > claims.expires_at:
        return replace(_with(seen, Trouble.EXPIRED), time=TimeState.EXPIRED)
    return replace(seen, time=TimeState.OK)


def _judge_usage(seen: Verification, dcc: Mapping[Any, Any]) -> Verification:
    if seen.dsc is None:
        return seen
    kinds = [usage for kind, usage in _USAGES.items() if dcc.get(kind) is not None]
    if all(seen.dsc.may_certify(usage) for usage in kinds):
        return replace(seen, key_usage=Check.OK)
    return replace(_with(seen, Trouble.KEY_USAGE), key_usage=Check.WRONG)


def read_certificate(verification: Verification) -> Certificate | None:
    """The person and the vaccination of a code, to fill a form with.

    None if they cannot be understood or the signature is wrong. Whether the code is valid stays in
    the verification.
    """
    if verification.payload is None or verification.signature is SignatureState.INVALID:
        return None
    return certificate_of(verification.payload)
