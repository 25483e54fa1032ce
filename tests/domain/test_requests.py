"""The life of a request: every pair of state and event, and any sequence of them."""

from __future__ import annotations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from hoga.domain.requests import STEPS, IllegalStep, RequestEvent, RequestState, advance

# Where each event leads from each state: "." our own step that may not be taken there, "!" after the state where the
# broker has to be asked because the fact contradicts what was known (or leaves it open).
EXPECTED = """
              queued      withdrawn   sending     accepted    refused     unknown     absent
send          sending     .           .           .           .           .           .
withdraw      withdrawn   .           .           .           .           .           .
interrupt     .           .           unknown!    .           .           .           .
prove_absent  .           .           .           .           .           absent      .
accepted      accepted!   accepted!   accepted    accepted    accepted!   accepted    accepted!
refused       queued!     withdrawn!  refused     accepted!   refused     refused!    refused
not_sent      queued!     withdrawn!  queued      accepted!   refused!    unknown!    absent!
given_up      queued!     withdrawn!  refused     accepted!   refused!    unknown!    absent!
unanswered    unknown!    unknown!    unknown!    accepted    refused!    unknown!    absent!
found         accepted!   accepted!   accepted    accepted    accepted!   accepted    accepted!
rejected      queued!     withdrawn!  refused!    refused!    refused     refused!    refused!
"""


def _rows() -> list[tuple[RequestState, RequestEvent, str]]:
    head, *lines = EXPECTED.strip().splitlines()
    states = [RequestState[name.upper()] for name in head.split()]
    return [
        (state, RequestEvent[line.split()[0].upper()], cell)
        for line in lines
        for state, cell in zip(states, line.split()[1:], strict=True)
    ]


def test_the_expected_table_names_every_pair() -> None:
    assert {(state, event) for state, event, _ in _rows()} == {(s, e) for s in RequestState for e in RequestEvent}


@pytest.mark.parametrize(("state", "event", "cell"), _rows())
def test_every_pair(state: RequestState, event: RequestEvent, cell: str) -> None:
    if cell == ".":
        assert event.ours
        with pytest.raises(IllegalStep) as raised:
            advance(state, event)
        assert repr(state.value) in str(raised.value)
        assert repr(event.value) in str(raised.value)
        return
    step = advance(state, event)
    assert step.state is RequestState[cell.rstrip("!").upper()]
    assert step.reconcile is cell.endswith("!")
    assert step.why


def test_the_table_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        STEPS[RequestState.ABSENT, RequestEvent.SEND] = STEPS[RequestState.QUEUED, RequestEvent.SEND]  # type: ignore[index]


class RequestLife(RuleBasedStateMachine):
    """Any events in any order, ours only where the table allows them."""

    def __init__(self) -> None:
        super().__init__()
        self.state = RequestState.QUEUED
        self.on_its_way = 0
        """Sends of which it is not known that they never arrived."""
        self.number = False
        """A number was given to it: it exists at the broker, or existed."""
        self.turned_down = False

    @rule(event=st.sampled_from([event for event in RequestEvent if event.ours]))
    def we(self, event: RequestEvent) -> None:
        before = self.state
        try:
            self.state = advance(before, event).state
        except IllegalStep:
            assert (before, event) not in STEPS
            return
        if event is RequestEvent.SEND:
            assert before is RequestState.QUEUED
            assert not self.number, "what has a number is never sent again"
            self.on_its_way += 1

    @rule(event=st.sampled_from([event for event in RequestEvent if not event.ours]))
    def they(self, event: RequestEvent) -> None:
        self.state = advance(self.state, event).state
        if event in (RequestEvent.ACCEPTED, RequestEvent.FOUND):
            self.number, self.turned_down = True, False
        if event is RequestEvent.REJECTED:
            self.turned_down = True

    @invariant()
    def what_has_a_number_is_accepted_or_was_turned_down(self) -> None:
        if self.number:
            assert self.state in (RequestState.ACCEPTED, RequestState.REFUSED)
        if self.number and not self.turned_down:
            assert self.state is RequestState.ACCEPTED

    @invariant()
    def what_was_never_sent_is_not_in_the_air(self) -> None:
        if not self.on_its_way and self.state is RequestState.SENDING:
            raise AssertionError("sending without a send")


RequestLife.TestCase.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
TestRequestLife = RequestLife.TestCase
