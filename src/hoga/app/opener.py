"""From what is known of a connection to its open desk: keys from where they are kept, host by its stakes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack, contextmanager

from hoga.app.building import (
    Host,
    Keys,
    OpenedDesk,
    Surroundings,
    make_broker,
    open_desk,
    other_host,
    own_host,
    own_surroundings,
    practice_host,
    practice_keys,
    practice_surroundings,
)
from hoga.app.foundation import Foundation
from hoga.app.trial_tokens import TrialTokens
from hoga.base.message import Message
from hoga.base.secret_store import Secret, SecretStore, SecretStoreError, StoreState
from hoga.broker.account_number import AccountNumber
from hoga.broker.adapter import BrokerAdapter
from hoga.broker.addresses import AddressRefused
from hoga.broker.hosts import OWN, connection_id, name_of
from hoga.broker.port import Lease, Topic
from hoga.broker.practice_link import PracticeUnavailable
from hoga.broker.tokens import TokenPlace
from hoga.broker.unlocking import NotUnlocked, Unlocked
from hoga.domain.accounts import ConnectionId
from hoga.secrets.vault import TOKEN
from hoga.storage.errors import FolderLocked, NewerSchema, StorageError
from hoga.trading.connections import ConnectionRefused, Details, Field, Keep, Key
from hoga.trading.facade import Desk
from hoga.trading.market_source import MarketSource
from hoga.trading.routed_broker import RoutedBroker

EXPECTED = (PracticeUnavailable, StorageError, SecretStoreError, ConnectionRefused)
"""What can keep a connection from being opened. Each says why in ``message``."""

NAMES: Mapping[Field, str] = {
    Field.APP_KEY: "app-key",
    Field.APP_SECRET: "app-secret",
    Field.ACCOUNT: "account",
    Field.HTS_ID: "hts-id",
}
"""Entries of the secret store, behind the connection's key."""
_NEEDED = (Field.APP_KEY, Field.APP_SECRET, Field.ACCOUNT)


def may_pass(error: BaseException) -> bool:
    """Whether trying again by itself can help: not where a person would be asked again, or must do something first."""
    if isinstance(error, SecretStoreError):
        return error.state is StoreState.FAILED
    return isinstance(error, (PracticeUnavailable, StorageError)) and not isinstance(error, (FolderLocked, NewerSchema))


def account_of(secret: Secret) -> AccountNumber:
    """Raises ConnectionRefused, without the text."""
    try:
        return AccountNumber.parse(secret.reveal())
    except ValueError:
        raise ConnectionRefused(Message("CONNECTION_ACCOUNT")) from None


class Opener:
    """Builds adapters and desks on one foundation. Whatever fails is one of ``EXPECTED``."""

    def __init__(self, base: Foundation, source: MarketSource, foreseen: tuple[Topic, ...] = ()) -> None:
        """``foreseen``: what the desk of ``leading`` asks to be told at once; see ``let_go``."""
        self._base = base
        self._source = source
        self._foreseen = foreseen
        self._held: list[Lease] = []
        self.leading: Key | None = None
        """The connection that is shown first if all goes well."""
        self._accounts: dict[ConnectionId, Details] = {}
        self.trials = TrialTokens()
        """Tokens that connection tests were given: a connection that is saved then uses its own."""

    async def open(self, details: Details, unlocked: Unlocked | None) -> OpenedDesk:
        """An open desk; its broker may still be out of reach."""
        keys = None if details.practice else keys_of(await self.secrets(details))
        broker, around = await self.broker(details, keys, unlocked)
        base = self._base

        @contextmanager
        def market() -> Iterator[RoutedBroker]:
            with self._source.member(details.key, details.name, around.market, broker) as routed:
                yield routed

        async with AsyncExitStack() as parts:
            parts.enter_context(self._alone(details, broker.account.connection))
            opened = await open_desk(
                broker, around, base.folder, base.scrubber, market, lambda desk: self._hold(details.key, desk)
            )
            parts.push_async_callback(opened.aclose)
            return OpenedDesk(opened.desk, opened.plans, broker, opened.market, parts.pop_all())
        raise AssertionError("the block returns or raises")

    @property
    def foresees(self) -> bool:
        return bool(self._foreseen)

    def _hold(self, key: Key, desk: Desk) -> None:
        if key == self.leading:
            self._held += [desk.lease(topic) for topic in self._foreseen]
            self._foreseen = ()

    def let_go(self) -> None:
        """The window asks for what it shows by itself from here on."""
        self._foreseen = ()
        while self._held:
            self._held.pop().release()

    @contextmanager
    def _alone(self, details: Details, account: ConnectionId) -> Iterator[None]:
        """One account is open in one connection at most: two desks would write one journal."""
        if account in self._accounts:
            raise ConnectionRefused(Message("CONNECTION_TWICE", {"name": self._accounts[account].name}))
        self._accounts[account] = details
        try:
            yield
        finally:
            del self._accounts[account]

    async def broker(
        self, details: Details, keys: Keys | None, unlocked: Unlocked | None, vault: SecretStore | None = None
    ) -> tuple[BrokerAdapter, Surroundings]:
        """An adapter that has not been opened. ``keys`` None: those of the practice exchange. ``vault``: where its
        token goes instead of to the connection's own place."""
        if details.practice:
            host, keys, around = await self._on_practice(details)
        else:
            host = self._host(details, unlocked)
            around = self._own(details, host, vault)
        if keys is None:
            raise ConnectionRefused(Message("CONNECTION_KEYS_MISSING"))
        account_of(keys.account)
        try:
            return make_broker(host, keys, around, self._base.scrubber), around
        except NotUnlocked:
            raise ConnectionRefused(Message("CONNECTION_LOCKED")) from None

    async def account(self, details: Details, last: OpenedDesk | None) -> ConnectionId | None:
        """The account that a connection leads to, as it is named in journals; None where nobody can know: it was never
        open in this run, and its number is not kept. Raises SecretStoreError."""
        if last is not None:
            return last.account.connection
        number = None if details.practice else (await self.secrets(details)).get(Field.ACCOUNT)
        if number is None:
            return None
        name = OWN if details.addresses is None else name_of(details.addresses.rest.rstrip("/"))
        return connection_id(details.profile, name, account_of(number))

    async def secrets(self, details: Details) -> dict[Field, Secret]:
        """What is kept of it. Raises SecretStoreError."""
        kept = await self._base.secrets.read(details.key, this_run=details.keep is Keep.THIS_RUN)
        return {field: kept[name] for field, name in NAMES.items() if name in kept}

    def check(self, details: Details) -> None:
        """Raises ConnectionRefused for addresses that cannot be used."""
        if details.addresses is not None:
            self._host(details, None)

    def _host(self, details: Details, unlocked: Unlocked | None) -> Host:
        if details.addresses is None:
            host = own_host(details.profile, unlocked)
            if host is None:
                raise ConnectionRefused(Message("CONNECTION_LOCKED"))
            return host
        try:
            return other_host(details.profile, details.addresses)
        except AddressRefused as error:
            raise ConnectionRefused(Message("CONNECTION_ADDRESS", {"why": str(error)})) from None

    def _own(self, details: Details, host: Host, vault: SecretStore | None) -> Surroundings:
        if vault is not None:
            return own_surroundings(host, vault, TokenPlace("trial/token"))
        store = self._base.secrets.store(details.key, this_run=details.keep is Keep.THIS_RUN)
        place = TokenPlace(f"{details.key}/{TOKEN}", self._base.issuing(details.key))
        return own_surroundings(host, store, place)

    async def _on_practice(self, details: Details) -> tuple[Host, Keys, Surroundings]:
        link = await self._base.exchange.ready()
        keys = next((one for one in link.endpoint.accounts if one.profile is details.profile), None)
        if keys is None:
            raise ConnectionRefused(Message("CONNECTION_NOT_ON_PRACTICE"))
        name = f"{details.profile.value}@{link.connection_name}"
        place = TokenPlace(turn=self._base.issuing(name))
        around = practice_surroundings(link, self._base.secrets.store(name), place)
        return practice_host(keys, link), practice_keys(keys), around


def keys_of(secrets: Mapping[Field, Secret]) -> Keys:
    """Raises ConnectionRefused where one that is needed is missing."""
    if any(not secrets.get(field) for field in _NEEDED):
        raise ConnectionRefused(Message("CONNECTION_KEYS_MISSING"))
    app_key, app_secret, account = (secrets[field] for field in _NEEDED)
    return Keys(app_key, app_secret, account, secrets.get(Field.HTS_ID) or None)
