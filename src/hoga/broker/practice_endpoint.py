"""What a running practice exchange says of itself: its JSON line, and the same in ``endpoint.json``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from hoga.base.secret_store import Secret
from hoga.broker.hosts import AddressRefused, checked_address
from hoga.domain.accounts import WireProfile

ENDPOINT_FILE = "endpoint.json"


class BadEndpoint(ValueError):
    """Not what a practice exchange says. Holds nothing of the text: it has keys in it."""


@dataclass(frozen=True, slots=True)
class PracticeKeys:
    """One account of the exchange, and where it is reached. Its keys open nothing but this exchange."""

    profile: WireProfile
    rest: str
    ws: str
    appkey: Secret
    appsecret: Secret
    account: Secret
    hts_id: Secret


@dataclass(frozen=True, slots=True)
class Endpoint:
    """``pid`` and ``ledger`` are only in the file, not in the line."""

    control: str
    accounts: tuple[PracticeKeys, ...]
    pid: int | None = None
    ledger: str | None = None


class _Account(msgspec.Struct):
    environment: str
    appkey: str
    appsecret: str
    account: str
    hts_id: str


class _Kis(msgspec.Struct):
    rest: str
    ws: str
    paper_rest: str
    paper_ws: str
    accounts: list[_Account]


class _Endpoint(msgspec.Struct):
    kis: _Kis
    control: str
    pid: int | None = None
    ledger: str | None = None


def parse_endpoint(text: str | bytes) -> Endpoint:
    """Raises BadEndpoint, also for addresses beyond this machine."""
    try:
        said = msgspec.json.decode(text, type=_Endpoint)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadEndpoint("not the line of a practice exchange") from error
    try:
        return Endpoint(
            control=checked_address(said.control, "http"),
            accounts=tuple(_keys(said.kis, account) for account in said.kis.accounts),
            pid=said.pid,
            ledger=said.ledger,
        )
    except AddressRefused as error:
        raise BadEndpoint(str(error)) from error


def _keys(kis: _Kis, account: _Account) -> PracticeKeys:
    paper = account.environment == "paper"
    if not paper and account.environment != "real":
        raise BadEndpoint("an account of an unknown environment")
    return PracticeKeys(
        profile=WireProfile.KIS_PAPER if paper else WireProfile.KIS_REAL,
        rest=checked_address(kis.paper_rest if paper else kis.rest, "http"),
        ws=checked_address(kis.paper_ws if paper else kis.ws, "ws"),
        appkey=Secret(account.appkey),
        appsecret=Secret(account.appsecret),
        account=Secret(account.account),
        hts_id=Secret(account.hts_id),
    )


def read_endpoint(folder: Path) -> Endpoint | None:
    """What the exchange of this data folder published; None when nothing (readable) is there."""
    try:
        return parse_endpoint((folder / ENDPOINT_FILE).read_bytes())
    except (OSError, BadEndpoint):
        return None
