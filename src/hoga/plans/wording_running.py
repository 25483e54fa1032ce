"""What a plan that runs has to say: what holds it, what it asks, what went otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from hoga.base.message import Wording
from hoga.trading.terms import Told

HOLDS: Mapping[str, Wording] = {
    "PLAN_HELD_CONNECTION": Told(
        "{stream} 연결이 끊겨 있어 기다립니다.",
        "Waiting: the connection for {stream} is down.",
        "다시 연결되면 이어서 실행합니다.",
        "It goes on when it is back.",
    ),
    "PLAN_HELD_RECONCILE": Told(
        "증권사 주문 내역과 맞춰 보는 중이라 기다립니다.",
        "Waiting until our orders have been compared with the broker's.",
    ),
    "PLAN_HELD_JOURNAL": Told(
        "주문 일지를 쓸 수 없어 기다립니다.",
        "Waiting: the order journal cannot be written.",
        "디스크 공간을 확인하세요.",
        "Look at the disk.",
    ),
    "PLAN_HELD_SESSION": Told(
        "지금은 접속매매 시간이 아니라 기다립니다.", "Waiting: there is no continuous trading now."
    ),
    "PLAN_HELD_AUCTION": Told(
        "단일가 매매({phase}) 중이라 {until}까지 기다립니다.",
        "Waiting for the end of the {phase} at {until}.",
        "걸려 있는 주문은 그대로 참여합니다.",
        "Orders that work take part in it.",
    ),
    "PLAN_PAUSED": Told("일시정지했습니다.", "Paused.", "이어서 하려면 [계속]을 누르세요.", "Press Resume to go on."),
    "PLAN_PAUSED_BY_STOP": Told(
        "전체 정지로 멈췄습니다.",
        "Paused by the stop button.",
        "전체 정지를 푼 뒤 [계속]을 누르세요.",
        "Release it, then press Resume.",
    ),
    "PLAN_NOT_GENUINE": Told(
        "저장된 계획이 승인한 것과 다릅니다. 실행하지 않습니다.",
        "The plan on file is not the one that was approved. It does not run.",
        "정지한 뒤 새로 계획하세요.",
        "Stop it and plan anew.",
    ),
    "PLAN_BROKE_OFF": Told(
        "내부 오류로 멈췄습니다 ({error}). 새 주문은 나가지 않습니다.",
        "Stopped by an error of hoga's own ({error}). Nothing more is sent.",
        "로그를 확인하고 프로그램을 다시 시작하세요.",
        "Look at the log and start hoga again.",
    ),
}

ASKS: Mapping[str, Wording] = {
    "PLAN_ASKS_SELLS_LATE": Told(
        "마지막 매도 회차에서 {minutes}분이 지났지만 {shares}주가 아직 체결되지 않았습니다.",
        "{minutes} minutes after the last sell round {shares} {shares:share still works|shares still work}.",
        "확보된 현금으로 매수를 시작할지, 더 기다릴지, 멈출지 고르세요.",
        "Buy with the cash freed so far, wait, or stop.",
    ),
    "PLAN_ASKS_TOO_LATE": Told(
        "{since} 회차부터 {minutes}분 동안 실행하지 못했습니다.",
        "Nothing ran for {minutes} minutes, since the round of {since}.",
        "밀린 회차를 합쳐 이어서 할지, 멈출지 고르세요.",
        "Go on with the late rounds merged, or stop.",
    ),
    "PLAN_ASKS_REBUILT": Told(
        "주문 일지를 백업에서 되살렸습니다. 오늘 주문 {orders}건이 이 계획의 것일 수 있습니다.",
        "The journal was rebuilt from a backup. {orders} {orders:order|orders} of today may be this plan's.",
        "이 계획의 주문인지 확인해 고르세요.",
        "Say whether they are this plan's.",
    ),
}

CHILDREN: Mapping[str, Wording] = {
    "PLAN_CHILD_REFUSED": Told(
        "{shares}주 주문이 거부되었습니다: {said}", "{shares} {shares:share was|shares were} refused: {said}"
    ),
    "PLAN_CHILD_DENIED": Told("주문을 내지 않았습니다: {why}", "Not sent: {why}"),
    "PLAN_CHILD_ASKS": Told(
        "확인이 필요해 자동으로 내지 않았습니다: {why}", "Not sent by itself, as it would have to be asked about: {why}"
    ),
    "PLAN_CHILD_ABSENT": Told(
        "{shares}주 주문은 증권사에 도착하지 않은 것으로 확인되었습니다.",
        "{shares} {shares:share|shares} never reached the broker, as its list shows.",
    ),
    "PLAN_CHILD_CANCELLED": Told("{shares}주가 취소되었습니다.", "{shares} {shares:share was|shares were} cancelled."),
    "PLAN_CHILD_LAPSED": Told(
        "{shares}주가 장 마감으로 소멸했습니다.", "{shares} {shares:share|shares} lapsed at the close."
    ),
    "PLAN_CHILD_WITHDRAWN": Told(
        "{shares}주 주문을 내기 전에 거두었습니다.", "{shares} {shares:share was|shares were} withdrawn unsent."
    ),
    "PLAN_BEYOND_COLLAR": Told(
        "시장 가격이 한도가 {worst}원을 벗어났습니다.",
        "The market is beyond the worst allowed price of {worst}.",
        "더 나쁜 가격을 허용하려면 새로 계획하세요.",
        "A worse price takes a new plan.",
    ),
}

LEGS: Mapping[str, Wording] = {
    "PLAN_LEG_IN_DOUBT": Told(
        "{shares}주 주문의 결과를 증권사에 확인하는 중입니다.",
        "The broker is being asked about {shares} {shares:share|shares}.",
    ),
    "PLAN_LEG_TRIED": Told(
        "이 회차에서 {tries}번 시도했습니다.", "Tried {tries} {tries:time|times} in this round.",
        "다음 회차에서 보충합니다.", "The next round makes it up.",
    ),
    "PLAN_LEG_RETRY": Told("잠시 뒤 다시 시도합니다.", "Tried again in a moment."),
    "PLAN_LEG_HALTED": Told("{code}은(는) 거래정지 중이라 기다립니다.", "Waiting: {code} is halted."),
    "PLAN_LEG_INTERRUPTED": Told(
        "{code}에 VI가 발동되어 기다립니다.", "Waiting: {code} is in a volatility interruption."
    ),
    "PLAN_LEG_NO_PRICE": Told("시세를 읽지 못했습니다: {why}", "Its price could not be read: {why}"),
    "PLAN_LEG_HOLDING_UNKNOWN": Told("보유 수량을 모릅니다.", "The holding is not known."),
    "PLAN_LEG_SELLABLE": Told(
        "매도가능 수량이 {sellable}주뿐입니다.", "Only {sellable} {sellable:share|shares} can be sold.",
        "걸려 있는 매도 주문을 확인하세요.", "Look for open sell orders.",
    ),
    "PLAN_LEG_CEILING": Told("승인한 한도에 닿았습니다.", "The approved ceiling is reached."),
    "PLAN_CASH_SHORT": Told(
        "주문가능 현금이 {cash}원뿐이라 모든 매수를 같은 비율로 줄였습니다.",
        "There is {cash} to buy with: all buys were cut alike.",
    ),
    "PLAN_LEG_BEHIND": Told("일정보다 늦습니다.", "Behind its schedule."),
    "PLAN_LEG_MANUAL": Told("직접 주문하기로 했습니다.", "Taken over by hand."),
    "PLAN_LEG_UNFILLED": Told("체결되지 않았습니다.", "It was not filled."),
    "PLAN_LEFT_OVER": Told("{shares}주가 남았습니다: {why}", "{shares} {shares:share|shares} left over: {why}"),
    "PLAN_ROUNDS_MERGED": Told(
        "늦은 {rounds}개 회차를 합쳤습니다.", "{rounds} late {rounds:round was|rounds were} merged into it."
    ),
    "PLAN_SESSION_ENDED": Told("접속매매 시간이 끝났습니다.", "Continuous trading ended."),
    "PLAN_STOPPED_BY_PERSON": Told("직접 정지했습니다.", "Stopped by the person."),
}  # fmt: skip
