"""The way to the centre when it is not as it should be: everything unclear is an error."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.adapters.centre import HttpCentre, LateCentre, _address
from desktop.adapters.http import Http
from desktop.core.errors import ErrorCode, ServerError, SetupError, TerminalError
from desktop.core.settings import is_centre_address
from desktop.wire import batch, problems
from desktop.wire.batch import EventVerdict, Verdict
from desktop.wire.enrolment import EnrolmentRequest
from tests.adapters.faulty import answers, drips, faulty, is_deaf, is_silent, resets, says
from tests.events import in_flight

if TYPE_CHECKING:
    from pathlib import Path

ITEM = in_flight(b"event")
GOOD = batch.encode_reply([EventVerdict(ITEM.event_id, Verdict.ACCEPTED)])
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/cbor\r\n"
HASTE = 0.5
"""Seconds that stand for the product's twenty."""


def centre(url: str, context: ssl.SSLContext | None = None) -> HttpCentre:
    return HttpCentre(url, Http(total=HASTE, connect=HASTE, context=context))


def misfortune(behaviour, context: ssl.SSLContext | None = None) -> TerminalError:
    with faulty(behaviour) as server, pytest.raises(ServerError) as caught:
        centre(server.url, context).send([ITEM])
    return caught.value


def code(behaviour) -> ErrorCode:
    return misfortune(behaviour).code


def test_a_good_answer_is_taken():
    with faulty(answers(GOOD)) as server:
        verdicts = centre(server.url).send([ITEM])

    assert verdicts == (EventVerdict(ITEM.event_id, Verdict.ACCEPTED),)


def test_a_parameter_of_the_media_type_changes_nothing():
    with faulty(answers(GOOD, kind="Application/CBOR; profile=1")) as server:
        assert centre(server.url).send([ITEM])


class TestUnreachable:
    def test_where_nobody_listens(self):
        with socket.create_server(("127.0.0.1", 0)) as listener:
            port = listener.getsockname()[1]

        with pytest.raises(ServerError) as caught:
            centre(f"http://127.0.0.1:{port}").send([ITEM])

        assert caught.value.code is ErrorCode.CENTRE_UNREACHABLE
        assert caught.value.retryable

    def test_where_the_name_means_nothing(self):
        with pytest.raises(ServerError) as caught:
            centre("https://centre.invalid").send([ITEM])

        assert caught.value.code is ErrorCode.CENTRE_UNREACHABLE

    def test_where_the_connection_is_reset(self):
        assert code(resets) is ErrorCode.CENTRE_UNREACHABLE

    def test_where_the_connection_ends_without_a_word(self):
        assert code(says(b"")) is ErrorCode.CENTRE_UNREACHABLE

    @pytest.mark.parametrize("status", ["502 Bad Gateway", "504 Gateway Timeout"])
    def test_where_a_proxy_finds_nobody_behind_it(self, status):
        behaviour = answers(b"<html>nginx</html>", status=status, kind="text/html")

        assert code(behaviour) is ErrorCode.CENTRE_UNREACHABLE


class TestTimeout:
    """The deadline holds for the whole exchange; the pauses between bytes are short."""

    def test_where_nobody_answers(self):
        assert code(is_silent) is ErrorCode.CENTRE_TIMEOUT

    def test_where_the_headers_drip(self):
        assert code(drips(b"HTTP/1.1 200 OK\r\nX: ", b"x")) is ErrorCode.CENTRE_TIMEOUT

    def test_where_the_body_drips(self):
        assert code(drips(HEAD + b"Content-Length: 9999\r\n\r\n", b"x")) is ErrorCode.CENTRE_TIMEOUT

    def test_where_chunks_drip(self):
        start = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"

        assert code(drips(start, b"1\r\nx\r\n")) is ErrorCode.CENTRE_TIMEOUT

    def test_where_nobody_takes_the_request(self):
        with faulty(is_deaf) as server, pytest.raises(ServerError) as caught:
            Http(total=HASTE).post(server.url, bytes(64 << 20), media_type="a/b", limit=1)

        assert caught.value.code is ErrorCode.CENTRE_TIMEOUT


class TestGarbled:
    @pytest.mark.parametrize(
        "behaviour",
        [
            answers(b"<html>Bitte anmelden</html>", kind="text/html"),
            answers(b"<html>Bitte anmelden</html>", kind="application/cbor"),
            answers(b"", kind="application/cbor"),
            answers(GOOD, kind="application/json"),
            answers(GOOD, kind=""),
            answers(GOOD, status="201 Created"),
            answers(b"", status="204 No Content"),
            answers(GOOD + b"\x00"),
            answers(gzip.compress(GOOD), more="Content-Encoding: gzip\r\n"),
            answers(batch.encode_reply([EventVerdict(bytes(32), Verdict.ACCEPTED)])),
            answers(b"", status="302 Found", more="Location: http://127.0.0.1:1/login\r\n"),
            answers(b"<html></html>", status="403 Forbidden", kind="text/html"),
            answers(b"<html></html>", status="500 Oops", kind="text/html"),
            answers(b"<html></html>", status="511 Login", kind="text/html"),
            answers(b"<html></html>", status="400 No", kind=problems.MEDIA_TYPE),
            answers(bytes(batch.REPLY_BYTES + 1)),
            says(b"SSH-2.0-OpenSSH_9.2\r\n"),
            says(HEAD),
            says(HEAD + b"Content-Length: 9\r\n\r\nhalf"),
        ],
        ids=[
            "captive portal",
            "captive portal with the right type",
            "nothing at all",
            "another type",
            "no type",
            "another success",
            "no content",
            "one byte more",
            "compressed without being asked",
            "a verdict on another event",
            "elsewhere",
            "a proxy forbids",
            "a page of errors",
            "network login",
            "no problem document",
            "longer than agreed",
            "another protocol",
            "half a head",
            "half a body",
        ],
    )
    def test_what_is_not_as_agreed(self, behaviour):
        assert code(behaviour) is ErrorCode.CENTRE_GARBLED

    def test_no_redirection_is_followed(self):
        with faulty(answers(GOOD)) as target:
            moved = answers(b"", status="307 Moved", more=f"Location: {target.url}\r\n")
            assert code(moved) is ErrorCode.CENTRE_GARBLED
            assert target.connections == 0

    def test_certificates_that_are_none(self):
        request = EnrolmentRequest(signing_csr=b"", device_csr=b"", issuer_id="I", country="DE")
        with faulty(answers(GOOD)) as server, pytest.raises(ServerError) as caught:
            centre(server.url).enrol(request)

        assert caught.value.code is ErrorCode.CENTRE_GARBLED


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
@pytest.mark.parametrize("kind", ["text/html", problems.MEDIA_TYPE])
def test_a_busy_centre_is_busy_in_whatever_words(status, kind):
    body = problems.BUSY.encode() if kind == problems.MEDIA_TYPE else b"<html></html>"

    assert code(answers(body, status=status, kind=kind)) is ErrorCode.CENTRE_BUSY


def test_a_refusal_says_which_and_what_to_do_and_nothing_else():
    body = json.dumps(json.loads(problems.TOO_LARGE.encode()) | {"detail": "Erika"}).encode()

    error = misfortune(answers(body, status="413 Too Large", kind=problems.MEDIA_TYPE))

    assert error.code is ErrorCode.CENTRE_REFUSED
    assert error.facts == {"problem": "too-large", "action": "bisect", "status": 413}


class TestTrust:
    """TLS to servers that are not who they should be (threat T37)."""

    @pytest.fixture
    def pair(self, tmp_path):
        return server_certificate(tmp_path)

    def test_who_is_trusted_is_heard(self, pair):
        with faulty(answers(GOOD), server_context(pair)) as server:
            assert centre(server.url, client_context(pair)).send([ITEM])

    def test_an_unknown_authority(self, pair):
        with faulty(answers(GOOD), server_context(pair)) as server:
            assert untrusted(server.url)

    def test_another_host(self, tmp_path):
        pair = server_certificate(tmp_path, address="192.0.2.1")
        with faulty(answers(GOOD), server_context(pair)) as server:
            assert untrusted(server.url, client_context(pair))

    def test_an_expired_certificate(self, tmp_path):
        pair = server_certificate(tmp_path, days=-1)
        with faulty(answers(GOOD), server_context(pair)) as server:
            assert untrusted(server.url, client_context(pair))

    def test_a_server_that_speaks_no_tls(self):
        with faulty(says_at_once(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as server:
            assert untrusted(server.url.replace("http:", "https:"))

    def test_a_server_that_hangs_up_during_the_handshake_is_unreachable(self):
        with (
            faulty(says_at_once(b"")) as server,
            pytest.raises(ServerError) as caught,
        ):
            centre(server.url.replace("http:", "https:")).send([ITEM])

        assert caught.value.code is ErrorCode.CENTRE_UNREACHABLE

    def test_a_server_that_is_silent_during_the_handshake_is_unreachable(self):
        with faulty(is_deaf) as server, pytest.raises(ServerError) as caught:
            centre(server.url.replace("http:", "https:")).send([ITEM])

        assert caught.value.code is ErrorCode.CENTRE_UNREACHABLE

    def test_the_operating_system_decides_unless_told_otherwise(self):
        context = Http()._context

        assert type(context).__module__.startswith("truststore")
        assert context.minimum_version is ssl.TLSVersion.TLSv1_2
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.check_hostname


class TestAddress:
    @pytest.mark.parametrize(
        "url",
        [
            "https://centre.example",
            "https://centre.example:8443/base/",
            "http://127.0.0.1:8470",
            "http://localhost:8470",
            "http://[::1]:8470",
        ],
    )
    def test_https_anywhere_and_http_on_this_machine(self, url):
        HttpCentre(url)

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "centre.example",
            "http://centre.example",
            "http://192.168.0.2",
            "http://127.0.0.1.example",
            "ftp://centre.example",
            "https://",
            "https://centre.example/?q=1",
            "https://centre.example/#top",
            "https://centre.example:port",
            "https://[::1",
            "https://centre.example:0",
            "https://centre.example:65536",
            "https://centre..example",
            "https://xn--a.example",
            f"https://{'x' * 64}.example",
        ],
    )
    def test_anything_else_is_a_mistake_in_the_settings(self, url):
        with pytest.raises(SetupError) as caught:
            HttpCentre(url)

        assert caught.value.code is ErrorCode.SETTINGS_BROKEN

    @given(st.from_regex(r"https://[a-z0-9.\-:@\[\]%/äß]{0,20}", fullmatch=True))
    @settings(max_examples=500)
    def test_what_set_up_accepts_can_be_used(self, text):
        if is_centre_address(text):
            _address(text)

    def test_a_name_with_several_addresses_is_tried_at_each(self):
        with faulty(answers(GOOD)) as server:
            assert centre(server.url.replace("127.0.0.1", "localhost")).send([ITEM])


class TestLateCentre:
    def test_the_address_is_found_at_first_need_and_asked_for_each_time(self):
        with faulty(answers(GOOD)) as one, faulty(answers(GOOD)) as other:
            addresses = [other.url, one.url]
            late = LateCentre(addresses.pop)

            late.send([ITEM])
            late.send([ITEM])

            assert (one.connections, other.connections) == (1, 1)

    def test_what_hinders_finding_it_is_told(self):
        def nowhere() -> str:
            raise ServerError(ErrorCode.CENTRE_UNREACHABLE)

        with pytest.raises(ServerError):
            LateCentre(nowhere).send([ITEM])

    @pytest.mark.parametrize("said", ["", "Traceback (most recent call last):", "http://else:1"])
    def test_a_child_that_says_no_address_is_a_misfortune_of_the_centre(self, said):
        with pytest.raises(ServerError) as caught:
            LateCentre(lambda: said).send([ITEM])
        assert caught.value.code is ErrorCode.CENTRE_GARBLED


def untrusted(url: str, context: ssl.SSLContext | None = None) -> bool:
    with pytest.raises(ServerError) as caught:
        centre(url, context).send([ITEM])
    return caught.value.code is ErrorCode.CENTRE_UNTRUSTED


def says_at_once(data: bytes):
    """Says this to whatever comes first, and hangs up."""

    def behave(connection, _over) -> None:
        connection.recv(65536)
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass

    return behave


def server_certificate(folder: Path, *, address: str = "127.0.0.1", days: int = 1) -> Path:
    """A file with a self-signed certificate for an address, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test server")])
    now = datetime.now(UTC)  # noqa: TID251 - TLS compares with the real clock
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=2))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(address))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + certificate.public_bytes(Encoding.PEM)
    )
    return file


def server_context(pair: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pair)
    return context


def client_context(pair: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(pair))
