"""May this terminal sign, may it sync, and what is the user told: one table of states.

Source: facts on the key life cycle, section "States". The checks of a key against the clock and
the standard (missing, not yet valid, expired, wrong use, wrong curve) are :func:`key_fault`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from desktop.core.errors import ErrorCode

if TYPE_CHECKING:
    from datetime import datetime

    from desktop.hcert.dsc import Dsc


class PermitState(StrEnum):
    """Where the terminal's permission to issue stands."""

    NOT_ENROLLED = "not_enrolled"
    PENDING = "pending"
    ACTIVE = "active"
    OFFLINE_WARN = "offline_warn"
    RENEWAL_DUE = "renewal_due"
    GRACE = "grace"
    QUOTA_SOFT = "quota_soft"
    BLOCKED = "blocked"
    CLOCK_SUSPECT = "clock_suspect"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    QUARANTINE = "quarantine"


class Severity(StrEnum):
    """How loud the screen says it: green, amber ("carry on, know this"), red ("act now")."""

    GOOD = "good"
    WARN = "warn"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class StateRule:
    """What a state allows."""

    may_sign: bool
    may_sync: bool
    severity: Severity


RULES: Final[dict[PermitState, StateRule]] = {
    PermitState.NOT_ENROLLED: StateRule(False, True, Severity.STOP),
    PermitState.PENDING: StateRule(False, False, Severity.WARN),
    PermitState.ACTIVE: StateRule(True, True, Severity.GOOD),
    PermitState.OFFLINE_WARN: StateRule(True, True, Severity.WARN),
    PermitState.RENEWAL_DUE: StateRule(True, True, Severity.GOOD),
    PermitState.GRACE: StateRule(True, True, Severity.WARN),
    PermitState.QUOTA_SOFT: StateRule(True, True, Severity.WARN),
    PermitState.BLOCKED: StateRule(False, True, Severity.STOP),
    PermitState.CLOCK_SUSPECT: StateRule(False, True, Severity.STOP),
    PermitState.SUSPENDED: StateRule(False, True, Severity.STOP),
    PermitState.REVOKED: StateRule(False, True, Severity.STOP),
    PermitState.QUARANTINE: StateRule(False, True, Severity.STOP),
}


@dataclass(frozen=True, slots=True)
class Permit:
    """The permission at one moment.

    Attributes:
        state: Where it stands.
        fault: Why signing is refused, if the key is the reason.
        until: When the private key's use ends (UTC), if there is a key.
    """

    state: PermitState
    fault: ErrorCode | None = None
    until: datetime | None = None

    @property
    def rule(self) -> StateRule:
        """What the state allows."""
        return RULES[self.state]


def key_fault(dsc: Dsc, now: datetime) -> ErrorCode | None:
    """Why this DSC's key must not sign a vaccination now, or None."""
    if now < dsc.use_from:
        return ErrorCode.KEY_NOT_YET_VALID
    if now >= dsc.use_until:
        return ErrorCode.KEY_EXPIRED
    if not dsc.may_certify_vaccination:
        return ErrorCode.KEY_WRONG_USAGE
    if not dsc.is_p256:
        return ErrorCode.KEY_WRONG_CURVE
    return None


def permit(dsc: Dsc | None, now: datetime) -> Permit:
    """The permission that follows from the key alone; leases and limits come on top of it."""
    if dsc is None:
        return Permit(PermitState.NOT_ENROLLED, ErrorCode.KEY_MISSING)
    fault = key_fault(dsc, now)
    if fault is not None:
        return Permit(PermitState.BLOCKED, fault, dsc.use_until)
    return Permit(PermitState.ACTIVE, None, dsc.use_until)
