"""The gate's reasons and questions in words. Every one says what to do."""

from __future__ import annotations

from collections.abc import Mapping

from hoga.base.message import Wording
from hoga.trading.terms import Told

GATE: Mapping[str, Wording] = {
    "WRONG_ACCOUNT": Told(
        "이 주문표는 다른 계좌({ticket})의 것입니다. 지금 계좌는 {here}입니다.",
        "This ticket is for another account ({ticket}); this is {here}.",
        "계좌를 바꾸거나 주문표를 새로 여세요.",
        "Switch the account or open a new ticket.",
    ),
    "ACCOUNT_LOCKED": Told(
        "계좌가 잠겨 있습니다.", "The account is locked.", "Ctrl+L로 잠금을 푸세요.", "Unlock it with Ctrl+L."
    ),
    "BAD_QUANTITY": Told(
        "수량은 1주 이상이어야 합니다.",
        "The quantity must be at least 1 share.",
        "수량을 다시 넣으세요.",
        "Enter a quantity.",
    ),
    "QUANTITY_TOO_BIG": Told(
        "수량 {quantity}주는 한 번에 낼 수 있는 {most}주를 넘습니다.",
        "{quantity} shares are more than one order can hold ({most}).",
        "수량을 나누세요.",
        "Split the order.",
    ),
    "NOT_A_LOT": Told(
        "수량은 {lot}주 단위여야 합니다 ({quantity}주).",
        "The quantity must be a multiple of {lot} ({quantity}).",
        "수량을 고치세요.",
        "Correct the quantity.",
    ),
    "UNKNOWN_INSTRUMENT": Told(
        "그런 종목이 없습니다.", "There is no such instrument.", "종목코드를 확인하세요.", "Check the code."
    ),
    "INSTRUMENT_NOT_READ": Told(
        "종목 정보를 아직 읽지 못해 호가단위와 거래정지를 확인할 수 없습니다.",
        "The symbol master was not read, so ticks and halts cannot be checked.",
        "잠시 뒤에 내거나, 그래도 보낼지 정하세요.",
        "Wait a moment, or send it all the same.",
    ),
    "HALTED": Told(
        "{name}({code})은(는) 거래정지 상태입니다.",
        "Trading in {name} ({code}) is halted.",
        "거래가 재개된 뒤에 내세요. 취소는 할 수 있습니다.",
        "Wait until trading resumes; cancels still work.",
    ),
    "NOT_AT_VENUE": Told(
        "{code}은(는) {venue}에서 거래되지 않습니다.",
        "{code} is not traded at {venue}.",
        "다른 거래소를 고르세요.",
        "Choose another venue.",
    ),
    "TYPE_NOT_HERE": Told(
        "이 계좌에서는 {type}({tif}, {venue}) 주문을 낼 수 없습니다.",
        "This account takes no {type} orders ({tif}, {venue}).",
        "지정가로 내세요.",
        "Use a limit order.",
    ),
    "HOURS_UNKNOWN": Told(
        "{venue}의 거래시간을 알 수 없습니다.",
        "The hours of {venue} are not on file.",
        "장이 열렸는지 확인하고 보낼지 정하세요.",
        "Check that the market is open, then decide.",
    ),
    "MARKET_CLOSED": Told(
        "{venue}은(는) 지금 주문을 받지 않습니다 ({phase}, {until}까지).",
        "{venue} takes no orders now ({phase} until {until}).",
        "장이 열린 뒤에 내세요.",
        "Send it when the market is open.",
    ),
    "TYPE_NEVER": Told(
        "{venue}은(는) {type}({tif}) 주문을 받지 않습니다.",
        "{venue} never takes {type} orders ({tif}).",
        "다른 유형을 고르세요.",
        "Choose another type.",
    ),
    "TYPE_NOT_NOW": Told(
        "{venue}은(는) 지금({phase}) {type}({tif}) 주문을 받지 않습니다 ({until}까지).",
        "{venue} takes no {type} orders ({tif}) in this phase ({phase} until {until}).",
        "다른 유형을 고르거나 기다리세요.",
        "Choose another type, or wait.",
    ),
    "TYPE_NOT_IN_VI": Told(
        "변동성완화장치(VI)가 발동되어 단일가매매 중에는 {type}({tif}) 주문을 받지 않습니다.",
        "A volatility interruption (VI) holds: no {type} orders ({tif}) are taken until it ends.",
        "지정가 당일 주문으로 내거나 약 2분 뒤 해제를 기다리세요.",
        "Use a limit order for the day, or wait for its end, about two minutes.",
    ),
    "PRODUCT_NOT_NOW": Told(
        "{venue}은(는) 지금({phase}) {product} 종목의 주문을 받지 않습니다 ({until}까지).",
        "{venue} takes no orders for this kind of instrument ({product}) in this phase ({phase} until {until}).",
        "정규장에 내거나 다른 거래소를 고르세요.",
        "Order in regular hours, or choose another venue.",
    ),
    "PRICE_NOT_TAKEN": Told(
        "{type} 주문에는 가격을 넣지 않습니다.",
        "A {type} order carries no price.",
        "가격을 지우거나 지정가로 바꾸세요.",
        "Clear the price, or use a limit order.",
    ),
    "PRICE_NEEDED": Told(
        "{type} 주문에는 가격이 필요합니다.", "A {type} order needs a price.", "가격을 넣으세요.", "Enter a price."
    ),
    "WRONG_CURRENCY": Told(
        "가격의 통화가 다릅니다 ({currency}, 종목은 {wanted}).",
        "The price is in {currency}; the instrument trades in {wanted}.",
        "가격을 다시 넣으세요.",
        "Enter the price again.",
    ),
    "TICK_UNKNOWN": Told(
        "{price}원의 호가단위를 확인할 수 없습니다.",
        "The tick at {price} is not known.",
        "가격을 확인하고 보낼지 정하세요.",
        "Check the price, then decide.",
    ),
    "OFF_TICK": Told(
        "{price}원은 호가단위에 맞지 않습니다.",
        "{price} is off the tick grid.",
        "{below}원 또는 {above}원으로 내세요.",
        "Use {below} or {above}.",
    ),
    "LIMITS_UNKNOWN": Told(
        "현재가를 읽지 못해 상·하한가를 확인할 수 없습니다.",
        "No quote could be read, so today's limits are unknown.",
        "가격 {price}원을 확인하고 보낼지 정하세요.",
        "Check the price {price}, then decide.",
    ),
    "ABOVE_LIMIT": Told(
        "{price}원은 상한가 {upper}원보다 높습니다.",
        "{price} is above today's upper limit {upper}.",
        "{upper}원 이하로 내세요.",
        "Use {upper} or less.",
    ),
    "BELOW_LIMIT": Told(
        "{price}원은 하한가 {lower}원보다 낮습니다.",
        "{price} is below today's lower limit {lower}.",
        "{lower}원 이상으로 내세요.",
        "Use {lower} or more.",
    ),
    "PRICE_UNKNOWN": Told(
        "현재가를 모릅니다.",
        "The current price is unknown.",
        "지정가로 내거나, 그래도 보낼지 정하세요.",
        "Use a limit order, or send it all the same.",
    ),
    "PRICE_STALE": Told(
        "현재가가 {seconds}초 전의 것입니다.",
        "The price is {seconds} s old.",
        "지정가로 내거나, 그래도 보낼지 정하세요.",
        "Use a limit order, or send it all the same.",
    ),
    "CASH_UNKNOWN": Told(
        "주문가능금액을 확인할 수 없습니다.",
        "The orderable cash is unknown.",
        "그래도 보낼지 정하세요.",
        "Decide whether to send it all the same.",
    ),
    "CASH_SHORT": Told(
        "주문가능금액이 {short}원 모자랍니다: 필요 {need}원, 가능 {have}원 (미체결 주문 몫은 뺀 금액).",
        "{short} won short: {need} needed, {have} orderable after open orders.",
        "수량을 줄이거나 미체결 매수를 취소하세요.",
        "Order fewer, or cancel an open buy.",
    ),
    "SHARES_UNKNOWN": Told(
        "매도가능수량을 확인할 수 없습니다.",
        "The sellable shares are unknown.",
        "그래도 보낼지 정하세요.",
        "Decide whether to send it all the same.",
    ),
    "SHARES_SHORT": Told(
        "매도가능수량이 모자랍니다: 주문 {need}주, 가능 {have}주 (미체결 매도 몫은 뺀 수량).",
        "Not enough shares: {need} ordered, {have} sellable after open sells.",
        "수량을 줄이거나 미체결 매도를 취소하세요.",
        "Sell fewer, or cancel an open sell.",
    ),
    "SHARES_NONE": Told(
        "보유하지 않은 종목이라 매도할 수 없습니다.",
        "None of it is held, so there is nothing to sell.",
        "종목과 매수·매도를 확인하세요.",
        "Check the instrument and the side.",
    ),
    "TWIN_UNSETTLED": Told(
        "같은 주문({quantity}주)의 결과를 확인하는 중입니다. 이 주문은 그 뒤에 나갑니다.",
        "What became of an identical order ({quantity}) is being settled; this one would leave after that.",
        "기다렸다가 낼지, 줄을 세울지 정하세요.",
        "Wait for it, or let this one queue up.",
    ),
    "STOPPED": Told(
        "정지 상태라 자동 주문을 받지 않습니다.",
        "Stopped: no automatic order is taken.",
        "계속하려면 정지를 푸세요.",
        "Release the stop switch to go on.",
    ),
    "NOT_RECONCILED": Told(
        "다시 연결한 뒤 증권사 주문 목록을 아직 읽지 못했습니다.",
        "The broker's order list was not read since the connection came back.",
        "미체결을 확인하고 그래도 보낼지 정하세요.",
        "Look at your open orders, then decide.",
    ),
    "SAME_TICKET": Told(
        "{seconds}초 안에 같은 주문을 이미 냈습니다: {code} {side} {quantity}주 {price}. 한 번 더 낼까요?",
        "The same order went less than {seconds} seconds ago: {code} {side} {quantity} at {price}. Send it once more?",
        "두 번 누른 것이라면 보내지 마세요.",
        "If you pressed twice by mistake, do not send it.",
    ),
    "SAME_PRICE": Told(
        "이미 {price}원입니다.", "It stands at {price} already.", "다른 가격을 고르세요.", "Choose another price."
    ),
    "NOTHING_LEFT": Told(
        "남은 수량이 없습니다.", "Nothing is left of this order.", "체결 내역을 보세요.", "Look at its fills."
    ),
    "ORDER_BUSY": Told(
        "이 주문의 앞선 요청이 아직 끝나지 않았습니다.",
        "An earlier request about this order has not ended.",
        "잠시 기다리세요. 취소는 언제든 됩니다.",
        "Wait a moment; a cancel always goes.",
    ),
    "NUMBER_NOT_KNOWN": Told(
        "주문번호를 아직 모릅니다.",
        "The order has no number yet.",
        "잠시 기다리세요. 취소는 기억해 두었다가 보냅니다.",
        "Wait a moment; a cancel is remembered and sent.",
    ),
    "ORDER_SPLIT": Told(
        "이 주문은 다른 곳에서 {numbers}개 번호로 나뉘었습니다.",
        "This order was split elsewhere into {numbers} numbers.",
        "취소하고 새로 내세요.",
        "Cancel it and enter a new one.",
    ),
    "REDUCE_TOO_MUCH": Told(
        "남은 {leaves}주보다 적게 줄여야 합니다 ({by}주).",
        "A reduce must leave something of the {leaves} left ({by}).",
        "모두 없애려면 취소하세요.",
        "Cancel it to take all.",
    ),
    "JOURNAL_UNWRITABLE": Told(
        "주문 기록을 디스크에 쓸 수 없어 새 주문을 받지 않습니다: {why}",
        "The order journal cannot be written, so no new order is taken: {why}",
        "디스크 공간을 확보하세요. 취소는 그대로 됩니다.",
        "Free disk space; cancels still go.",
    ),
}
