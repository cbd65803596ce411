"""The one error of the standard's room."""

from __future__ import annotations

from enum import StrEnum


class Fault(StrEnum):
    """Why something is not an HCERT; stable codes, in the order in which reading meets them."""

    TOO_LONG = "too_long"
    PREFIX = "prefix"
    BASE45 = "base45"
    COMPRESSION = "compression"
    TOO_LARGE = "too_large"
    COSE = "cose"
    ALGORITHM = "algorithm"
    CBOR = "cbor"
    CLAIMS = "claims"
    CERTIFICATE = "certificate"


class HcertError(ValueError):
    """What was given is not what the standard says; carries no content of it."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault
