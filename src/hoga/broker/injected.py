"""Requests over an httpx transport that somebody hands in: an exchange in the same process, a scripted broker."""

from __future__ import annotations

import httpx

from hoga.broker.exchange import ChannelLimits, HttpCall, HttpReply, MayHaveArrived, NeverWritten
from hoga.broker.trouble import Trouble, trouble_of

_FAILS_BEFORE_WRITING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)


class Injected:
    """Sends over ``transport``, and tells what left as a line does: only a failure to connect proves that nothing
    did."""

    def __init__(self, base: str, transport: httpx.AsyncBaseTransport, limits: ChannelLimits) -> None:
        self._limits = limits
        self._client = httpx.AsyncClient(
            base_url=base,
            transport=transport,
            timeout=httpx.Timeout(limits.answer, connect=limits.connect, pool=limits.connect),
            follow_redirects=False,
            trust_env=False,
        )

    async def exchange(self, call: HttpCall) -> HttpReply:
        """Raises NeverWritten or MayHaveArrived."""
        try:
            return await self._read_answer(call)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            kind, trouble = type(error).__name__, _trouble(error)
            if isinstance(error, _FAILS_BEFORE_WRITING):
                raise NeverWritten(kind, trouble) from None
            raise MayHaveArrived(kind, trouble) from None

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _read_answer(self, call: HttpCall) -> HttpReply:
        request = self._client.build_request(
            call.method, call.path, params=call.query or None, headers=dict(call.headers), content=call.body
        )
        response = await self._client.send(request, stream=True)
        try:
            body = bytearray()
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > self._limits.largest_body:
                    raise MayHaveArrived("an answer too large to be true")
        finally:
            await response.aclose()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return HttpReply(response.status_code, headers, bytes(body))


def _trouble(error: Exception) -> Trouble:
    found = trouble_of(error)
    if found is not Trouble.OTHER:
        return found
    if isinstance(error, httpx.TimeoutException):
        return Trouble.SILENCE
    return Trouble.CUT if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError | httpx.WriteError) else found
