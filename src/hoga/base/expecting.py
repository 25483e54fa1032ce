"""A loop that has more to do than its steps: it draws. It can be told what a thread is about to say."""

from __future__ import annotations

import asyncio
from typing import Any


class Expecting:
    """What such a loop is, besides an event loop."""

    def expect(self, told: asyncio.Future[Any]) -> None:
        """A thread is about to tell this, within a moment if all is well: a disk's answer. Who waits for it goes
        before what is drawn."""

    def take_patience(self) -> float:
        """For how many seconds a person's command may hold the loop for such an answer, here and now; 0: nobody is
        waiting. Given once for each command: what it asks for beside that is waited for together."""
        return 0.0
