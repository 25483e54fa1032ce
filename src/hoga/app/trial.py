"""A connection test: the adapter of a draft, built for the test alone, and the steps of trying it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from hoga.app.connection_line import ConnectionLine
from hoga.app.connection_test import Trial, steps
from hoga.app.drafts import MAKE_THE_TOKEN, whole
from hoga.app.opener import EXPECTED, Opener, account_of, keys_of
from hoga.base.message import Message
from hoga.base.secret_store import SecretStore
from hoga.broker.unlocking import NotUnlocked, Unlocked, unlock
from hoga.domain.accounts import Stakes
from hoga.secrets import MemoryStore
from hoga.trading.connections import ConnectionRefused, Details, Draft, Step, StepKind, StepState


async def trial(draft: Draft, typed: str, line: ConnectionLine | None, opener: Opener) -> AsyncGenerator[Step, None]:
    """See ``Connections.test``. ``line``: the connection that the draft would change. One that is open and stays as it
    is, is looked at and not connected a second time; one that is closed uses the token that it has."""
    proof: Unlocked | None = None
    try:
        if line is not None and line.opened is not None and not _differs(draft, line.details):
            tried = Trial(line.opened.broker, running=True)
        else:
            tried, proof = await _built(draft, typed, line, opener)
    except EXPECTED as error:
        yield Step(StepKind.REACH, StepState.FAILED, error.message)
        return
    try:
        async with aclosing(steps(tried)) as told:
            async for step in told:
                yield step
    finally:
        if proof is not None:
            proof.revoke()


async def _built(
    draft: Draft, typed: str, line: ConnectionLine | None, opener: Opener
) -> tuple[Trial, Unlocked | None]:
    """Raises one of EXPECTED."""
    details, before = draft.details, line.details if line is not None else None
    keys = None if details.practice else keys_of(await whole(draft, before, opener))
    proof: Unlocked | None = None
    if details.stakes is Stakes.REAL and keys is not None:
        try:
            proof = unlock(account_of(keys.account), typed)
        except NotUnlocked:
            raise ConnectionRefused(Message("CONNECTION_TEST_LOCKED")) from None
    vault: SecretStore | None = None
    if keys is not None and (before is None or _differs(draft, before)):
        own = details.addresses is None
        vault = opener.trials.vault(details.profile, keys.app_key) if own else MemoryStore()
    broker, _ = await opener.broker(details, keys, proof, vault)
    return Trial(broker), proof


def _differs(draft: Draft, before: Details) -> bool:
    """Whether it would reach another host, or with other keys."""
    details = draft.details
    where = (details.profile, details.practice, details.addresses, details.keep)
    other = where != (before.profile, before.practice, before.addresses, before.keep)
    return other or any(field in draft.secrets for field in MAKE_THE_TOKEN)
