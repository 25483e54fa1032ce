"""What a plan asks the person, and when. A question is there while its reason is; an answer is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from hoga.base.message import Message
from hoga.domain.tickets import Side
from hoga.plans.course import course
from hoga.plans.record import Record
from hoga.plans.scene import Scene
from hoga.plans.views import Choice, PlanQuestion, QuestionKind

_AWAY = (Choice.GO_ON, Choice.STOP, Choice.STOP_AND_CANCEL)
_REBUILT = (Choice.OURS, Choice.NOT_OURS, Choice.STOP)
_LATE = (Choice.BUY_WITH_FREED, Choice.WAIT, Choice.STOP, Choice.STOP_AND_CANCEL)
_LATE_WITHOUT_BUYS = (Choice.WAIT, Choice.STOP, Choice.STOP_AND_CANCEL)


class Inquiry:
    """``question`` is what is asked now."""

    def __init__(self, record: Record, scene: Scene) -> None:
        self._record = record
        self._scene = scene
        self._missed = self._missed_round()
        self.question: PlanQuestion | None = None

    def blocking(self, now: datetime) -> PlanQuestion | None:
        """What must be answered before anything leaves."""
        self.question = self._rebuilt(now) or self._away(now)
        return self.question

    def late(self, now: datetime, since: datetime) -> PlanQuestion | None:
        """What to do about sells that still work after the wait limit, ``since`` nothing has held the plan up. The rest
        of the plan goes on meanwhile."""
        self.question = self._sells_late(now, since)
        return self.question

    def freed(self) -> bool:
        """Whether the person chose to buy with the cash that the sells have brought so far."""
        return any(one.choice is Choice.BUY_WITH_FREED for one in self._record.answers)

    def _rebuilt(self, now: datetime) -> PlanQuestion | None:
        about = self._scene.rebuilt
        if about is None:
            return None
        orders = tuple(sorted(self._scene.doubtful()))
        text = Message("PLAN_ASKS_REBUILT", {"orders": len(orders)})
        return PlanQuestion(about, QuestionKind.REBUILT, now, text, _REBUILT, orders)

    def _missed_round(self) -> tuple[str, datetime] | None:
        """The oldest round that came due while nobody was here to run it, as things stood at the start. Buys wait for
        the sells, so they miss nothing while sells have rounds to run."""
        record, now = self._record, self._scene.now
        limit = timedelta(seconds=record.settings.ask_after_away_s)
        for side in (Side.SELL, Side.BUY):
            key = [(side, slot.number) for slot in course(record, side) if not slot.skipped]
            open_ = [one for one in key if one not in record.runs and one not in record.merged]
            missed = [s for s in course(record, side) if (side, s.number) in open_ and s.at + limit < now]
            if missed:
                return f"{side.value}/{missed[0].number}", missed[0].at
            if open_:
                return None
        return None

    def _away(self, now: datetime) -> PlanQuestion | None:
        if self._missed is None or self._record.paused is not None:
            return None
        about, since = self._missed
        if self._record.answer(QuestionKind.TOO_LATE, about) is not None:
            return None
        minutes = int((now - since).total_seconds()) // 60
        text = Message("PLAN_ASKS_TOO_LATE", {"minutes": minutes, "since": f"{since:%H:%M}"})
        return PlanQuestion(about, QuestionKind.TOO_LATE, now, text, _AWAY)

    def _sells_late(self, now: datetime, going: datetime) -> PlanQuestion | None:
        record = self._record
        slots = course(record, Side.SELL)
        if not slots:
            return None
        open_ = sum(self._scene.tally(leg).open for leg, _ in record.legs(Side.SELL) if leg not in record.manual)
        answers = [one for one in record.answers if one.kind is QuestionKind.SELLS_LATE]
        since = max([slots[-1].ends, going, *(one.at for one in answers)])
        waited = now - since >= timedelta(seconds=record.settings.sells_wait_s)
        if not open_ or not waited or any(one.choice is not Choice.WAIT for one in answers):
            return None
        text = Message("PLAN_ASKS_SELLS_LATE", {"shares": open_, "minutes": record.settings.sells_wait_s // 60})
        choices = _LATE if record.legs(Side.BUY) else _LATE_WITHOUT_BUYS
        return PlanQuestion(str(len(answers) + 1), QuestionKind.SELLS_LATE, now, text, choices)
