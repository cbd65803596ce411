from __future__ import annotations

from cryptography import x509

from desktop.hcert.dsc import Dsc
from tests.cli.program import Desk


def test_a_new_terminal_in_training_passes_its_self_test(tmp_path):
    done = Desk(tmp_path / "new").run("selftest")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert len(lines) >= 8
    assert all(line.startswith("ok  ") for line in lines)
    assert any("zxing-cpp, qrcode" in line for line in lines)


def test_the_dsc_comes_alone_and_stays_the_same(desk):
    first, second = (desk.run("selftest", "--print-dsc") for _ in range(2))
    assert (first.code, first.out) == (0, second.out)
    assert first.out.startswith("-----BEGIN CERTIFICATE-----\n")
    assert first.out.endswith("-----END CERTIFICATE-----\n")
    x509.load_pem_x509_certificate(first.out.encode())
    (dsc,) = Dsc.all_from(first.out.encode())
    assert dsc.may_certify_vaccination
    assert dsc.is_p256


def test_the_parts_are_named_in_the_language_that_was_asked_for(desk):
    told = {language: desk.run("selftest", "--language", language).out for language in ("de", "en")}
    assert "Ortszeit" in told["de"]
    assert "Local time" in told["en"]


def test_a_broken_part_is_marked_and_the_exit_code_says_so(desk):
    (desk.data / "vault" / "signing.key.sealed").write_bytes(b"damaged")
    done = desk.run("selftest")
    assert done.code == 1
    broken = [line for line in done.out.splitlines() if line.startswith("!!")]
    assert len(broken) == 1
    assert "key.unreadable" in broken[0]


def test_a_terminal_that_cannot_reach_its_centre_is_looked_at_all_the_same(tmp_path):
    data = tmp_path / "new"
    data.mkdir()
    (data / "terminal.toml").write_text('centre_url = "http://127.0.0.1:9"\n')
    done = Desk(data).run("selftest")
    broken = [line for line in done.out.splitlines() if line.startswith("!!")]
    assert (done.code, done.err) == (1, "")
    assert all("key.missing" in line for line in broken)
    assert len(broken) == 2
    lonely = Desk(data).run("selftest", "--print-dsc")
    assert (lonely.code, lonely.out) == (69, "")
