"""The person's limits in words: what is refused or asked, with its numbers, and where the limit is set."""

from __future__ import annotations

from collections.abc import Mapping

from hoga.base.message import Message, Wording
from hoga.domain.risk_limits import LimitChange, OwnCross
from hoga.trading.terms import Told

_SET_KO = "한도는 설정(Ctrl+,)의 '주문 한도'에서 바꿀 수 있습니다."
_SET_EN = "The limit is set in Settings (Ctrl+,), Order limits."
_ASK_KO = f"맞는지 확인하고 보낼지 정하세요. {_SET_KO}"
_ASK_EN = f"Check it, then decide. {_SET_EN}"

_SIZE: Mapping[str, Wording] = {
    "ORDER_LARGE": Told(
        "주문금액 {amount}원이 확인 기준 {most}원을 넘습니다.",
        "The order comes to {amount} won, more than the {most} to be asked about.",
        _ASK_KO,
        _ASK_EN,
    ),
    "ORDER_TOO_LARGE": Told(
        "주문금액 {amount}원이 1회 주문 한도 {most}원을 넘습니다.",
        "The order comes to {amount} won, more than the {most} of one order.",
        f"수량을 줄이거나 나누어 내세요. {_SET_KO}",
        f"Order fewer, or in parts. {_SET_EN}",
    ),
    "POSITION_LARGE": Told(
        "이 종목이 {after}원, 계좌의 {share}%가 됩니다 (확인 기준 {most}%).",
        "This instrument would come to {after} won, {share} % of the account (asked about above {most} %).",
        _ASK_KO,
        _ASK_EN,
    ),
    "POSITION_TOO_LARGE": Told(
        "이 종목이 미체결 매수를 포함해 {after}원이 되어 종목당 한도 {most}원을 넘습니다.",
        "With open buys this instrument would come to {after} won, more than the {most} of one instrument.",
        f"수량을 줄이거나 미체결 매수를 취소하세요. {_SET_KO}",
        f"Order fewer, or cancel an open buy. {_SET_EN}",
    ),
    "POSITION_UNKNOWN": Told(
        "계좌 평가금액을 몰라 종목 비중을 확인할 수 없습니다.",
        "What the account is worth is unknown, so the share of one instrument cannot be judged.",
        "잔고를 확인하고 보낼지 정하세요.",
        "Look at your holdings, then decide.",
    ),
    "VOLUME_LARGE": Told(
        "수량이 최근 {sessions}거래일 평균 거래량({average}주)의 {share}%입니다 (확인 기준 {most}%).",
        "The order is {share} % of the average volume of {sessions} sessions, {average} (asked about above {most} %).",
        f"가격이 밀릴 수 있으니 나누어 내는 것을 생각해 보세요. {_SET_KO}",
        f"It may move the price; think of ordering in parts. {_SET_EN}",
    ),
    "VOLUME_UNKNOWN": Told(
        "평균 거래량을 아직 몰라 거래량 대비 크기는 확인하지 못했습니다.",
        "The average volume is not known yet, so the order's share of it was not judged.",
    ),
    "SIZE_NOT_JUDGED": Told(
        "가격을 몰라 금액 한도는 확인하지 못했습니다.",
        "No price is known, so the limits in won were not judged.",
    ),
    "ACCOUNT_NOT_JUDGED": Told(
        "잔고를 아직 읽지 못해 종목 비중과 하루 손실 한도는 확인하지 못했습니다.",
        "The balance was not read yet, so the limits of position and daily loss were not judged.",
    ),
    "LIMITS_IN_WON": Told(
        "한도는 원화 기준이라 {currency} 주문의 금액은 확인하지 않습니다.",
        "The limits are in won; the size of an order in {currency} is not judged.",
    ),
}

_LOSS_AND_RATE: Mapping[str, Wording] = {
    "DAY_LOSS_REACHED": Told(
        "오늘 손실 {lost}원이 하루 손실 한도 {most}원에 이르러 보유를 줄이는 주문만 받습니다.",
        "Today's loss of {lost} won has reached the limit of {most}: only orders that reduce a position pass.",
        f"매도와 취소는 됩니다. {_SET_KO}",
        f"Sells and cancels still go. {_SET_EN}",
    ),
    "DAY_LOSS_NEAR": Told(
        "오늘 손실 {lost}원이 하루 손실 한도 {most}원의 {percent}%입니다.",
        "Today's loss of {lost} won is {percent} % of the day's limit of {most}.",
        _ASK_KO,
        _ASK_EN,
    ),
    "DAY_RESULT_UNKNOWN": Told(
        "오늘 손익을 몰라 하루 손실 한도를 확인할 수 없습니다: {why}",
        "Today's result is unknown, so the day's loss limit cannot be judged: {why}",
        "잠시 뒤에 내거나, 그래도 보낼지 정하세요.",
        "Wait a moment, or send it all the same.",
    ),
    "DAY_RESULT_LACKS": Told("{code}의 기준가나 현재가를 모릅니다.", "The base or last price of {code} is not known."),
    "NO_HISTORY": Told("지난 거래일의 시세가 없습니다.", "There are no candles of earlier sessions."),
    "ORDERS_FAST": Told(
        "최근 1분 동안 {count}번째 주문·정정입니다 (확인 기준 {most}건).",
        "This is order or reprice number {count} within a minute (asked about above {most}).",
        _ASK_KO,
        _ASK_EN,
    ),
    "ORDERS_TOO_FAST": Told(
        "최근 1분 동안 {count}번째 주문·정정으로 한도 {most}건을 넘습니다.",
        "This would be order or reprice number {count} within a minute; the limit is {most}.",
        f"잠시 기다리세요. 취소와 매도는 됩니다. {_SET_KO}",
        f"Wait a moment; cancels and sells still go. {_SET_EN}",
    ),
}

_COUNTS: Mapping[str, Wording] = {
    "ORDERS_OPEN_MANY": Told(
        "이 계좌의 {count}번째 미체결 주문입니다 (확인 기준 {most}건).",
        "This would be open order number {count} of the account (asked about above {most}).",
        _ASK_KO,
        _ASK_EN,
    ),
    "ORDERS_OPEN_TOO_MANY": Told(
        "이 계좌의 {count}번째 미체결 주문으로 한도 {most}건을 넘습니다.",
        "This would be open order number {count} of the account; the limit is {most}.",
        f"미체결 주문을 먼저 취소하세요. {_SET_KO}",
        f"Cancel open orders first. {_SET_EN}",
    ),
    "CANCELS_MANY": Told(
        "최근 1분 동안 취소가 {count}건입니다 (알림 기준 {most}건). 취소는 그대로 나갑니다.",
        "{count} cancels within a minute (told above {most}). They leave all the same.",
        f"취소와 주문을 되풀이하고 있지 않은지 보세요. {_SET_KO}",
        f"See whether something orders and cancels over and over. {_SET_EN}",
    ),
}

_LISTS: Mapping[str, Wording] = {
    "INSTRUMENT_BLOCKED": Told(
        "{code}은(는) 매수하지 않기로 정한 종목입니다 (기한: {until}). {reason}",
        "{code} is on your list of instruments not to buy (until: {until}). {reason}",
        "매도와 취소는 됩니다. 목록은 설정(Ctrl+,)의 '주문 한도'에서 바꿀 수 있습니다.",
        "Sells and cancels still go. The list is in Settings (Ctrl+,), Order limits.",
    ),
    "INSTRUMENT_NOT_ALLOWED": Told(
        "{code}은(는) 매수 허용 목록({count}종목)에 없습니다.",
        "{code} is not among the {count} {count:instrument|instruments} that you allow to be bought.",
        "매도와 취소는 됩니다. 목록은 설정(Ctrl+,)의 '주문 한도'에서 바꿀 수 있습니다.",
        "Sells and cancels still go. The list is in Settings (Ctrl+,), Order limits.",
    ),
    "INSTRUMENT_ALLOWED_UNTIL": Told(
        "{code}의 매수 허용은 {until}에 끝났습니다.",
        "{code} was allowed to be bought until {until}.",
        "매도와 취소는 됩니다. 목록은 설정(Ctrl+,)의 '주문 한도'에서 바꿀 수 있습니다.",
        "Sells and cancels still go. The list is in Settings (Ctrl+,), Order limits.",
    ),
}

_PRICE: Mapping[str, Wording] = {
    "FAR_FROM_MARKET": Told(
        "가격 {price}원이 시장가격 {reference}원보다 {percent}% {way} (확인 기준 {most}%).",
        "The price {price} is {percent} % {way} the market at {reference} (asked about beyond {most} %).",
        _ASK_KO,
        _ASK_EN,
    ),
    "TOO_FAR_FROM_MARKET": Told(
        "가격 {price}원이 시장가격 {reference}원보다 {percent}% {way} (한도 {most}%).",
        "The price {price} is {percent} % {way} the market at {reference}; the limit is {most} %.",
        f"가격을 고치세요. {_SET_KO}",
        f"Correct the price. {_SET_EN}",
    ),
    "CROSSES_DEEP": Told(
        "지금 호가로는 {best}원부터 {worst}원까지, {percent}% 밀리며 체결됩니다 (확인 기준 {most}%).",
        "By the book it would trade from {best} to {worst}, {percent} % deep (asked about beyond {most} %).",
        f"가격을 낮춰 잡거나 나누어 내세요. {_SET_KO}",
        f"Set a closer limit, or order in parts. {_SET_EN}",
    ),
    "BEYOND_THE_LEVELS": Told(
        "{rest}주는 보이는 호가 잔량을 넘어 얼마에 체결될지 알 수 없습니다.",
        "{rest} {rest:share is|shares are} more than the levels shown hold: nobody can say at which price they trade.",
        "지정가로 내거나 나누어 내세요.",
        "Use a limit order, or order in parts.",
    ),
    "CROSSES_OWN": Told(
        "내 {side} 주문({price}, {quantity}주)과 서로 체결될 수 있습니다.",
        "It could trade with your own working {side} order ({price}, {quantity} {quantity:share|shares}).",
        f"그 주문을 먼저 취소하거나 가격을 바꾸세요. {_SET_KO}",
        f"Cancel that order first, or change the price. {_SET_EN}",
    ),
    "CROSSES_OWN_ASKED": Told(
        "내 {side} 주문({price}, {quantity}주)과 서로 체결될 수 있습니다.",
        "It could trade with your own working {side} order ({price}, {quantity} {quantity:share|shares}).",
        _ASK_KO,
        _ASK_EN,
    ),
}

_SLIPS: Mapping[str, Wording] = {
    "SLIP_SWAPPED": Told(
        "가격과 수량을 바꿔 넣은 것 같습니다: 가격 {price}원, 수량 {quantity}주인데 현재가가 {last}원입니다.",
        "Price and quantity look swapped: {quantity} {quantity:share|shares} at {price}, "
        "while the last price is {last}.",
        "두 칸을 확인하세요.",
        "Check both fields.",
    ),
    "SLIP_SAME_NUMBER": Told(
        "가격과 수량에 같은 수 {number}을(를) 넣었습니다.",
        "Price and quantity hold the same number, {number}.",
        "두 칸을 확인하세요.",
        "Check both fields.",
    ),
    "SLIP_QUANTITY_IS_PRICE": Told(
        "수량 {quantity}주가 현재가 {last}원과 비슷합니다. 가격을 수량 칸에 넣지 않았나요?",
        "The quantity {quantity} looks like a price (last {last}).",
        "수량을 확인하세요.",
        "Check the quantity.",
    ),
    "SLIP_PRICE_DIGIT": Told(
        "{price}원은 0이 하나 더 많거나 적은 것 같습니다. {meant}원인가요? (현재가 {last}원)",
        "{price} seems to have a zero too many or too few: was it {meant}? (last {last})",
        "가격을 확인하세요.",
        "Check the price.",
    ),
    "SLIP_EXTRA_ZERO": Told(
        "수량 {quantity}주는 이 종목에서 평소 내던 {usual}주에 0이 더 붙은 수입니다.",
        "{quantity} shares are your usual {usual} in this instrument with a zero more.",
        "수량을 확인하세요.",
        "Check the quantity.",
    ),
    "SLIP_TEN_TIMES": Told(
        "주문금액 {amount}원은 평소 주문금액 {usual}원의 10배가 넘습니다.",
        "The order comes to {amount} won, ten times your usual {usual} or more.",
        "수량과 가격을 확인하세요.",
        "Check quantity and price.",
    ),
    "SLIP_MAN": Told(
        "수량이 {quantity}주({amount}원)입니다. '만'을 빼고 {shares}주를 내려던 것 아닌가요?",
        "The quantity is {quantity} shares ({amount} won). Was it {shares}, and the ten thousand (man) a slip?",
        "수량을 확인하세요.",
        "Check the quantity.",
    ),
    "SLIP_SUM_AS_SHARES": Told(
        "수량이 {quantity}주({amount}원)입니다. {quantity}원어치, 곧 {shares}주를 내려던 것 아닌가요?",
        "The quantity is {quantity} shares ({amount} won). Was it {quantity} won, "
        "that is {shares} {shares:share|shares}?",
        "수량 단위를 확인하세요.",
        "Check the unit of the quantity.",
    ),
    "SLIP_SIDE": Told(
        "보유한 {held}주와 똑같은 수량을 더 사려고 합니다. 매도하려던 것 아닌가요?",
        "You are buying exactly the {held} {held:share|shares} that you hold. Was it a sell?",
        "매수·매도를 확인하세요.",
        "Check the side.",
    ),
    "SLIP_NEIGHBOUR": Told(
        "처음 주문하는 종목 {wrong}의 코드가 {name}({other})과(와) 한 자리만 다릅니다.",
        "{wrong}, which you never traded, is one digit away from {other} ({name}).",
        "종목을 확인하세요.",
        "Check the instrument.",
    ),
}

_OTHER: Mapping[str, Wording] = {
    "STOP_IS_ON": Told(
        "전체 정지가 눌려 있습니다.",
        "The stop switch is pressed.",
        "그래도 이 주문을 보낼지 정하세요.",
        "Decide whether to send this one all the same.",
    ),
    "NOT_COVERED": Told(
        "자동 주문은 승인에 없는 것을 묻지 않고 거절합니다: {why}",
        "Refused for an automatic order, since its approval does not cover it: {why}",
        "승인할 때 함께 정하거나 직접 주문하세요.",
        "Cover it in the approval, or order it by hand.",
    ),
    "CASH_SHORT_AT_UPPER": Told(
        "주문가능금액이 {short}원 모자랍니다: 가격 없는 주문은 체결될 때까지 상한가 {upper}원으로 잡아"
        " {need}원이 필요하고, {have}원이 있습니다.",
        "{short} won short: without a price each share is held at the upper limit {upper} until it trades, so {need} is"
        " needed and {have} is there.",
        "수량을 줄이거나 지정가로 내세요.",
        "Order fewer, or set a limit price.",
    ),
    "LIMIT_CHANGED": Told(
        "주문 한도를 바꿨습니다: {limit} {before} → {after}.", "Order limit changed: {limit} {before} → {after}."
    ),
    "LIMIT_LOOSENED": Told(
        "주문 한도를 완화했습니다: {limit} {before} → {after}.", "Order limit loosened: {limit} {before} → {after}."
    ),
    "LIMIT_OUT_OF_RANGE": Told(
        "{least}에서 {most} 사이여야 합니다.",
        "It must lie between {least} and {most}.",
        "비우면 사용하지 않습니다.",
        "Leave it empty to switch it off.",
    ),
    "LIMIT_ASKS_TOO_LATE": Told(
        "{refuses}부터는 거절하므로 그보다 작아야 합니다.",
        "From {refuses} on it is refused, so it must be less.",
        "먼저 '{other}'을(를) 바꾸세요.",
        "Change “{other}” first.",
    ),
}

RISK: Mapping[str, Wording] = {**_SIZE, **_LOSS_AND_RATE, **_COUNTS, **_LISTS, **_PRICE, **_SLIPS, **_OTHER}


def limit_changed(change: LimitChange) -> Message:
    """The line that tells of a limit that is another now."""
    code = "LIMIT_LOOSENED" if change.loosens else "LIMIT_CHANGED"
    return Message(code, {"limit": change.name, "before": _value(change.before), "after": _value(change.after)})


def _value(value: object) -> object:
    """As the activity tells it: a number as it is, a switch or nothing as a word of ``terms``."""
    if isinstance(value, OwnCross):
        return value.value
    if isinstance(value, tuple):
        return ", ".join(entry.instrument.code for entry in value) or "off"
    if value is None or isinstance(value, bool):
        return "on" if value else "off"
    return value
