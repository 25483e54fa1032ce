"""What the exchange itself says (its control endpoint), noted beside what a stranger's client was told."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import httpx

CODE = "005930"
PATIENCE_S = 20.0


class Judge:
    def __init__(self, control: str) -> None:
        self._http = httpx.Client(base_url=control, timeout=PATIENCE_S, trust_env=False)
        self.noted: dict[str, Any] = {}

    def truth(self, path: str, **query: str) -> Any:
        answer = self._http.get(path, params=query)
        answer.raise_for_status()
        return answer.json()

    def market(self, code: str = CODE) -> dict[str, Any]:
        """The exchange's own word on the instrument, see ``with_levels``."""
        return with_levels(self.truth(f"/market/{code}"))

    def calm(self) -> None:
        """Let the market trade a little, then hold it still, so that two looks see the same."""
        until(lambda: self.market()["volume"] > 0)
        self._http.post("/settings", json={"market_paused": True}).raise_for_status()

    def note(self, name: str, said: Any, truth: Any = None) -> None:
        self.noted[name] = {"said": said, "truth": truth}


def with_levels(said: dict[str, Any]) -> dict[str, Any]:
    """An instrument's day, and its book as [price, quantity] pairs."""
    sides = {
        side: [[level["price_units"], level["quantity"]] for level in said["book"][side]] for side in ("asks", "bids")
    }
    return {**said["state"], **sides}


def until(condition: Callable[[], Any]) -> Any:
    """The condition's first true value."""
    due = time.monotonic() + PATIENCE_S
    while not (value := condition()):
        if time.monotonic() > due:
            raise TimeoutError("it never came to be")
        time.sleep(0.05)
    return value


def keys_of(endpoint: dict[str, Any], environment: str) -> dict[str, str]:
    accounts: list[dict[str, str]] = endpoint["kiwoom"]["accounts"]
    return next(account for account in accounts if account["environment"] == environment)
