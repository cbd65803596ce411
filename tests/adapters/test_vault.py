"""The vault keeps secrets, whole or not at all, and says when it cannot."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.adapters.keys.software import SoftwareKeys
from desktop.adapters.vault import Vault
from desktop.core.errors import ErrorCode, SigningError
from tests.adapters.key_maker import fingerprint
from tests.adapters.modes import is_private
from tests.adapters.tracing import injecting
from tests.certificates import enrolment_reply

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "vault"


def refusal(act):
    with pytest.raises(SigningError) as caught:
        act()
    return caught.value.code


def rings(folder):
    return SoftwareKeys(Vault.open(folder), issuer_id="APO1", country="DE")


class TestSecrets:
    def test_are_the_same_at_each_start_and_different_for_each_purpose(self, folder):
        first, second = Vault.open(folder), Vault.open(folder)
        assert first.secret("store") == second.secret("store")
        assert len(first.secret("store")) == 32
        assert first.secret("store") != first.secret("wrap")

    def test_are_different_in_every_vault(self, tmp_path):
        one, other = (Vault.open(tmp_path / name) for name in "ab")
        assert one.secret("store") != other.secret("store")


class TestSealing:
    @given(content=st.binary(max_size=300))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_gives_back_what_was_sealed_also_after_a_restart(self, folder, content):
        Vault.open(folder).write("thing", content)
        assert Vault.open(folder).read("thing") == content

    def test_nothing_is_there_before_it_was_written(self, folder):
        assert Vault.open(folder).read("thing") is None

    def test_the_last_writing_counts(self, folder):
        vault = Vault.open(folder)
        vault.write("thing", b"old")
        vault.write("thing", b"new")
        assert vault.read("thing") == b"new"

    def test_files_are_private_and_do_not_show_their_content(self, folder):
        Vault.open(folder).write("thing", b"visible content")
        assert is_private(folder)
        for file in folder.iterdir():
            assert is_private(file)
            assert b"visible" not in file.read_bytes()
        assert sorted(file.name for file in folder.iterdir()) == ["machine.secret", "thing.sealed"]


class TestRefusals:
    def test_a_changed_byte_is_noticed_wherever_it_is(self, folder):
        vault = Vault.open(folder)
        vault.write("thing", b"content")
        file = folder / "thing.sealed"
        good = file.read_bytes()
        for at in range(len(good)):
            bad = bytearray(good)
            bad[at] ^= 1
            file.write_bytes(bad)
            assert refusal(lambda: vault.read("thing")) is ErrorCode.KEY_UNREADABLE

    @pytest.mark.parametrize("length", [0, 1, 11, 12, 20])
    def test_a_file_cut_short_is_noticed(self, folder, length):
        vault = Vault.open(folder)
        vault.write("thing", b"content")
        file = folder / "thing.sealed"
        file.write_bytes(file.read_bytes()[:length])
        assert refusal(lambda: vault.read("thing")) is ErrorCode.KEY_UNREADABLE

    def test_a_file_under_another_name_is_not_taken_for_it(self, folder):
        vault = Vault.open(folder)
        vault.write("thing", b"content")
        (folder / "thing.sealed").rename(folder / "other.sealed")
        assert refusal(lambda: vault.read("other")) is ErrorCode.KEY_UNREADABLE

    def test_a_file_of_another_machine_is_refused(self, tmp_path):
        here, there = (Vault.open(tmp_path / name) for name in "ab")
        there.write("thing", b"content")
        (tmp_path / "b" / "thing.sealed").rename(tmp_path / "a" / "thing.sealed")
        assert refusal(lambda: here.read("thing")) is ErrorCode.KEY_UNREADABLE

    def test_a_lost_secret_is_not_replaced_beside_what_it_sealed(self, folder):
        Vault.open(folder).write("thing", b"content")
        (folder / "machine.secret").unlink()
        assert refusal(lambda: Vault.open(folder)) is ErrorCode.KEY_UNREADABLE
        assert not (folder / "machine.secret").exists()

    def test_a_secret_of_another_length_is_refused(self, folder):
        Vault.open(folder)
        (folder / "machine.secret").write_bytes(b"short")
        assert refusal(lambda: Vault.open(folder)) is ErrorCode.KEY_UNREADABLE

    def test_a_folder_that_cannot_be_is_refused(self, tmp_path):
        (tmp_path / "file").write_bytes(b"")
        assert refusal(lambda: Vault.open(tmp_path / "file")) is ErrorCode.KEY_UNREADABLE
        assert refusal(lambda: Vault.open(tmp_path / "file" / "v")) is ErrorCode.KEY_UNREADABLE

    def test_a_thing_that_is_a_folder_is_refused(self, folder):
        vault = Vault.open(folder)
        (folder / "thing.sealed").mkdir()
        assert refusal(lambda: vault.read("thing")) is ErrorCode.KEY_UNREADABLE
        assert refusal(lambda: vault.write("thing", b"")) is ErrorCode.FILE_UNWRITABLE
        assert len(list(folder.iterdir())) == 2


class TestSoftwareKeysOverRestarts:
    def test_keys_made_before_a_power_cut_are_the_ones_that_ask_again(self, folder):
        before = fingerprint(folder)
        assert fingerprint(folder) == before

    def test_an_answer_to_the_first_request_fits_after_a_restart(self, folder):
        request = rings(folder).request()
        after = rings(folder)
        after.accept(enrolment_reply(request))
        again = rings(folder)
        assert again.dsc == after.dsc
        assert again.roots == after.roots
        assert again.device.kid == after.device.kid

    def test_no_key_lies_in_the_clear(self, folder):
        rings(folder).request()
        content = b"".join(file.read_bytes() for file in folder.iterdir())
        assert bytes.fromhex("06072a8648ce3d0201") not in content, "id-ecPublicKey"

    def test_a_damaged_key_is_said_when_it_is_needed_and_never_replaced(self, folder):
        keys = rings(folder)
        keys.accept(enrolment_reply(keys.request()))
        damaged = folder / "signing.key.sealed"
        damaged.write_bytes(b"damaged")
        later = rings(folder)
        assert later.dsc is not None
        assert refusal(later.request) is ErrorCode.KEY_UNREADABLE
        assert damaged.read_bytes() == b"damaged"

    @pytest.mark.parametrize("content", [b"nonsense", bytes.fromhex("302e0201003005")])
    def test_what_is_no_private_key_is_refused(self, folder, content):
        Vault.open(folder).write("signing.key", content)
        assert refusal(rings(folder).request) is ErrorCode.KEY_UNREADABLE

    @pytest.mark.parametrize("content", [b"", b"nonsense"])
    def test_a_damaged_enrolment_is_said_at_the_start(self, folder, content):
        Vault.open(folder).write("enrolment", content)
        assert refusal(lambda: rings(folder)) is ErrorCode.KEY_UNREADABLE

    @pytest.mark.parametrize("call", ["fsync", "rename"])
    def test_killed_anywhere_on_the_way_the_next_start_works(self, tmp_path, call):
        for n in range(1, 20):
            folder = tmp_path / str(n)
            command = [sys.executable, "-m", "tests.adapters.key_maker", str(folder)]
            done = subprocess.run(
                [*injecting(f"{call}:signal=SIGKILL:when={n}"), *command],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
            kept = fingerprint(folder)
            assert kept == fingerprint(folder)
            assert len(list(folder.iterdir())) == 3, "no draft is left"
            if done.returncode == 0:
                assert done.stdout.strip() == kept
                assert n > 3
                return
        pytest.fail("no run survived")
