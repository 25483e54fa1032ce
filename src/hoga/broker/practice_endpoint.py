"""What a running practice exchange says of itself: its JSON line, and the same in ``endpoint.json``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from hoga.base.secret_store import Secret
from hoga.broker.addresses import AddressRefused, PracticeAddress
from hoga.domain.accounts import WireProfile

ENDPOINT_FILE = "endpoint.json"


class BadEndpoint(ValueError):
    """Not what a practice exchange says. Holds nothing of the text: it has keys in it."""


class PracticeKeys(Struct, frozen=True):
    """One account of the exchange, and where it is reached. Its keys open nothing but this exchange."""

    profile: WireProfile
    rest: PracticeAddress
    ws: PracticeAddress
    appkey: Secret
    appsecret: Secret
    account: Secret
    hts_id: Secret | None = None
    """KIS alone has one."""


class Endpoint(Struct, frozen=True):
    """``pid`` and ``ledger`` are only in the file, not in the line."""

    control: PracticeAddress
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


class _KiwoomAccount(msgspec.Struct):
    environment: str
    appkey: str
    secretkey: str
    account: str


class _Kiwoom(msgspec.Struct):
    rest: str
    ws: str
    mock_rest: str
    mock_ws: str
    accounts: list[_KiwoomAccount]


class _Endpoint(msgspec.Struct):
    kis: _Kis
    control: str
    kiwoom: _Kiwoom | None = None
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
            control=PracticeAddress(said.control, "http"),
            accounts=(*_kis_accounts(said.kis), *(_kiwoom_accounts(said.kiwoom) if said.kiwoom else ())),
            pid=said.pid,
            ledger=said.ledger,
        )
    except AddressRefused as error:
        raise BadEndpoint(str(error)) from error


def _kis_accounts(kis: _Kis) -> Iterator[PracticeKeys]:
    for account in kis.accounts:
        paper = _is_second(account.environment, "paper")
        yield PracticeKeys(
            profile=WireProfile.KIS_PAPER if paper else WireProfile.KIS_REAL,
            rest=PracticeAddress(kis.paper_rest if paper else kis.rest, "http"),
            ws=PracticeAddress(kis.paper_ws if paper else kis.ws, "ws"),
            appkey=Secret(account.appkey),
            appsecret=Secret(account.appsecret),
            account=Secret(account.account),
            hts_id=Secret(account.hts_id),
        )


def _kiwoom_accounts(kiwoom: _Kiwoom) -> Iterator[PracticeKeys]:
    """The live address is the host's root: the broker's path under it is its adapter's to know."""
    for account in kiwoom.accounts:
        mock = _is_second(account.environment, "mock")
        yield PracticeKeys(
            profile=WireProfile.KIWOOM_MOCK if mock else WireProfile.KIWOOM_REAL,
            rest=PracticeAddress(kiwoom.mock_rest if mock else kiwoom.rest, "http"),
            ws=PracticeAddress(kiwoom.mock_ws if mock else kiwoom.ws, "ws"),
            appkey=Secret(account.appkey),
            appsecret=Secret(account.secretkey),
            account=Secret(account.account),
        )


def _is_second(environment: str, second: str) -> bool:
    """Whether an account is of the host without real money; the other is called real. Raises BadEndpoint."""
    if environment not in ("real", second):
        raise BadEndpoint("an account of an unknown environment")
    return environment == second


def read_endpoint(folder: Path) -> Endpoint | None:
    """What the exchange of this data folder published; None when nothing (readable) is there."""
    try:
        return parse_endpoint((folder / ENDPOINT_FILE).read_bytes())
    except (OSError, BadEndpoint):
        return None
