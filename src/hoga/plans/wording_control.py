"""Why a plan cannot be approved, controlled or scheduled as it was asked."""

from __future__ import annotations

from collections.abc import Mapping

from hoga.base.message import Wording
from hoga.trading.terms import Told

_AGAIN = ("새 미리보기를 확인하고 승인하세요.", "Read the new preview and approve that.")

APPROVING: Mapping[str, Wording] = {
    "PLAN_CHANGED": Told(
        "계획이 지문과 다릅니다. 미리보기 뒤에 바뀐 것이 있습니다.",
        "The plan is not what its digest says: something was changed after the preview.",
        "다시 미리보기하세요.",
        "Preview it again.",
    ),
    "PLAN_HAS_ERRORS": Told(
        "고쳐야 할 것이 남아 있습니다.", "There are errors left.", "오류를 고치고 다시 계획하세요.", "Mend them first."
    ),
    "PLAN_OTHER_ACCOUNT": Told(
        "다른 계좌의 계획입니다 ({connection}).",
        "This plan is of another account ({connection}).",
        "그 계좌에서 승인하세요.",
        "Approve it there.",
    ),
    "PLAN_APPROVED_BEFORE": Told(
        "이미 승인한 계획입니다.", "This plan was approved before.", "다시 하려면 새로 계획하세요.", "Plan anew."
    ),
    "PLAN_INSTRUMENT_BUSY": Told(
        "{code}은(는) 실행 중인 다른 계획에 있습니다.",
        "{code} is in another plan that runs.",
        "그 계획을 끝내거나 이 종목을 제외하세요.",
        "End that plan, or exclude the instrument.",
    ),
    "PLAN_ACCOUNT_UNREAD": Told(
        "잔고를 알 수 없습니다: {why}",
        "The account is not known: {why}",
        "확인한 뒤 다시 하세요.",
        "Try again once it is.",
    ),
    "PLAN_WORLD_MOVED": Told("미리보기 뒤에 상황이 달라졌습니다.", "Things have moved since the preview.", *_AGAIN),
    "PLAN_MOVED_DAY": Told("거래일이 {day}(으)로 바뀌었습니다.", "The trading day is {day} now.", *_AGAIN),
    "PLAN_MOVED_LATE": Told(
        "첫 회차 {start}이(가) 이미 지났습니다 (지금 {now}).", "The first round, {start}, is past (now {now}).", *_AGAIN
    ),
    "PLAN_MOVED_CASH": Told(
        "주문가능 현금이 {before}원에서 {after}원으로 줄었습니다.", "Cash fell from {before} to {after}.", *_AGAIN
    ),
    "PLAN_MOVED_HOLDING": Told(
        "{code} 보유가 {before}주에서 {after}주로 바뀌었거나 팔 수 있는 수량이 줄었습니다.",
        "{code}: {before} {before:share|shares} held before, {after} now, or fewer can be sold.",
        *_AGAIN,
    ),
    "PLAN_MOVED_PRICE": Told(
        "{code} 현재가가 {before}원에서 {after}원으로 움직였습니다.",
        "{code} moved from {before} to {after}.",
        *_AGAIN,
    ),
    "PLAN_MOVED_HALTED": Told(
        "{code}이(가) 거래정지되었거나 상장폐지 절차에 들어갔습니다.",
        "{code} was halted or is being delisted.",
        "제외하고 다시 계획하세요.",
        "Exclude it and plan again.",
    ),
}

CONTROL: Mapping[str, Wording] = {
    "PLAN_NOT_RUNNING": Told("실행 중인 계획이 아닙니다.", "This plan does not run."),
    "PLAN_STOP_IS_PRESSED": Told(
        "전체 정지가 눌려 있습니다.", "The stop button is pressed.", "먼저 전체 정지를 푸세요.", "Release it first."
    ),
    "PLAN_NO_SUCH_ROUND": Told("{round}회차는 없습니다.", "There is no round {round}."),
    "PLAN_LAST_ROUND": Told(
        "마지막 회차는 건너뛸 수 없습니다.",
        "The last round cannot be skipped.",
        "정지하세요.",
        "Stop the plan instead.",
    ),
    "PLAN_ROUND_OVER": Told("{round}회차는 이미 지났습니다.", "Round {round} is over."),
    "PLAN_MOVE_PAST": Told(
        "{round}회차를 지난 시각 {start}(으)로 옮길 수 없습니다.",
        "Round {round} cannot be moved to {start}, which is past.",
        "앞으로의 시각을 고르세요.",
        "Choose a later time.",
    ),
    "PLAN_MOVE_SESSION": Told(
        "{round}회차({start})가 장 시간에 들어가지 않습니다.",
        "Round {round} at {start} does not fit the session.",
        "더 이른 시각을 고르세요.",
        "Choose an earlier time.",
    ),
    "PLAN_MOVE_ORDER": Told(
        "{round}회차가 앞 회차보다 빠릅니다.",
        "Round {round} would come before the one ahead of it.",
        "회차의 순서를 지키세요.",
        "Keep the rounds in order.",
    ),
    "PLAN_MOVE_TIGHT": Told(
        "{round}회차에는 주문 간격만으로 {needed}초가 필요합니다.",
        "Round {round} alone needs {needed} s for its orders.",
        "회차 간격을 늘리세요.",
        "Space the rounds wider.",
    ),
    "PLAN_MOVE_ROUNDS": Told(
        "회차는 {most}까지입니다 ({rounds}회차).",
        "There can be {most} rounds at most, not {rounds}.",
        "남은 회차를 줄이세요.",
        "Ask for fewer.",
    ),
    "PLAN_MOVE_STYLE": Told(
        "시장가에는 승인한 한도가가 없어 바꿀 수 없습니다.",
        "Market orders have no worst price, so the approved ceilings would not hold.",
        "지정가를 고르거나 새로 계획하세요.",
        "Choose a limit style, or plan anew.",
    ),
    "PLAN_MOVE_TICKS": Told(
        "호가 차이 {ticks}틱은 범위를 벗어났습니다 (±{most}).",
        "{ticks} ticks are out of range (±{most}).",
        "값을 고치세요.",
        "Correct the number.",
    ),
    "PLAN_NO_SUCH_LEG": Told("그 종목은 이 계획에 없습니다.", "That instrument is not in this plan."),
    "PLAN_LEG_IS_MANUAL": Told("이미 직접 주문하는 종목입니다.", "It was taken over before."),
    "PLAN_QUESTION_GONE": Told("그 질문은 더 이상 없습니다.", "That question is settled."),
    "PLAN_NO_SUCH_CHOICE": Told("고를 수 없는 답입니다.", "That is no answer to this question."),
    "PLAN_NO_SUCH_SCHEDULE": Told("그 예약은 없습니다.", "There is no such schedule."),
    "PLAN_SCHEDULE_NOT_DUE": Told("지금 실행할 예약이 아닙니다.", "This schedule is not due."),
}
