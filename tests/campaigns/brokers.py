"""What a campaign has to know of each broker: how a desk is connected to it, and how its rows look."""

from __future__ import annotations

from dataclasses import dataclass

import httpx

from hoga.base.clock import MarketClock
from hoga.base.secret_store import Secret, SecretStore
from hoga.broker.adapter import BrokerAdapter
from hoga.broker.kis.adapter import KisBroker
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.kiwoom.adapter import KiwoomBroker
from hoga.broker.kiwoom.host import KiwoomHost, KiwoomKeys
from hoga.broker.stream import WsConnect
from hoga.domain.accounts import WireProfile
from hoga.domain.broker_orders import BrokerNumber
from hoga.practice.api import Broker, OrderEntry, PracticeAccount

CHOICES = {"kis": (Broker.KIS,), "kiwoom": (Broker.KIWOOM,), "mixed": (Broker.KIS, Broker.KIWOOM)}
OWN_CHANNEL = {Broker.KIS: "OpnAPI", Broker.KIWOOM: "REST API"}
"""How the broker's list marks what came through its API."""
REFUSALS = {
    Broker.KIS: ("EGW00201", "APBK0952"),
    Broker.KIWOOM: ("1700", "571489", "1999", "HTML"),
}
"""Codes with which a write is turned away: too many, a plain no, and what says nothing for certain."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What a desk's broker is given from outside."""

    clock: MarketClock
    vault: SecretStore
    http: httpx.AsyncBaseTransport
    connect: WsConnect


def broker_at(account: PracticeAccount, ways: Ways) -> BrokerAdapter:
    """The adapter for an account of the exchange, at the ports of the exchange in one process."""
    appkey, secret = Secret(account.appkey), Secret(account.appsecret)
    way = (ways.clock, ways.vault, lambda: ways.http, ways.connect)
    if account.broker is Broker.KIWOOM:
        host = KiwoomHost.on_practice(
            WireProfile.KIWOOM_REAL, "http://127.0.0.1:6", "ws://127.0.0.1:7", "practice-campaign"
        )
        return KiwoomBroker(host, KiwoomKeys(appkey, secret), account.number, *way)
    at_kis = KisHost.on_practice(WireProfile.KIS_REAL, "http://127.0.0.1:1", "ws://127.0.0.1:2", "practice-campaign")
    return KisBroker(at_kis, KisKeys(appkey, secret, Secret(account.hts_id)), account.number, *way)


def number_of(entry: OrderEntry, broker: Broker) -> BrokerNumber:
    """An exchange's number as the desk knows it: Kiwoom names no branch."""
    return BrokerNumber(entry.trading_date, entry.branch if broker is Broker.KIS else "", entry.number)
