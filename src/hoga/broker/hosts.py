"""Addresses. Stakes follow from the host alone: any address that is not the broker's own is Practice."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from hoga.domain.accounts import Stakes


class AddressRefused(ValueError):
    """This address cannot be used for a connection; ``args[0]`` says why."""


def checked_address(url: str, *schemes: str) -> str:
    """``url`` without a trailing slash. Raises AddressRefused unless it is a loopback address with one of ``schemes``.

    Only Practice can be built until connections can be chosen and confirmed by a person: no other host is reachable
    from here by any setting.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused(f"not an address: {url!r}") from error
    if parts.scheme not in schemes:
        raise AddressRefused(f"{url!r} must begin with {' or '.join(schemes)}")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise AddressRefused("an address holds a host and a port, nothing else")
    if not parts.hostname or port is None:
        raise AddressRefused(f"{url!r} needs a host and a port")
    if not _is_loopback(parts.hostname):
        raise AddressRefused(f"{parts.hostname!r} is not this machine: only Practice can be connected for now")
    return url.rstrip("/")


def stakes_of(*urls: str) -> Stakes:
    """PRACTICE for every address that is not a broker's own. ``checked_address`` lets no other through yet."""
    for url in urls:
        checked_address(url, "http", "https", "ws", "wss")
    return Stakes.PRACTICE


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
