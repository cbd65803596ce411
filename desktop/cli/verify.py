"""``tresen verify [FILE|-] [--trust FILE]… [--at TIME]``: judges one ``HC1:`` text a line.

For each line that is not blank, one JSON object: ``{"prefix", "base45", "compression", "cose",
"cbor": true|false|null, "signature": "valid"|"invalid"|"no_key"|null, "kid": base64|null,
"time": "ok"|"not_yet"|"expired"|null, "key_usage": "ok"|"wrong"|null, "schema": "ok"|"wrong"|null,
"valid": bool, "problems": [codes], "payload": {…}|null}``; null means not reached. The codes are
those of ``hcert.errors.Fault`` and ``hcert.verify.Trouble``; ``schema:/v/0/dn`` is a breach of the
schema at that place. Only CR and LF are taken from a line: spaces are digits of Base45.
Certificates to trust come in DER or PEM. The exit code is 1 unless every line is valid. It needs no
terminal and opens none.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.adapters.clock import SystemClock
from desktop.cli import lines, output
from desktop.cli.command import Exit, UsageError
from desktop.core.messages import mark
from desktop.hcert.dsc import Dsc
from desktop.hcert.errors import HcertError
from desktop.hcert.verify import Trust
from desktop.services.verifying import Verifying, record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop.cli.command import CommandParser, Invocation
    from desktop.core.ports import Words


def arguments(parser: CommandParser, words: Words) -> None:
    """Declare what the command takes."""
    file = words.translate("cli.metavar.file")
    parser.declare(
        "file", nargs="?", default="-", metavar=f"{file}|-", help=words.translate("cli.verify.file")
    )
    parser.declare(
        "--trust",
        action="append",
        default=[],
        metavar=file,
        help=words.translate("cli.verify.trust"),
    )
    parser.declare(
        "--at", metavar=words.translate("cli.metavar.time"), help=words.translate("cli.verify.at")
    )


def run(invocation: Invocation) -> int:
    """Judge every line."""
    asked = invocation.arguments
    at = None if asked.at is None else _moment(asked.at)
    verifying = Verifying(_trust(asked.trust), SystemClock(), at)
    good = True
    with lines.opened(asked.file) as tasks:
        for _, line in tasks:
            seen = verifying.line(line.decode("utf-8", errors="replace"))
            output.write(record(seen))
            good = good and seen.valid
    return Exit.OK if good else Exit.REFUSED


def _moment(text: str) -> datetime:
    """A time in ISO 8601 that says its offset from UTC."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(mark("cli.verify.time_unreadable"), text) from error
    if moment.tzinfo is None:
        raise UsageError(mark("cli.verify.time_unreadable"), text)
    return moment


def _trust(files: Iterable[str]) -> Trust:
    """All certificates of all files."""
    found: list[Dsc] = []
    for file in files:
        try:
            found += Dsc.all_from(Path(file).read_bytes())
        except (OSError, HcertError) as error:
            raise UsageError(mark("cli.verify.trust_unreadable"), file) from error
    return Trust.of(found)
