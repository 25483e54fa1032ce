"""The accounts that a new ledger begins with. Their keys are made up from the seed: they open nothing but Practice."""

from __future__ import annotations

import random
import string

from hoga.practice.api import Environment, PracticeAccount

_APPKEY_LENGTH = 36
_APPSECRET_LENGTH = 180
_KINDS = (Environment.REAL, Environment.REAL, Environment.PAPER, Environment.PAPER)


def made_up_accounts(seed: int) -> tuple[PracticeAccount, ...]:
    """Two real and two paper accounts; the same seed gives the same ones. Shapes as KIS gives them (kis.md 2.1)."""
    drawn = random.Random(f"accounts of {seed}")  # noqa: S311 Practice's keys guard nothing
    numbers = drawn.sample(range(50_000_000, 70_000_000), len(_KINDS))
    return tuple(
        _account(drawn, environment, number, place)
        for place, (environment, number) in enumerate(zip(_KINDS, numbers, strict=True), start=1)
    )


def _account(drawn: random.Random, environment: Environment, number: int, place: int) -> PracticeAccount:
    return PracticeAccount(
        number=f"{number}-01",
        environment=environment,
        appkey="PS" + _text(drawn, string.ascii_letters + string.digits, _APPKEY_LENGTH - 2),
        appsecret=_text(drawn, string.ascii_letters + string.digits + "+/", _APPSECRET_LENGTH - 1) + "=",
        hts_id=f"hoga{environment.value}{place}",
        holder=f"연습{place}",
    )


def _text(drawn: random.Random, letters: str, length: int) -> str:
    return "".join(drawn.choices(letters, k=length))
