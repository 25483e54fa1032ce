"""Why a host could not be reached, as far as the system says: what a person can do differs from one to the next."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from enum import Enum

_NO_WAY = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})


class Trouble(Enum):
    NO_NAME = "no name"
    """The host's name is not known here: most often there is no network at all."""
    NO_WAY = "no way"
    """The network has no way to the host."""
    REFUSED = "refused"
    """The host was reached, and nobody listens there."""
    CERTIFICATE = "certificate"
    """Somebody answered who cannot prove to be the host."""
    TLS = "tls"
    SILENCE = "silence"
    """No answer in time: a firewall, or a host that is down."""
    CUT = "cut"
    """The connection was ended in the middle."""
    OTHER = "other"


def trouble_of(error: BaseException) -> Trouble:
    """By the error itself and by what caused it, the innermost first: libraries wrap what the system said."""
    for each in reversed(list(_chain(error))):
        found = _of_one(each)
        if found is not Trouble.OTHER:
            return found
    return Trouble.OTHER


def _of_one(error: BaseException) -> Trouble:
    if isinstance(error, ssl.SSLCertVerificationError):
        return Trouble.CERTIFICATE
    if isinstance(error, ssl.SSLError):
        return Trouble.TLS
    if isinstance(error, socket.gaierror):
        return Trouble.NO_NAME
    if isinstance(error, ConnectionRefusedError):
        return Trouble.REFUSED
    if isinstance(error, TimeoutError):
        return Trouble.SILENCE
    if isinstance(error, ConnectionError):
        return Trouble.CUT
    if isinstance(error, OSError):
        return _of_system(error)
    return Trouble.OTHER


def _of_system(error: OSError) -> Trouble:
    """asyncio gathers the failures of several addresses in one error that has their texts alone."""
    if error.errno in _NO_WAY:
        return Trouble.NO_WAY
    text = str(error)
    if "Multiple exceptions" not in text:
        return Trouble.OTHER
    return Trouble.REFUSED if str(int(errno.ECONNREFUSED)) in text else Trouble.NO_WAY


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
