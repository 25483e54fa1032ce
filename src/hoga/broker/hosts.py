"""The desk's view of an account at a host: its stakes follow from the addresses alone."""

from __future__ import annotations

import hashlib
import re

from hoga.broker.account_number import AccountNumber
from hoga.broker.addresses import Address, RealAddress
from hoga.broker.unlocking import NotUnlocked
from hoga.domain.accounts import (
    Account,
    ConnectionId,
    PaperAccount,
    PracticeAccount,
    RealAccount,
    Stakes,
    WireProfile,
)

OWN = "own"
"""The name of a broker's own host in connection ids."""

_REAL = (WireProfile.KIS_REAL, WireProfile.KIWOOM_REAL)
_KINDS: dict[Stakes, type[Account]] = {
    Stakes.REAL: RealAccount,
    Stakes.PAPER: PaperAccount,
    Stakes.PRACTICE: PracticeAccount,
}


def checked_name(name: str) -> str:
    """A host's name as it stands in connection ids. Raises ValueError."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,40}", name):
        raise ValueError(f"not a host name for connections: {name!r}")
    return name


def name_of(rest: str) -> str:
    """A name for a host that a person has entered: tells hosts apart and shows nothing of them."""
    return f"other-{hashlib.sha256(rest.encode()).hexdigest()[:8]}"


def one_stakes(profile: WireProfile, *addresses: Address) -> Stakes:
    """The stakes of the addresses of one host. Raises ValueError when they are not of one kind, or when a broker's own
    host would be spoken to in the dialect of its other one."""
    found = {address.stakes for address in addresses}
    if len(found) != 1:
        raise ValueError("the addresses of one host have one kind of stakes")
    stakes = found.pop()
    if stakes is not Stakes.PRACTICE and (stakes is Stakes.REAL) != (profile in _REAL):
        raise ValueError(f"{profile.value} is not the dialect of this host")
    return stakes


def account_at(profile: WireProfile, name: str, number: AccountNumber, *addresses: Address) -> Account:
    """The desk's view of an account at the host called ``name``. Raises NotUnlocked where real addresses were unlocked
    for another account."""
    if any(isinstance(one, RealAddress) and not one.unlocked.covers(number) for one in addresses):
        raise NotUnlocked("another account was unlocked")
    connection = connection_id(profile, name, number)
    return _KINDS[one_stakes(profile, *addresses)](connection, number.label, profile)


def connection_id(profile: WireProfile, name: str, number: AccountNumber) -> ConnectionId:
    """How an account at the host called ``name`` is known in journals: holds four digits of a hash, not of the
    number."""
    tail = hashlib.sha256(number.digits.encode()).hexdigest()[:4]
    return ConnectionId(f"{profile.value}@{name}-{tail}")
