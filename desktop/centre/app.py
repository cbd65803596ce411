"""The centre's HTTP face, the same in every worker.

========================  =====================================================================
POST /v1/enrolments       certify a terminal (``wire.enrolment``)
POST /v1/issuances:batch  take events, answer with a verdict on each (``wire.batch``)
GET  /v1/trust            the DSCs that verifiers trust, PEM
GET  /v1/health           whether the database answers
========================  =====================================================================

Everything else is a problem document (``wire.problems``). No log line holds anything of a request.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from desktop.centre.enrolment import RefusedError
from desktop.hcert.dsc import Dsc
from desktop.wire import batch, problems
from desktop.wire.enrolment import REQUEST_BYTES, EnrolmentRequest
from desktop.wire.version import MEDIA_TYPE, WireError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from desktop.centre.enrolment import Enrolment
    from desktop.centre.intake import Intake
    from desktop.centre.register import Register
    from desktop.wire.problems import ProblemDocument

BODY_SECONDS: Final = 20.0
"""So long a request may take to arrive; no terminal waits longer for its answer."""

RETRY_AFTER_SECONDS: Final = 5
"""What a busy centre asks for; terminals spread themselves on top of it."""

PUBLISHED: Final = 100_000
"""Most DSCs in the answer to ``/v1/trust``."""

_LOG: Final = logging.getLogger(__name__)

_BY_STATUS: Final = {404: problems.NOT_FOUND, 405: problems.WRONG_METHOD}


def build(
    *,
    register: Register,
    intake: Intake,
    enrolment: Enrolment | None = None,
    body_seconds: float = BODY_SECONDS,
) -> Starlette:
    """The application; without ``enrolment`` it certifies nobody."""
    face = _Face(register, intake, enrolment, body_seconds)
    return Starlette(
        routes=[
            Route("/v1/enrolments", _guarded(face.enrol), methods=["POST"]),
            Route("/v1/issuances:batch", _guarded(face.take), methods=["POST"]),
            Route("/v1/trust", _guarded(face.trust), methods=["GET"]),
            Route("/v1/health", _guarded(face.health), methods=["GET"]),
        ],
        exception_handlers={HTTPException: _not_served},
    )


class _Face:
    """One method a resource."""

    def __init__(
        self,
        register: Register,
        intake: Intake,
        enrolment: Enrolment | None,
        body_seconds: float,
    ) -> None:
        self._register = register
        self._intake = intake
        self._enrolment = enrolment
        self._body_seconds = body_seconds

    async def enrol(self, request: Request) -> Response:
        if self._enrolment is None:
            raise RefusedError(problems.ENROLMENT_CLOSED)
        body = await self._body(request, REQUEST_BYTES)
        try:
            wanted = EnrolmentRequest.decode(body)
        except WireError as error:
            raise RefusedError(problems.ENROLMENT_UNREADABLE) from error
        reply = await run_in_threadpool(self._enrolment.enrol, wanted)
        return Response(reply.encode(), media_type=MEDIA_TYPE)

    async def take(self, request: Request) -> Response:
        body = await self._body(request, batch.REQUEST_BYTES)
        try:
            events = batch.decode_request(body)
        except WireError as error:
            raise RefusedError(problems.BATCH_UNREADABLE) from error
        verdicts = await run_in_threadpool(self._intake.take, events)
        return Response(batch.encode_reply(verdicts), media_type=MEDIA_TYPE)

    async def trust(self, _request: Request) -> Response:
        bundle = await run_in_threadpool(self._bundle)
        return Response(bundle, media_type="application/x-pem-file")

    async def health(self, _request: Request) -> Response:
        await run_in_threadpool(self._look)
        return JSONResponse({"status": "ok"})

    async def _body(self, request: Request, limit: int) -> bytes:
        """The body, read no further than the limit and no longer than the time allowed."""
        if request.headers.get("content-type") != MEDIA_TYPE:
            raise RefusedError(problems.WRONG_MEDIA_TYPE)
        body = bytearray()
        try:
            async with asyncio.timeout(self._body_seconds):
                async for chunk in request.stream():
                    body += chunk
                    if len(body) > limit:
                        raise RefusedError(problems.TOO_LARGE)
        except TimeoutError as error:
            raise RefusedError(problems.TOO_SLOW) from error
        return bytes(body)

    def _bundle(self) -> str:
        with self._register.begin() as transaction:
            published = transaction.published(PUBLISHED)
        return "".join(Dsc.from_der(der).pem() for der in published)

    def _look(self) -> None:
        with self._register.begin() as transaction:
            transaction.alive()


def _guarded(
    answer: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """Turns whatever goes wrong into a problem document."""

    async def guarded(request: Request) -> Response:
        try:
            return await answer(request)
        except RefusedError as refused:
            return _problem(refused.document)
        except ClientDisconnect:
            return Response(status_code=problems.TOO_SLOW.status)  # nobody is there to read it
        except (OperationalError, PoolTimeoutError):
            # the database is locked, away, full or has no connection left for us: nothing was
            # written, another try may help
            _LOG.warning("the database does not answer")
            return _problem(problems.BUSY)
        except Exception as error:  # noqa: BLE001 - the last line of defence: a bug of ours
            # where, not what: the text of an error may quote a request
            _LOG.error("%s in %s", type(error).__name__, _where(error))
            return _problem(problems.FAILED)

    return guarded


async def _not_served(_request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 0
    return _problem(_BY_STATUS.get(status, problems.FAILED))


def _problem(document: ProblemDocument) -> Response:
    headers = {}
    if document.action is problems.Action.RETRY_AFTER:
        headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return Response(
        document.encode(),
        status_code=document.status,
        headers=headers,
        media_type=problems.MEDIA_TYPE,
    )


def _where(error: BaseException) -> str:
    """File and line where it happened, and nothing of the data."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{frame.name}:{frame.lineno}"
