"""Numbers of packs for tests, computed apart from the code that reads them."""

from __future__ import annotations


def ntin_of(pzn: str) -> str:
    """The NTIN of a PZN (IFA: 04150, the PZN, and GS1's check digit)."""
    body = f"04150{pzn}"
    weighted = sum(int(digit) for digit in body) + 2 * sum(int(digit) for digit in body[::2])
    return f"{body}{(10 - weighted % 10) % 10}"
