"""What plans have to say, in Korean and English: what is the matter, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from hoga.base.message import Wording
from hoga.plans.wording_control import APPROVING, CONTROL
from hoga.plans.wording_remarks import REMARKS, STAYS
from hoga.plans.wording_running import ASKS, CHILDREN, HOLDS, LEGS
from hoga.trading.terms import Told

_EXCLUDE = ("이 종목을 제외하세요.", "Exclude it.")

_UNUSABLE: Mapping[str, Wording] = {
    "PLAN_NO_TARGETS": Told("목표 종목이 없습니다.", "There is no managed instrument.", "종목을 넣으세요.", "Add one."),
    "PLAN_ROW_TWICE": Told(
        "{code}이(가) 목표에 두 번 있습니다.",
        "{code} stands in the targets twice.",
        "한 줄을 지우세요.",
        "Delete one of the rows.",
    ),
    "PLAN_ASSET_TWICE": Told(
        "{code}의 시세와 보유가 두 번 있습니다.",
        "{code} is given twice among the instruments.",
        "계획을 새로 만드세요.",
        "Make the plan anew.",
    ),
    "PLAN_HOLDING_WITHOUT_TARGET": Told(
        "{name}({code}) {held}주를 보유하고 있지만 목표에 없습니다.",
        "{held} {held:share|shares} of {name} ({code}) without a target.",
        "비중을 주거나(0 %는 매도) 제외하세요.",
        "Give it a weight (0 % sells it) or exclude it.",
    ),
    "PLAN_WEIGHT_MISSING": Told(
        "{code}의 비중이 없습니다.",
        "{code} has no weight.",
        "비중을 넣거나 제외하세요.",
        "Give it a weight or exclude it.",
    ),
    "PLAN_WEIGHT_NEGATIVE": Told(
        "{code}의 비중이 0보다 작습니다 ({weight} %).",
        "The weight of {code} is below 0 ({weight} %).",
        "0 % 이상으로 고치세요.",
        "Make it 0 % or more.",
    ),
    "PLAN_WEIGHTS_OVER": Told(
        "비중의 합이 100 %를 넘습니다: {total} %, {over} % 초과.",
        "The weights sum to {total} %, {over} % too much.",
        "비중을 줄이거나 100 %로 맞추세요.",
        "Lower some, or rescale to 100 %.",
    ),
    "PLAN_UNKNOWN_CODE": Told(
        "{code} 종목을 찾을 수 없습니다.",
        "No instrument has the code {code}.",
        "종목코드를 확인하세요. 상장폐지된 종목이면 제외하세요.",
        "Check the code; exclude it if it was delisted.",
    ),
    "PLAN_NO_PRICE": Told(
        "{name}({code})의 현재가를 모릅니다.",
        "{name} ({code}) has no price.",
        "시세를 받은 뒤 다시 만들거나 제외하세요.",
        "Wait for its price, or exclude it.",
    ),
    "PLAN_HALTED": Told(
        "{name}({code})은(는) 거래정지 중입니다 (보유 {held}주).",
        "{name} ({code}) is halted ({held} {held:share|shares} held).",
        *_EXCLUDE,
    ),
    "PLAN_LIQUIDATION": Told(
        "{name}({code})은(는) 정리매매 중입니다 (보유 {held}주).",
        "{name} ({code}) is being delisted ({held} {held:share|shares} held).",
        "제외하고 직접 주문하세요.",
        "Exclude it and trade it by hand.",
    ),
    "PLAN_PRODUCT": Told(
        "{code}은(는) 계획으로 거래할 수 없는 상품입니다 ({product}).",
        "{code} is a product that plans do not trade ({product}).",
        *_EXCLUDE,
    ),
    "PLAN_NUMBER": Told(
        "{field} 값이 범위를 벗어났습니다: {number} ({least}부터 {most}까지).",
        "{field} is out of range: {number} ({least} to {most}).",
        "값을 고치세요.",
        "Correct the number.",
    ),
    "PLAN_NO_ZONE": Told(
        "{field} 시각에 시간대가 없습니다.",
        "The time {field} has no zone.",
        "시간대를 함께 적으세요 (+09:00).",
        "Write it with a zone (+09:00).",
    ),
    "PLAN_RULE_UNKNOWN": Told(
        "필요한 거래 규칙이 없습니다: {why}",
        "A market rule is not on file: {why}",
        "그 종목을 제외하거나 hoga를 새로 받으세요.",
        "Exclude the instrument, or update hoga.",
    ),
    "PLAN_LINE_UNREADABLE": Told(
        "{line}번째 줄을 읽을 수 없습니다: {text}",
        "Line {line} cannot be read: {text}",
        "종목코드 여섯 자리와 비중(%)을 적으세요.",
        "Write a code of six characters and a weight in percent.",
    ),
    "PLAN_FILE_UNREADABLE": Told(
        "계획 파일을 읽을 수 없습니다: {why}",
        "The file of the plan cannot be read: {why}",
        "미리보기에서 다시 저장하세요.",
        "Save it from the preview again.",
    ),
    "PLAN_FILE_VERSION": Told(
        "계획 파일의 형식 {version}은(는) 이 hoga가 모릅니다 (아는 형식 {known}).",
        "The file has version {version}; this hoga reads {known}.",
        "같은 판의 hoga로 여세요.",
        "Open it with the hoga that saved it.",
    ),
}

_UNFIT: Mapping[str, Wording] = {
    "PLAN_NOT_CONNECTED": Told(
        "계좌가 연결되어 있지 않습니다 ({connection}).",
        "The account is not connected ({connection}).",
        "연결한 뒤 다시 만드세요.",
        "Connect it, then plan again.",
    ),
    "PLAN_NO_SESSION": Told(
        "{day}은(는) 거래일이 아닙니다.", "There is no trading on {day}.", "거래일을 고르세요.", "Choose a trading day."
    ),
    "PLAN_BOTH_SIDES_OFF": Told(
        "매도와 매수가 모두 꺼져 있습니다.",
        "Selling and buying are both switched off.",
        "하나를 켜세요.",
        "Switch one on.",
    ),
    "PLAN_START_PAST": Told(
        "{side} 시작 시각 {start}이(가) 이미 지났습니다 (지금 {now}).",
        "The {side} start {start} is past (now {now}).",
        "시작을 뒤로 옮기세요.",
        "Choose a later start.",
    ),
    "PLAN_STYLE_NOT_TAKEN": Told(
        "{venue}에는 이 방식의 {side} 주문을 낼 수 없습니다.",
        "{venue} does not take {side} orders of this style.",
        "다른 방식을 고르세요.",
        "Choose another style.",
    ),
    "PLAN_NOTHING_TO_DO": Told(
        "주문할 것이 없습니다.", "There is nothing to order.", "그대로인 이유를 확인하세요.", "See under Unchanged why."
    ),
    "PLAN_SELLS_OUT": Told(
        "{name}({code}) {held}주를 모두 팔게 됩니다.",
        "All of {name} ({code}) would be sold: {held} {held:share|shares}.",
        "전량 매도를 허용하거나 비중을 올리세요.",
        "Allow selling out, or raise its weight.",
    ),
    "PLAN_VOLUME_UNKNOWN": Told(
        "{code}의 평균 거래량을 모릅니다.",
        "The average daily volume of {code} is not known.",
        "일봉을 읽은 뒤 다시 만들거나 거래량 한도를 끄세요.",
        "Read its daily candles, or switch the volume cap off.",
    ),
    "PLAN_OVER_VOLUME": Told(
        "{code} {shares}주는 평균 거래량의 {part} %로 한도 {cap}주를 넘습니다.",
        "{shares} shares of {code} are {part} % of its average volume, over the cap of {cap}.",
        "한도 안이라면 {days}일에 나누어야 합니다.",
        "Within the cap it takes {days} {days:day|days}.",
    ),
    "PLAN_NO_UPPER_LIMIT": Told(
        "{code}의 상한가를 몰라 시장가 매수의 한도를 정할 수 없습니다.",
        "The upper limit of {code} is not known, so a market buy has no ceiling.",
        "지정가로 바꾸세요.",
        "Choose a limit style.",
    ),
    "PLAN_SPACING_SHORT": Told(
        "{side} 회차 간격 {spacing}초는 한 회차에 필요한 {needed}초보다 짧습니다.",
        "The {side} rounds are {spacing} s apart but need {needed} s each.",
        "간격을 늘리거나 주문 간격을 줄이세요.",
        "Space them wider, or put orders closer together.",
    ),
    "PLAN_ROUNDS_DO_NOT_FIT": Told(
        "{side} {rounds}회 중 {late}회가 장 시간에 들어가지 않습니다: "
        "{needed}분이 필요하고 {left}분이 남았습니다 (마감 {closes}).",
        "{late} of {rounds} {side} rounds do not fit the session: "
        "{needed} minutes needed, {left} left (closes {closes}).",
        "회차나 간격을 줄이거나 시작을 옮기세요.",
        "Fewer or closer rounds, or another start.",
    ),
}

WORDING: Mapping[str, Wording] = MappingProxyType(
    {**_UNUSABLE, **_UNFIT, **REMARKS, **STAYS, **APPROVING, **CONTROL, **HOLDS, **ASKS, **CHILDREN, **LEGS}
)
