"""What is erased is gone: no form of a name is left in any of the store's files.

The files are encrypted, so that looking for a name in them proves little; the test also takes the
encryption off, page by page and free pages included, and looks again.
"""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta

import apsw
import pytest

from desktop.adapters.store.connection import keyed
from desktop.adapters.store.store import SqliteStore
from desktop.core.outbox import OutboxState
from desktop.core.status import Realm
from tests.adapters.store_writer import KEY
from tests.builders import a_certificate, a_commit, a_person, an_issuance, an_item
from tests.fakes.clock import NOON

SECRETS = ("Zwölfkanarienvogel", "Ludmillaquendoline", "HC1:6BFQUENDOLINE", "EVENTQUENDOLINE")


def forms(text):
    """How a text can hide in a file."""
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
        raw = text.encode(encoding)
        yield raw
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        for shift in range(3):
            # Whole groups of three bytes, wherever the group borders fall.
            middle = raw[shift : shift + (len(raw) - shift) // 3 * 3]
            yield base64.b64encode(middle)


def found_in(content):
    return {secret for secret in SECRETS for form in forms(secret) if form in content}


def commit_of_a_person(number):
    item = an_item(number, body=SECRETS[3].encode() * 200)
    person = a_person(family_name=SECRETS[0], given_name=SECRETS[1])
    issuance = replace(
        an_issuance(number, certificate=a_certificate(person=person), hc1=SECRETS[2] * 40),
        event_id=item.event_id,
    )
    return a_commit(number, issuance=issuance, item=item)


def files(folder):
    return b"".join(path.read_bytes() for path in sorted(folder.glob("terminal.db*")))


def plain(file):
    """The pages of a closed store without their encryption."""
    connection = keyed(file, KEY)
    connection.pragma("journal_mode", "DELETE")
    connection.execute("PRAGMA rekey = ''")
    connection.close()
    content = file.read_bytes()
    assert content.startswith(b"SQLite format 3\0")
    return content


@pytest.fixture
def store(tmp_path):
    opened = SqliteStore.open(tmp_path / "terminal.db", key=KEY, realm=Realm.TRAINING)
    yield opened
    opened.close()


@pytest.fixture
def person(store):
    """The store with the person in it, and some other rows around."""
    for number in range(5):
        store.commit(a_commit(number))
    store.commit(commit_of_a_person(5))
    for number in range(6, 10):
        store.commit(a_commit(number))
    return store


def acknowledge_all(store):
    items = store.claim(NOON)
    store.settle([replace(item, state=OutboxState.ACKNOWLEDGED) for item in items], NOON)


def test_the_files_never_show_a_person(person, tmp_path):
    assert found_in(files(tmp_path)) == set()
    person.close()
    assert found_in(files(tmp_path)) == set()


def test_this_test_can_find_a_person_where_there_is_one(person, tmp_path):
    person.close()
    assert found_in(plain(tmp_path / "terminal.db")) == set(SECRETS)


def test_an_acknowledged_event_leaves_no_body(person, tmp_path):
    acknowledge_all(person)
    person.close()
    assert SECRETS[3] not in found_in(plain(tmp_path / "terminal.db"))


def test_after_its_time_no_form_of_the_person_is_left(person, tmp_path):
    acknowledge_all(person)
    assert person.erase_due(NOON + timedelta(hours=1), NOON - timedelta(days=1)) == 10
    assert tmp_path.joinpath("terminal.db-wal").stat().st_size == 0
    person.close()
    assert found_in(plain(tmp_path / "terminal.db")) == set()


def test_the_decrypted_copy_is_still_a_sound_database(person, tmp_path):
    acknowledge_all(person)
    person.erase_due(NOON + timedelta(hours=1), NOON)
    person.close()
    plain(tmp_path / "terminal.db")
    connection = apsw.Connection(str(tmp_path / "terminal.db"))
    assert connection.pragma("integrity_check") == "ok"
    connection.close()
