"""KiwoomBroker: one Kiwoom account at one host behind the port."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from hoga.base.clock import MarketClock
from hoga.base.masks import mask_account
from hoga.base.message import Message
from hoga.base.scrub import Scrubber
from hoga.base.secret_store import SecretStore
from hoga.broker.account_number import AccountNumber
from hoga.broker.adapter import BrokerAdapter, Parts, every_day
from hoga.broker.calls import Clients
from hoga.broker.drift import DriftNotes
from hoga.broker.hosts import account_at
from hoga.broker.kiwoom import decode_rest as decode
from hoga.broker.kiwoom import ids
from hoga.broker.kiwoom.account_reads import AccountReads
from hoga.broker.kiwoom.auth import BETWEEN_ISSUES, KiwoomAuth
from hoga.broker.kiwoom.host import KiwoomHost, KiwoomKeys
from hoga.broker.kiwoom.market_reads import MarketReads
from hoga.broker.kiwoom.notices import NoticeDecoder
from hoga.broker.kiwoom.orders import FilledAmounts
from hoga.broker.kiwoom.pace import MOCK_LIMITS, REAL_LIMITS, KiwoomPace, Limits
from hoga.broker.kiwoom.replies import KEYS
from hoga.broker.kiwoom.rest import KiwoomRest
from hoga.broker.kiwoom.stream import KiwoomStream, LiveHost
from hoga.broker.kiwoom.writes import Writes
from hoga.broker.port import Capabilities, WrongKeys
from hoga.broker.stream import WsConnect, connect_socket
from hoga.broker.tokens import PRIVATE, TokenKeeper, TokenPlace
from hoga.broker.topics import TopicLeases
from hoga.broker.transport import ORDERS, READS, HttpChannel, TransportFactory
from hoga.domain.instruments import Venue

REGISTRATIONS = 100
"""Codes that one group takes (kiwoom.md 3); how many groups there may be is not known."""


class KiwoomBroker(BrokerAdapter):
    """See ``hoga.broker.port.Broker``. ``http`` and ``connect`` are the ways out of the process; tests hand in others.

    ``own_calendar`` tells trading days, for which Kiwoom has no call; by default every day is one, as on Practice.
    ``token`` says where its access token is kept.
    """

    _key_codes = KEYS

    def __init__(
        self,
        host: KiwoomHost,
        keys: KiwoomKeys,
        account: str,
        clock: MarketClock,
        vault: SecretStore,
        http: TransportFactory | None = None,
        connect: WsConnect | None = None,
        *,
        limits: Limits | None = None,
        own_calendar: Callable[[date], bool] | None = None,
        token: TokenPlace = PRIVATE,
        scrubber: Scrubber | None = None,
    ) -> None:
        self._calendar = own_calendar or every_day
        self._place = token
        self._connect, self._http = connect or connect_socket, http
        self._host, self._keys, self._vault = host, keys, vault
        self._number = AccountNumber.parse(account)
        self._pace = KiwoomPace(clock, limits or (MOCK_LIMITS if host.is_mock else REAL_LIMITS))
        super().__init__(account_at(host.profile, host.name, self._number, host.rest, host.ws), clock, scrubber)

    @property
    def capabilities(self) -> Capabilities:
        """The same at both hosts, as far as is known: which types the mock takes beyond two is not (kiwoom.md 4.6)."""
        return Capabilities(
            types=frozenset((*pair, Venue.KRX) for pair in ids.ORDER_CODES),
            venues=frozenset({Venue.KRX}),
            pending_list=True,
            sellable_query=False,
            trading_days=False,
            past_minutes=True,
            registrations=REGISTRATIONS,
            reads_per_second=self._pace.meter.reads,
            own_channels=ids.OWN_CHANNELS,
        )

    def _build(self) -> Parts:
        host, clock, pace = self._host, self._clock, self._pace
        self._teach()
        orders = HttpChannel(host.rest, ORDERS, self._http, name="orders", way=self._way)
        reads = HttpChannel(host.rest, READS, self._http, name="reads", way=self._way)
        auth = KiwoomAuth(self._keys, clock, pace, partial(reads.send, urgent=True))
        name = self._place.name or f"{self._account.connection}/token"
        tokens = TokenKeeper(
            clock, self._vault, name, auth.token, self._scrubber.learn, BETWEEN_ISSUES, self._place.turn
        )
        notes = self.notes = DriftNotes(self._emit, clock.now)
        clients = Clients(orders, reads, self._reached)
        rest = self._rest = KiwoomRest(clock, tokens, pace, clients, notes)
        market = MarketReads(rest, clock, notes, self._calendar)
        leases = TopicLeases(REGISTRATIONS, lambda: stream.topics_changed())
        live = LiveHost(host, self._connect, tokens, clock)
        amounts = FilledAmounts()
        stream = KiwoomStream(live, NoticeDecoder(self._number.digits, amounts), leases, self, notes, self._emit)
        return Parts(
            tokens=tokens,
            pacing=pace,
            clients=clients,
            writes=Writes(rest, self._mask),
            account=AccountReads(host, rest, clock, market, amounts, self._mask),
            market=market,
            leases=leases,
            stream=stream,
        )

    async def check_account(self) -> None:
        """The account hangs on the key, and no call names it: another number than the broker's would be shown in vain,
        and fill notices be taken for somebody else's."""
        found = await self._rest.read(ids.NUMBER, {}, decode.account_digits)
        if found != self._number.digits:
            raise WrongKeys(Message("KIWOOM_OTHER_ACCOUNT", {"found": mask_account(found)}))

    def _teach(self) -> None:
        self._scrubber.know_names(secret=("appkey", "secretkey", "token"), account=("acnt_no", "acctNo", "9201"))
        self._scrubber.learn(self._keys.appkey)
        self._scrubber.learn(self._keys.secretkey)
        self._scrubber.learn_account(self._number.digits)
