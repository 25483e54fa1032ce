"""The connection test against Practice: each step, each refusal with one sentence and one thing to do, nothing left."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
from collections.abc import Callable
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from hoga.app.connection_test import PATIENCE, Trial, steps
from hoga.app.connection_words import WORDING, of_trouble
from hoga.app.trial_tokens import TrialTokens
from hoga.app.words import words
from hoga.base.message import Language, Message
from hoga.base.secret_store import Secret
from hoga.base.virtual_loop import run_virtual
from hoga.broker.trouble import Trouble, trouble_of
from hoga.domain.accounts import WireProfile
from hoga.practice.api import Broker, Environment
from hoga.secrets import MemoryStore
from hoga.trading.connections import Remedy, Step, StepKind, StepState
from tests.broker import kis_desk, kiwoom_desk
from tests.broker.helpers import START, until
from tests.support.inprocess import InProcessPractice

KINDS = {"kis": kis_desk.Desk, "kiwoom": kiwoom_desk.Desk}
HOSTS = pytest.mark.parametrize(
    ("broker", "environment"),
    [(broker, environment) for broker in KINDS for environment in Environment],
    ids=lambda each: each if isinstance(each, str) else each.value,
)
WALL = datetime(2026, 11, 20, 10, 0, 0, tzinfo=UTC)
Made = Callable[[InProcessPractice], kis_desk.Desk]


class Dated(httpx.AsyncBaseTransport):
    """Adds the ``Date`` of a host whose clock is ``ahead`` of ours."""

    def __init__(self, inner: httpx.AsyncBaseTransport, ahead: float) -> None:
        self._inner = inner
        self._date = format_datetime(WALL + timedelta(seconds=ahead), usegmt=True)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        response = await self._inner.handle_async_request(request)
        response.headers["date"] = self._date
        return response


class Failing(httpx.AsyncBaseTransport):
    """Fails as the system does: httpx wraps what it said."""

    def __init__(self, cause: Exception) -> None:
        self._cause = cause

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("all attempts failed", request=request) from self._cause


async def results(trial: Trial) -> dict[StepKind, Step]:
    """How each step ended; RUNNING must have come before."""
    ended: dict[StepKind, Step] = {}
    running: list[StepKind] = []
    async for step in steps(trial):
        if step.state is StepState.RUNNING:
            running.append(step.kind)
            continue
        assert step.state is StepState.SKIPPED or running[-1] is step.kind
        ended[step.kind] = step
    assert tuple(ended) == tuple(StepKind)
    return ended


def tried(
    broker: str, environment: Environment, prepare: Callable[[InProcessPractice], Any] | None = None, **changes: Any
) -> dict[StepKind, Step]:
    """One test of a fresh adapter with ``changes`` of its keys."""

    async def story() -> dict[StepKind, Step]:
        async with InProcessPractice(start=START) as practice:
            made = dict(changes)
            if prepare is not None:
                made.update(prepare(practice) or {})
            desk = KINDS[broker](practice, environment, **made)
            found = await results(Trial(desk.broker, wall=lambda: WALL, proxy=lambda: ""))
            assert not any(entry.operation.is_write for entry in practice.assembly.record.entries())
            return found

    return run_virtual(story())


def states(found: dict[StepKind, Step]) -> list[StepState]:
    return [step.state for step in found.values()]


def code(found: dict[StepKind, Step], kind: StepKind) -> str:
    said = found[kind].said
    return "" if said is None else said.code


def says_what_to_do(step: Step) -> bool:
    """The sentence and the one thing to do, in both languages, with nothing left to fill in."""
    assert step.said is not None
    shown = [words(step.said, language) for language in Language]
    return all(" · " in text and "{" not in text and "–" not in text for text in shown)


# --- all is well ------------------------------------------------------------------------------------------------------


@HOSTS
def test_every_step_passes_with_good_keys_and_no_order_is_sent(broker: str, environment: Environment) -> None:
    with_date = tried(broker, environment, lambda practice: _dated(practice, 0))
    assert states(with_date) == [StepState.PASSED] * len(StepKind)


@HOSTS
def test_without_a_date_only_the_clock_is_left_out(broker: str, environment: Environment) -> None:
    found = tried(broker, environment)
    expected = [StepState.SKIPPED if kind is StepKind.CLOCK else StepState.PASSED for kind in StepKind]
    assert states(found) == expected


def _dated(practice: InProcessPractice, ahead: float) -> None:
    inner = practice.http

    def http() -> httpx.AsyncBaseTransport:
        return Dated(inner(), ahead)

    practice.http = http  # type: ignore[method-assign]


@pytest.mark.parametrize(
    ("ahead", "state", "said"),
    [
        (0, StepState.PASSED, "TEST_CLOCK_FITS"),
        (4, StepState.PASSED, "TEST_CLOCK_FITS"),
        (-4, StepState.PASSED, "TEST_CLOCK_FITS"),
        (12, StepState.WARNED, "TEST_CLOCK_OFF_BEHIND"),
        (-12, StepState.WARNED, "TEST_CLOCK_OFF_AHEAD"),
        (120, StepState.WARNED, "TEST_CLOCK_HARMS_BEHIND"),
        (-120, StepState.WARNED, "TEST_CLOCK_HARMS_AHEAD"),
    ],
)
def test_a_clock_that_is_off_is_told_with_its_side_and_the_rest_goes_on(
    ahead: float, state: StepState, said: str
) -> None:
    found = tried("kis", Environment.REAL, lambda practice: _dated(practice, ahead))
    assert (found[StepKind.CLOCK].state, code(found, StepKind.CLOCK)) == (state, said)
    assert found[StepKind.FILLS].state is StepState.PASSED
    if state is StepState.WARNED:
        assert says_what_to_do(found[StepKind.CLOCK])


def test_two_minutes_are_told_as_two_minutes() -> None:
    found = tried("kis", Environment.REAL, lambda practice: _dated(practice, 120))
    said = found[StepKind.CLOCK].said
    assert said is not None
    assert "2분 느립니다" in words(said, Language.KO)
    assert "2 minutes slow" in words(said, Language.EN)


# --- wrong keys -------------------------------------------------------------------------------------------------------


def _skipped_after(found: dict[StepKind, Step], kind: StepKind) -> bool:
    later = list(StepKind)[list(StepKind).index(kind) + 1 :]
    return all(found[each].state is StepState.SKIPPED for each in later)


@pytest.mark.parametrize(
    ("broker", "environment", "said"),
    [
        ("kis", Environment.REAL, "TEST_KEY_UNKNOWN_ON_REAL"),
        ("kis", Environment.PAPER, "TEST_KEY_UNKNOWN_ON_PAPER"),
        ("kiwoom", Environment.REAL, "TEST_KEYS_WRONG"),
        ("kiwoom", Environment.PAPER, "TEST_KEYS_WRONG"),
    ],
)
def test_a_wrong_app_key_ends_the_test_at_the_token(broker: str, environment: Environment, said: str) -> None:
    found = tried(broker, environment, appkey="P" * 36)
    assert (found[StepKind.TOKEN].state, code(found, StepKind.TOKEN)) == (StepState.FAILED, said)
    assert says_what_to_do(found[StepKind.TOKEN])
    assert _skipped_after(found, StepKind.TOKEN)


@pytest.mark.parametrize(("broker", "said"), [("kis", "TEST_KEY_UNKNOWN"), ("kiwoom", "TEST_OTHER_ENVIRONMENT")])
@pytest.mark.parametrize("environment", list(Environment), ids=lambda each: each.value)
def test_a_key_of_the_other_environment_names_the_two_and_offers_the_other(
    broker: str, said: str, environment: Environment
) -> None:
    other = Environment.REAL if environment is Environment.PAPER else Environment.PAPER
    kind = Broker.KIS if broker == "kis" else Broker.KIWOOM

    def with_the_others_key(practice: InProcessPractice) -> dict[str, object]:
        at = practice.account(other, broker=kind)
        return {"appkey": at.appkey, "appsecret": at.appsecret}

    found = tried(broker, environment, with_the_others_key)
    side = "REAL" if environment is Environment.REAL else "PAPER"
    assert code(found, StepKind.TOKEN) == f"{said}_ON_{side}"
    assert found[StepKind.TOKEN].remedy is Remedy.OTHER_ENVIRONMENT
    assert says_what_to_do(found[StepKind.TOKEN])


def test_a_wrong_secret_is_told_apart_from_a_wrong_key() -> None:
    found = tried("kis", Environment.REAL, appsecret="s" * 180)
    assert code(found, StepKind.TOKEN) == "TEST_SECRET_WRONG"
    assert says_what_to_do(found[StepKind.TOKEN])


@HOSTS
def test_a_wrong_account_fails_the_balance_and_nothing_else(broker: str, environment: Environment) -> None:
    found = tried(broker, environment, number="50999999-01")
    failed = [kind for kind, step in found.items() if step.state is StepState.FAILED]
    assert failed == [StepKind.BALANCE]
    assert says_what_to_do(found[StepKind.BALANCE])


def test_kiwoom_names_whose_the_key_is_masked() -> None:
    found = tried("kiwoom", Environment.REAL, number="50999999-01")
    said = found[StepKind.BALANCE].said
    assert said is not None
    assert said.code == "KIWOOM_OTHER_ACCOUNT"
    assert str(said.values["found"]).startswith("******")


# --- tokens -----------------------------------------------------------------------------------------------------------


def test_a_second_token_within_the_minute_says_wait_a_minute() -> None:
    async def story() -> None:
        async with InProcessPractice(start=START) as practice:
            first = kis_desk.Desk(practice, Environment.REAL)
            assert (await results(Trial(first.broker)))[StepKind.TOKEN].state is StepState.PASSED
            second = kis_desk.Desk(practice, Environment.REAL)
            found = await results(Trial(second.broker))
            assert code(found, StepKind.TOKEN) == "TEST_TOKEN_MINUTE"
            assert says_what_to_do(found[StepKind.TOKEN])

    run_virtual(story())


def test_a_token_of_a_test_is_used_by_the_next_and_by_the_connection_saved_after_it() -> None:
    async def story() -> None:
        async with InProcessPractice(start=START) as practice:
            tokens, key = TrialTokens(), Secret(practice.account(Environment.REAL).appkey)
            vault = tokens.vault(WireProfile.KIS_REAL, key)
            for _ in range(2):
                desk = kis_desk.Desk(practice, Environment.REAL, vault=vault)
                assert (await results(Trial(desk.broker)))[StepKind.TOKEN].state is StepState.PASSED
            kept, name = MemoryStore(), f"{desk.broker.account.connection}/token"
            await tokens.hand_over(WireProfile.KIS_REAL, key, kept, name)
            opened = kis_desk.Desk(practice, Environment.REAL, vault=kept)
            await opened.open()
            await opened.broker.aclose()
            issued = [entry for entry in practice.assembly.record.entries() if entry.operation.value == "token"]
            assert len(issued) == 1
            assert await tokens.vault(WireProfile.KIS_REAL, key).get(name) is None

    run_virtual(story())


def test_what_a_test_was_given_never_replaces_a_kept_token() -> None:
    async def story() -> None:
        tokens, key, kept = TrialTokens(), Secret("k" * 36), MemoryStore()
        await tokens.vault(WireProfile.KIS_REAL, key).set("x/token", Secret("of the test"))
        await kept.set("y/token", Secret("kept"))
        await tokens.hand_over(WireProfile.KIS_REAL, key, kept, "y/token")
        assert await kept.get("y/token") == Secret("kept")
        await tokens.hand_over(WireProfile.KIS_PAPER, key, kept, "z/token")
        assert await kept.get("z/token") is None

    run_virtual(story())


@HOSTS
def test_a_kept_token_that_expired_is_renewed_on_the_way(broker: str, environment: Environment) -> None:
    async def story() -> None:
        async with InProcessPractice(start=START) as practice:
            first = KINDS[broker](practice, environment)
            await first.open()
            await first.broker.aclose()
            practice.assembly.expire_tokens()
            await asyncio.sleep(61)
            again = KINDS[broker](practice, environment, vault=first.vault)
            found = await results(Trial(again.broker, wall=lambda: WALL))
            assert StepState.FAILED not in states(found)

    run_virtual(story())


# --- the live connection ----------------------------------------------------------------------------------------------


def test_without_an_hts_id_it_is_said_that_no_fills_will_come() -> None:
    found = tried("kis", Environment.REAL, hts_id=None)
    assert found[StepKind.STREAM].state is StepState.PASSED
    assert (found[StepKind.FILLS].state, code(found, StepKind.FILLS)) == (StepState.WARNED, "KIS_HTS_ID_MISSING")
    assert says_what_to_do(found[StepKind.FILLS])


def test_a_wrong_hts_id_is_named_though_the_broker_only_hangs_up() -> None:
    found = tried("kis", Environment.REAL, hts_id="somebody")
    assert found[StepKind.STREAM].state is StepState.PASSED
    assert (found[StepKind.FILLS].state, code(found, StepKind.FILLS)) == (StepState.FAILED, "KIS_HTS_ID_WRONG")


@pytest.mark.parametrize("broker", list(KINDS))
def test_an_open_desks_own_connection_is_looked_at_and_left_alone(broker: str) -> None:
    async def story() -> None:
        async with InProcessPractice(start=START) as practice:
            desk = KINDS[broker](practice, Environment.REAL)
            await desk.open()
            found = await results(Trial(desk.broker, running=True, wall=lambda: WALL))
            assert StepState.FAILED not in states(found)
            assert code(found, StepKind.STREAM) == "TEST_STREAM_RUNS"
            assert desk.live(kis_desk.Stream.FILLS)
            await desk.broker.quote(kis_desk.SAMSUNG)
            await desk.broker.aclose()

    run_virtual(story())


def test_an_app_key_that_is_live_elsewhere_is_said_so() -> None:
    async def story() -> None:
        async with InProcessPractice(start=START) as practice:
            desk = kis_desk.Desk(practice, Environment.REAL)
            await desk.open()
            second = kis_desk.Desk(practice, Environment.REAL, vault=desk.vault)
            found = await results(Trial(second.broker, wall=lambda: WALL))
            await desk.broker.aclose()
            assert (found[StepKind.STREAM].state, code(found, StepKind.STREAM)) == (StepState.FAILED, "KIS_OPSP8996")
            assert found[StepKind.FILLS].state is StepState.SKIPPED
            assert says_what_to_do(found[StepKind.STREAM])

    run_virtual(story())


# --- no way there -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution"), "TEST_NO_NETWORK"),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), "TEST_NO_NETWORK"),
        (OSError("Multiple exceptions: [Errno 111] a, [Errno 111] b"), "TEST_REFUSED"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), "TEST_REFUSED"),
        (ssl.SSLCertVerificationError(1, "self-signed certificate in certificate chain"), "TEST_CERTIFICATE"),
        (ssl.SSLError(1, "wrong version number"), "TEST_TLS"),
        (TimeoutError(), "TEST_SILENCE"),
        (ConnectionResetError(errno.ECONNRESET, "reset"), "TEST_CUT"),
        (RuntimeError("odd"), "TEST_NOT_REACHED"),
    ],
    ids=lambda each: each if isinstance(each, str) else type(each).__name__,
)
def test_each_way_not_to_reach_the_host_has_its_own_words(cause: Exception, said: str) -> None:
    def broken(practice: InProcessPractice) -> None:
        practice.http = lambda: Failing(cause)  # type: ignore[method-assign]

    found = tried("kis", Environment.REAL, broken)
    assert (found[StepKind.REACH].state, code(found, StepKind.REACH)) == (StepState.FAILED, said)
    assert says_what_to_do(found[StepKind.REACH])
    assert _skipped_after(found, StepKind.REACH)


def test_a_proxy_that_others_use_is_named_where_the_way_is_blocked() -> None:
    assert of_trouble(Trouble.SILENCE, "proxy:8080") == Message("TEST_PROXY", {"proxy": "proxy:8080"})
    assert of_trouble(Trouble.CERTIFICATE, "proxy:8080").code == "TEST_CERTIFICATE"


def test_trouble_is_found_under_what_wraps_it_and_circles_end() -> None:
    error = httpx.ConnectError("x")
    error.__context__ = ssl.SSLCertVerificationError(1, "x")
    assert trouble_of(error) is Trouble.CERTIFICATE
    error.__context__.__context__ = error
    assert trouble_of(error) is Trouble.CERTIFICATE


def test_a_host_that_is_down_for_maintenance_is_told_as_such() -> None:
    class Closed(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            return httpx.Response(503, html="<html>점검</html>", request=request)

    def closed(practice: InProcessPractice) -> None:
        practice.http = Closed  # type: ignore[method-assign]

    for broker in KINDS:
        found = tried(broker, Environment.REAL, closed)
        assert found[StepKind.REACH].state is StepState.PASSED
        assert code(found, StepKind.TOKEN) == "TEST_HALF_WAY"
        assert says_what_to_do(found[StepKind.TOKEN])


def test_a_step_that_hangs_ends_in_its_time() -> None:
    class Silent(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            await asyncio.Event().wait()
            raise AssertionError("never")

    async def story() -> None:
        async with InProcessPractice(start=START) as practice:
            practice.http = Silent  # type: ignore[method-assign]
            desk = kis_desk.Desk(practice, Environment.REAL)
            began = asyncio.get_running_loop().time()
            found = await results(Trial(desk.broker, proxy=lambda: ""))
            assert asyncio.get_running_loop().time() - began <= PATIENCE[StepKind.REACH] + 1
            assert code(found, StepKind.REACH) == "TEST_TOOK_TOO_LONG"

    run_virtual(story())


def test_closing_the_test_in_the_middle_leaves_nothing_behind() -> None:
    async def story() -> None:
        async with InProcessPractice(start=START, latency=0.2) as practice:
            before = asyncio.all_tasks()
            desk = kis_desk.Desk(practice, Environment.REAL)
            async with aclosing(steps(Trial(desk.broker))) as test:  # type: ignore[type-var]
                async for step in test:
                    if step.kind is StepKind.STREAM:
                        break
            await until(lambda: asyncio.all_tasks() <= before)

    run_virtual(story())


def test_every_sentence_has_its_twin_and_fits_its_values() -> None:
    values = {
        "ms": 12, "seconds": 3, "proxy": "proxy:80", "apart": Message("TEST_MINUTES", {"count": 2}),
        "until": "11-21 09:00", "account": "******56-01", "count": 3, "code": "005930", "price": 71500,
    }  # fmt: skip
    for name in WORDING:
        for language in Language:
            shown = words(Message(name, values), language)
            assert shown
            assert "{" not in shown
            assert "–" not in shown
