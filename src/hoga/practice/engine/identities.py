"""The accounts that a new ledger begins with. Their keys are made up from the seed: they open nothing but Practice."""

from __future__ import annotations

import random
import string

from hoga.practice.api import Broker, Environment, PracticeAccount

_APPKEY_LENGTH = 36
_APPSECRET_LENGTH = 180
_KIWOOM_KEY_LENGTH = 43
_KIWOOM_PRODUCT = "11"
_KINDS = (Environment.REAL, Environment.REAL, Environment.PAPER, Environment.PAPER)
_LETTERS = string.ascii_letters + string.digits


def made_up_accounts(seed: int) -> tuple[PracticeAccount, ...]:
    """Two real and two paper accounts at each broker, KIS first; the same seed gives the same ones."""
    return (*kis_accounts(seed), *kiwoom_accounts(seed))


def kis_accounts(seed: int) -> tuple[PracticeAccount, ...]:
    """Shapes as KIS gives them (kis.md 2.1)."""
    drawn = random.Random(f"accounts of {seed}")  # noqa: S311 Practice's keys guard nothing
    numbers = drawn.sample(range(50_000_000, 70_000_000), len(_KINDS))
    return tuple(
        PracticeAccount(
            number=f"{number}-01",
            environment=environment,
            appkey="PS" + _text(drawn, _LETTERS, _APPKEY_LENGTH - 2),
            appsecret=_text(drawn, _LETTERS + "+/", _APPSECRET_LENGTH - 1) + "=",
            hts_id=f"hoga{environment.value}{place}",
            holder=f"연습{place}",
        )
        for place, (environment, number) in enumerate(zip(_KINDS, numbers, strict=True), start=1)
    )


def kiwoom_accounts(seed: int) -> tuple[PracticeAccount, ...]:
    """Two keys of 43 characters each, as Kiwoom's portal gives them; ten digits in all make the account's number."""
    drawn = random.Random(f"kiwoom accounts of {seed}")  # noqa: S311 as above
    numbers = drawn.sample(range(80_000_000, 90_000_000), len(_KINDS))
    return tuple(
        PracticeAccount(
            number=f"{number}-{_KIWOOM_PRODUCT}",
            environment=environment,
            appkey=_text(drawn, _LETTERS + "-_", _KIWOOM_KEY_LENGTH),
            appsecret=_text(drawn, _LETTERS + "-_", _KIWOOM_KEY_LENGTH),
            hts_id="",
            holder=f"연습{place}",
            broker=Broker.KIWOOM,
        )
        for place, (environment, number) in enumerate(zip(_KINDS, numbers, strict=True), start=len(_KINDS) + 1)
    )


def _text(drawn: random.Random, letters: str, length: int) -> str:
    return "".join(drawn.choices(letters, k=length))
