"""Addresses by what is at stake there. Stakes follow from the host alone, and they are part of the address's type.

Every transport is built from an ``Address``; a plain text is none. A ``RealAddress`` can only be made with the proof
that its account was unlocked. Whatever lies under a broker's domain and is not one of its paper hosts counts as real.
"""

from __future__ import annotations

import ipaddress
from typing import ClassVar
from urllib.parse import SplitResult, urlsplit

from hoga.broker.unlocking import NotUnlocked, Unlocked
from hoga.domain.accounts import Stakes

_BROKERS = ("koreainvestment.com", "kiwoom.com")
_PAPER = frozenset(
    {
        "openapivts.koreainvestment.com:29443",
        "ops.koreainvestment.com:31000",
        "mockapi.kiwoom.com:443",
        "mockapi.kiwoom.com:10000",
    }
)
"""The brokers' own hosts without real money (kis.md 1, kiwoom.md 1)."""
_FILES = frozenset({"new.real.download.dws.co.kr"})
"""Symbol files of KIS: public, without login; nothing of an account is sent there (kis.md 1)."""
_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}
_SECURE = frozenset({"https", "wss"})


class AddressRefused(ValueError):
    """This address cannot be used for a connection; ``args[0]`` says why."""


def stakes_at(url: str) -> Stakes:
    """What is at stake at an address: PRACTICE wherever it is not a broker's own. Raises AddressRefused."""
    parts = _parts(url)
    host = (parts.hostname or "").rstrip(".").lower()
    if not any(host == broker or host.endswith(f".{broker}") for broker in _BROKERS):
        return Stakes.PRACTICE
    port = parts.port or _PORTS.get(parts.scheme, 0)
    return Stakes.PAPER if f"{host}:{port}" in _PAPER else Stakes.REAL


class Address(str):
    """A scheme, a host, and a path where there is one: checked, without a trailing slash. Made by its kinds alone."""

    stakes: ClassVar[Stakes]

    def __new__(cls, *_: object) -> Address:
        raise TypeError("an address is a practice, paper, real or public one")

    def at(self, path: str) -> Address:
        """The same host and path with ``path`` behind it; what is at stake stays the same. Raises ValueError."""
        if not path.startswith("/"):
            raise ValueError("a path begins with a slash")
        return self._known(f"{self}{path}")

    @property
    def open(self) -> bool:
        """Whether anything may be sent there now."""
        return True

    def _known(self, url: str) -> Address:
        return str.__new__(type(self), url)


class PracticeAddress(Address):
    """A host that is no broker's: by default this very machine, with a port. Raises AddressRefused."""

    stakes = Stakes.PRACTICE

    def __new__(cls, url: str, *schemes: str) -> PracticeAddress:
        parts = _checked(url, schemes or tuple(_PORTS))
        if parts.port is None:
            raise AddressRefused("an address on this machine needs a port")
        if not _is_loopback(parts.hostname or ""):
            raise AddressRefused(f"{parts.hostname!r} is not this machine")
        return str.__new__(cls, url.rstrip("/"))

    @classmethod
    def elsewhere(cls, url: str, *schemes: str) -> PracticeAddress:
        """Another machine, which a person has entered by hand: never a broker's, and encrypted unless it is this one.

        Raises AddressRefused.
        """
        parts = _checked(url, schemes or tuple(_PORTS))
        if stakes_at(url) is not Stakes.PRACTICE:
            raise AddressRefused("this is the broker's own address: leave the field empty to use it")
        if not _is_loopback(parts.hostname or "") and parts.scheme not in _SECURE:
            raise AddressRefused(f"an address beyond this machine begins with {' or '.join(sorted(_SECURE))}")
        return str.__new__(cls, url.rstrip("/"))


class PaperAddress(Address):
    """A broker's own host where the money is not real. Raises AddressRefused for any other."""

    stakes = Stakes.PAPER

    def __new__(cls, url: str) -> PaperAddress:
        _checked(url, tuple(_PORTS))
        if stakes_at(url) is not Stakes.PAPER:
            raise AddressRefused("this is no paper host of a broker")
        return str.__new__(cls, url.rstrip("/"))


class RealAddress(Address):
    """A broker's own host where the money is real. Cannot be made without the proof that the account was unlocked."""

    stakes = Stakes.REAL
    unlocked: Unlocked

    def __new__(cls, url: str, unlocked: Unlocked) -> RealAddress:
        _checked(url, tuple(_PORTS))
        if stakes_at(url) is not Stakes.REAL:
            raise AddressRefused("this is no real host of a broker")
        if not isinstance(unlocked, Unlocked) or not unlocked.valid:
            raise NotUnlocked("real money is locked")
        made = str.__new__(cls, url.rstrip("/"))
        made.unlocked = unlocked
        return made

    @property
    def open(self) -> bool:
        return self.unlocked.valid

    def _known(self, url: str) -> RealAddress:
        made = str.__new__(RealAddress, url)
        made.unlocked = self.unlocked
        return made


class PublicAddress(Address):
    """Where a broker's public files lie. Nothing of an account is ever sent there. Raises AddressRefused."""

    stakes = Stakes.PRACTICE

    def __new__(cls, url: str) -> PublicAddress:
        parts = _checked(url, ("https",))
        if parts.hostname not in _FILES:
            raise AddressRefused("no public files of a broker are known there")
        return str.__new__(cls, url.rstrip("/"))


def _checked(url: str, schemes: tuple[str, ...]) -> SplitResult:
    parts = _parts(url)
    if parts.scheme not in schemes:
        raise AddressRefused(f"{url!r} must begin with {' or '.join(schemes)}")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise AddressRefused("an address holds a host and a port, nothing else")
    if not parts.hostname:
        raise AddressRefused(f"{url!r} needs a host")
    return parts


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise AddressRefused(f"not an address: {url!r}") from error
    return parts


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
