"""The life of one order as steps, from its journal: intent, gate, send, answer, fills, and how long each took. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from msgspec import Struct, field
from msgspec.structs import replace

from hoga.base.message import Message
from hoga.domain.broker_orders import BrokerNumber, NoticeKind, OrderNotice, OrderReport
from hoga.domain.order_facts import (
    Adopted,
    Answer,
    Answered,
    Asked,
    Fact,
    Found,
    Intended,
    Interrupted,
    Joined,
    Lapsed,
    Listed,
    Noticed,
    ProvedAbsent,
    Sending,
    Withdrawn,
)
from hoga.domain.tickets import PlanChild, RequestId, RuleChild
from hoga.trading.views import Biography
from hoga.ui import format as fmt
from hoga.ui.context import Context
from hoga.ui.order.reasons import in_words
from hoga.ui.order.sentences import how_line
from hoga.ui.order.text import side_word
from hoga.ui.tables.column import Tone
from hoga.ui.tables.words import code_name, request_word, translate

_REPLIES = frozenset({NoticeKind.RECEIVED, NoticeKind.CONFIRMED, NoticeKind.REJECTED})
"""Notices that say what became of a request."""


class Step(Struct, frozen=True):
    """``seq`` orders steps and names them. ``took`` is how long after ``since`` (what it answers) it came; None where
    it answers nothing. ``raw`` is the broker's reply as it was stored, masked."""

    seq: tuple[int, int]
    at: datetime
    title: str
    detail: str = ""
    tone: Tone = Tone.TEXT
    took: timedelta | None = None
    gap: timedelta | None = None
    """Time since the step before."""
    raw: Mapping[str, str] = field(default_factory=dict)


def timeline(context: Context, biography: Biography) -> tuple[Step, ...]:
    """Every step, oldest first."""
    sent: dict[RequestId, datetime] = {}
    owners = _owners(entry.fact for entry in biography.entries)
    steps: list[Step] = []
    for entry in biography.entries:
        fact = entry.fact
        for place, step in enumerate(_steps(context, fact)):
            steps.append(replace(step, seq=(entry.seq, place), took=_took(fact, sent, owners)))
        if isinstance(fact, Sending) or (isinstance(fact, Intended | Asked) and fact.sending):
            sent[fact.request] = fact.at
    return _with_gaps(steps)


def _with_gaps(steps: Iterable[Step]) -> tuple[Step, ...]:
    found: list[Step] = []
    for step in steps:
        found.append(replace(step, gap=step.at - found[-1].at if found else None))
    return tuple(found)


Owners = Mapping[tuple[date, int], RequestId]
"""By trading date and number: a notice may leave out the branch."""


def _owners(facts: Iterable[Fact]) -> Owners:
    """Which request each number answered: a notice may be ahead of the answer that tells."""
    owners: dict[tuple[date, int], RequestId] = {}
    for fact in facts:
        if isinstance(fact, Answered | Found) and fact.number is not None:
            owners[_key(fact.number)] = fact.request
    return owners


def _key(number: BrokerNumber) -> tuple[date, int]:
    return number.trading_date, number.number


def _took(fact: Fact, sent: Mapping[RequestId, datetime], owners: Owners) -> timedelta | None:
    """How long an answer was on its way; a find in the list and the exchange's own word count from the send too. A
    fill answers nothing: how long it took is the market's affair."""
    request: RequestId | None = None
    if isinstance(fact, Answered | Found | ProvedAbsent):
        request = fact.request
    elif isinstance(fact, Noticed) and fact.notice.kind in _REPLIES:
        request = owners.get(_key(fact.notice.number))
    return fact.at - sent[request] if request is not None and request in sent else None


def _step(
    fact: Fact, title: str, detail: str = "", tone: Tone = Tone.TEXT, raw: Mapping[str, str] | None = None
) -> Step:
    return Step((0, 0), fact.at, title, detail, tone, raw=raw or {})


def _steps(context: Context, fact: Fact) -> list[Step]:
    match fact:
        case Intended():
            return _intended(context, fact)
        case Asked():
            return _asked(context, fact)
        case Sending():
            return [_sent(fact)]
        case Answered():
            return [_answered(context, fact)]
        case Noticed():
            return [_noticed(context, fact, fact.notice)]
        case _:
            return [_other(context, fact)]


def _intended(context: Context, fact: Intended) -> list[Step]:
    what = f"{side_word(fact.side)} {fmt.shares(fact.quantity, context.language)} {code_name(context, fact.instrument)}"
    steps = [
        _step(fact, translate("Biography", "Intended"), f"{what}, {how_line(fact.type, fact.tif, fact.limit)}"
              + _by_whom(fact.origin)),
        _step(fact, translate("Biography", "Passed the gate"), _consent(fact.consent)),
    ]  # fmt: skip
    return [*steps, _sent(fact)] if fact.sending else steps


def _asked(context: Context, fact: Asked) -> list[Step]:
    what = request_word(fact.kind)
    detail = ""
    if fact.limit is not None:
        detail = translate("Biography", "to {price}").format(price=fmt.price(fact.limit))
    elif fact.by is not None:
        detail = translate("Biography", "by {count}").format(count=fmt.shares(fact.by, context.language))
    wanted = translate("Biography", "{what} wanted").format(what=what)
    consent = _consent(fact.consent) if fact.consent else ""
    first = _step(fact, wanted, " · ".join(filter(None, (detail + _by_whom(fact.origin), consent))))
    return [first, _sent(fact)] if fact.sending else [first]


def _by_whom(origin: object) -> str:
    match origin:
        case PlanChild():
            return translate("Biography", " (plan {digest}, leg {leg}, round {round})").format(
                digest=origin.digest[:8], leg=origin.leg, round=origin.round
            )
        case RuleChild():
            return translate("Biography", " (rule {rule})").format(rule=origin.rule)
        case _:
            return ""


def _consent(words: str) -> str:
    if not words:
        return translate("Biography", "Every check passed; nothing was asked.")
    return translate("Biography", "Asked and agreed to: {words}").format(words=words)


def _sent(fact: Sending | Intended | Asked) -> Step:
    target = getattr(fact, "target", None)
    about = translate("Biography", "about number {number}").format(number=target.number) if target is not None else ""
    return _step(fact, translate("Biography", "Sent"), about, Tone.DIM)


def _answered(context: Context, fact: Answered) -> Step:
    said = " ".join(filter(None, (f"[{fact.code}]" if fact.code else "", fact.text)))
    why = in_words(context, Message(fact.why, dict(fact.values))) if fact.why else ""
    detail = " ".join(filter(None, (said, why)))
    match fact.answer:
        case Answer.ACCEPTED:
            number = fact.number.number if fact.number is not None else fmt.DASH
            title, tone = translate("Biography", "Accepted: number {number}").format(number=number), Tone.GOOD
        case Answer.REFUSED:
            title, tone = translate("Biography", "Refused by the broker"), Tone.BAD
        case Answer.NOT_SENT:
            title, tone = translate("Biography", "Not sent; leaves once more"), Tone.WARN
        case Answer.GIVEN_UP:
            title, tone = translate("Biography", "Not sent, given up: nothing is at the broker"), Tone.BAD
        case Answer.UNANSWERED:
            title, tone = translate("Biography", "No answer: it may be live. Never sent again"), Tone.WARN
    return _step(fact, title, detail, tone, fact.raw)


def _noticed(context: Context, fact: Noticed, notice: OrderNotice) -> Step:
    shown = {"quantity": fmt.shares(notice.quantity, context.language), "price": fmt.price(notice.price)}
    what = request_word(notice.request) if notice.request is not None else ""
    tone = Tone.TEXT
    match notice.kind:
        case NoticeKind.FILLED:
            title, tone = translate("Biography", "Filled {quantity} at {price}").format(**shown), Tone.GOOD
        case NoticeKind.RECEIVED:
            title, tone = translate("Biography", "Received by the broker: {what}").format(what=what), Tone.DIM
        case NoticeKind.CONFIRMED:
            title = translate("Biography", "Confirmed by the exchange: {what}").format(what=what)
        case NoticeKind.REJECTED:
            title, tone = translate("Biography", "Refused by the exchange: {what}").format(what=what), Tone.BAD
        case NoticeKind.REST_CANCELLED:
            title = translate("Biography", "The rest was cancelled by the exchange")
        case NoticeKind.UNCLEAR:
            title, tone = translate("Biography", "An unclear notice: the broker's list is asked"), Tone.WARN
    detail = translate("Biography", "number {number}, broker's time {time}").format(
        number=notice.number.number, time=fmt.clock(notice.at, milliseconds=True)
    )
    return _step(fact, title, detail, tone, notice.raw)


def _other(context: Context, fact: Fact) -> Step:
    match fact:
        case Withdrawn():
            return _step(
                fact, translate("Biography", "Taken back before it left"), in_words(context, Message(fact.why))
            )
        case Interrupted():
            title = translate("Biography", "The desk ended while it was on its way")
            return _step(fact, title, translate("Biography", "It may be live: the broker's list is asked."), Tone.WARN)
        case Found():
            title = translate("Biography", "Found in the broker's list: number {number}").format(
                number=fact.number.number
            )
            return _step(fact, title, _who_said(fact.by_person), Tone.GOOD)
        case ProvedAbsent():
            title = translate("Biography", "Never arrived: proved by {reads} complete lists").format(
                reads=len(fact.reads)
            )
            return _step(fact, title, _who_said(fact.by_person), Tone.WARN)
        case Listed():
            return _step(fact, translate("Biography", "The broker's list says more"), _row(fact.row), Tone.DIM)
        case Adopted():
            title = translate("Biography", "Made elsewhere ({channel})").format(channel=fact.row.channel or fmt.DASH)
            return _step(fact, title, _row(fact.row), raw=fact.row.raw)
        case Joined():
            title = translate("Biography", "Changed elsewhere ({channel})").format(channel=fact.row.channel or fmt.DASH)
            return _step(fact, title, _row(fact.row), Tone.WARN, fact.row.raw)
        case Lapsed():
            numbers = ", ".join(str(number.number) for number in fact.numbers)
            return _step(fact, translate("Biography", "Ended with its session"), numbers)
    return _step(fact, type(fact).__name__)


def _who_said(by_person: bool) -> str:
    return translate("Biography", "You said so.") if by_person else ""


def _row(row: OrderReport) -> str:
    return translate("Biography", "number {number}: {filled} filled, {remaining} left, {cancelled} cancelled").format(
        number=row.number.number, filled=fmt.shares(row.filled), remaining=fmt.shares(row.remaining),
        cancelled=fmt.shares(row.cancelled),
    )  # fmt: skip
