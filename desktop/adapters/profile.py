"""Issuer profiles: the files ``profiles/*.toml`` among the resources.

A file has the attributes of :class:`IssuerProfile` but its name, and a ``[[products]]`` table for
each product.
"""

from __future__ import annotations

import tomllib
from typing import Final

from desktop.adapters import resources
from desktop.core.errors import ErrorCode, SetupError
from desktop.core.profile import IssuerProfile, ProfileProduct, UvciForm

_FOLDER: Final = "profiles"


def profile_names() -> tuple[str, ...]:
    """The names of all profiles."""
    return resources.names(_FOLDER, ".toml")


def load_profile(name: str) -> IssuerProfile:
    """The profile of this name.

    Raises:
        SetupError: There is none (PROFILE_UNKNOWN).
    """
    if name not in profile_names():
        raise SetupError(ErrorCode.PROFILE_UNKNOWN, profile=name)
    values = tomllib.loads(resources.read_text(f"{_FOLDER}/{name}.toml"))
    products = tuple(
        ProfileProduct(product["code"], tuple(product.get("packs", ())))
        for product in values["products"]
    )
    return IssuerProfile(
        name=name,
        country=values["country"],
        issuer_name=values["issuer_name"],
        uvci_form=UvciForm(values["uvci_form"]),
        zone=values["zone"],
        validity_days=values["validity_days"],
        products=products,
        paper_languages=tuple(values["paper_languages"]),
    )
