"""One KiwoomBroker on the practice exchange in one process: what the tests share."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from hoga.base.secret_store import Secret
from hoga.broker.kiwoom.adapter import KiwoomBroker
from hoga.broker.kiwoom.host import KiwoomHost, KiwoomKeys
from hoga.domain.accounts import WireProfile
from hoga.practice.api import Broker, Environment
from tests.broker import kis_desk
from tests.broker.helpers import Vault
from tests.support.inprocess import InProcessPractice

BOTH = pytest.mark.parametrize("environment", list(Environment), ids=("real", "mock"))


class Desk(kis_desk.Desk):
    """One broker and everything that it said."""

    def __init__(self, practice: InProcessPractice, environment: Environment, **changes: Any) -> None:
        mock = environment is Environment.PAPER
        at = practice.account(environment, broker=Broker.KIWOOM)
        self.practice, self.environment = practice, environment
        self.number = changes.pop("number", at.number)
        profile = WireProfile.KIWOOM_MOCK if mock else WireProfile.KIWOOM_REAL
        rest, ws = (8, 9) if mock else (6, 7)
        host = KiwoomHost.on_practice(profile, f"http://127.0.0.1:{rest}", f"ws://127.0.0.1:{ws}", "practice-test")
        appkey, appsecret = changes.pop("appkey", at.appkey), changes.pop("appsecret", at.appsecret)
        keys = KiwoomKeys(Secret(appkey), Secret(appsecret))
        self.vault = changes.pop("vault", Vault())
        ways = (practice.clock, self.vault, practice.http, practice.connect)
        self.use(KiwoomBroker(host, keys, self.number, *ways, **changes))


play = partial(kis_desk.play, kind=Desk)
