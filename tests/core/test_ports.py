from __future__ import annotations

import inspect

import pytest

from desktop.core import ports

PORTS = [
    value
    for _, value in inspect.getmembers(ports, inspect.isclass)
    if value.__module__ == ports.__name__
]


@pytest.mark.parametrize("port", PORTS, ids=lambda port: port.__name__)
def test_a_port_is_a_protocol_whose_every_method_is_a_promise(port):
    assert getattr(port, "_is_protocol", False)
    promised = {
        name: value
        for name, value in vars(port).items()
        if not name.startswith("_") or name == "__call__"
    }
    assert promised
    assert all(inspect.getdoc(value) for value in promised.values())
