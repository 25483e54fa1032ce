"""What a person has filled in, put together with what is kept: checked, and kept anew."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from msgspec.structs import replace

from hoga.app.opener import NAMES, Opener, account_of, keys_of
from hoga.base.secret_store import Secret, SecretStoreError
from hoga.secrets import ConnectionSecrets
from hoga.secrets.vault import TOKEN
from hoga.trading.connections import Details, Draft, Field, Keep

_log = logging.getLogger(__name__)

MAKE_THE_TOKEN = (Field.APP_KEY, Field.APP_SECRET)


async def whole(draft: Draft, before: Details | None, opener: Opener) -> Mapping[Field, Secret]:
    """All secrets of a draft: what was not typed stays as it is kept, an HTS id that was emptied goes.

    Raises SecretStoreError and, where one is missing or no account number, ConnectionRefused.
    """
    kept = {} if before is None or before.practice else await opener.secrets(before)
    secrets = {field: secret for field, secret in {**kept, **draft.secrets}.items() if secret}
    account_of(keys_of(secrets).account)
    return secrets


async def keep(draft: Draft, before: Details | None, opener: Opener, vault: ConnectionSecrets) -> tuple[Details, bool]:
    """Keep what was typed; returns the details with the account's masked number, and whether it has to be opened anew.

    Raises SecretStoreError and ConnectionRefused; nothing has changed then.
    """
    details = draft.details
    if details.practice:
        if before is not None and not before.practice:
            await vault.forget(details.key, this_run=before.keep is Keep.THIS_RUN)
        return replace(details, label=""), before is None or _other_way(details, before)
    opener.check(details)
    secrets = await whole(draft, before, opener)
    elsewhere = before is None or before.practice or before.keep is not details.keep
    other = before is None or _other_way(details, before)
    this_run = details.keep is Keep.THIS_RUN
    if other or any(field in draft.secrets for field in MAKE_THE_TOKEN):
        await vault.remove(details.key, (TOKEN,), this_run=this_run)  # first: it must never stand beside other keys
    fresh = secrets if elsewhere else {field: secrets[field] for field in draft.secrets if field in secrets}
    if fresh:
        await vault.keep(details.key, {NAMES[field]: secret for field, secret in fresh.items()}, this_run=this_run)
    if before is not None:
        gone = [NAMES[field] for field in draft.secrets if field not in secrets]
        await vault.remove(details.key, gone, this_run=this_run)
    if details.addresses is None:  # a token goes to the host that gave it, and to no other
        await _hand_over(details, secrets[Field.APP_KEY], opener, vault)
    if before is not None and before.keep is Keep.THIS_RUN and not this_run:
        await vault.forget(details.key, this_run=True)
    label = account_of(secrets[Field.ACCOUNT]).label
    return replace(details, label=label), other or elsewhere or bool(draft.secrets)


async def _hand_over(details: Details, app_key: Secret, opener: Opener, vault: ConnectionSecrets) -> None:
    """The token that a test was given is used on; without it the connection asks for one."""
    store = vault.store(details.key, this_run=details.keep is Keep.THIS_RUN)
    try:
        await opener.trials.hand_over(details.profile, app_key, store, f"{details.key}/{TOKEN}")
    except SecretStoreError as error:
        _log.warning("the token of a connection test could not be kept: %s", error)


def _other_way(details: Details, before: Details) -> bool:
    """Whether it leads elsewhere than before."""
    return (details.profile, details.practice, details.addresses) != (before.profile, before.practice, before.addresses)
