"""An independent reader of certificates, run by the Python of ``.oracle`` (``make oracle``).

JSON lines in: ``{"hc1": text, "dsc": PEM}``. JSON lines out: ``{"ok": true, "payload": {…}, "iss",
"iat", "exp"}`` or ``{"ok": false, "error": name}``. It shares no code with the product: python-cwt
checks the signature and the kid, Base45 is read by the few lines below. Whether a certificate has
expired is not its business.
"""

from __future__ import annotations

import json
import sys
import zlib
from typing import Any, Final

from cwt import CWT, load_pem_hcert_dsc  # type: ignore[import-not-found] # lives in .oracle only

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_FOREVER: Final = 10**10
_ISSUER, _EXPIRES_AT, _ISSUED_AT, _HCERT, _EU_DCC_V1 = 1, 4, 6, -260, 1


def main() -> None:
    """Answer line by line."""
    for line in sys.stdin:
        question = json.loads(line)
        sys.stdout.write(json.dumps(_answer(question["hc1"], question["dsc"])) + "\n")


def _answer(hc1: str, dsc: str) -> dict[str, Any]:
    try:
        if not hc1.startswith("HC1:"):
            return {"ok": False, "error": "prefix"}
        message = zlib.decompress(_base45(hc1[4:]))
        claims: Any = CWT(leeway=_FOREVER).decode(message, load_pem_hcert_dsc(dsc))
    except Exception as error:  # noqa: BLE001 - whatever the libraries raise, it is not accepted
        return {"ok": False, "error": type(error).__name__}
    return {
        "ok": True,
        "iss": claims.get(_ISSUER),
        "iat": claims.get(_ISSUED_AT),
        "exp": claims.get(_EXPIRES_AT),
        "payload": claims[_HCERT][_EU_DCC_V1],
    }


def _base45(digits: str) -> bytes:
    decoded = b""
    for at in range(0, len(digits), 3):
        group = [_ALPHABET.index(sign) for sign in digits[at : at + 3]]
        number = sum(value * 45**place for place, value in enumerate(group))
        decoded += number.to_bytes(len(group) - 1, "big")
    return decoded


if __name__ == "__main__":
    main()
