"""What a reckoned plan says of itself, and why a row has no leg."""

from __future__ import annotations

from collections.abc import Mapping

from hoga.base.message import Wording
from hoga.trading.terms import Told

REMARKS: Mapping[str, Wording] = {
    "PLAN_BUYS_SCALED": Told(
        "매수에 {needed}원이 필요하지만 {there}원뿐이라 모두 같은 비율로 줄였습니다.",
        "Buys need {needed} and there is {there}: all were scaled down alike.",
    ),
    "PLAN_COVERS_DEBT": Told(
        "D+2 예수금이 {debt}원 부족합니다. 먼저 이것을 채웁니다.", "D+2 cash is short by {debt}; that is covered first."
    ),
    "PLAN_DEPOSIT_FIRST": Told(
        "{deposit}원을 입금한 것으로 계산했습니다.",
        "Reckoned with {deposit} put in.",
        "실행하기 전에 입금하세요.",
        "Put it in before it runs.",
    ),
    "PLAN_NO_CASH_FOR_ONE": Told(
        "{code} 1주({price}원)를 살 현금이 없습니다 ({cash}원).",
        "There is no cash for one share of {code} at {price} ({cash}).",
        "입금하거나 비중을 낮추세요.",
        "Put money in, or lower its weight.",
    ),
    "PLAN_SELLABLE_SHORT": Told(
        "{code}: {wanted}주를 팔아야 하지만 매도가능은 {sellable}주입니다.",
        "{code}: {wanted} {wanted:share|shares} to sell, {sellable} can be sold.",
        "걸려 있는 매도 주문을 확인하세요.",
        "Look for open sell orders.",
    ),
    "PLAN_FEWER_SHARES_THAN_ROUNDS": Told(
        "{code} {shares}주는 {rounds}회보다 적어 {shares}회에 한 주씩 나갑니다.",
        "{code}: {shares} {shares:share is|shares are} fewer than {rounds} rounds; one a round.",
    ),
    "PLAN_CUT_TO_VOLUME": Told(
        "{code}: {wanted}주를 거래량 한도 {cap}주로 줄였습니다.",
        "{code}: {wanted} {wanted:share was|shares were} cut to the volume cap of {cap}.",
        "나머지까지 모두 {days}일이 걸립니다.",
        "All of it would take {days} {days:day|days}.",
    ),
    "PLAN_MARKET_BUYS": Told(
        "시장가 매수는 상한가로 증거금이 잡혀 살 수 있는 수량이 줄어듭니다.",
        "Market buys are held at the upper limit, so less can be bought.",
        "지정가를 쓰면 더 살 수 있습니다.",
        "A limit style buys more.",
    ),
    "PLAN_MARKET_SELLS": Told(
        "시장가 매도는 가격 한도가 없습니다.",
        "Market sells have no price limit.",
        "한도가 필요하면 지정가로 바꾸세요.",
        "Choose a limit style for one.",
    ),
    "PLAN_BUYS_WAIT": Told(
        "매수는 {start}이(가) 아니라 매도가 끝나는 {ends} 이후에 시작합니다.",
        "Buys start after the sells end at {ends}, not at {start}.",
    ),
    "PLAN_COUNTED_NOT_TRADED": Told(
        "{code}의 {value}원은 합계에 넣었지만 거래하지 않습니다.", "{code} counts with {value} but is not traded."
    ),
}

STAYS: Mapping[str, Wording] = {
    "PLAN_STAYS_EXCLUDED": Told("제외한 종목입니다.", "Excluded."),
    "PLAN_STAYS_LOCKED": Told(
        "팔 수 없는 보유(담보, 연금)라 그대로 둡니다.", "Locked: it cannot be sold, so it stays."
    ),
    "PLAN_STAYS_ON_TARGET": Told("이미 목표와 같습니다.", "It is on its target."),
    "PLAN_STAYS_WITHIN_A_SHARE": Told("목표와의 차이가 한 주가 되지 않습니다.", "Less than a share off its target."),
    "PLAN_STAYS_INSIDE_BAND": Told("허용 범위 안입니다.", "Inside its band."),
    "PLAN_STAYS_SIDE_OFF": Told("{side}가 꺼져 있습니다.", "The {side} side is switched off."),
    "PLAN_STAYS_BELOW_MINIMUM": Told(
        "{amount}원은 최소 주문금액 {least}원보다 적습니다.", "{amount} is below the minimum trade of {least}."
    ),
    "PLAN_STAYS_NOT_SELLABLE": Told(
        "보유 {held}주 중 팔 수 있는 주식이 없습니다.",
        "None of the {held} {held:share|shares} can be sold now.",
        "걸려 있는 매도 주문을 확인하세요.",
        "Look for open sell orders.",
    ),
    "PLAN_STAYS_NO_CASH": Told(
        "1주({price}원)를 살 현금이 없습니다 ({cash}원).", "There is no cash for one share at {price} ({cash})."
    ),
    "PLAN_STAYS_OVER_VOLUME": Told(
        "평균 거래량 {volume}주의 한도로는 한 주도 낼 수 없습니다.",
        "The cap on its average volume of {volume} leaves no share.",
    ),
}
