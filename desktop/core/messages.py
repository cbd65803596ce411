"""The words for every code: which sentence a person reads, and how loud.

Everything here is an id of the catalogue (``resources/words``); the rooms above translate. Texts
say what happened, what it means for the customer in front, and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desktop.core.errors import ErrorCode
from desktop.core.form import ProblemCode
from desktop.core.permit import RULES, PermitState, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.core.form import Form, Problem
    from desktop.core.ports import Words


def mark(message: str, /) -> str:
    """The same id; says to the extractor of the catalogue that it is translated elsewhere."""
    return message


@dataclass(frozen=True, slots=True)
class Message:
    """What a person reads.

    Attributes:
        title: Id of one short sentence: what happened.
        advice: Id of what it means and what to do.
        severity: How loud.
    """

    title: str
    advice: str
    severity: Severity


_ERRORS: Final[Mapping[ErrorCode, Message]] = {
    ErrorCode.KEY_MISSING: Message(
        mark("error.key.missing.title"),
        mark("error.key.missing.advice"),
        Severity.STOP,
    ),
    ErrorCode.KEY_UNREADABLE: Message(
        mark("error.key.unreadable.title"),
        mark("error.key.unreadable.advice"),
        Severity.STOP,
    ),
    ErrorCode.KEY_NOT_YET_VALID: Message(
        mark("error.key.not_yet_valid.title"),
        mark("error.key.not_yet_valid.advice"),
        Severity.STOP,
    ),
    ErrorCode.KEY_EXPIRED: Message(
        mark("error.key.expired.title"),
        mark("error.key.expired.advice"),
        Severity.STOP,
    ),
    ErrorCode.KEY_WRONG_USAGE: Message(
        mark("error.key.wrong_usage.title"),
        mark("error.key.wrong_usage.advice"),
        Severity.STOP,
    ),
    ErrorCode.KEY_WRONG_CURVE: Message(
        mark("error.key.wrong_curve.title"),
        mark("error.key.wrong_curve.advice"),
        Severity.STOP,
    ),
    ErrorCode.PERMIT_REFUSED: Message(
        mark("error.permit.refused.title"),
        mark("error.permit.refused.advice"),
        Severity.STOP,
    ),
    ErrorCode.SELF_CHECK_FAILED: Message(
        mark("error.issue.self_check_failed.title"),
        mark("error.issue.self_check_failed.advice"),
        Severity.STOP,
    ),
    ErrorCode.ATTEMPT_ERASED: Message(
        mark("error.issue.attempt_erased.title"),
        mark("error.issue.attempt_erased.advice"),
        Severity.WARN,
    ),
    ErrorCode.CLOCK_SUSPECT: Message(
        mark("error.clock.suspect.title"),
        mark("error.clock.suspect.advice"),
        Severity.STOP,
    ),
    ErrorCode.STORE_BUSY: Message(
        mark("error.store.busy.title"),
        mark("error.store.busy.advice"),
        Severity.WARN,
    ),
    ErrorCode.STORE_BROKEN: Message(
        mark("error.store.broken.title"),
        mark("error.store.broken.advice"),
        Severity.STOP,
    ),
    ErrorCode.STORE_FULL: Message(
        mark("error.store.full.title"),
        mark("error.store.full.advice"),
        Severity.STOP,
    ),
    ErrorCode.STORE_NEWER: Message(
        mark("error.store.newer.title"),
        mark("error.store.newer.advice"),
        Severity.STOP,
    ),
    ErrorCode.STORE_OTHER_REALM: Message(
        mark("error.store.other_realm.title"),
        mark("error.store.other_realm.advice"),
        Severity.STOP,
    ),
    ErrorCode.STORE_LOCKED_OUT: Message(
        mark("error.store.locked_out.title"),
        mark("error.store.locked_out.advice"),
        Severity.STOP,
    ),
    ErrorCode.CENTRE_UNREACHABLE: Message(
        mark("error.centre.unreachable.title"),
        mark("error.centre.unreachable.advice"),
        Severity.WARN,
    ),
    ErrorCode.CENTRE_TIMEOUT: Message(
        mark("error.centre.timeout.title"),
        mark("error.centre.timeout.advice"),
        Severity.WARN,
    ),
    ErrorCode.CENTRE_BUSY: Message(
        mark("error.centre.busy.title"),
        mark("error.centre.busy.advice"),
        Severity.WARN,
    ),
    ErrorCode.CENTRE_GARBLED: Message(
        mark("error.centre.garbled.title"),
        mark("error.centre.garbled.advice"),
        Severity.WARN,
    ),
    ErrorCode.CENTRE_REFUSED: Message(
        mark("error.centre.refused.title"),
        mark("error.centre.refused.advice"),
        Severity.WARN,
    ),
    ErrorCode.CENTRE_UNTRUSTED: Message(
        mark("error.centre.untrusted.title"),
        mark("error.centre.untrusted.advice"),
        Severity.WARN,
    ),
    ErrorCode.PRINTER_MISSING: Message(
        mark("error.printer.missing.title"),
        mark("error.printer.missing.advice"),
        Severity.WARN,
    ),
    ErrorCode.PRINTER_UNREACHABLE: Message(
        mark("error.printer.unreachable.title"),
        mark("error.printer.unreachable.advice"),
        Severity.WARN,
    ),
    ErrorCode.PRINTER_TIMEOUT: Message(
        mark("error.printer.timeout.title"),
        mark("error.printer.timeout.advice"),
        Severity.WARN,
    ),
    ErrorCode.PRINTER_TOO_NARROW: Message(
        mark("error.printer.too_narrow.title"),
        mark("error.printer.too_narrow.advice"),
        Severity.WARN,
    ),
    ErrorCode.FILE_UNWRITABLE: Message(
        mark("error.file.unwritable.title"),
        mark("error.file.unwritable.advice"),
        Severity.WARN,
    ),
    ErrorCode.SETTINGS_BROKEN: Message(
        mark("error.settings.broken.title"),
        mark("error.settings.broken.advice"),
        Severity.STOP,
    ),
    ErrorCode.PROFILE_UNKNOWN: Message(
        mark("error.profile.unknown.title"),
        mark("error.profile.unknown.advice"),
        Severity.STOP,
    ),
    ErrorCode.NOT_SET_UP: Message(
        mark("error.setup.missing.title"),
        mark("error.setup.missing.advice"),
        Severity.STOP,
    ),
}

_PROBLEMS: Final[Mapping[ProblemCode, str]] = {
    ProblemCode.MISSING: mark("problem.missing"),
    ProblemCode.NAME_MISSING: mark("problem.name_missing"),
    ProblemCode.NAME_SCRIPT: mark("problem.name_script"),
    ProblemCode.NAME_NO_LETTERS: mark("problem.name_no_letters"),
    ProblemCode.NAME_TOO_LONG: mark("problem.name_too_long"),
    ProblemCode.NAME_CONTROL: mark("problem.name_control"),
    ProblemCode.DATE_UNREADABLE: mark("problem.date_unreadable"),
    ProblemCode.DATE_IMPOSSIBLE: mark("problem.date_impossible"),
    ProblemCode.DATE_INCOMPLETE: mark("problem.date_incomplete"),
    ProblemCode.DATE_FUTURE: mark("problem.date_future"),
    ProblemCode.DATE_TOO_EARLY: mark("problem.date_too_early"),
    ProblemCode.DATE_BEFORE_BIRTH: mark("problem.date_before_birth"),
    ProblemCode.PRODUCT_UNKNOWN: mark("problem.product_unknown"),
    ProblemCode.PRODUCT_INACTIVE: mark("problem.product_inactive"),
    ProblemCode.DOSE_UNREADABLE: mark("problem.dose_unreadable"),
    ProblemCode.DOSE_IMPOSSIBLE: mark("problem.dose_impossible"),
    ProblemCode.COUNTRY_UNKNOWN: mark("problem.country_unknown"),
    ProblemCode.BATCH_UNREADABLE: mark("problem.batch_unreadable"),
    ProblemCode.UNVERIFIED: mark("problem.unverified"),
}

_PERMITS: Final[Mapping[PermitState, tuple[str, str]]] = {
    PermitState.NOT_ENROLLED: (
        mark("permit.not_enrolled.title"),
        mark("permit.not_enrolled.advice"),
    ),
    PermitState.PENDING: (
        mark("permit.pending.title"),
        mark("permit.pending.advice"),
    ),
    PermitState.ACTIVE: (
        mark("permit.active.title"),
        mark("permit.active.advice"),
    ),
    PermitState.OFFLINE_WARN: (
        mark("permit.offline_warn.title"),
        mark("permit.offline_warn.advice"),
    ),
    PermitState.RENEWAL_DUE: (
        mark("permit.renewal_due.title"),
        mark("permit.renewal_due.advice"),
    ),
    PermitState.GRACE: (
        mark("permit.grace.title"),
        mark("permit.grace.advice"),
    ),
    PermitState.QUOTA_SOFT: (
        mark("permit.quota_soft.title"),
        mark("permit.quota_soft.advice"),
    ),
    PermitState.BLOCKED: (
        mark("permit.blocked.title"),
        mark("permit.blocked.advice"),
    ),
    PermitState.CLOCK_SUSPECT: (
        mark("permit.clock_suspect.title"),
        mark("permit.clock_suspect.advice"),
    ),
    PermitState.SUSPENDED: (
        mark("permit.suspended.title"),
        mark("permit.suspended.advice"),
    ),
    PermitState.REVOKED: (
        mark("permit.revoked.title"),
        mark("permit.revoked.advice"),
    ),
    PermitState.QUARANTINE: (
        mark("permit.quarantine.title"),
        mark("permit.quarantine.advice"),
    ),
}


def of_error(code: ErrorCode) -> Message:
    """The words for a misfortune; the error's facts fill their placeholders."""
    return _ERRORS[code]


def of_problem(code: ProblemCode) -> str:
    """The id of the sentence that stands under a field."""
    return _PROBLEMS[code]


def of_permit(state: PermitState, fault: ErrorCode | None = None) -> Message:
    """The words for the permission to issue; the key's fault, if there is one, says more."""
    severity = RULES[state].severity
    if fault is not None:
        of_fault = of_error(fault)
        return Message(of_fault.title, of_fault.advice, severity)
    title, advice = _PERMITS[state]
    return Message(title, advice, severity)


def explain(problem: Problem, form: Form, words: Words) -> str:
    """The sentence under a field, naming what stands in it where that says more."""
    if problem.code is ProblemCode.DATE_IMPOSSIBLE:
        text = " ".join(form.text(problem.field).split())
        return words.translate("problem.date_impossible.text", text=text)
    return words.translate(of_problem(problem.code))
