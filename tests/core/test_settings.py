"""What is chosen for a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.core.settings import is_centre_address

GOOD = [
    "https://centre.example",
    "https://centre.example:8443/base/",
    "https://zentrale-köln.example",
    "HTTPS://CENTRE.EXAMPLE",
    "http://127.0.0.1:8470",
    "http://localhost:8470",
    "http://[::1]:8470",
]
BAD = [
    "",
    "centre.example",
    "http://centre.example",
    "http://127.0.0.1.example",
    "ftp://localhost",
    "https://",
    "https:// centre.example",
    "https://centre.example/ base",
    "https://centre.example/?q=1",
    "https://centre.example/#top",
    "https://centre.example:port",
    "https://centre.example:0",
    "https://centre.example:65536",
    "https://centre..example",
    "https://xn--a.example",
    f"https://{'x' * 64}.example",
    "https://[::1",
    "https://[::1::2]",
    "https://-centre.example",
    "https://köln-.example",
    "https://name:word@centre.example",
]


@pytest.mark.parametrize("text", GOOD)
def test_https_anywhere_and_http_on_this_machine(text):
    assert is_centre_address(text)


@pytest.mark.parametrize("text", BAD)
def test_anything_else_is_no_address(text):
    assert not is_centre_address(text)


@given(
    st.sampled_from(["https://", "http://", ""]).flatmap(
        lambda scheme: st.text(max_size=30).map(lambda rest: scheme + rest)
    )
)
def test_no_text_makes_it_raise(text):
    assert is_centre_address(text) in {True, False}
