"""KisBroker: one KIS account at one host behind the port."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from hoga.base.clock import MarketClock
from hoga.base.scrub import Scrubber
from hoga.base.secret_store import Secret, SecretStore
from hoga.broker.account_number import AccountNumber
from hoga.broker.adapter import BrokerAdapter, Parts, every_day
from hoga.broker.calls import Clients
from hoga.broker.hosts import account_at
from hoga.broker.kis import ids
from hoga.broker.kis.account_reads import AccountReads
from hoga.broker.kis.auth import KisAuth
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.kis.market_reads import MarketReads
from hoga.broker.kis.replies import KEYS
from hoga.broker.kis.rest import KisRest
from hoga.broker.kis.shapes import Sentinel
from hoga.broker.kis.stream import KisStream, LiveHost, Notices
from hoga.broker.kis.writes import Writes
from hoga.broker.port import Capabilities
from hoga.broker.stream import WsConnect, connect_socket
from hoga.broker.throttle import Budget, Throttle
from hoga.broker.tokens import PRIVATE, TokenKeeper, TokenPlace
from hoga.broker.topics import TopicLeases
from hoga.broker.transport import ORDERS, READS, HttpChannel, TransportFactory
from hoga.domain.instruments import Venue

REAL_BUDGET = Budget(calls=20, reads=12, cancels=3)
PAPER_BUDGET = Budget(calls=2, reads=1)
"""kis.md 3: 20 and 2 calls a second. What reads may not use is kept for orders and cancels."""

REGISTRATIONS = 40
"""The broker takes 41, notices included; official clients stop at 40 (kis.md 3)."""


class KisBroker(BrokerAdapter):
    """See ``hoga.broker.port.Broker``. ``http`` and ``connect`` are the ways out of the process; tests hand in others.

    ``own_calendar`` tells trading days where the host does not (paper); by default every day is one, as on Practice.
    ``token`` says where its access token is kept.
    """

    _key_codes = KEYS

    def __init__(
        self,
        host: KisHost,
        keys: KisKeys,
        account: str,
        clock: MarketClock,
        vault: SecretStore,
        http: TransportFactory | None = None,
        connect: WsConnect | None = None,
        *,
        scrubber: Scrubber | None = None,
        own_calendar: Callable[[date], bool] | None = None,
        token: TokenPlace = PRIVATE,
        budget: Budget | None = None,
    ) -> None:
        self._number = AccountNumber.parse(account)
        self._host, self._keys, self._vault = host, keys, vault
        self._http, self._connect = http, connect
        self._calendar = own_calendar or every_day
        self._place = token
        self._able: Capabilities | None = None
        self._throttle = Throttle(clock, budget or (PAPER_BUDGET if host.is_paper else REAL_BUDGET))
        super().__init__(account_at(host.profile, host.name, self._number, host.rest, host.ws), clock, scrubber)

    def _build(self) -> Parts:
        host, keys, clock, number = self._host, self._keys, self._clock, self._number
        self._teach(keys, number)
        orders = HttpChannel(host.rest, ORDERS, self._http, name="orders", way=self._way)
        reads = HttpChannel(host.rest, READS, self._http, name="reads", way=self._way)
        self._auth = KisAuth(keys, clock, self._throttle, partial(reads.send, urgent=True))
        name = self._place.name or f"{self._account.connection}/token"
        tokens = TokenKeeper(clock, self._vault, name, self._auth.token, self._scrubber.learn, turn=self._place.turn)
        sentinel = self.sentinel = Sentinel(self._emit, clock.now)
        files = HttpChannel(host.masters, READS, self._http, name="files")
        clients = Clients(orders, reads, self._reached, files)
        rest = KisRest(host, keys, clock, tokens, self._throttle, clients, sentinel)
        places = REGISTRATIONS - (1 if keys.hts_id else 0)
        leases = TopicLeases(places, lambda: stream.topics_changed())
        live = LiveHost(host, self._connect or connect_socket, self._issue_approval_key, clock, rest.codes)
        stream = KisStream(live, Notices(keys.hts_id, number.digits), leases, self, sentinel, self._emit)
        return Parts(
            tokens=tokens,
            pacing=self._throttle,
            clients=clients,
            writes=Writes(host, number, rest, self._mask),
            account=AccountReads(host, number, rest, clock, self._mask),
            market=MarketReads(host, rest, clock, sentinel, self._calendar),
            leases=leases,
            stream=stream,
        )

    @property
    def capabilities(self) -> Capabilities:
        reads = self._throttle.budget.reads
        if self._able is None or self._able.reads_per_second != reads:
            self._able = self._able_to(reads)  # asked for by every judgement, and the same until the budget changes
        return self._able

    def _able_to(self, reads: int) -> Capabilities:
        codes = ids.PAPER_ORDER_CODES if self._host.is_paper else ids.ORDER_TYPES.keys()
        real = not self._host.is_paper
        return Capabilities(
            types=frozenset((*pair, Venue.KRX) for code, pair in ids.ORDER_TYPES.items() if code in codes),
            venues=frozenset({Venue.KRX}),
            pending_list=real,
            sellable_query=real,
            trading_days=real,
            past_minutes=real,
            registrations=REGISTRATIONS,
            reads_per_second=reads,
            own_channels=ids.OWN_CHANNELS,
        )

    def _teach(self, keys: KisKeys, number: AccountNumber) -> None:
        self._scrubber.know_names(secret=("appkey", "appsecret", "approval_key", "hts_id"), account=("cano", "acnt_no"))
        self._scrubber.learn(keys.appkey)
        self._scrubber.learn(keys.appsecret)
        if keys.hts_id:
            self._scrubber.learn(keys.hts_id)
        self._scrubber.learn_account(number.digits)

    async def _issue_approval_key(self) -> Secret:
        value = await self._auth.approval_key()
        self._scrubber.learn(value)
        return value
