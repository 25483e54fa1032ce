"""The token keeper: one issuer, never twice in a minute, kept over restarts, ended once."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from hoga.base.clock import LoopClock
from hoga.base.file_lock import held
from hoga.base.message import Message
from hoga.base.secret_store import Secret
from hoga.base.virtual_loop import run_virtual
from hoga.broker.tokens import TokenKeeper, TokenNotYet, TokenRefused, TokenState
from hoga.broker.transport import MayHaveArrived, NeverWritten
from tests.broker.helpers import START, Vault


class Desk:
    """A broker's token desk: hands out t1, t2 …, or what it is told to."""

    def __init__(self, clock: LoopClock, life: float = 86400.0) -> None:
        self.clock, self.life = clock, life
        self.issued_at: list[datetime] = []
        self.answers: list[str | Exception] = []
        self.at_once = 0
        self.most_at_once = 0

    async def issue(self) -> tuple[Secret, datetime]:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.issued_at.append(self.clock.now())
        await asyncio.sleep(0.5)
        self.at_once -= 1
        answer = self.answers.pop(0) if self.answers else f"t{len(self.issued_at)}"
        if isinstance(answer, Exception):
            raise answer
        return Secret(answer), self.clock.now() + timedelta(seconds=self.life)


Story = Callable[[LoopClock, Desk, Vault], Coroutine[Any, Any, None]]


def play(story: Story) -> None:
    async def run() -> None:
        clock = LoopClock(START)
        await story(clock, Desk(clock), Vault())

    run_virtual(run())


def keeper(clock: LoopClock, desk: Desk, vault: Vault) -> TokenKeeper:
    return TokenKeeper(clock, vault, "kis-real@practice-test/token", desk.issue)


def test_many_callers_share_one_issue() -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        tokens = keeper(clock, desk, vault)
        got = await asyncio.gather(*(tokens.get() for _ in range(20)))
        assert {token.value.reveal() for token in got} == {"t1"} and len(desk.issued_at) == 1
        assert tokens.view.state is TokenState.VALID

    play(story)


def test_a_restart_asks_for_none_and_so_does_a_second_window() -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        await keeper(clock, desk, vault).get()
        await clock.sleep(3600)
        assert (await keeper(clock, desk, vault).get()).value.reveal() == "t1"
        assert len(desk.issued_at) == 1

    play(story)


def test_never_twice_within_a_minute_of_market_time_whatever_happens() -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        tokens = keeper(clock, desk, vault)
        for _ in range(5):
            token = await tokens.get(patience=61)
            await tokens.invalidate(token)
        again = keeper(clock, desk, vault)  # a restart in between knows when the last one was asked for
        await again.get(patience=61)
        gaps = [later - earlier for earlier, later in itertools.pairwise(desk.issued_at)]
        assert len(gaps) == 5 and min(gaps) >= timedelta(seconds=60)

    play(story)


def test_without_patience_the_next_time_is_told_instead() -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        tokens = keeper(clock, desk, vault)
        await tokens.invalidate(await tokens.get())
        assert tokens.view.state is TokenState.WAITING
        with pytest.raises(TokenNotYet) as caught:
            await tokens.get(patience=3)
        assert caught.value.next_issue == desk.issued_at[0] + timedelta(seconds=60)
        assert tokens.view.next_issue == caught.value.next_issue

    play(story)


def test_a_failed_issue_counts_as_one() -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        desk.answers = [MayHaveArrived("ReadTimeout")]
        tokens = keeper(clock, desk, vault)
        with pytest.raises(MayHaveArrived):
            await tokens.get()
        with pytest.raises(TokenNotYet):
            await tokens.get()
        assert (await tokens.get(patience=61)).value.reveal() == "t2"

    play(story)


def test_an_issue_that_never_left_counts_as_none() -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        tokens = keeper(clock, desk, vault)
        desk.answers = [NeverWritten("ConnectError"), "t2", NeverWritten("ConnectError"), "t4"]
        with pytest.raises(NeverWritten):
            await tokens.get()
        token = await tokens.get()
        assert token.value.reveal() == "t2"  # at once: nobody had been asked
        await tokens.invalidate(token)
        await clock.sleep(61)
        with pytest.raises(NeverWritten):
            await tokens.get()
        assert (await tokens.get()).value.reveal() == "t4"

    play(story)


def test_an_auth_error_ends_the_token_once() -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        tokens = keeper(clock, desk, vault)
        old = await tokens.get()
        await tokens.invalidate(old)
        new = await tokens.get(patience=61)
        await tokens.invalidate(old)  # a late error of a call that still carried the old one
        assert (await tokens.get()).value == new.value and len(desk.issued_at) == 2

    play(story)


def test_another_window_s_newer_token_is_taken_over() -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        one, other = keeper(clock, desk, vault), keeper(clock, desk, vault)
        first = await one.get()
        assert (await other.get()).value == first.value
        await other.invalidate(first)
        newer = await other.get(patience=61)
        await one.invalidate(first)
        assert (await one.get()).value == newer.value and len(desk.issued_at) == 2

    play(story)


def test_the_same_dead_token_again_is_said_and_not_used() -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        desk.answers = ["same", "same"]
        tokens = keeper(clock, desk, vault)
        await tokens.invalidate(await tokens.get())
        with pytest.raises(TokenRefused) as caught:
            await tokens.get(patience=61)
        assert caught.value.message.code == "TOKEN_STAYS_DEAD" and tokens.view.state is TokenState.REFUSED

    play(story)


def test_renewal_comes_ahead_of_the_end_and_nobody_notices() -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        tokens = keeper(clock, desk, vault)
        await tokens.get()
        tokens.keep_fresh()
        for _ in range(50):
            await clock.sleep(3600)
            before = len(desk.issued_at)
            await tokens.get()
            assert len(desk.issued_at) == before  # the caller never had to wait for an issue
        await tokens.aclose()
        assert 2 <= len(desk.issued_at) <= 4

    play(story)


def test_a_renewal_that_fails_is_tried_again_while_the_old_one_lives() -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        tokens = keeper(clock, desk, vault)
        await tokens.get()
        tokens.keep_fresh()
        desk.answers = [MayHaveArrived("ReadTimeout"), TokenRefused(Message("KIS_EGW00133"), "EGW00133", "", soon=True)]
        await clock.sleep(23.5 * 3600)
        assert (await tokens.get()).value.reveal() == "t4"
        await tokens.aclose()

    play(story)


def test_a_token_about_to_end_is_not_handed_out() -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        tokens = keeper(clock, desk, vault)
        first = await tokens.get()
        await clock.sleep((first.expires - clock.now()).total_seconds() - 20)
        assert (await tokens.get()).value != first.value

    play(story)


def test_a_locked_store_costs_only_the_keeping() -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        vault.broken = True
        tokens = keeper(clock, desk, vault)
        assert (await tokens.get()).value.reveal() == "t1"
        assert (await tokens.get()).value.reveal() == "t1" and len(desk.issued_at) == 1

    play(story)


@pytest.mark.parametrize(
    "kept", ["not json", '{"value": "x"}', '{"value":"x","expires":"2026-01-01T00:00:00","issued":"x"}']
)
def test_a_damaged_entry_is_ignored(kept: str) -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        vault.entries["kis-real@practice-test/token"] = Secret(kept)
        assert (await keeper(clock, desk, vault).get()).value.reveal() == "t1"

    play(story)


def test_a_token_from_another_clock_s_future_is_ignored() -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        ahead = LoopClock(START + timedelta(days=400))
        await keeper(ahead, Desk(ahead), vault).get()
        assert (await keeper(clock, desk, vault).get()).value.reveal() == "t1" and len(desk.issued_at) == 1

    play(story)


def test_the_token_never_shows() -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        desk.answers = ["very-secret-token"]
        token = await keeper(clock, desk, vault).get()
        assert "very-secret-token" not in f"{token!r} {token.value} {vault.entries}"

    play(story)


def sharing(clock: LoopClock, desk: Desk, vault: Vault, folder: Path) -> TokenKeeper:
    """One of several programs that use one token, each with its own memory."""
    turn = partial(held, folder / "token.lock", 20.0)
    return TokenKeeper(clock, vault, "kis-real@practice-test/token", desk.issue, turn=turn)


def test_several_programs_share_one_issue(tmp_path: Path) -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        keepers = [sharing(clock, desk, vault, tmp_path) for _ in range(5)]
        tokens = await asyncio.gather(*(one.get() for one in keepers))
        assert {token.value.reveal() for token in tokens} == {"t1"} and len(desk.issued_at) == 1
        await asyncio.gather(*(one.invalidate(token) for one, token in zip(keepers, tokens, strict=True)))
        tokens = await asyncio.gather(*(one.get(61.0) for one in keepers))
        assert {token.value.reveal() for token in tokens} == {"t2"}
        assert [moment - desk.issued_at[0] for moment in desk.issued_at][1:] >= [timedelta(seconds=60)]
        assert len(desk.issued_at) == 2 and desk.most_at_once == 1

    play(story)


def test_what_one_program_renews_the_others_use(tmp_path: Path) -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        keepers = [sharing(clock, desk, vault, tmp_path) for _ in range(3)]
        for one in keepers:
            await one.get()
            one.keep_fresh()
        await clock.sleep(86400 - 1800)
        tokens = {(await one.get()).value.reveal() for one in keepers}
        assert tokens == {"t2"} and len(desk.issued_at) == 2
        for one in keepers:
            await one.aclose()

    play(story)


def test_a_program_that_dies_while_it_asks_holds_nobody_up(tmp_path: Path) -> None:
    async def story(clock: LoopClock, desk: Desk, vault: Vault) -> None:
        first, second = (sharing(clock, desk, vault, tmp_path) for _ in range(2))
        asking = asyncio.ensure_future(first.get())
        await asyncio.sleep(0.1)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        assert (await second.get(61.0)).value.reveal()

    play(story)
