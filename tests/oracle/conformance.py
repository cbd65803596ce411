"""Our reader against the published HCERT test data: ``python -m tests.oracle.conformance``.

Every case is read by what ``tresen verify`` runs, with the schema 1.3.0, without asserting
``format``, at the case's VALIDATIONCLOCK, trusting the certificate of the case. What a case expects
and what we say are compared key by key; where the data contradict themselves
(``contradictions.csv``), that is said.

The data hold no pictures, so PICTUREDECODE is played with our own: the text of the case, written by
our writer, must read back as the same text; a picture that the data call broken is an empty one.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from base64 import b64decode
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import cbor2

from desktop.adapters.clock import SystemClock
from desktop.hcert import armour, cbor, qr, schema
from desktop.hcert.dsc import Dsc
from desktop.hcert.verify import Trust
from desktop.services.verifying import Verifying, record
from tests.shared_data import required

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OUTCOMES: Final = ("agree", "contradiction", "disagree", "skipped")

_HCERT: Final = -260


@dataclass(frozen=True, slots=True)
class Case:
    """One case, and what the product says of it.

    Attributes:
        path: Its name in the published data.
        picture: What the data say of its picture.
        content: The case itself.
        said: The record that ``tresen verify`` writes.
    """

    path: str
    picture: str | None
    content: dict[str, Any]
    said: dict[str, Any]

    @property
    def text(self) -> str:
        """The text of the code."""
        text: str = self.content["PREFIX"]
        return text

    @property
    def expectations(self) -> dict[str, bool]:
        """What is expected, by key."""
        expected: dict[str, Any] = self.content.get("EXPECTEDRESULTS", {})
        return {key: value for key, value in expected.items() if isinstance(value, bool)}


@dataclass(frozen=True, slots=True)
class Finding:
    """How one expectation of one case ended."""

    path: str
    key: str
    outcome: str


def cases(folder: Path) -> Iterator[Case]:
    """All cases of the folder that have a code."""
    with gzip.open(folder / "cases.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if "PREFIX" in row["case"]:
                yield Case(row["path"], row["picture"], row["case"], _said(row["case"]))


def findings(case: Case, contradictions: frozenset[tuple[str, str]]) -> Iterator[Finding]:
    """One finding for each expectation of a case."""
    for key, expected in case.expectations.items():
        observe = _OBSERVATIONS.get(key)
        if observe is None:
            outcome = "skipped"
        elif observe(case) == expected:
            outcome = "agree"
        elif (case.path, key) in contradictions:
            outcome = "contradiction"
        else:
            outcome = "disagree"
        yield Finding(case.path, key, outcome)


def contradictions(folder: Path) -> frozenset[tuple[str, str]]:
    """The expectations that the data themselves refute: path and key."""
    with (folder / "contradictions.csv").open(encoding="utf-8", newline="") as lines:
        return frozenset((row["path"], row["key"]) for row in csv.DictReader(lines))


def _said(content: dict[str, Any]) -> dict[str, Any]:
    context = content["TESTCTX"]
    trust = Trust.of([Dsc.from_der(b64decode(context["CERTIFICATE"]))])
    verifying = Verifying(trust, SystemClock(), _clock(context["VALIDATIONCLOCK"]))
    said: dict[str, Any] = json.loads(json.dumps(record(verifying.line(content["PREFIX"]))))
    return said


def _clock(text: str | None) -> datetime | None:
    """Some clocks of the data have no offset; they are UTC."""
    if not text:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _unprefixed(case: Case) -> bool:
    return bool(case.said["prefix"]) and _same(case, "BASE45", lambda: _digits(case))


def _base45(case: Case) -> bool:
    return bool(case.said["base45"]) and _same(
        case, "COMPRESSED", lambda: armour.decode_base45(_digits(case)).hex()
    )


def _compression(case: Case) -> bool:
    return bool(case.said["compression"]) and _same(
        case, "COSE", lambda: armour.unwrap(case.text).hex()
    )


def _same(case: Case, key: str, ours: Callable[[], str]) -> bool:
    """What the case shows of this stage, where it shows it, is what we have."""
    shown = case.content.get(key)
    return shown is None or shown.lower() == ours().lower()


def _digits(case: Case) -> str:
    return armour.strip_prefix(case.text)


def _decoded(case: Case) -> bool:
    return case.said["cbor"] is True and _as_json(case)


def _as_json(case: Case) -> bool:
    """The payload that we read is the JSON of the case, moments by what they mean."""
    wanted = case.content.get("JSON")
    return wanted is None or bool(_comparable(case.said["payload"]) == _comparable(wanted))


def _comparable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _comparable(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_comparable(member) for member in value]
    if isinstance(value, str) and "T" in value:
        try:
            return datetime.fromisoformat(value).timestamp()
        except ValueError:
            return value
    return value


def _encoded(case: Case) -> bool:
    """Our encoding of the case's JSON says what its CBOR says; if that is not shown, its code."""
    ours = cbor.decode(cbor.encode(case.content["JSON"]))
    shown = case.content.get("CBOR")
    theirs = cbor2.loads(bytes.fromhex(shown)) if shown else case.said["payload"]
    if _HCERT in theirs:  # some cases show the claims, some only the DCC in them
        theirs = theirs[_HCERT][1]
    return bool(_comparable(ours) == _comparable(theirs))


def _picture(case: Case) -> bool:
    code = qr.matrix(case.text, "Q")
    if case.picture and case.picture.startswith("cannot"):
        code = qr.Matrix(tuple(bytes(code.size) for _ in range(code.size)))
    return qr.read(code) == case.text


_OBSERVATIONS: Final[dict[str, Callable[[Case], bool]]] = {
    "EXPECTEDVALIDOBJECT": lambda case: not schema.breaches(case.content["JSON"]),
    "EXPECTEDSCHEMAVALIDATION": lambda case: case.said["schema"] == "ok",
    "EXPECTEDENCODE": _encoded,
    "EXPECTEDDECODE": _decoded,
    "EXPECTEDVERIFY": lambda case: case.said["signature"] == "valid",
    "EXPECTEDUNPREFIX": _unprefixed,
    "EXPECTEDVALIDJSON": lambda case: case.said["payload"] is not None and _as_json(case),
    "EXPECTEDCOMPRESSION": _compression,
    "EXPECTEDB45DECODE": _base45,
    "EXPECTEDPICTUREDECODE": _picture,
    "EXPECTEDEXPIRATIONCHECK": lambda case: case.said["time"] == "ok",
    "EXPTECTEDEXPIRED": lambda case: case.said["time"] == "ok",
    "EXPECTEDKEYUSAGE": lambda case: case.said["key_usage"] == "ok",
}


def main(arguments: list[str]) -> int:
    """Print the table; 0 if nothing disagrees and nothing was skipped."""
    folder = Path(arguments[0]) if arguments else required("hcert-testdata")
    known = contradictions(folder)
    all_cases = list(cases(folder))
    found = [finding for case in all_cases for finding in findings(case, known)]
    _print_table(found)
    bad = [each for each in found if each.outcome in ("disagree", "skipped")]
    for each in bad:
        _say(f"{each.outcome}: {each.path} {each.key}")
    whole = {case.path for case in all_cases} - {
        each.path for each in found if each.outcome != "agree"
    }
    common = {case.path for case in all_cases if case.path.startswith("common/")}
    _say(
        f"{len(whole)} of {len(all_cases)} cases agree in full,"
        f" {len(common & whole)} of {len(common)} of the common ones."
    )
    _say("The data hold no pictures: PICTUREDECODE reads what our own writer makes of the text.")
    return 0 if not bad and common and common <= whole else 1


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _print_table(found: list[Finding]) -> None:
    counted = Counter((each.key, each.outcome) for each in found)
    _say(f"{'expectation':25}" + "".join(f"{outcome:>15}" for outcome in OUTCOMES))
    for key in sorted({each.key for each in found}):
        _say(f"{key:25}" + "".join(f"{counted[key, outcome]:15}" for outcome in OUTCOMES))
    totals = [sum(each.outcome == outcome for each in found) for outcome in OUTCOMES]
    _say(f"{'all':25}" + "".join(f"{total:15}" for total in totals))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
