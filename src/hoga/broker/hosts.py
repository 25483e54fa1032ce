"""Addresses. Stakes follow from the host alone: any address that is not the broker's own is Practice."""

from __future__ import annotations

import hashlib
import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from hoga.domain.accounts import Account, ConnectionId, PracticeAccount, Stakes, WireProfile

_ACCOUNT = re.compile(r"(\d{8})-?(\d{2})")


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


def checked_name(name: str) -> str:
    """A host's name as it stands in connection ids. Raises ValueError."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,40}", name):
        raise ValueError(f"not a host name for connections: {name!r}")
    return name


@dataclass(frozen=True, slots=True, repr=False)
class AccountNumber:
    """``12345678-01``: eight digits, and two that tell the kind of account. Never printed."""

    main: str
    product: str

    @classmethod
    def parse(cls, text: str) -> AccountNumber:
        """Raises ValueError, without the text, when it is not 8+2 digits."""
        match = _ACCOUNT.fullmatch(text.strip())
        if match is None:
            raise ValueError("an account number has 8 and 2 digits: 12345678-01")
        return cls(match[1], match[2])

    @property
    def digits(self) -> str:
        return self.main + self.product

    @property
    def label(self) -> str:
        """The masked number, safe to show and store."""
        return f"******{self.main[-2:]}-{self.product}"


def account_at(profile: WireProfile, name: str, number: AccountNumber, *urls: str) -> Account:
    """The desk's view of an account at the host called ``name``. Its connection id holds four digits of a hash, not of
    the number."""
    tail = hashlib.sha256(number.digits.encode()).hexdigest()[:4]
    connection = ConnectionId(f"{profile.value}@{name}-{tail}")
    if stakes_of(*urls) is not Stakes.PRACTICE:
        raise AssertionError("no address beyond this machine can have been let through")
    return PracticeAccount(connection, number.label, profile)
