"""What a person has filled in, put together with what is kept: checked, and kept anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hoga.app.opener import NAMES, Opener, account_of, keys_of
from hoga.base.secret_store import Secret
from hoga.secrets import ConnectionSecrets
from hoga.secrets.vault import TOKEN
from hoga.trading.connections import Details, Draft, Field, Keep

_MAKE_THE_TOKEN = (Field.APP_KEY, Field.APP_SECRET)


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
        return replace(details, label=""), before is None or _other_way(details, before)
    opener.check(details)
    secrets = await whole(draft, before, opener)
    elsewhere = before is None or before.practice or before.keep is not details.keep
    this_run = details.keep is Keep.THIS_RUN
    fresh = secrets if elsewhere else {field: secrets[field] for field in draft.secrets if field in secrets}
    if fresh:
        await vault.keep(details.key, {NAMES[field]: secret for field, secret in fresh.items()}, this_run=this_run)
    gone = [] if before is None else [NAMES[field] for field in draft.secrets if field not in secrets]
    other = before is None or _other_way(details, before)
    if other or any(field in draft.secrets for field in _MAKE_THE_TOKEN):
        gone.append(TOKEN)
    await vault.remove(details.key, gone, this_run=this_run)
    if before is not None and before.keep is Keep.THIS_RUN and not this_run:
        await vault.forget(details.key, this_run=True)
    label = account_of(secrets[Field.ACCOUNT]).label
    return replace(details, label=label), other or elsewhere or bool(draft.secrets)


def _other_way(details: Details, before: Details) -> bool:
    """Whether it leads elsewhere than before."""
    return (details.profile, details.practice, details.addresses) != (before.profile, before.practice, before.addresses)
