from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from desktop.core.errors import ErrorCode
from desktop.core.permit import RULES, Permit, PermitState, Severity, key_fault, permit
from desktop.hcert.dsc import Dsc, Usage
from tests.builders import a_dsc
from tests.fakes.clock import NOON

DSC = a_dsc()
SECOND = timedelta(seconds=1)


def test_the_table_names_every_state():
    assert set(RULES) == set(PermitState)


@pytest.mark.parametrize("state", PermitState)
def test_only_a_state_that_stops_nothing_allows_to_sign(state):
    rule = Permit(state).rule
    assert rule is RULES[state]
    assert not (rule.may_sign and rule.severity is Severity.STOP)


@pytest.mark.parametrize(
    ("now", "fault"),
    [
        (DSC.use_from - SECOND, ErrorCode.KEY_NOT_YET_VALID),
        (DSC.use_from, None),
        (DSC.use_until - SECOND, None),
        (DSC.use_until, ErrorCode.KEY_EXPIRED),
        (DSC.not_after, ErrorCode.KEY_EXPIRED),
    ],
)
def test_a_key_signs_within_its_period_of_use(now: datetime, fault):
    assert key_fault(DSC, now) is fault


def with_usages(*usages: Usage) -> Dsc:
    return replace(DSC, usages=frozenset(usages))


@pytest.mark.parametrize(
    ("dsc", "fault"),
    [
        (with_usages(), None),
        (with_usages(Usage.VACCINATION, Usage.TEST), None),
        (with_usages(Usage.TEST, Usage.RECOVERY), ErrorCode.KEY_WRONG_USAGE),
        (
            replace(DSC, public_key=ec.derive_private_key(7, ec.SECP384R1()).public_key()),
            ErrorCode.KEY_WRONG_CURVE,
        ),
    ],
)
def test_a_key_must_be_for_vaccinations_and_of_our_curve(dsc, fault):
    assert key_fault(dsc, NOON) is fault


def test_without_a_certificate_the_terminal_is_not_enrolled():
    assert permit(None, NOON) == Permit(PermitState.NOT_ENROLLED, ErrorCode.KEY_MISSING)


def test_a_good_key_is_active_until_its_use_ends():
    assert permit(DSC, NOON) == Permit(PermitState.ACTIVE, None, DSC.use_until)


def test_a_key_out_of_its_time_blocks_and_says_why():
    outcome = permit(DSC, DSC.use_until)
    assert outcome == Permit(PermitState.BLOCKED, ErrorCode.KEY_EXPIRED, DSC.use_until)
    assert not outcome.rule.may_sign
