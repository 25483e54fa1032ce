"""Targets from a spreadsheet and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoga.plans.inputs import WHOLE, Role, Target
from hoga.plans.targets_text import read_targets, write_targets

ROWS = (
    Target(code="005930", weight=300_000),
    Target(code="0070K0", weight=333_333),
    Target(code="000660", weight=None, role=Role.EXCLUDED),
)


@pytest.mark.parametrize(
    "text",
    [
        "005930,30\n0070K0,33.3333\n000660,,excluded\n",
        "005930\t30%\r\n0070k0\t33.3333 %\r\n000660\t\t제외\r\n",
        "\ufeff종목코드;이름;목표비중(%);구분\n'005930;삼성전자;30.0;\nA0070K0;x;33.3333;관리\n660;y;;제외\n\n",
        'Name,Weight,Ticker,Role\n"Samsung, common",30,5930,\nx,33.3333,0070K0,managed\ny,,660,EXCLUDED\n',
    ],
)
def test_dialects_of_a_table(text: str) -> None:
    assert read_targets(text) == type(read_targets(""))(ROWS, ())


@given(
    st.lists(
        st.builds(
            Target,
            code=st.from_regex(r"[0-9]{5}[0-9K]", fullmatch=True),
            weight=st.none() | st.integers(-WHOLE, WHOLE),
            role=st.sampled_from(Role),
        )
    )
)
def test_what_is_written_is_read_back(rows: list[Target]) -> None:
    read = read_targets(write_targets(tuple(rows)))
    assert read.targets == tuple(rows)
    assert read.issues == ()


@pytest.mark.parametrize(
    "line",
    [
        "00593,x",
        "삼성전자,30",
        "005930,30.00001",
        "005930,1e999",
        "005930,1e999999",
        "005930,NaN",
        "005930,30,friend",
        "1234567,1",
        ",30",
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(line: str) -> None:
    read = read_targets(f"code,weight,role\n005930,10\n{line}\n000660,10")
    assert [row.code for row in read.targets] == ["005930", "000660"]
    (issue,) = read.issues
    assert issue.message.values == {"line": 3, "text": line}


@given(st.text())
def test_any_text_is_read_or_told(text: str) -> None:
    read_targets(text)


def test_old_line_ends_are_line_ends() -> None:
    assert [row.code for row in read_targets("005930,10\r000660,20\r").targets] == ["005930", "000660"]


def test_a_cell_of_a_size_no_table_has_is_told() -> None:
    (issue,) = read_targets("005930," + "1" * 200_000).issues
    assert issue.message.code == "PLAN_LINE_UNREADABLE"
