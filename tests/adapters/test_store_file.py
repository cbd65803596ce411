"""The store's file: who may open it, and what is refused."""

from __future__ import annotations

import subprocess

import pytest

from desktop.adapters.store import connection, schema
from desktop.adapters.store.connection import Guard
from desktop.adapters.store.rows import moment
from desktop.adapters.store.store import SqliteStore
from desktop.core.audit import GENESIS, AuditAction, AuditEntry, chain_hash
from desktop.core.errors import ErrorCode, StoreError
from desktop.core.status import Realm
from tests.adapters.modes import is_private
from tests.adapters.store_writer import KEY
from tests.adapters.test_store_faults import ROOT, writer
from tests.builders import a_commit, an_entry, an_issuance

NEXT_STEP = "ALTER TABLE audit ADD COLUMN note TEXT"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "terminal.db"


def opened(file, *, key=KEY, realm=Realm.TRAINING, steps=schema.STEPS):
    return SqliteStore.open(file, key=key, realm=realm, steps=steps)


def refusal(file, **changes):
    with pytest.raises(StoreError) as caught:
        opened(file, **changes)
    return caught.value.code


@pytest.fixture
def used(file):
    """A closed store with one issuance in it."""
    store = opened(file)
    store.commit(a_commit())
    store.close()
    return file


def sql(store):
    """The connection of an open store."""
    return store._guard._usable()


class TestFile:
    def test_looks_like_noise(self, used):
        content = used.read_bytes()
        assert b"SQLite format 3" not in content
        assert b"CREATE TABLE" not in content
        assert b"journal" not in content

    def test_belongs_to_this_account_alone_and_leaves_nothing_beside_it(self, used):
        assert is_private(used)
        assert [path.name for path in used.parent.iterdir()] == ["terminal.db"]

    def test_has_no_shared_memory_while_open(self, used):
        store = opened(used)
        store.commit(a_commit(2))
        names = {path.name for path in used.parent.iterdir()}
        assert names == {"terminal.db", "terminal.db-wal"}
        wal = used.with_name("terminal.db-wal")
        assert is_private(wal)
        assert b"HC1:" not in wal.read_bytes()
        store.close()

    def test_remembers_everything_over_a_restart(self, used):
        store = opened(used)
        assert store.never_shown() == an_issuance()
        assert store.counts().waiting == 1
        store.close()

    def test_has_all_settings_that_durability_and_erasing_hang_on(self, used):
        store = opened(used)
        settings = {
            name: sql(store).pragma(name)
            for name in (
                "journal_mode",
                "synchronous",
                "secure_delete",
                "foreign_keys",
                "trusted_schema",
                "cell_size_check",
                "locking_mode",
                "mmap_size",
            )
        }
        assert settings == {
            "journal_mode": "wal",
            "synchronous": 2,
            "secure_delete": 1,
            "foreign_keys": 1,
            "trusted_schema": 0,
            "cell_size_check": 1,
            "locking_mode": "exclusive",
            "mmap_size": 0,
        }
        store.close()

    def test_rests_on_a_library_without_the_reset_fault(self):
        assert connection.sqlite_version() >= (3, 51, 3)

    def test_only_strict_tables(self, used):
        store = opened(used)
        tables = sql(store).execute("PRAGMA table_list").fetchall()
        own = {row[1]: row[5] for row in tables if not row[1].startswith("sqlite_")}
        assert set(own) == {"meta", "outbox", "history", "journal", "audit"}
        assert all(own.values())
        store.close()


class TestRefusals:
    def test_a_wrong_key_is_locked_out_and_does_no_harm(self, used):
        assert refusal(used, key=bytes(32)) is ErrorCode.STORE_LOCKED_OUT
        store = opened(used)
        assert store.never_shown() == an_issuance()
        store.close()

    def test_a_key_of_another_length_is_a_mistake_of_ours(self, file):
        with pytest.raises(ValueError, match="32 bytes"):
            opened(file, key=b"short")

    def test_a_file_of_something_else_is_locked_out(self, file):
        file.write_bytes(b"SQLite format 3\0" + bytes(8192))
        assert refusal(file) is ErrorCode.STORE_LOCKED_OUT

    def test_the_other_realm_is_refused_and_changes_nothing(self, used):
        before = used.read_bytes()
        assert refusal(used, realm=Realm.PRODUCTION) is ErrorCode.STORE_OTHER_REALM
        opened(used).close()
        assert len(used.read_bytes()) == len(before)

    @pytest.mark.expects_log
    def test_a_second_opener_in_this_process_is_refused(self, used):
        store = opened(used)
        assert refusal(used) is ErrorCode.STORE_BUSY
        store.commit(a_commit(2))
        store.close()

    def test_a_second_process_is_refused(self, used):
        store = opened(used)
        done = subprocess.run(
            writer(used, 1, 1), cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert done.stdout == "unopened store.busy\n"
        store.close()

    @pytest.mark.expects_log
    def test_a_damaged_page_is_found_at_the_start(self, used):
        content = bytearray(used.read_bytes())
        content[3 * 4096 + 100] ^= 1
        used.write_bytes(content)
        assert refusal(used) is ErrorCode.STORE_BROKEN

    @pytest.mark.expects_log
    def test_a_file_cut_short_is_found_at_the_start(self, used):
        used.write_bytes(used.read_bytes()[:-4096])
        assert refusal(used) is ErrorCode.STORE_BROKEN

    def test_a_place_that_cannot_be_written_is_named_as_that(self, file):
        file.write_bytes(b"")
        assert refusal(file / "terminal.db") is ErrorCode.FILE_UNWRITABLE

    @pytest.mark.parametrize(
        "damage", ["certificate = x'a0'", "print_state = 'burnt'", f"shown_at = {2**62}"]
    )
    def test_a_damaged_row_is_a_broken_store_and_not_a_wrong_certificate(self, used, damage):
        store = opened(used)
        sql(store).execute(f"UPDATE journal SET {damage}")  # noqa: S608 - constants above
        with pytest.raises(StoreError) as caught:
            store.issuance_of_attempt("attempt-1")
        assert caught.value.code is ErrorCode.STORE_BROKEN
        store.close()


class TestVersions:
    def test_a_newer_file_is_refused(self, used):
        opened(used, steps=(*schema.STEPS, NEXT_STEP)).close()
        assert refusal(used) is ErrorCode.STORE_NEWER

    def test_an_older_file_is_copied_and_brought_up_to_date(self, used):
        store = opened(used, steps=(*schema.STEPS, NEXT_STEP))
        assert store.never_shown() == an_issuance()
        assert sql(store).execute("SELECT count(note) FROM audit").get == 0
        store.close()
        copy = opened(used.with_name("terminal.db.version-1"))
        assert copy.never_shown() == an_issuance()
        copy.close()

    def test_the_copy_looks_like_noise_and_goes_at_the_next_start(self, used):
        steps = (*schema.STEPS, NEXT_STEP)
        opened(used, steps=steps).close()
        copy = used.with_name("terminal.db.version-1")
        assert b"SQLite format 3" not in copy.read_bytes()
        assert is_private(copy)
        opened(used, steps=steps).close()
        assert not copy.exists()

    def test_a_copy_that_cannot_be_made_stops_the_step_and_says_so(self, used):
        in_the_way = used.with_name("terminal.db.version-1")
        in_the_way.mkdir()
        steps = (*schema.STEPS, NEXT_STEP)
        assert refusal(used, steps=steps) is ErrorCode.FILE_UNWRITABLE
        in_the_way.rmdir()
        opened(used).close()

    @pytest.mark.expects_log
    def test_a_step_that_fails_leaves_the_file_as_it_was(self, used):
        steps = (*schema.STEPS, f"{NEXT_STEP}; nonsense")
        assert refusal(used, steps=steps) is ErrorCode.STORE_BROKEN
        store = opened(used)
        assert store.never_shown() == an_issuance()
        store.close()

    def test_a_new_store_gets_an_id_of_its_own_and_keeps_it(self, tmp_path):
        def identity(name):
            store = opened(tmp_path / name)
            found = sql(store).execute("SELECT value FROM meta WHERE name = 'store'").get
            store.close()
            return found

        assert len(identity("a.db")) == 32
        assert identity("a.db") == identity("a.db") != identity("b.db")


class TestAudit:
    def test_entries_form_one_chain_over_restarts(self, file):
        for number in range(3):
            store = opened(file)
            store.record(an_entry(actor=f"person {number}"))
            store.commit(a_commit(number))
            store.commit(a_commit(number))
            store.close()
        store = opened(file)
        rows = sql(store).execute("SELECT * FROM audit ORDER BY sequence").fetchall()
        store.close()
        assert [row[0] for row in rows] == [1, 2, 3, 4, 5, 6]
        previous = GENESIS
        for sequence, at, actor, action, about, kept in rows:
            entry = AuditEntry(at=moment(at), actor=actor, action=AuditAction(action), object=about)
            previous = chain_hash(previous, sequence, entry)
            assert kept == previous


class TestAfterAnError:
    def failing_once(self, file, failures):
        """A guard whose connection comes from a list of errors, then from the file."""
        waiting = list(failures)

        def opening():
            if waiting and (error := waiting.pop(0)) is not None:
                raise error
            return connection.connect(file, KEY)

        return Guard(opening)

    def provoke(self, guard):
        with pytest.raises(StoreError) as caught, guard.transaction() as conn:
            conn.execute("nonsense")
        return caught.value.code

    @pytest.mark.expects_log
    def test_the_connection_is_replaced(self, used):
        guard = self.failing_once(used, [])
        assert self.provoke(guard) is ErrorCode.STORE_BROKEN
        with guard.transaction() as conn:
            assert conn.execute("SELECT count(*) FROM journal").get == 1
        guard.close()

    @pytest.mark.expects_log
    def test_a_second_failure_blocks_until_the_next_start(self, used):
        guard = self.failing_once(used, [None, StoreError(ErrorCode.STORE_BROKEN)])
        self.provoke(guard)
        for _ in range(3):
            assert self.provoke(guard) is ErrorCode.STORE_BROKEN
        assert self.provoke(guard) is ErrorCode.STORE_BROKEN
        guard.close()
        opened(used).close()

    @pytest.mark.expects_log
    def test_a_full_disk_does_not_block_for_good(self, used):
        guard = self.failing_once(used, [None, StoreError(ErrorCode.STORE_FULL)])
        self.provoke(guard)
        assert self.provoke(guard) is ErrorCode.STORE_FULL
        with guard.transaction() as conn:
            assert conn.execute("SELECT count(*) FROM journal").get == 1
        guard.close()

    def erase_by_mistake(self, guard):
        with guard.transaction() as conn:
            conn.execute("DELETE FROM journal")
            raise ZeroDivisionError

    def test_a_mistake_of_ours_in_a_transaction_undoes_it(self, used):
        guard = self.failing_once(used, [])
        with pytest.raises(ZeroDivisionError):
            self.erase_by_mistake(guard)
        with guard.transaction() as conn:
            assert conn.execute("SELECT count(*) FROM journal").get == 1
        guard.close()

    def test_a_closed_store_stays_closed(self, file):
        store = opened(file)
        store.close()
        store.close()
        with pytest.raises(StoreError):
            store.counts()
