"""Daily copies: whole and checked or not there at all, and only as many as are worth their room."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.base.clock import KST, ManualClock
from hoga.base.message import Message
from hoga.storage import backups as module
from hoga.storage.backups import Backup, Backups, kept_of
from hoga.storage.database import Database
from hoga.storage.errors import Unwritable
from hoga.storage.keeper import JournalKeeper
from hoga.storage.opening import flaw_of
from tests.storage.journals import content, count, damage, facts, filled, opened, write
from tests.storage.samples import AT


def test_a_copy_of_a_journal_in_use_is_whole_and_alone(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    some = facts(1, 30)

    async def main() -> None:
        database = Database(path)
        await write(database, some)
        writing = asyncio.gather(*(write(database, facts(n, n)) for n in range(100, 140)))
        backup = await asyncio.to_thread(Backups(path).take, AT)
        await writing
        await database.aclose()
        assert backup.path.parent == tmp_path / "backups"
        assert count(backup.path, "entries") >= len(some)
        assert sqlite3.connect(backup.path).execute("PRAGMA journal_mode").fetchone() == ("delete",)

    asyncio.run(main())
    assert len(list((tmp_path / "backups").iterdir())) == 1, "nothing but the copy"


def test_a_copy_that_cannot_be_made_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "j.sqlite"
    filled(path, 1, 3)
    monkeypatch.setattr(module, "flaw_in_structure", lambda half: "torn")
    with pytest.raises(Unwritable) as raised:
        Backups(path).take(AT)
    assert raised.value.message.code == "BACKUP_UNSOUND"
    assert not list((tmp_path / "backups").iterdir())
    (tmp_path / "file").write_text("", encoding="ascii")
    with pytest.raises(Unwritable):
        Backups(tmp_path / "gone.sqlite").take(AT)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "backups").write_text("in the way", encoding="ascii")
    filled(tmp_path / "other" / "j.sqlite", 1, 1)
    with pytest.raises(Unwritable) as raised:
        Backups(tmp_path / "other" / "j.sqlite").take(AT)
    assert raised.value.message.code == "BACKUP_FAILED"


def test_backups_of_journals_with_like_names_are_told_apart(tmp_path: Path) -> None:
    for name in ("kis-real@practice-1", "kis-real@practice-1.x"):
        filled(tmp_path / f"{name}.sqlite", 1, 1)
        Backups(tmp_path / f"{name}.sqlite").take(AT)
    (tmp_path / "backups" / "kis-real@practice-1.20269999-999999.sqlite").write_text("no time", encoding="ascii")
    assert [b.path.name for b in Backups(tmp_path / "kis-real@practice-1.sqlite").all()] == [
        "kis-real@practice-1.20261123-090000.sqlite"
    ]
    assert Backups(tmp_path / "kis-real@practice-1.sqlite").has(AT.date())
    assert not Backups(tmp_path / "kis-real@practice-1.sqlite").has(date(2026, 11, 24))


MOMENTS = st.integers(0, 200 * 24 * 60).map(lambda m: datetime(2026, 1, 1, tzinfo=KST) + timedelta(minutes=m))


@given(st.lists(st.tuples(MOMENTS, st.booleans()), max_size=60, unique_by=lambda pair: pair[0]))
def test_seven_days_four_weeks_and_two_changes_stay(made: list[tuple[datetime, bool]]) -> None:
    all_of_them = [Backup(at, Path(f"{at}"), schema) for at, schema in made]
    kept = list(kept_of(all_of_them))
    daily = [backup for backup in all_of_them if not backup.before_schema]
    days = sorted({backup.at.date() for backup in daily})
    assert len(kept) == len(set(kept)) <= 7 + 4 + 2
    assert {backup.at.date() for backup in kept if not backup.before_schema} >= set(days[-7:])
    if daily:
        assert max(daily) in kept, "the newest always stays"
    assert len([backup for backup in kept if backup.before_schema]) == min(2, len(all_of_them) - len(daily))
    assert set(kept) <= set(all_of_them)


def test_old_ones_go_when_a_new_one_is_there(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    filled(path, 1, 2)
    for day in range(30):
        Backups(path).take(AT + timedelta(days=day))
    kept = Backups(path).all()
    assert len(kept) == 7 + 4, "seven days, and the weeks before them"
    assert kept[-1].at.date() == (AT + timedelta(days=29)).date()


# --- the keeper -----------------------------------------------------------------------------------------------------


def keeper(path: Path, clock: ManualClock, told: list[Message], distrusted: list[Message]) -> JournalKeeper:
    return JournalKeeper(path, clock, told.append, distrusted.append)


def test_each_day_has_its_backup_and_the_close_makes_up_for_one(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    filled(path, 1, 3)
    clock, told, distrusted = ManualClock(AT), list[Message](), list[Message]()

    async def main() -> None:
        one = keeper(path, clock, told, distrusted)
        await one.look()
        await one.look()
        assert len(Backups(path).all()) == 1
        clock.advance(86_400)
        await one.look()
        assert len(Backups(path).all()) == 2
        clock.advance(86_400)
        await one.aclose()
        assert len(Backups(path).all()) == 3

    asyncio.run(main())
    assert not told and not distrusted


def test_damage_found_in_use_is_told_marked_and_never_copied(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    some = filled(path, 1, 60)
    Backups(path).take(AT - timedelta(days=1))
    raw = path.read_bytes()
    damage(path, raw.index(b'"ticket":"ticket-7"'), b'"ticket":"ticket-8"')
    assert flaw_of(path) is not None
    clock, told, distrusted = ManualClock(AT), list[Message](), list[Message]()

    async def main() -> None:
        one = keeper(path, clock, told, distrusted)
        await one.look()
        await one.look()
        await one.aclose()

    asyncio.run(main())
    assert [message.code for message in distrusted] == ["JOURNAL_FOUND_DAMAGED"]
    assert len(Backups(path).all()) == 1, "a damaged journal would push the sound copies out"
    database = opened(path)
    assert database.rebuilt is not None
    assert [entry.fact for entry in content(database)] == [fact for _, fact in some]
    asyncio.run(database.aclose())
    again = opened(path)
    asyncio.run(again.aclose())
    assert not list(tmp_path.glob("*.suspect")), "the mark went with the damage"
    assert len([one for one in tmp_path.glob("*damaged*") if not one.name.endswith(("-wal", "-shm"))]) == 1


def test_a_backup_that_fails_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    filled(path, 1, 3)
    (tmp_path / "backups").write_text("in the way", encoding="ascii")
    told: list[Message] = []

    async def main() -> None:
        one = keeper(path, ManualClock(AT), told, [])
        await one.look()
        await one.look()
        await one.aclose()

    asyncio.run(main())
    assert [message.code for message in told] == ["BACKUP_FAILED"]
