"""What every Clock and every source of Chance promises."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

import pytest

from desktop.adapters.chance import SystemChance
from desktop.adapters.clock import SystemClock
from tests.fakes.chance import SeededChance
from tests.fakes.clock import NOON, FixedClock

if TYPE_CHECKING:
    from desktop.core.ports import Chance, Clock


@pytest.fixture(params=[SystemClock, FixedClock])
def clock(request: pytest.FixtureRequest) -> Clock:
    made: Clock = request.param()
    return made


@pytest.fixture(params=[SystemChance, SeededChance])
def chance(request: pytest.FixtureRequest) -> Chance:
    made: Chance = request.param()
    return made


class TestClock:
    def test_tells_the_time_in_utc(self, clock):
        assert clock.now().tzinfo is UTC

    def test_does_not_run_backwards_between_two_looks(self, clock):
        assert clock.now() <= clock.now()


class TestChance:
    def test_gives_as_many_bytes_as_asked_for(self, chance):
        assert [len(chance.token(length)) for length in (0, 1, 16, 33)] == [0, 1, 16, 33]

    def test_does_not_repeat_itself(self, chance):
        assert len({chance.token(16) for _ in range(100)}) == 100

    def test_fractions_lie_from_zero_to_below_one(self, chance):
        drawn = [chance.fraction() for _ in range(1000)]
        assert min(drawn) >= 0
        assert max(drawn) < 1
        assert len(set(drawn)) > 990


def test_the_fixed_clock_moves_only_by_hand():
    clock = FixedClock()
    assert clock.now() == clock.now() == NOON
    assert clock.forward(minutes=5) == clock.now() == NOON + timedelta(minutes=5)


def test_a_ticking_clock_moves_at_each_look():
    clock = FixedClock(ticks=timedelta(seconds=1))
    assert clock.now() < clock.now()


def test_one_seed_is_one_history():
    one, other = SeededChance(7), SeededChance(7)
    assert [one.token(8) for _ in range(5)] == [other.token(8) for _ in range(5)]
