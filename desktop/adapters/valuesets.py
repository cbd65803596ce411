"""The value sets that travel with the program."""

from __future__ import annotations

import json
from typing import Final

from desktop.adapters import resources
from desktop.hcert.valuesets import ValueSets

_FOLDER: Final = "valuesets"


def load_value_sets() -> ValueSets:
    """All value sets among the resources."""
    names = resources.names(_FOLDER, ".json")
    return ValueSets.from_documents(
        {name: json.loads(resources.read_text(f"{_FOLDER}/{name}.json")) for name in names}
    )
