<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
    <context>
        <name>Order</name>
        <message>
            <source>Cancel it</source>
            <translation>취소하기</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>주문금액</translation>
        </message>
        <message>
            <source>Commission</source>
            <translation>수수료</translation>
        </message>
        <message>
            <source>Tax</source>
            <translation>제세금</translation>
        </message>
        <message>
            <source>You pay</source>
            <translation>지불 금액</translation>
        </message>
        <message>
            <source>You receive</source>
            <translation>받을 금액</translation>
        </message>
        <message>
            <source>Selling all of it here brings back what it cost, with commissions and tax.</source>
            <translation>이 가격에 모두 팔면 수수료와 세금을 포함한 비용을 되찾습니다.</translation>
        </message>
        <message>
            <source>Break-even</source>
            <translation>손익분기 가격</translation>
        </message>
        <message>
            <source>Cash afterwards</source>
            <translation>체결 후 주문가능</translation>
        </message>
        <message>
            <source>Held afterwards</source>
            <translation>체결 후 보유</translation>
        </message>
        <message>
            <source>Now: nothing trades at once; it waits.</source>
            <translation>지금: 바로 체결되지 않고 대기합니다.</translation>
        </message>
        <message>
            <source>Now: all {taken} would trade at {worst}.</source>
            <translation>지금: {taken}주 전량 {worst}에 체결됩니다.</translation>
        </message>
        <message>
            <source>Now: all {taken} would trade, about {average} on average, {worst} at worst.</source>
            <translation>지금: {taken}주 전량 체결, 평균 약 {average}, 가장 나쁜 가격 {worst}.</translation>
        </message>
        <message>
            <source>Now: {taken} would trade, to {worst}; {rest} more than the levels shown hold.</source>
            <translation>지금: {taken}주가 {worst}까지 체결되고, {rest}주는 보이는 호가 잔량을 넘습니다.</translation>
        </message>
        <message>
            <source>Now: {taken} would trade, {worst} at worst; {rest} would not trade at once.</source>
            <translation>지금: {taken}주 체결(가장 나쁜 가격 {worst}), {rest}주는 바로 체결되지 않습니다.</translation>
        </message>
        <message>
            <source>Most</source>
            <translation>최대</translation>
        </message>
        <message>
            <source>{held} held, less what open sells may still take.</source>
            <translation>보유 {held}에서 미체결 매도를 뺀 수량입니다.</translation>
        </message>
        <message>
            <source>{cash} orderable ÷ {unit} a share with {rate} % commission.</source>
            <translation>주문가능 {cash} ÷ 주당 {unit} (수수료 {rate} % 포함).</translation>
        </message>
        <message>
            <source>Without a price each share is held at the upper limit until it trades.</source>
            <translation>가격이 없는 주문은 체결될 때까지 상한가로 증거금을 잡습니다.</translation>
        </message>
        <message>
            <source>Reckoned at the best price of the other side; it will wait at its own.</source>
            <translation>상대편 최우선 호가로 계산했습니다. 실제로는 자기편 호가에서 대기합니다.</translation>
        </message>
        <message>
            <source>Reckoned at the best price now; the real one may differ.</source>
            <translation>지금의 최우선 호가로 계산했습니다. 실제 가격은 다를 수 있습니다.</translation>
        </message>
        <message>
            <source>Switch one-click orders on for this account, until it is locked or hoga ends.</source>
            <translation>이 계좌의 원클릭 주문을 켭니다. 잠그거나 hoga를 끝낼 때까지입니다.</translation>
        </message>
        <message>
            <source>Switch on</source>
            <translation>켜기</translation>
        </message>
        <message>
            <source>The ticket was emptied: an account with other stakes is shown now.</source>
            <translation>실전·모의·연습이 다른 계좌로 바꾸어 주문서를 비웠습니다.</translation>
        </message>
        <message>
            <source>Sell all</source>
            <translation>전량 매도</translation>
        </message>
        <message>
            <source>Since you looked the last price went from {old} to {new}.</source>
            <translation>확인하는 동안 현재가가 {old}에서 {new}(으)로 바뀌었습니다.</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>정정</translation>
        </message>
        <message>
            <source>Cancel orders</source>
            <translation>주문 취소</translation>
        </message>
        <message>
            <source>closed</source>
            <translation>장 마감</translation>
        </message>
        <message>
            <source>daytime trading</source>
            <translation>주간거래</translation>
        </message>
        <message>
            <source>pre-market</source>
            <translation>프리마켓</translation>
        </message>
        <message>
            <source>opening auction</source>
            <translation>시가 단일가</translation>
        </message>
        <message>
            <source>trading at the previous close</source>
            <translation>장전 시간외종가</translation>
        </message>
        <message>
            <source>regular session</source>
            <translation>정규장</translation>
        </message>
        <message>
            <source>pause</source>
            <translation>휴지</translation>
        </message>
        <message>
            <source>closing auction</source>
            <translation>종가 단일가</translation>
        </message>
        <message>
            <source>entry for closing-price trading</source>
            <translation>장후 종가 접수</translation>
        </message>
        <message>
            <source>trading at the close</source>
            <translation>장후 시간외종가</translation>
        </message>
        <message>
            <source>entry for the after-market</source>
            <translation>애프터마켓 접수</translation>
        </message>
        <message>
            <source>after-market</source>
            <translation>애프터마켓</translation>
        </message>
        <message>
            <source>off-hours single price</source>
            <translation>시간외단일가</translation>
        </message>
        <message>
            <source>Choose an instrument first (Ctrl+K).</source>
            <translation>먼저 종목을 고르세요 (Ctrl+K).</translation>
        </message>
        <message>
            <source>The list of instruments is being read; the ticket waits for it.</source>
            <translation>종목 목록을 읽는 중입니다. 주문표가 기다립니다.</translation>
        </message>
        <message>
            <source>Waits for the first price. Pin a limit price to go ahead.</source>
            <translation>첫 시세를 기다립니다. 바로 내려면 가격을 고정하세요.</translation>
        </message>
        <message>
            <source>Waits: prices stand still since {seconds} s. Pin a limit price, or wait until they flow again.</source>
            <translation>대기: 시세가 {seconds}초째 멈춰 있습니다. 가격을 고정하거나 다시 들어올 때까지 기다리세요.</translation>
        </message>
        <message>
            <source>Waits: the book shows no such price now. Pin a limit price, or choose another one to follow.</source>
            <translation>대기: 지금 호가에 그 가격이 없습니다. 가격을 고정하거나 다른 가격을 따르게 하세요.</translation>
        </message>
        <message>
            <source>Enter a price.</source>
            <translation>가격을 넣으세요.</translation>
        </message>
        <message>
            <source>The price cannot be read: digits, commas, 만 and 억 are understood.</source>
            <translation>가격을 읽을 수 없습니다. 숫자, 쉼표, 만, 억을 쓸 수 있습니다.</translation>
        </message>
        <message>
            <source>Enter a quantity.</source>
            <translation>수량을 넣으세요.</translation>
        </message>
        <message>
            <source>Only whole shares can be ordered.</source>
            <translation>수량은 정수여야 합니다.</translation>
        </message>
        <message>
            <source>The quantity cannot be read: digits, commas, 만, %, M and sums in 원 are understood.</source>
            <translation>수량을 읽을 수 없습니다. 숫자, 쉼표, 만, %, M, 원 단위 금액을 쓸 수 있습니다.</translation>
        </message>
        <message>
            <source>This comes to 0 shares: the sum is smaller than one share costs.</source>
            <translation>0주입니다. 금액이 한 주 값보다 적습니다.</translation>
        </message>
        <message>
            <source>This account's broker takes no such order here.</source>
            <translation>이 계좌의 증권사는 여기서 이 주문을 받지 않습니다.</translation>
        </message>
        <message>
            <source>Not taken in this phase ({phase}, until {until}).</source>
            <translation>지금은 받지 않습니다 ({phase}, {until}까지).</translation>
        </message>
        <message>
            <source>A market order of {amount} won, more than {most}.</source>
            <translation>시장가 주문 {amount}원으로 {most}원을 넘습니다.</translation>
        </message>
        <message>
            <source>The first order in this instrument.</source>
            <translation>이 종목의 첫 주문입니다.</translation>
        </message>
        <message>
            <source>Outside the regular session ({phase}).</source>
            <translation>정규장이 아닙니다 ({phase}).</translation>
        </message>
        <message>
            <source>The price stream is interrupted; the last price is {seconds} s old.</source>
            <translation>시세 연결이 끊겼습니다. 현재가는 {seconds}초 전 값입니다.</translation>
        </message>
        <message>
            <source>This row holds several prices: choose one.</source>
            <translation>이 줄에는 여러 가격이 있습니다. 하나를 고르세요.</translation>
        </message>
        <message>
            <source>{price} lies outside today's limits.</source>
            <translation>{price}은(는) 오늘의 상·하한가를 벗어납니다.</translation>
        </message>
        <message>
            <source>This order is being changed or looked for: wait a moment.</source>
            <translation>이 주문은 정정·확인 중입니다. 잠시 기다리세요.</translation>
        </message>
        <message>
            <source>No order of yours stands at this price.</source>
            <translation>이 가격에는 내 주문이 없습니다.</translation>
        </message>
        <message>
            <source>Another instrument was chosen meanwhile; nothing was sent.</source>
            <translation>그사이 종목이 바뀌어 보내지 않았습니다.</translation>
        </message>
        <message>
            <source>Every click on a level of the ladder sends an order without asking.</source>
            <translation>호가를 누를 때마다 묻지 않고 바로 주문이 나갑니다.</translation>
        </message>
        <message>
            <source>Set the quantity beside the ladder first.</source>
            <translation>먼저 호가창 위의 수량을 정하세요.</translation>
        </message>
        <message>
            <source>Buy {quantity} of {name} ({code}), {how}.</source>
            <translation>{name}({code}) {quantity} 매수, {how}.</translation>
        </message>
        <message>
            <source>Sell ALL {quantity} of {name} ({code}), {how}.</source>
            <translation>{name}({code}) 전량 {quantity} 매도, {how}.</translation>
        </message>
        <message>
            <source>Sell {quantity} of {name} ({code}), {how}.</source>
            <translation>{name}({code}) {quantity} 매도, {how}.</translation>
        </message>
        <message>
            <source>Move the buy of {quantity} {name} from {old} to {price}.</source>
            <translation>{name} 매수 {quantity}를 {old}에서 {price}(으)로 정정합니다.</translation>
        </message>
        <message>
            <source>Move the sell of {quantity} {name} from {old} to {price}.</source>
            <translation>{name} 매도 {quantity}를 {old}에서 {price}(으)로 정정합니다.</translation>
        </message>
        <message>
            <source>Cancel {count} buys, {quantity} of {name} in all.</source>
            <translation>{name} 매수 {count}건, 모두 {quantity}를 취소합니다.</translation>
        </message>
        <message>
            <source>Cancel {count} sells, {quantity} of {name} in all.</source>
            <translation>{name} 매도 {count}건, 모두 {quantity}를 취소합니다.</translation>
        </message>
        <message>
            <source>Cancel the buy of {quantity} {name} at {old}.</source>
            <translation>{name} 매수 {quantity} ({old})를 취소합니다.</translation>
        </message>
        <message>
            <source>Cancel the sell of {quantity} {name} at {old}.</source>
            <translation>{name} 매도 {quantity} ({old})를 취소합니다.</translation>
        </message>
        <message>
            <source>Cancel {count} buys at {old}, {quantity} of {name} in all.</source>
            <translation>{name} {old} 매수 {count}건, 모두 {quantity}를 취소합니다.</translation>
        </message>
        <message>
            <source>Cancel {count} sells at {old}, {quantity} of {name} in all.</source>
            <translation>{name} {old} 매도 {count}건, 모두 {quantity}를 취소합니다.</translation>
        </message>
        <message>
            <source>Buy {quantity} {name} @ {price}</source>
            <translation>{name} 매수 {quantity} @ {price}</translation>
        </message>
        <message>
            <source>Sell {quantity} {name} @ {price}</source>
            <translation>{name} 매도 {quantity} @ {price}</translation>
        </message>
        <message>
            <source>Buy</source>
            <translation>매수</translation>
        </message>
        <message>
            <source>Sell</source>
            <translation>매도</translation>
        </message>
        <message>
            <source>Limit</source>
            <translation>지정가</translation>
        </message>
        <message>
            <source>Market</source>
            <translation>시장가</translation>
        </message>
        <message>
            <source>Conditional limit</source>
            <translation>조건부지정가</translation>
        </message>
        <message>
            <source>Best limit</source>
            <translation>최유리지정가</translation>
        </message>
        <message>
            <source>Priority limit</source>
            <translation>최우선지정가</translation>
        </message>
        <message>
            <source>Stop limit</source>
            <translation>스톱지정가</translation>
        </message>
        <message>
            <source>Mid price</source>
            <translation>중간가</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>당일</translation>
        </message>
        <message>
            <source>IOC</source>
            <translation>IOC</translation>
        </message>
        <message>
            <source>FOK</source>
            <translation>FOK</translation>
        </message>
        <message>
            <source>Buys at this price or lower; what does not trade waits there.</source>
            <translation>이 가격 이하로 삽니다. 남는 수량은 그 가격에서 대기합니다.</translation>
        </message>
        <message>
            <source>Sells at this price or higher; what does not trade waits there.</source>
            <translation>이 가격 이상으로 팝니다. 남는 수량은 그 가격에서 대기합니다.</translation>
        </message>
        <message>
            <source>Trades at once at whatever price the other side asks, as far as it must.</source>
            <translation>상대편이 부르는 가격으로 바로 체결됩니다. 가격은 정해지지 않습니다.</translation>
        </message>
        <message>
            <source>A limit order by day; what is left joins the closing auction at the market.</source>
            <translation>장중에는 지정가, 남는 수량은 종가 단일가에 시장가로 들어갑니다.</translation>
        </message>
        <message>
            <source>Trades at the best price of the other side; what is left waits at that price.</source>
            <translation>상대편 최우선 호가로 체결하고 남는 수량은 그 가격에서 대기합니다.</translation>
        </message>
        <message>
            <source>Sleeps until a trade reaches its stop; then it is a limit order.</source>
            <translation>체결가가 스톱가격에 닿을 때까지 잠들어 있다가 지정가 주문이 됩니다.</translation>
        </message>
        <message>
            <source>Waits unseen halfway between best bid and best ask, and moves with them.</source>
            <translation>최우선 매수·매도호가의 가운데 가격에서 호가창에 보이지 않게 기다리며, 호가를 따라 움직입니다.</translation>
        </message>
        <message>
            <source>Waits behind the best price of its own side; it does not trade at once.</source>
            <translation>자기편 최우선 호가에 줄을 섭니다. 바로 체결되지 않습니다.</translation>
        </message>
        <message>
            <source>Until the end of the day's session.</source>
            <translation>오늘 장이 끝날 때까지입니다.</translation>
        </message>
        <message>
            <source>What does not trade at once is cancelled.</source>
            <translation>바로 체결되지 않은 수량은 취소됩니다.</translation>
        </message>
        <message>
            <source>All of it at once, or nothing.</source>
            <translation>전량 바로 체결되거나 모두 취소됩니다.</translation>
        </message>
        <message>
            <source>today's upper limit</source>
            <translation>오늘의 상한가</translation>
        </message>
        <message>
            <source>the ticket's price</source>
            <translation>주문표의 가격</translation>
        </message>
        <message>
            <source>open buys hold {reserved} of it back already</source>
            <translation>미체결 매수가 이미 {reserved}을(를) 잡고 있음</translation>
        </message>
        <message>
            <source>Orderable cash</source>
            <translation>주문가능금액</translation>
        </message>
        <message>
            <source>A share is held at</source>
            <translation>주당 증거금</translation>
        </message>
        <message>
            <source>the broker's</source>
            <translation>증권사 기준</translation>
        </message>
        <message>
            <source>The most that can be bought</source>
            <translation>살 수 있는 최대 수량</translation>
        </message>
        <message>
            <source>as many as fit into the cash with their commission, rounded up to the won; no credit</source>
            <translation>수수료를 더해 원 단위로 올린 금액이 현금에 들어가는 만큼. 미수·신용 없음</translation>
        </message>
        <message>
            <source>Held</source>
            <translation>보유</translation>
        </message>
        <message>
            <source>the balance and fills since</source>
            <translation>잔고와 그 뒤의 체결</translation>
        </message>
        <message>
            <source>open order</source>
            <translation>미체결 주문</translation>
        </message>
        <message>
            <source>The most that can be sold</source>
            <translation>팔 수 있는 최대 수량</translation>
        </message>
        <message>
            <source>held − what open sells may still take</source>
            <translation>보유 − 미체결 매도가 가져갈 수 있는 수량</translation>
        </message>
        <message>
            <source>queued</source>
            <translation>대기열</translation>
        </message>
        <message>
            <source>being sent</source>
            <translation>보내는 중</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>미확인</translation>
        </message>
        <message>
            <source>working</source>
            <translation>접수</translation>
        </message>
        <message>
            <source>part filled</source>
            <translation>일부 체결</translation>
        </message>
    </context>
    <context>
        <name>ConfirmDialog</name>
        <message>
            <source>Look twice before you send this</source>
            <translation>보내기 전에 한 번 더 확인하세요</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>돌아가기</translation>
        </message>
        <message>
            <source>Type the amount in 만 (ten thousand won), rounded down:</source>
            <translation>주문금액을 만 원 단위로 넣으세요 (만 원 미만 버림):</translation>
        </message>
        <message>
            <source>A moment: read the reasons first.</source>
            <translation>잠시만요. 먼저 이유를 읽으세요.</translation>
        </message>
    </context>
    <context>
        <name>KindRow</name>
        <message>
            <source>Type</source>
            <translation>종류</translation>
        </message>
        <message>
            <source>Order type</source>
            <translation>주문 종류</translation>
        </message>
    </context>
    <context>
        <name>Pad</name>
        <message>
            <source>Quantity of a click on the ladder</source>
            <translation>호가창 클릭 한 번의 수량</translation>
        </message>
        <message>
            <source>Shares of one click on the ladder; kept for each instrument.</source>
            <translation>호가창 클릭 한 번의 주식 수. 종목마다 기억합니다.</translation>
        </message>
        <message>
            <source>sh</source>
            <translation>주</translation>
        </message>
        <message>
            <source>Max</source>
            <translation>최대</translation>
        </message>
        <message>
            <source>All that can be bought or sold at the price clicked</source>
            <translation>누른 가격에서 살 수 있는(팔 수 있는) 전량</translation>
        </message>
        <message>
            <source>{n} times the number</source>
            <translation>수량의 {n}배</translation>
        </message>
    </context>
    <context>
        <name>LadderPane</name>
        <message>
            <source>1 tick</source>
            <translation>1호가</translation>
        </message>
        <message>
            <source>{n} ticks</source>
            <translation>{n}호가</translation>
        </message>
        <message>
            <source>Ticks in a row</source>
            <translation>한 줄에 묶을 호가 수</translation>
        </message>
        <message>
            <source>Several ticks in a row; a click there asks which price is meant.</source>
            <translation>여러 호가를 한 줄로 묶습니다. 누르면 어느 가격인지 묻습니다.</translation>
        </message>
        <message>
            <source>Centre</source>
            <translation>가운데</translation>
        </message>
        <message>
            <source>The last price in the middle (Space)</source>
            <translation>현재가를 가운데로 (Space)</translation>
        </message>
        <message>
            <source>Price ladder</source>
            <translation>호가 주문창</translation>
        </message>
        <message>
            <source>One-click: on</source>
            <translation>원클릭: 켬</translation>
        </message>
        <message>
            <source>One-click: off</source>
            <translation>원클릭: 끔</translation>
        </message>
        <message>
            <source>Locked: clicks do nothing</source>
            <translation>잠김 · 눌러도 주문되지 않음</translation>
        </message>
        <message>
            <source>No prices</source>
            <translation>시세 없음</translation>
        </message>
        <message>
            <source>Max</source>
            <translation>최대</translation>
        </message>
        <message>
            <source>LIMIT · click SENDS {what}</source>
            <translation>지정가 · 누르면 바로 주문, {what}</translation>
        </message>
        <message>
            <source>LIMIT · click fills ticket: {what}</source>
            <translation>지정가 · 누르면 주문표로, {what}</translation>
        </message>
        <message>
            <source>Prices stand still · {words}</source>
            <translation>시세 멈춤 · {words}</translation>
        </message>
        <message>
            <source>{side} at {price}</source>
            <translation>{price} {side}</translation>
        </message>
        <message>
            <source>Cancel this order  Del</source>
            <translation>이 주문 취소  Del</translation>
        </message>
        <message>
            <source>Centre  Space</source>
            <translation>가운데  Space</translation>
        </message>
    </context>
    <context>
        <name>LadderView</name>
        <message>
            <source>Choose an instrument: its prices stand here.</source>
            <translation>종목을 고르면 여기에 호가가 나옵니다.</translation>
        </message>
        <message>
            <source>No price has come yet.</source>
            <translation>아직 시세가 오지 않았습니다.</translation>
        </message>
    </context>
    <context>
        <name>Ladder</name>
        <message>
            <source>UL</source>
            <translation>상</translation>
        </message>
        <message>
            <source>LL</source>
            <translation>하</translation>
        </message>
        <message>
            <source>Hi</source>
            <translation>고</translation>
        </message>
        <message>
            <source>Lo</source>
            <translation>저</translation>
        </message>
        <message>
            <source>Op</source>
            <translation>시</translation>
        </message>
        <message>
            <source>Cl</source>
            <translation>종</translation>
        </message>
        <message>
            <source>Av</source>
            <translation>평</translation>
        </message>
        <message>
            <source>Ex</source>
            <translation>예</translation>
        </message>
        <message>
            <source>VI</source>
            <translation>VI</translation>
        </message>
        <message>
            <source>Today's upper limit</source>
            <translation>오늘의 상한가</translation>
        </message>
        <message>
            <source>Today's lower limit</source>
            <translation>오늘의 하한가</translation>
        </message>
        <message>
            <source>The day's high</source>
            <translation>오늘 고가</translation>
        </message>
        <message>
            <source>The day's low</source>
            <translation>오늘 저가</translation>
        </message>
        <message>
            <source>The day's open</source>
            <translation>오늘 시가</translation>
        </message>
        <message>
            <source>Previous close</source>
            <translation>전일 종가</translation>
        </message>
        <message>
            <source>What your shares cost on average</source>
            <translation>내 평균 매입가</translation>
        </message>
        <message>
            <source>Expected price of the auction</source>
            <translation>예상 체결가</translation>
        </message>
        <message>
            <source>Static VI: about 10 % from the opening price; later auctions move it</source>
            <translation>정적 VI: 시가에서 약 10 %. 이후 단일가가 있으면 달라집니다</translation>
        </message>
        <message>
            <source>My sells</source>
            <translation>내 매도</translation>
        </message>
        <message>
            <source>Asks</source>
            <translation>매도 잔량</translation>
        </message>
        <message>
            <source>Price</source>
            <translation>가격</translation>
        </message>
        <message>
            <source>Bids</source>
            <translation>매수 잔량</translation>
        </message>
        <message>
            <source>My buys</source>
            <translation>내 매수</translation>
        </message>
    </context>
    <context>
        <name>OrderPage</name>
        <message>
            <source>Buy</source>
            <translation>매수</translation>
        </message>
        <message>
            <source>A buy ticket for the chosen instrument.</source>
            <translation>고른 종목의 매수 주문표를 엽니다.</translation>
        </message>
        <message>
            <source>Sell</source>
            <translation>매도</translation>
        </message>
        <message>
            <source>A sell ticket for the chosen instrument.</source>
            <translation>고른 종목의 매도 주문표를 엽니다.</translation>
        </message>
        <message>
            <source>Sell all</source>
            <translation>전량 매도</translation>
        </message>
        <message>
            <source>Everything that can be sold of the chosen instrument; asked about first.</source>
            <translation>고른 종목의 매도 가능 전량을 팝니다. 먼저 확인합니다.</translation>
        </message>
        <message>
            <source>Review and send</source>
            <translation>확인 후 보내기</translation>
        </message>
        <message>
            <source>As Enter in a field of the ticket.</source>
            <translation>주문표에서 Enter를 누른 것과 같습니다.</translation>
        </message>
        <message>
            <source>To the quantity</source>
            <translation>수량으로</translation>
        </message>
        <message>
            <source>To the price</source>
            <translation>가격으로</translation>
        </message>
        <message>
            <source>To the type</source>
            <translation>종류로</translation>
        </message>
        <message>
            <source>To the ladder</source>
            <translation>호가창으로</translation>
        </message>
        <message>
            <source>Centre the ladder</source>
            <translation>호가창 가운데로</translation>
        </message>
        <message>
            <source>The last price in the middle.</source>
            <translation>현재가를 가운데에 놓습니다.</translation>
        </message>
        <message>
            <source>Move my order</source>
            <translation>내 주문 정정</translation>
        </message>
        <message>
            <source>Take up the order at the cursor; arrows move it, Enter puts it down.</source>
            <translation>커서의 주문을 듭니다. 화살표로 옮기고 Enter로 내려놓습니다.</translation>
        </message>
        <message>
            <source>Cancel my order here</source>
            <translation>여기 내 주문 취소</translation>
        </message>
        <message>
            <source>Cancels the order at the cursor.</source>
            <translation>커서에 있는 주문을 취소합니다.</translation>
        </message>
        <message>
            <source>One-click ladder</source>
            <translation>원클릭 주문</translation>
        </message>
        <message>
            <source>A click places at once: for this account, until it is locked or hoga ends.</source>
            <translation>누르면 바로 주문합니다. 이 계좌에서, 잠그거나 hoga를 끝낼 때까지입니다.</translation>
        </message>
        <message>
            <source>Cancel the chosen order</source>
            <translation>고른 주문 취소</translation>
        </message>
        <message>
            <source>Nothing of it is held.</source>
            <translation>보유 수량이 없습니다.</translation>
        </message>
        <message>
            <source>Open sells hold all of it.</source>
            <translation>미체결 매도가 전량을 잡고 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>PriceRow</name>
        <message>
            <source>Price</source>
            <translation>가격</translation>
        </message>
        <message>
            <source>Last</source>
            <translation>현재가</translation>
        </message>
        <message>
            <source>Bid 1</source>
            <translation>매수1</translation>
        </message>
        <message>
            <source>Ask 1</source>
            <translation>매도1</translation>
        </message>
        <message>
            <source>Passive</source>
            <translation>대기가</translation>
        </message>
        <message>
            <source>Follow the last price until the price is touched.</source>
            <translation>가격을 건드릴 때까지 현재가를 따라갑니다.</translation>
        </message>
        <message>
            <source>Follow the best bid until the price is touched.</source>
            <translation>가격을 건드릴 때까지 매수 1호가를 따라갑니다.</translation>
        </message>
        <message>
            <source>Follow the best ask until the price is touched.</source>
            <translation>가격을 건드릴 때까지 매도 1호가를 따라갑니다.</translation>
        </message>
        <message>
            <source>Do not cross: buy at the lower of bid 1 and last, sell at the higher of ask 1.</source>
            <translation>바로 체결되지 않게: 매수는 매수1과 현재가 중 낮은 값, 매도는 매도1과 현재가 중 높은 값.</translation>
        </message>
        <message>
            <source>UL</source>
            <translation>상한</translation>
        </message>
        <message>
            <source>Pin today's upper limit.</source>
            <translation>오늘의 상한가로 고정합니다.</translation>
        </message>
        <message>
            <source>LL</source>
            <translation>하한</translation>
        </message>
        <message>
            <source>Pin today's lower limit.</source>
            <translation>오늘의 하한가로 고정합니다.</translation>
        </message>
        <message>
            <source>One tick lower (↓; Shift+↓ ten ticks, Page Down 1 %)</source>
            <translation>한 호가 아래 (↓, Shift+↓ 열 호가, Page Down 1 %)</translation>
        </message>
        <message>
            <source>One tick higher (↑; Shift+↑ ten ticks, Page Up 1 %)</source>
            <translation>한 호가 위 (↑, Shift+↑ 열 호가, Page Up 1 %)</translation>
        </message>
        <message>
            <source>One tick lower</source>
            <translation>한 호가 아래</translation>
        </message>
        <message>
            <source>One tick higher</source>
            <translation>한 호가 위</translation>
        </message>
        <message>
            <source>Alt+P. Digits, commas, 만 and 억. Follows the market until you touch it.</source>
            <translation>Alt+P. 숫자, 쉼표, 만, 억. 건드리기 전에는 시세를 따라갑니다.</translation>
        </message>
        <message>
            <source>won</source>
            <translation>원</translation>
        </message>
        <message>
            <source>This type carries no price.</source>
            <translation>이 종류는 가격을 넣지 않습니다.</translation>
        </message>
        <message>
            <source>■ Pinned</source>
            <translation>■ 고정됨</translation>
        </message>
        <message>
            <source>■ Pinned: enter a price</source>
            <translation>■ 고정됨: 가격을 넣으세요</translation>
        </message>
        <message>
            <source>○ Follows the last price</source>
            <translation>○ 현재가를 따라감</translation>
        </message>
        <message>
            <source>○ Follows the best bid</source>
            <translation>○ 매수 1호가를 따라감</translation>
        </message>
        <message>
            <source>○ Follows the best ask</source>
            <translation>○ 매도 1호가를 따라감</translation>
        </message>
        <message>
            <source>○ Follows without crossing</source>
            <translation>○ 체결되지 않는 가격을 따라감</translation>
        </message>
        <message>
            <source>{price} is between two ticks. Choose one:</source>
            <translation>{price}은(는) 호가단위 사이입니다. 고르세요:</translation>
        </message>
        <message>
            <source>Not understood: {text}</source>
            <translation>읽을 수 없음: {text}</translation>
        </message>
        <message>
            <source>Understood: {price}</source>
            <translation>읽은 값: {price}</translation>
        </message>
        <message>
            <source>Round down to {price}</source>
            <translation>{price}(으)로 내림</translation>
        </message>
        <message>
            <source>Round up to {price}</source>
            <translation>{price}(으)로 올림</translation>
        </message>
    </context>
    <context>
        <name>QuantityRow</name>
        <message>
            <source>Quantity</source>
            <translation>수량</translation>
        </message>
        <message>
            <source>sh</source>
            <translation>주</translation>
        </message>
        <message>
            <source>won</source>
            <translation>원</translation>
        </message>
        <message>
            <source>What the number counts: shares, won or percent</source>
            <translation>숫자의 단위: 주, 원, %</translation>
        </message>
        <message>
            <source>One less (↓; Shift+↓ ten)</source>
            <translation>한 주 적게 (↓, Shift+↓ 열 주)</translation>
        </message>
        <message>
            <source>One more (↑; Shift+↑ ten)</source>
            <translation>한 주 많게 (↑, Shift+↑ 열 주)</translation>
        </message>
        <message>
            <source>One less</source>
            <translation>한 주 적게</translation>
        </message>
        <message>
            <source>One more</source>
            <translation>한 주 많게</translation>
        </message>
        <message>
            <source>Alt+Q. Shares, a sum (500만원) or a part (25%); M is all of it, M2 half, M4 a quarter.</source>
            <translation>Alt+Q. 주식 수, 금액(500만원), 비율(25%). M은 전량, M2는 절반, M4는 4분의 1.</translation>
        </message>
        <message>
            <source>{percent} % of what can be sold</source>
            <translation>팔 수 있는 수량의 {percent} %</translation>
        </message>
        <message>
            <source>{percent} % of what can be bought</source>
            <translation>살 수 있는 수량의 {percent} %</translation>
        </message>
        <message>
            <source>Max</source>
            <translation>최대</translation>
        </message>
        <message>
            <source>Press: why this number?</source>
            <translation>누르기: 왜 이 숫자인가?</translation>
        </message>
        <message>
            <source>Not understood: {text}</source>
            <translation>읽을 수 없음: {text}</translation>
        </message>
        <message>
            <source>{shares}, {left} won left over</source>
            <translation>{shares}, {left}원 남음</translation>
        </message>
    </context>
    <context>
        <name>Slip</name>
        <message>
            <source>Back  Esc</source>
            <translation>돌아가기  Esc</translation>
        </message>
        <message>
            <source>{verb}  Enter</source>
            <translation>{verb}  Enter</translation>
        </message>
    </context>
    <context>
        <name>TicketView</name>
        <message>
            <source>Order ticket</source>
            <translation>주문표</translation>
        </message>
        <message>
            <source>Sell all</source>
            <translation>전량 매도</translation>
        </message>
        <message>
            <source>On its way …</source>
            <translation>보내는 중 …</translation>
        </message>
        <message>
            <source>{verb}: waits</source>
            <translation>{verb}: 대기</translation>
        </message>
        <message>
            <source>{verb} now  Enter</source>
            <translation>바로 {verb}  Enter</translation>
        </message>
        <message>
            <source>Review {verb}  Enter</source>
            <translation>{verb} 확인  Enter</translation>
        </message>
        <message>
            <source>Sell all …</source>
            <translation>전량 매도 …</translation>
        </message>
    </context>
    <context>
        <name>TicketHead</name>
        <message>
            <source>No instrument chosen</source>
            <translation>고른 종목 없음</translation>
        </message>
        <message>
            <source>◷ No price has come yet</source>
            <translation>◷ 아직 시세가 오지 않았습니다</translation>
        </message>
        <message>
            <source>◷ Prices stand still; this one is {age} old</source>
            <translation>◷ 시세 멈춤 · {age} 전 가격</translation>
        </message>
    </context>
    <context>
        <name>WorkingModel</name>
        <message>
            <source>Side</source>
            <translation>구분</translation>
        </message>
        <message>
            <source>Price</source>
            <translation>가격</translation>
        </message>
        <message>
            <source>Left</source>
            <translation>잔량</translation>
        </message>
        <message>
            <source>State</source>
            <translation>상태</translation>
        </message>
    </context>
    <context>
        <name>WorkingPane</name>
        <message>
            <source>Working orders of this instrument</source>
            <translation>이 종목의 미체결 주문</translation>
        </message>
        <message>
            <source>Cancel  Del</source>
            <translation>취소  Del</translation>
        </message>
        <message>
            <source>Cancel the chosen orders (Del)</source>
            <translation>고른 주문을 취소합니다 (Del)</translation>
        </message>
        <message>
            <source>Cancel buys</source>
            <translation>매수 취소</translation>
        </message>
        <message>
            <source>Cancel sells</source>
            <translation>매도 취소</translation>
        </message>
        <message>
            <source>Working here: {count}</source>
            <translation>이 종목 미체결 {count}</translation>
        </message>
        <message>
            <source>No working orders in this instrument. F2 buys, F3 sells.</source>
            <translation>이 종목의 미체결 주문이 없습니다. F2 매수, F3 매도.</translation>
        </message>
        <message>
            <source>Nothing to cancel on this side.</source>
            <translation>취소할 주문이 없습니다.</translation>
        </message>
        <message>
            <source>Choose an order first.</source>
            <translation>먼저 주문을 고르세요.</translation>
        </message>
    </context>
</TS>
