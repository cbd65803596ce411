"""The central server over HTTP.

Whatever comes back that is not exactly what was agreed is unclear, and unclear means unknown: it
becomes a ServerError, and the events stay in the outbox. That goes for captive portals, proxies
and load balancers as well, which like to answer 200 with a page of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import httpx

from desktop.adapters.http import Http, HttpAnswer
from desktop.core.errors import ErrorCode, ServerError, SetupError
from desktop.core.settings import is_centre_address
from desktop.wire import batch, problems
from desktop.wire.enrolment import REPLY_BYTES, EnrolmentReply
from desktop.wire.problems import ProblemDocument
from desktop.wire.version import MEDIA_TYPE, WireError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.core.outbox import OutboxItem
    from desktop.core.ports import Centre
    from desktop.wire.batch import EventVerdict
    from desktop.wire.enrolment import EnrolmentRequest

_OK: Final = 200
_BUSY: Final = frozenset({429, 503})
_NOBODY_BEHIND: Final = frozenset({502, 504})


class HttpCentre:
    """The Centre port.

    Args:
        url: Its address; plain HTTP is allowed on this machine only.
        http: How to reach it.

    Raises:
        SetupError: This is no address of a centre.
    """

    def __init__(self, url: str, http: Http | None = None) -> None:
        self._base = _address(url)
        self._http = http or Http()

    def send(self, items: Sequence[OutboxItem]) -> tuple[EventVerdict, ...]:
        """Hand over a batch; a verdict for each event that the centre answered for.

        Raises:
            ServerError: No answer, or an unclear one: what became of the events is unknown.
        """
        if not items:
            return ()
        request = batch.encode_request([item.body for item in items])
        body = self._post("/v1/issuances:batch", request, batch.REPLY_BYTES)
        try:
            verdicts = batch.decode_reply(body)
        except WireError as error:
            raise ServerError(ErrorCode.CENTRE_GARBLED) from error
        if not {each.event_id for each in verdicts} <= {item.event_id for item in items}:
            raise ServerError(ErrorCode.CENTRE_GARBLED)
        return verdicts

    def enrol(self, request: EnrolmentRequest) -> EnrolmentReply:
        """Ask for certificates.

        Raises:
            ServerError: No answer, or refused.
        """
        body = self._post("/v1/enrolments", request.encode(), REPLY_BYTES)
        try:
            return EnrolmentReply.decode(body)
        except WireError as error:
            raise ServerError(ErrorCode.CENTRE_GARBLED) from error

    def _post(self, path: str, body: bytes, limit: int) -> bytes:
        answer = self._http.post(self._base + path, body, media_type=MEDIA_TYPE, limit=limit)
        if answer.status == _OK and answer.media_type == MEDIA_TYPE:
            return answer.body
        raise _misfortune(answer)


class LateCentre:
    """The Centre port on a centre whose address is found when it is first needed.

    Args:
        find: Finds the address; may take its time and may raise ServerError.
    """

    def __init__(self, find: Callable[[], str]) -> None:
        self._find = find

    def send(self, items: Sequence[OutboxItem]) -> tuple[EventVerdict, ...]:
        """As :meth:`HttpCentre.send`."""
        return self._centre().send(items)

    def enrol(self, request: EnrolmentRequest) -> EnrolmentReply:
        """As :meth:`HttpCentre.enrol`."""
        return self._centre().enrol(request)

    def _centre(self) -> Centre:
        try:
            return HttpCentre(self._find())
        except SetupError as error:  # what was found is no address; nobody has set it up wrongly
            raise ServerError(ErrorCode.CENTRE_GARBLED) from error


def _address(url: str) -> str:
    if not is_centre_address(url):
        raise SetupError(ErrorCode.SETTINGS_BROKEN, key="centre_url")
    try:
        return str(httpx.URL(url.rstrip("/")))
    except httpx.InvalidURL as error:
        raise SetupError(ErrorCode.SETTINGS_BROKEN, key="centre_url") from error


def _misfortune(answer: HttpAnswer) -> ServerError:
    """What an answer means that is not the one asked for."""
    if answer.status in _BUSY:
        return ServerError(ErrorCode.CENTRE_BUSY)
    if answer.media_type == problems.MEDIA_TYPE:
        try:
            document = ProblemDocument.decode(answer.status, answer.body)
        except WireError:
            return ServerError(ErrorCode.CENTRE_GARBLED, status=answer.status)
        return ServerError(
            ErrorCode.CENTRE_REFUSED,
            problem=document.name,
            action=str(document.action),
            status=document.status,
        )
    if answer.status in _NOBODY_BEHIND:
        return ServerError(ErrorCode.CENTRE_UNREACHABLE, status=answer.status)
    return ServerError(ErrorCode.CENTRE_GARBLED, status=answer.status)
