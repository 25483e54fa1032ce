"""Which rows of the broker's list are ours: pure rules over rows that no request has claimed.

No broker takes an order id of ours, so a new order is looked for by its fingerprint (code, side, original quantity), no
original number, and acceptance within a window around the send on the broker's clock. Price, type and channel break
ties where the broker reports them; where they leave a doubt, the person decides. Source: architecture.md "Unknown is
settled by asking", markets.md 7.4.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from hoga.domain.broker_orders import BrokerNumber, OrderReport, RequestKind
from hoga.domain.orders import Order, Request
from hoga.domain.requests import RequestState
from hoga.domain.tickets import OrderType, RequestId
from hoga.trading.records import Fingerprint
from hoga.trading.settings import DeskSettings

_TAKES_AWAY = frozenset({RequestKind.REDUCE, RequestKind.CANCEL})


class Candidate(Struct, frozen=True):
    """A request of ours that a row may belong to."""

    order: Order
    request: Request

    @property
    def sent_at(self) -> datetime:
        return self.request.sent_at or self.request.made_at

    @property
    def state(self) -> RequestState:
        return self.request.state


class Doubt(Struct, frozen=True):
    """Rows of which at most one is the candidate's, and nothing that tells which.

    ``may_clear``: every row speaks against it and its own may still come: ask only when absence would be proof.
    """

    candidate: Candidate
    rows: tuple[OrderReport, ...]
    why: str
    may_clear: bool = False


class Verdict(Struct, frozen=True):
    """What became of the rows: claimed for a request, left until something in the air has landed, doubtful, foreign."""

    claims: tuple[tuple[Candidate, OrderReport], ...] = ()
    held: tuple[OrderReport, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    foreign: tuple[OrderReport, ...] = ()


def fingerprint_of(row: OrderReport) -> Fingerprint:
    return row.instrument, row.side, row.quantity.count


class Matcher:
    """``own_channels`` are the channel texts seen on orders that are ours beyond doubt, or those that the broker is
    documented to give them before any was seen; ``heard_before``
    says whether a number that nobody has claimed was heard of before a request was sent; ``dates(sent)`` on which
    trading dates a send can be listed.
    """

    def __init__(
        self,
        settings: DeskSettings,
        own_channels: Collection[str],
        heard_before: Callable[[BrokerNumber, RequestId], bool],
        dates: Callable[[datetime], Collection[date]],
    ) -> None:
        self._before = timedelta(seconds=settings.claim_before)
        self._window = timedelta(seconds=settings.claim_window)
        self._own_channels = own_channels
        self._heard_before = heard_before
        self._dates = dates

    def new_orders(self, rows: Sequence[OrderReport], candidates: Sequence[Candidate]) -> Verdict:
        """Judge rows of one fingerprint that have no original number against the requests of that fingerprint."""
        flying = [c for c in candidates if c.state is RequestState.SENDING]
        held = [row for row in rows if any(row.at >= c.sent_at - self._before for c in flying)]
        left = [row for row in rows if row not in held]
        unknown = [c for c in candidates if c.state is RequestState.UNKNOWN]
        absent = sorted((c for c in candidates if c.state is RequestState.ABSENT), key=lambda c: c.sent_at)
        claims: list[tuple[Candidate, OrderReport]] = []
        doubts: list[Doubt] = []
        for candidate in unknown:
            near = [row for row in left if self._near(row, candidate)]
            found = self._settle(candidate, near, absent) if near else self._late(candidate, left)
            if isinstance(found, Doubt):
                doubts.append(found)
                left = [row for row in left if row not in found.rows]
            elif found is not None:
                claims.append((candidate, found))
                left.remove(found)
        for candidate in absent:
            late = self._late(candidate, left)
            if late is not None:
                claims.append((candidate, late))
                left.remove(late)
        return Verdict(tuple(claims), tuple(held), tuple(doubts), tuple(left))

    def follow_up(self, row: OrderReport, candidates: Iterable[Candidate]) -> Candidate | RequestState | None:
        """Which reprice, reduce or cancel a row with an original number answers. RequestState.SENDING: wait, one that
        fits is on its way; None: somebody else asked for it, as its channel says or because nothing here fits."""
        if self._other_channel(row):
            return None
        fitting = [c for c in candidates if self._fits(row, c)]
        if any(c.state is RequestState.SENDING for c in fitting):
            return RequestState.SENDING
        return min(
            fitting,
            key=lambda c: (c.state is not RequestState.UNKNOWN, not self._same(row, c), c.sent_at),
            default=None,
        )

    # --- rules ------------------------------------------------------------------------------------------------------

    def _near(self, row: OrderReport, candidate: Candidate) -> bool:
        return self._possible(row, candidate) and row.at <= candidate.sent_at + self._window

    def _possible(self, row: OrderReport, candidate: Candidate) -> bool:
        """Whether a row can be the candidate's at all: of its date, not accepted, nor heard of, before it was sent."""
        if row.number.trading_date not in self._dates(candidate.sent_at) or row.at < candidate.sent_at - self._before:
            return False
        return not self._heard_before(row.number, candidate.request.id)

    def _settle(
        self, candidate: Candidate, near: list[OrderReport], absent: Sequence[Candidate]
    ) -> OrderReport | Doubt:
        """Which of the rows ``near`` an unknown send is its own, or that this is in doubt."""
        priced = [row for row in near if not _other_terms(row, candidate.order)]
        usual = [row for row in priced if not self._other_channel(row)]
        others = [c for c in absent if any(self._near(row, c) for row in usual)]
        if len(usual) == 1 and len(priced) == 1:
            return usual[0]
        if usual and len(usual) == len(priced) and len(usual) <= 1 + len(others):
            # Each of them is one of ours, sent alike: the older send takes the older row.
            line = sorted([candidate, *others], key=lambda c: c.sent_at)
            place = min(line.index(candidate), len(usual) - 1)
            return sorted(usual, key=lambda row: (row.at, row.number))[place]
        return Doubt(candidate, tuple(near), "TWINS" if usual else "NOT_AS_SENT", may_clear=not usual)

    def _late(self, candidate: Candidate, rows: Sequence[OrderReport]) -> OrderReport | None:
        """A row that turned up outside the window, or after the send was taken for absent: ours, unless its evidence
        speaks against it."""
        fitting = [
            row
            for row in rows
            if self._possible(row, candidate)
            and not _other_terms(row, candidate.order)
            and not self._other_channel(row)
            and not candidate.request.by_person
        ]
        return min(fitting, key=lambda row: (row.at, row.number), default=None)

    def _fits(self, row: OrderReport, candidate: Candidate) -> bool:
        kind, request = row.kind, candidate.request
        if request.target != row.original or request.number is not None or row.at < candidate.sent_at - self._before:
            return False
        if kind is None:
            return True
        return kind is request.kind or (kind in _TAKES_AWAY and request.kind in _TAKES_AWAY)

    @staticmethod
    def _same(row: OrderReport, candidate: Candidate) -> bool:
        request = candidate.request
        if request.kind is RequestKind.REPRICE:
            return row.limit == request.limit
        return row.quantity == request.quantity

    def _other_channel(self, row: OrderReport) -> bool:
        return bool(row.channel) and bool(self._own_channels) and row.channel not in self._own_channels


def _other_terms(row: OrderReport, order: Order) -> bool:
    """Whether the row shows another price or type than was sent. Only where the broker reports them as sent: a limit
    order keeps its price in the list, other types show what the market made of them."""
    if row.type is not None and row.type is not order.type:
        return True
    if row.tif is not None and row.tif is not order.tif:
        return True
    return order.type is OrderType.LIMIT and row.limit is not None and row.limit != order.limit


def originals_first(rows: Iterable[OrderReport]) -> list[OrderReport]:
    """Rows so that none comes before the number it refers to, otherwise by time and number."""
    waiting = sorted(rows, key=lambda row: (row.at, row.number))
    missing = {row.number for row in waiting}
    done: list[OrderReport] = []
    while waiting:
        ready = [row for row in waiting if row.original not in missing or row.original == row.number]
        if not ready:  # rows that refer to each other in a ring: take them as they come
            ready = waiting
        done += ready
        missing -= {row.number for row in ready}
        waiting = [row for row in waiting if row.number in missing]
    return done
