"""A damaged journal is noticed, set aside whole, and made anew from its backup and whatever can still be read."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from hoga.storage import rebuild as rebuilding
from hoga.storage.backups import Backups
from hoga.storage.errors import NewerSchema, StorageError
from hoga.storage.opening import flaw_of, suspect
from hoga.storage.pages import frames_of, wal_of
from tests.storage.journals import (
    closed,
    content,
    count,
    damage,
    facts,
    filled,
    flip,
    killed,
    opened,
)
from tests.storage.samples import AT

PAGE = 4096


def aside_of(path: Path) -> Path:
    (aside,) = (one for one in path.parent.glob(f"{path.name}.damaged-*") if not one.name.endswith(("-wal", "-shm")))
    return aside


# --- what is wrong, and what is not ---------------------------------------------------------------------------------


def test_a_sound_journal_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    assert flaw_of(path) is None
    some = filled(path)
    assert flaw_of(path) is None
    database = opened(path)
    assert database.rebuilt is None
    assert [entry.fact for entry in content(database)] == [fact for _, fact in some]
    closed(database)
    assert [one.name for one in tmp_path.iterdir()] == ["j.sqlite"]


def test_a_killed_desk_is_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    some = killed(path)
    assert wal_of(path).stat().st_size > 0
    assert flaw_of(path) is None
    database = opened(path)
    assert database.rebuilt is None
    assert [entry.fact for entry in content(database)] == [fact for _, fact in some]
    closed(database)


@pytest.mark.parametrize("cut", [1, 24, 25, 2_000, PAGE + 23])
def test_a_last_write_that_was_cut_off_is_no_damage(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "j.sqlite"
    some = killed(path)
    with wal_of(path).open("r+b") as log:
        log.truncate(32 + (24 + PAGE) * len(frames_of(path)) - cut)
    assert flaw_of(path) is None
    database = opened(path)
    assert database.rebuilt is None
    have = [entry.fact for entry in content(database)]
    assert have == [fact for _, fact in some][: len(have)]
    assert len(have) >= len(some) - 2
    closed(database)


def zero_pages(path: Path) -> None:
    """Some that the log does not hold anew."""
    logged = {frame.page for frame in frames_of(path)}
    for page in [page for page in range(5, path.stat().st_size // PAGE) if page not in logged][:3]:
        damage(path, (page - 1) * PAGE, bytes(PAGE))


def cut_in_half(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def overwrite(path: Path) -> None:
    damage(path, 0, b"this is no database any more.." * 3)


def drop_a_table(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE numbers")
    connection.commit()
    connection.close()


def drop_a_trigger(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER entries_stay")
    connection.commit()
    connection.close()


def change_a_digit(path: Path) -> None:
    """One byte of one line's text: SQLite's own checks do not see it."""
    for side in (path, wal_of(path)):
        if side.exists():
            side.write_bytes(side.read_bytes().replace(b'"ticket":"ticket-149"', b'"ticket":"ticket-999"'))


def forget_the_schema(path: Path) -> None:
    damage(path, 60, bytes(4))


DAMAGES: list[Callable[[Path], None]] = [
    zero_pages, cut_in_half, empty, overwrite, drop_a_table, drop_a_trigger, change_a_digit, forget_the_schema,
]  # fmt: skip


@pytest.mark.parametrize("how", DAMAGES, ids=lambda how: how.__name__)
@pytest.mark.parametrize("ended", ["closed", "killed"])
def test_nothing_is_lost_that_the_backup_has_or_the_file_still_shows(
    tmp_path: Path, how: Callable[[Path], None], ended: str
) -> None:
    if how is forget_the_schema and ended == "killed":
        return  # the log has that page anew
    path = tmp_path / "j.sqlite"
    some = filled(path, 1, 100)
    backup = Backups(path).take(AT - timedelta(days=1))
    some += filled(path, 101, 150) if ended == "closed" else killed(path, 101, 150)
    how(path)
    if not wal_of(path).exists() and how is zero_pages:
        suspect(path, "a page is zero")  # a clean close: found by the check of the whole file
    before = path.read_bytes()
    database = opened(path)
    assert database.rebuilt is not None
    assert database.rebuilt.backup_at == backup.at
    values = database.rebuilt.message.values
    assert (values["file"], values["backup"]) == (path.name, backup.path.name)
    aside = aside_of(path)
    assert values["aside"] == aside.name
    assert aside.read_bytes() == before, "the damaged file is evidence"
    have = [entry.fact for entry in content(database)]
    wanted = [fact for _, fact in some]
    assert have[:200] == wanted[:200], "the backup has these"
    assert [fact for fact in wanted if fact in have] == have, "nothing else, and in order"
    if how in (drop_a_table, drop_a_trigger, overwrite, forget_the_schema):
        assert have == wanted, "every row could still be read"
    if how is change_a_digit:
        assert len(have) == len(wanted) - 1
    assert values["gaps"] == max(entry.seq for entry in content(database)) - len(have)
    assert count(path, "tickets") == sum(type(fact).__name__ == "Intended" for fact in have)
    assert count(path, "numbers") == sum(type(fact).__name__ == "Answered" for fact in have)
    closed(database)
    assert flaw_of(path) is None


def test_any_single_page_may_be_lost_without_a_backup(tmp_path: Path) -> None:
    whole = tmp_path / "whole.sqlite"
    wanted = [fact for _, fact in filled(whole, 1, 40)]
    pages = whole.stat().st_size // PAGE
    assert pages > 15
    for page in range(pages):
        path = tmp_path / f"{page}.sqlite"
        shutil.copyfile(whole, path)
        damage(path, page * PAGE, bytes(PAGE))
        suspect(path, "a page is zero")
        database = opened(path)
        assert database.rebuilt is not None
        assert database.rebuilt.backup_at is None
        have = [entry.fact for entry in content(database)]
        assert [fact for fact in wanted if fact in have] == have
        assert len(have) >= len(wanted) - 16, "more is gone than one page can hold"
        closed(database)


def test_damage_in_the_middle_of_the_log_is_noticed_and_costs_one_page_at_most(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    some = filled(path, 1, 30) + killed(path, 31, 60)
    frames = frames_of(path)
    assert all(frame.sound for frame in frames)
    flip(wal_of(path), 32 + (24 + PAGE) * (len(frames) // 2) + 24 + 2_000)
    silent = tmp_path / "silent.sqlite"
    for side in ("", "-wal"):
        shutil.copyfile(f"{path}{side}", f"{silent}{side}")
    connection = sqlite3.connect(silent)
    (rows,) = connection.execute("SELECT count(*) FROM entries").fetchone()
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert rows < len(some) - 10, "SQLite leaves out what follows, and says nothing"
    connection.close()
    database = opened(path)
    assert database.rebuilt is not None
    assert "breaks off" in str(database.rebuilt.message.values["why"])
    have = [entry.fact for entry in content(database)]
    assert have == [fact for _, fact in some], "later states of the same pages have every row"
    closed(database)


def test_a_log_whose_header_is_gone_still_counts(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    some = filled(path, 1, 10) + killed(path, 11, 30)
    damage(wal_of(path), 0, bytes(24))
    database = opened(path)
    assert database.rebuilt is not None
    assert [entry.fact for entry in content(database)] == [fact for _, fact in some]
    closed(database)


def test_a_file_that_has_gone_comes_back_from_its_backup(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    some = filled(path, 1, 20)
    Backups(path).take(AT)
    path.unlink()
    database = opened(path)
    assert database.rebuilt is not None
    assert [entry.fact for entry in content(database)] == [fact for _, fact in some]
    closed(database)


def test_a_backup_that_is_no_good_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    some = filled(path, 1, 20)
    older = Backups(path).take(AT - timedelta(days=2))
    newer = Backups(path).take(AT - timedelta(days=1))
    damage(newer.path, 2 * PAGE, bytes(PAGE))
    overwrite(path)
    path.write_bytes(b"")
    database = opened(path)
    assert database.rebuilt is not None
    assert database.rebuilt.backup_at == older.at
    assert [entry.fact for entry in content(database)] == [fact for _, fact in some]
    assert newer.path.exists()
    closed(database)


def test_a_newer_hogas_file_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    filled(path, 1, 3)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=999")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NewerSchema):
        opened(path)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*damaged*"))


# --- the rebuild itself ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cut_off", range(5))
def test_a_rebuild_that_was_cut_off_is_finished_at_the_next_start(
    tmp_path: Path, cut_off: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "j.sqlite"
    some = filled(path, 1, 20) + killed(path, 21, 30)
    flip(wal_of(path), 32 + 24 + 100)
    moves = 0

    replace = Path.replace

    def dies(source: Path, target: Path) -> Path:
        nonlocal moves
        if moves == cut_off:
            raise OSError("the power is gone")
        moves += 1
        return replace(source, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", dies)
        try:
            closed(opened(path))
        except StorageError as error:
            assert "power" in str(error)
    database = opened(path)
    assert database.rebuilt is not None
    assert [entry.fact for entry in content(database)] == [fact for _, fact in some]
    assert sorted(one.name for one in tmp_path.iterdir() if "damaged" in one.name) == [
        aside_of(path).name,
        f"{aside_of(path).name}-wal",
    ]
    closed(database)


def test_it_is_told_for_the_rest_of_the_day(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    filled(path, 1, 5)
    overwrite(path)
    first = opened(path)
    closed(first)
    again = opened(path, AT + timedelta(hours=3))
    assert again.rebuilt == first.rebuilt
    assert again.rebuilt is not None
    closed(again)
    tomorrow = opened(path, AT + timedelta(days=1))
    assert tomorrow.rebuilt is None
    closed(tomorrow)


def test_a_second_damage_takes_another_name(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    filled(path, 1, 5)
    for _ in range(2):
        overwrite(path)
        closed(opened(path))
    assert len(list(tmp_path.glob("j.sqlite.damaged-*"))) == 2


def test_approved_plans_are_rescued_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "j.sqlite"
    filled(path, 1, 5)
    connection = sqlite3.connect(path)
    rows = [("c", f"digest {n}", "2026-11-23T09:00:00+09:00", "approved", f'{{"round": {n}}}') for n in range(40)]
    connection.executemany("INSERT INTO plan_entries (connection, digest, at, kind, body) VALUES (?, ?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()
    overwrite(path)
    closed(opened(path))
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT connection, digest, at, kind, body FROM plan_entries").fetchall() == rows
    connection.close()


def test_what_is_in_tables_of_others_is_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "j.sqlite"
    filled(path, 1, 5)
    make = "CREATE TABLE IF NOT EXISTS notes (digest TEXT PRIMARY KEY, body TEXT) STRICT"
    connection = sqlite3.connect(path)
    connection.execute(make)
    connection.execute("INSERT INTO notes VALUES ('d1', 'a note')")
    connection.execute("DROP TABLE numbers")
    connection.commit()
    connection.close()
    shipped = rebuilding.migrate

    def with_notes(connection: sqlite3.Connection) -> None:
        shipped(connection)
        connection.execute(make)

    monkeypatch.setattr(rebuilding, "migrate", with_notes)
    closed(opened(path))
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT * FROM notes").fetchall() == [("d1", "a note")]
    connection.close()


def test_facts_of_the_samples_fill_more_than_a_page() -> None:
    """Else the tests above would damage nothing of what they look at."""
    assert max(len(repr(fact)) for _, fact in facts(1, 40)) > 3_000
