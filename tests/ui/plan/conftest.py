"""The plan page over a desk without a broker: three holdings, real inputs, recorded commands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from hoga.app.words import words
from hoga.base.message import Language
from hoga.plans.inputs import Role, Target
from hoga.ui.context import Context, Toast
from hoga.ui.plan.draft import Draft
from hoga.ui.plan.page import PlanPage
from tests.support.fake_desk import FakeDesk, holding, make_context, portfolio
from tests.support.fake_plans import FakePlans
from tests.support.made_up import HYNIX, KODEX200, NAVER, SAMSUNG
from tests.ui.conftest import Run

HELD = {SAMSUNG: (100, 7_000_000), HYNIX: (40, 7_000_000), KODEX200: (300, 9_000_000)}
WEIGHTS = {SAMSUNG: 300_000, HYNIX: 200_000, KODEX200: 150_000, NAVER: 200_000}


def targets() -> tuple[Target, ...]:
    return tuple(Target(code=one.id.code, weight=weight, role=Role.MANAGED) for one, weight in WEIGHTS.items())


class Stand:
    """Everything of one page."""

    def __init__(self, language: Language = Language.EN) -> None:
        self.desk = FakeDesk()
        self.desk.feed_all()
        held = [holding(one, shares, cost) for one, (shares, cost) in HELD.items()]
        self.desk.set_portfolio(portfolio(self.desk.clock.now(), *held))
        self.context: Context = make_context(self.desk, language)
        self.context.words = words
        self.plans = FakePlans(self.desk)
        self.toasts: list[Toast] = []
        self.context.toast.connect(self.toasts.append)
        self.page = PlanPage(self.context, self.plans, tuple)

    @property
    def said(self) -> list[str]:
        return [toast.text for toast in self.toasts]

    def compose(self, draft: Draft | None = None) -> None:
        """Let the editor hold these targets, as read."""
        self.page.composing.editor.edit(draft or Draft(targets=targets()))

    async def settled(self) -> None:
        """Until nothing that the page began is under way."""
        async with asyncio.timeout(10):
            while self.context.tasks.running:  # noqa: ASYNC110 tasks of a window tell nobody
                await asyncio.sleep(0.01)

    def on_loop(self, run: Run, deed: Callable[[], object]) -> None:
        """Do something as a person would, and let what it starts come to its end."""

        async def go() -> None:
            deed()
            await self.settled()

        run(go())

    async def previewed(self, draft: Draft | None = None) -> None:
        self.compose(draft)
        await self.page.composing._preview()


@pytest.fixture
def stand(qtbot: QtBot) -> Iterator[Stand]:
    made = Stand()
    qtbot.addWidget(made.page)
    yield made
    made.context.stop()
