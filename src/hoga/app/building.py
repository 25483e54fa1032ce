"""One connection, built from its parts: host, keys, adapter, journal, desk. The one place that names brokers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, AsyncExitStack
from pathlib import Path

from msgspec import Struct

from hoga.app.limits import kept_limits
from hoga.base.clock import MarketClock, SystemClock
from hoga.base.scrub import Scrubber
from hoga.base.secret_store import Secret, SecretStore
from hoga.broker.adapter import BrokerAdapter
from hoga.broker.kis.adapter import KisBroker
from hoga.broker.kis.host import KisHost, KisKeys
from hoga.broker.kiwoom.host import KiwoomHost, KiwoomKeys
from hoga.broker.port import Broker
from hoga.broker.practice_endpoint import PracticeKeys
from hoga.broker.practice_link import LinkState, PracticeLink
from hoga.broker.tokens import PRIVATE, TokenPlace
from hoga.broker.unlocking import Unlocked
from hoga.domain.accounts import Account, Stakes, WireProfile
from hoga.domain.calendar import KRX
from hoga.domain.sessions import AlwaysOpen, MarketSchedule, Schedule
from hoga.plans.service import PlanService
from hoga.storage.opening import open_journal
from hoga.trading.connection_desk import ConnectionDesk
from hoga.trading.connections import Addresses
from hoga.trading.market_recorder import MarketRecorder
from hoga.trading.plan_log import PlanLog
from hoga.trading.routed_broker import RoutedBroker

KIS = (WireProfile.KIS_REAL, WireProfile.KIS_PAPER)
NAMES = {
    WireProfile.KIS_REAL: "KIS",
    WireProfile.KIS_PAPER: "KIS 모의",
    WireProfile.KIWOOM_REAL: "키움",
    WireProfile.KIWOOM_MOCK: "키움 모의",
}
Host = KisHost | KiwoomHost
RECORDINGS = "recordings"
"""Where trades and books are kept, a folder for each connection, beside the journals."""
KOREA = "korea"
"""The real market, which every broker's own hosts show, those without real money too."""


class Keys(Struct, frozen=True):
    """What opens an account. ``hts_id`` is KIS's alone."""

    app_key: Secret
    app_secret: Secret
    account: Secret
    hts_id: Secret | None = None


class Surroundings(Struct, frozen=True):
    """By whose time a connection lives, where its token is kept, and what its prices are of (``market``: only the
    quotes of equal ones can stand for one another). ``link``: of the practice exchange."""

    market: str
    clock: MarketClock
    schedule: Schedule
    vault: SecretStore
    token: TokenPlace = PRIVATE
    link: PracticeLink | None = None


def own_host(profile: WireProfile, unlocked: Unlocked | None) -> Host | None:
    """The broker's own host; None for one with real money that is not unlocked."""
    match profile:
        case WireProfile.KIS_PAPER:
            return KisHost.paper()
        case WireProfile.KIWOOM_MOCK:
            return KiwoomHost.mock()
        case _ if unlocked is None or not unlocked.valid:
            return None
        case WireProfile.KIS_REAL:
            return KisHost.real(unlocked)
    return KiwoomHost.real(unlocked)


def other_host(profile: WireProfile, at: Addresses) -> Host:
    """A host that a person has entered by hand. Raises AddressRefused."""
    kind = KisHost if profile in KIS else KiwoomHost
    return kind.elsewhere(profile, at.rest, at.ws)


def practice_host(keys: PracticeKeys, link: PracticeLink) -> Host:
    kind = KisHost if keys.profile in KIS else KiwoomHost
    return kind.on_practice(keys.profile, keys.rest, keys.ws, link.connection_name)


def practice_surroundings(link: PracticeLink, vault: SecretStore, token: TokenPlace = PRIVATE) -> Surroundings:
    return Surroundings(link.connection_name, link.clock, AlwaysOpen(), vault, token, link)


def own_surroundings(host: Host, vault: SecretStore, token: TokenPlace) -> Surroundings:
    """Those of a host that lives by the machine's time: a broker's own, or another that a person has entered."""
    if host.rest.stakes is Stakes.PRACTICE:
        return Surroundings(host.name, SystemClock(), AlwaysOpen(), vault, token)
    return Surroundings(KOREA, SystemClock(), MarketSchedule(), vault, token)


def practice_keys(keys: PracticeKeys) -> Keys:
    return Keys(keys.appkey, keys.appsecret, keys.account, keys.hts_id)


def make_broker(host: Host, keys: Keys, around: Surroundings, scrubber: Scrubber) -> BrokerAdapter:
    """An adapter that has not been opened. Raises ValueError for what is no account number, NotUnlocked."""
    account, clock, vault = keys.account.reveal(), around.clock, around.vault
    calendar = None if isinstance(around.schedule, AlwaysOpen) else KRX.guessing().is_trading_day
    if isinstance(host, KisHost):
        kis = KisKeys(keys.app_key, keys.app_secret, keys.hts_id)
        return KisBroker(
            host, kis, account, clock, vault, scrubber=scrubber, own_calendar=calendar, token=around.token
        )  # fmt: skip
    from hoga.broker.kiwoom.adapter import KiwoomBroker  # see hoga.app.start: not before the first price of another

    pair = KiwoomKeys(keys.app_key, keys.app_secret)
    return KiwoomBroker(
        host, pair, account, clock, vault, scrubber=scrubber, own_calendar=calendar, token=around.token
    )  # fmt: skip


def journal_of(folder: Path, account: Account) -> Path:
    """Each connection has a file of its own, named after it."""
    return folder / f"{account.connection}.sqlite"


class OpenedDesk:
    """A desk that runs, with the adapter behind it. ``aclose`` takes it down in reverse."""

    def __init__(
        self, desk: ConnectionDesk, plans: PlanService, broker: BrokerAdapter, market: str, parts: AsyncExitStack
    ) -> None:
        self.desk = desk
        self.plans = plans
        self.broker = broker
        self.market = market
        """What its prices are of."""
        self._parts = parts

    @property
    def account(self) -> Account:
        return self.broker.account

    async def aclose(self) -> None:
        await self._parts.aclose()


async def open_desk(
    broker: BrokerAdapter,
    around: Surroundings,
    folder: Path,
    scrubber: Scrubber,
    market: Callable[[], AbstractContextManager[RoutedBroker]] | None = None,
    early: Callable[[ConnectionDesk], None] = lambda desk: None,
) -> OpenedDesk:
    """Journal, desk, its plans, and its ties to the exchange. ``market``: where its quotes come from. ``early``: what
    can be asked of the desk before it is open.

    Raises StorageError.
    """
    async with AsyncExitStack() as parts:
        if around.link is not None:
            parts.callback(around.link.listen(_hurried(broker)))
        database = await open_journal(journal_of(folder, broker.account), around.clock.now())
        parts.push_async_callback(database.aclose)
        routed = parts.enter_context(market()) if market is not None else None
        port: Broker = routed or broker
        limits = kept_limits(folder, broker.account.connection)
        desk = ConnectionDesk(
            port, database, around.clock, around.schedule, scrubber.value, limits=limits, routed=routed
        )
        parts.push_async_callback(desk.aclose)
        desk.market_recorder = MarketRecorder(
            desk.board, folder / RECORDINGS / broker.account.connection, around.market, desk.instrument
        )
        parts.push_async_callback(desk.market_recorder.aclose)
        if (link := around.link) is not None:
            parts.callback(link.listen(lambda _state: desk.market_silent(link.why)))
            desk.market_silent(link.why)
        early(desk)
        await desk.open()
        plans = PlanService(desk, PlanLog(database, broker.account.connection))
        parts.push_async_callback(plans.aclose)
        await plans.open()
        return OpenedDesk(desk, plans, broker, around.market, parts.pop_all())
    raise AssertionError("the block returns or raises")


def _hurried(broker: BrokerAdapter) -> Callable[[LinkState], None]:
    return lambda state: broker.hurry() if state is LinkState.UP else None
