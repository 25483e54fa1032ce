"""Real money is locked after every start; ``Unlocked`` is the proof that a person unlocked one account in this run.

``hoga.broker.addresses.RealAddress`` asks for that proof, and every transport asks for an address: so nothing that
leads to a real host can be built without the deliberate act, and the type checker sees it.
"""

from __future__ import annotations

import hashlib
import hmac
import os

from hoga.broker.account_number import AccountNumber

DIGITS = 4


class NotUnlocked(ValueError):
    """What was typed is not the end of the account's number, or there is no proof for this account."""


class _Seal:
    """Held by this module alone: without it no proof can be made."""


_SEAL = _Seal()
_SALT = os.urandom(16)


class Unlocked:
    """One account is unlocked until ``revoke``. Only ``unlock`` makes it. Holds no account number."""

    __slots__ = ("_account", "_valid")

    def __init__(self, number: AccountNumber, seal: _Seal) -> None:
        if seal is not _SEAL:
            raise NotUnlocked("only unlock() makes this proof")
        self._account = _trace(number)
        self._valid = True

    def __repr__(self) -> str:
        return f"Unlocked({'valid' if self._valid else 'revoked'})"

    @property
    def valid(self) -> bool:
        return self._valid

    def covers(self, number: AccountNumber) -> bool:
        """Whether it is this account that was unlocked, and still is."""
        return self._valid and hmac.compare_digest(self._account, _trace(number))

    def revoke(self) -> None:
        """Lock again: from now on nothing leaves for this account's host, over transports built before too."""
        self._valid = False


def unlock(number: AccountNumber, typed: str) -> Unlocked:
    """The deliberate act: a person has typed the last four digits of the account number (of the eight, or of all ten).

    Raises NotUnlocked, without the digits.
    """
    given = "".join(typed.split())
    ends = (number.main[-DIGITS:], number.digits[-DIGITS:])
    if not any(hmac.compare_digest(given.encode(), end.encode()) for end in ends):
        raise NotUnlocked("these are not the last four digits of the account")
    return Unlocked(number, _SEAL)


def _trace(number: AccountNumber) -> bytes:
    return hashlib.blake2b(number.digits.encode(), key=_SALT).digest()
