"""Leases: never above the limit, no view without data for want of order, nothing leaks."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hoga.broker.port import Topic, TopicKind
from hoga.broker.topics import TopicLease, TopicLeases
from hoga.domain.instruments import InstrumentId


def topic(number: int, kind: TopicKind = TopicKind.TRADES) -> Topic:
    return Topic(kind, InstrumentId(f"{number:06d}"))


def test_equal_leases_share_a_place_and_releasing_twice_is_harmless() -> None:
    changes: list[int] = []
    leases = TopicLeases(1, lambda: changes.append(1))
    one, other = leases.lease(topic(1)), leases.lease(topic(1))
    assert leases.admitted == (topic(1),) and len(changes) == 1
    one.release()
    one.release()
    assert leases.admitted == (topic(1),) and len(changes) == 1
    other.release()
    assert leases.admitted == () and len(changes) == 2


def test_a_freed_place_goes_to_the_one_who_waits_longest() -> None:
    leases = TopicLeases(2, lambda: None)
    held = [leases.lease(topic(number)) for number in range(4)]
    assert leases.admitted == (topic(0), topic(1)) and leases.waiting == (topic(2), topic(3))
    held[0].release()
    assert leases.admitted == (topic(1), topic(2)) and leases.waiting == (topic(3),)


def test_live_only_while_the_broker_says_so() -> None:
    leases = TopicLeases(2, lambda: None)
    lease = leases.lease(topic(1))
    assert not lease.live
    leases.set_live(topic(1), True)
    assert lease.live
    leases.none_live()
    assert not lease.live
    leases.set_live(topic(1), True)
    lease.release()
    assert not lease.live
    leases.set_live(topic(1), True)  # a late acknowledgement for nobody
    assert not leases.is_live(topic(1))


def test_a_refused_topic_takes_no_place_until_it_is_leased_anew() -> None:
    leases = TopicLeases(1, lambda: None)
    refused = leases.lease(topic(1))
    leases.lease(topic(2))
    leases.bar(topic(1))
    assert leases.admitted == (topic(2),) and not refused.live
    refused.release()
    leases.lease(topic(1))
    assert leases.waiting == (topic(1),)
    leases.bar(topic(2))
    leases.none_live()
    assert leases.admitted == (topic(2),)  # the next connection may take it


def test_a_broker_that_takes_fewer_is_believed_until_the_next_connection() -> None:
    leases = TopicLeases(3, lambda: None)
    for number in range(3):
        leases.lease(topic(number))
    leases.limit(1)
    assert leases.admitted == (topic(0),) and len(leases.waiting) == 2
    leases.none_live()
    assert len(leases.admitted) == 3


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), max_size=200), st.integers(1, 6))
def test_two_hundred_views_open_and_close(steps: list[tuple[bool, int]], most: int) -> None:
    leases = TopicLeases(most, lambda: None)
    views: list[tuple[int, TopicLease]] = []
    for opens, number in steps:
        if opens:
            views.append((number, leases.lease(topic(number))))
        elif views:
            views.pop(number % len(views))[1].release()
        wanted = {topic(open_number) for open_number, _ in views}
        assert len(leases.admitted) == min(most, len(wanted))
        assert set(leases.admitted) | set(leases.waiting) == wanted
    for _, lease in views:
        lease.release()
    assert leases.admitted == () == leases.waiting
