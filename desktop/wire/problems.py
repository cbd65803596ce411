"""What the centre answers when it takes nothing of a request: problem documents (RFC 9457).

Each type has a member ``action`` that tells the terminal what to do, so that an old terminal
knows it of types that it has never heard of. None of the actions deletes anything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from desktop.wire.version import WireError

MEDIA_TYPE: Final = "application/problem+json"

DOCUMENT_BYTES: Final = 16 * 1024
"""Most bytes of a problem document."""

_PREFIX: Final = "urn:tresen:problem:"
_SERVER_ERROR: Final = 500


class Action(StrEnum):
    """What the terminal shall do."""

    RETRY = "retry"
    RETRY_AFTER = "retry_after"
    BISECT = "bisect"
    PARK = "park"
    RENEW_KEY = "renew_key"
    FIX_CLOCK = "fix_clock"
    STOP = "stop"
    UPDATE = "update"


_ACTIONS: Final = frozenset(str(each) for each in Action)


@dataclass(frozen=True, slots=True)
class ProblemDocument:
    """One answer that takes nothing.

    Attributes:
        name: The stable end of its type, ``batch-unreadable``.
        status: The HTTP status.
        action: What the terminal shall do.
        title: What happened, in English, for people who read logs; never personal data.
    """

    name: str
    status: int
    action: Action
    title: str = ""

    def encode(self) -> bytes:
        """The body of the answer."""
        members = {
            "type": _PREFIX + self.name,
            "title": self.title,
            "status": self.status,
            "action": str(self.action),
        }
        return json.dumps(members).encode()

    @classmethod
    def decode(cls, status: int, data: bytes) -> ProblemDocument:
        """Read the body of an answer with this HTTP status; its status decides, not the body's.

        A type of somebody else is named ``other``. An unknown action means *retry* where the
        server is at fault (5xx), else *park*.

        Raises:
            WireError: It is no problem document.
        """
        if len(data) > DOCUMENT_BYTES:
            raise WireError
        try:
            members = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise WireError from error
        if not isinstance(members, dict) or type(kind := members.get("type")) is not str:
            raise WireError
        name = kind.removeprefix(_PREFIX) if kind.startswith(_PREFIX) else "other"
        return cls(name, status, _action(members.get("action"), status))


def _action(value: object, status: int) -> Action:
    if isinstance(value, str) and value in _ACTIONS:
        return Action(value)
    return Action.RETRY if status >= _SERVER_ERROR else Action.PARK


BUSY: Final = ProblemDocument("busy", 503, Action.RETRY_AFTER, "too much to do, come back later")
FAILED: Final = ProblemDocument("failed", 500, Action.RETRY, "the centre made a mistake")
TOO_SLOW: Final = ProblemDocument("too-slow", 408, Action.RETRY, "the request took too long")
TOO_LARGE: Final = ProblemDocument("too-large", 413, Action.BISECT, "more than a batch may have")
BATCH_UNREADABLE: Final = ProblemDocument(
    "batch-unreadable", 400, Action.BISECT, "not a batch as agreed"
)
WRONG_MEDIA_TYPE: Final = ProblemDocument(
    "wrong-media-type", 415, Action.UPDATE, "not the media type as agreed"
)
NOT_FOUND: Final = ProblemDocument("not-found", 404, Action.UPDATE, "there is no such resource")
WRONG_METHOD: Final = ProblemDocument(
    "wrong-method", 405, Action.UPDATE, "the resource does not do that"
)
ENROLMENT_CLOSED: Final = ProblemDocument(
    "enrolment-closed", 403, Action.STOP, "this centre does not certify whoever asks"
)
ENROLMENT_UNREADABLE: Final = ProblemDocument(
    "enrolment-unreadable", 400, Action.STOP, "not an enrolment as agreed"
)
ENROLMENT_REFUSED: Final = ProblemDocument(
    "enrolment-refused", 422, Action.STOP, "keys or names that this centre does not certify"
)
ENROLMENT_CONFLICT: Final = ProblemDocument(
    "enrolment-conflict", 409, Action.STOP, "one of these keys belongs to another terminal"
)
