from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.audit import GENESIS, AuditAction, AuditEntry, chain_hash
from tests.builders import an_entry
from tests.fakes.clock import NOON

ENTRY = an_entry()


def test_the_hash_of_a_place_is_always_the_same():
    assert chain_hash(GENESIS, 1, ENTRY) == chain_hash(GENESIS, 1, replace(ENTRY))
    assert len(chain_hash(GENESIS, 1, ENTRY)) == 32


@pytest.mark.parametrize(
    ("previous", "sequence", "entry"),
    [
        (bytes(31) + b"\x01", 1, ENTRY),
        (GENESIS, 2, ENTRY),
        (GENESIS, 1, replace(ENTRY, at=NOON + timedelta(microseconds=1))),
        (GENESIS, 1, replace(ENTRY, actor="someone")),
        (GENESIS, 1, replace(ENTRY, action=AuditAction.CHECKED)),
        (GENESIS, 1, replace(ENTRY, object="ff" * 32)),
    ],
)
def test_whatever_is_altered_alters_the_hash(previous, sequence, entry):
    assert chain_hash(previous, sequence, entry) != chain_hash(GENESIS, 1, ENTRY)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


@given(texts, texts, texts, texts)
def test_text_cannot_move_from_one_member_to_the_next(actor, object_, other_actor, other_object):
    def entry(by: str, on: str) -> AuditEntry:
        return AuditEntry(at=NOON, actor=by, action=AuditAction.ISSUED, object=on)

    same = (actor, object_) == (other_actor, other_object)
    one = chain_hash(GENESIS, 1, entry(actor, object_))
    assert (one == chain_hash(GENESIS, 1, entry(other_actor, other_object))) == same
