<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
    <context>
        <name>ActivityPane</name>
        <message>
            <source>All</source>
            <translation>전체</translation>
        </message>
        <message>
            <source>About orders</source>
            <translation>주문 관련</translation>
        </message>
        <message>
            <source>Warnings and errors</source>
            <translation>경고·오류</translation>
        </message>
        <message>
            <source>Errors</source>
            <translation>오류</translation>
        </message>
        <message>
            <source>What happened to the order?</source>
            <translation>이 주문에 무슨 일이 있었나</translation>
        </message>
        <message>
            <source>Everything on record about the line's order (Enter or double click).</source>
            <translation>이 줄의 주문에 관한 모든 기록 (Enter 또는 더블클릭)</translation>
        </message>
        <message>
            <source>Only this order</source>
            <translation>이 주문만</translation>
        </message>
        <message>
            <source>Keep only the lines about the same order.</source>
            <translation>같은 주문에 관한 줄만 남깁니다.</translation>
        </message>
        <message>
            <source>Older lines</source>
            <translation>이전 기록</translation>
        </message>
        <message>
            <source>Read more lines from the log of earlier hours and days.</source>
            <translation>더 이른 시간과 날짜의 기록을 읽습니다.</translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>활동</translation>
        </message>
        <message>
            <source>This instrument</source>
            <translation>이 종목</translation>
        </message>
        <message>
            <source>Only lines about the instrument that every tab shows.</source>
            <translation>지금 선택한 종목에 관한 줄만 보입니다.</translation>
        </message>
        <message>
            <source>Show the lines of all orders again.</source>
            <translation>모든 주문의 줄을 다시 보입니다.</translation>
        </message>
        <message>
            <source>There are no older lines.</source>
            <translation>더 이전 기록이 없습니다.</translation>
        </message>
        <message>
            <source>Order {number}  ✕</source>
            <translation>주문 {number}  ✕</translation>
        </message>
        <message>
            <source>This line is about no order.</source>
            <translation>이 줄은 주문에 관한 것이 아닙니다.</translation>
        </message>
        <message>
            <source>No line fits the filter</source>
            <translation>조건에 맞는 줄이 없습니다</translation>
        </message>
        <message>
            <source>Clear the filter box, or choose All.</source>
            <translation>필터를 지우거나 전체를 고르세요.</translation>
        </message>
        <message>
            <source>Nothing has happened yet</source>
            <translation>아직 아무 일도 없었습니다</translation>
        </message>
        <message>
            <source>Every decision, every send and every answer of the broker is told here.</source>
            <translation>모든 판단과 전송, 증권사의 응답을 여기에 적습니다.</translation>
        </message>
    </context>
    <context>
        <name>Activity</name>
        <message>
            <source>Info</source>
            <translation>알림</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>완료</translation>
        </message>
        <message>
            <source>Warning</source>
            <translation>경고</translation>
        </message>
        <message>
            <source>Error</source>
            <translation>오류</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>시각</translation>
        </message>
        <message>
            <source>Kind</source>
            <translation>구분</translation>
        </message>
        <message>
            <source>Instrument</source>
            <translation>종목</translation>
        </message>
        <message>
            <source>What happened</source>
            <translation>내용</translation>
        </message>
        <message>
            <source>Order number</source>
            <translation>주문번호</translation>
        </message>
        <message>
            <source>The broker's number of the order: Enter or a double click opens its biography.</source>
            <translation>증권사 주문번호. Enter나 더블클릭으로 기록을 엽니다.</translation>
        </message>
        <message>
            <source>Message code</source>
            <translation>메시지 코드</translation>
        </message>
    </context>
    <context>
        <name>BiographyPane</name>
        <message>
            <source>Reading the journal …</source>
            <translation>기록을 읽는 중 …</translation>
        </message>
        <message>
            <source>Steps of the order</source>
            <translation>주문의 단계</translation>
        </message>
        <message>
            <source>Copy number</source>
            <translation>번호 복사</translation>
        </message>
        <message>
            <source>The broker's order number, to read out on the telephone</source>
            <translation>전화로 불러 줄 증권사 주문번호</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Put the biography away (Esc)</source>
            <translation>기록을 닫습니다 (Esc)</translation>
        </message>
        <message>
            <source>The broker's reply</source>
            <translation>증권사 응답</translation>
        </message>
        <message>
            <source>Select a step to see the broker's reply as it was stored, masked.</source>
            <translation>단계를 고르면 저장된 증권사 응답을 보입니다 (가려진 상태).</translation>
        </message>
        <message>
            <source>The journal knows no such order.</source>
            <translation>기록에 그런 주문이 없습니다.</translation>
        </message>
        <message>
            <source>Number {number}</source>
            <translation>번호 {number}</translation>
        </message>
        <message>
            <source>No reply of the broker belongs to this step.</source>
            <translation>이 단계에는 증권사 응답이 없습니다.</translation>
        </message>
    </context>
    <context>
        <name>Biography</name>
        <message>
            <source>Time</source>
            <translation>시각</translation>
        </message>
        <message>
            <source>After</source>
            <translation>간격</translation>
        </message>
        <message>
            <source>Time since the step before.</source>
            <translation>앞 단계부터 걸린 시간.</translation>
        </message>
        <message>
            <source>Took</source>
            <translation>응답</translation>
        </message>
        <message>
            <source>From sending to this answer.</source>
            <translation>보낸 뒤 이 응답까지 걸린 시간.</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>단계</translation>
        </message>
        <message>
            <source>Details</source>
            <translation>자세히</translation>
        </message>
        <message>
            <source>Reply</source>
            <translation>원문</translation>
        </message>
        <message>
            <source>The broker's reply is on record.</source>
            <translation>증권사 응답 원문이 있습니다.</translation>
        </message>
        <message>
            <source>Intended</source>
            <translation>주문 결정</translation>
        </message>
        <message>
            <source>Passed the gate</source>
            <translation>사전 점검 통과</translation>
        </message>
        <message>
            <source>to {price}</source>
            <translation>{price}로</translation>
        </message>
        <message>
            <source>by {count}</source>
            <translation>{count} 줄임</translation>
        </message>
        <message>
            <source>{what} wanted</source>
            <translation>{what} 요청</translation>
        </message>
        <message>
            <source> (plan {digest}, leg {leg}, round {round})</source>
            <translation> (계획 {digest}, {leg}번째 종목, {round}회차)</translation>
        </message>
        <message>
            <source> (rule {rule})</source>
            <translation> (규칙 {rule})</translation>
        </message>
        <message>
            <source>Every check passed; nothing was asked.</source>
            <translation>모든 점검을 통과했고 물어볼 것이 없었습니다.</translation>
        </message>
        <message>
            <source>Asked and agreed to: {words}</source>
            <translation>묻고 동의함: {words}</translation>
        </message>
        <message>
            <source>about number {number}</source>
            <translation>대상 번호 {number}</translation>
        </message>
        <message>
            <source>Sent</source>
            <translation>전송</translation>
        </message>
        <message>
            <source>Accepted: number {number}</source>
            <translation>접수: 번호 {number}</translation>
        </message>
        <message>
            <source>Refused by the broker</source>
            <translation>증권사 거부</translation>
        </message>
        <message>
            <source>Not sent; leaves once more</source>
            <translation>보내지 못함, 한 번 더 보냅니다</translation>
        </message>
        <message>
            <source>Not sent, given up: nothing is at the broker</source>
            <translation>보내지 못하고 그만둠: 증권사에 아무것도 없습니다</translation>
        </message>
        <message>
            <source>No answer: it may be live. Never sent again</source>
            <translation>응답 없음: 살아 있을 수 있습니다. 다시 보내지 않습니다</translation>
        </message>
        <message>
            <source>Filled {quantity} at {price}</source>
            <translation>체결 {quantity}, {price}</translation>
        </message>
        <message>
            <source>Received by the broker: {what}</source>
            <translation>증권사 접수: {what}</translation>
        </message>
        <message>
            <source>Confirmed by the exchange: {what}</source>
            <translation>거래소 확인: {what}</translation>
        </message>
        <message>
            <source>Refused by the exchange: {what}</source>
            <translation>거래소 거부: {what}</translation>
        </message>
        <message>
            <source>The rest was cancelled by the exchange</source>
            <translation>잔량을 거래소가 취소했습니다</translation>
        </message>
        <message>
            <source>An unclear notice: the broker's list is asked</source>
            <translation>뜻이 분명하지 않은 통보: 증권사 목록에서 확인합니다</translation>
        </message>
        <message>
            <source>number {number}, broker's time {time}</source>
            <translation>번호 {number}, 증권사 시각 {time}</translation>
        </message>
        <message>
            <source>Taken back before it left</source>
            <translation>보내기 전에 거둠</translation>
        </message>
        <message>
            <source>The desk ended while it was on its way</source>
            <translation>보내는 중에 프로그램이 끝남</translation>
        </message>
        <message>
            <source>It may be live: the broker's list is asked.</source>
            <translation>살아 있을 수 있습니다: 증권사 목록에서 확인합니다.</translation>
        </message>
        <message>
            <source>Found in the broker's list: number {number}</source>
            <translation>증권사 목록에서 찾음: 번호 {number}</translation>
        </message>
        <message>
            <source>Never arrived: proved by {reads} complete lists</source>
            <translation>도착하지 않음: 전체 목록 {reads}번으로 확인</translation>
        </message>
        <message>
            <source>The broker's list says more</source>
            <translation>증권사 목록에서 새로 알게 됨</translation>
        </message>
        <message>
            <source>Made elsewhere ({channel})</source>
            <translation>다른 곳에서 낸 주문 ({channel})</translation>
        </message>
        <message>
            <source>Changed elsewhere ({channel})</source>
            <translation>다른 곳에서 바꿈 ({channel})</translation>
        </message>
        <message>
            <source>Ended with its session</source>
            <translation>장이 끝나 소멸</translation>
        </message>
        <message>
            <source>You said so.</source>
            <translation>직접 답했습니다.</translation>
        </message>
        <message>
            <source>number {number}: {filled} filled, {remaining} left, {cancelled} cancelled</source>
            <translation>번호 {number}: 체결 {filled}, 잔량 {remaining}, 취소 {cancelled}</translation>
        </message>
    </context>
    <context>
        <name>FillsPane</name>
        <message>
            <source>All</source>
            <translation>전체</translation>
        </message>
        <message>
            <source>Buys</source>
            <translation>매수</translation>
        </message>
        <message>
            <source>Sells</source>
            <translation>매도</translation>
        </message>
        <message>
            <source>This instrument</source>
            <translation>이 종목</translation>
        </message>
        <message>
            <source>What happened to it?</source>
            <translation>이 주문에 무슨 일이 있었나</translation>
        </message>
        <message>
            <source>Everything on record about this order, step by step (Enter or double click).</source>
            <translation>이 주문의 모든 기록을 단계별로 (Enter 또는 더블클릭)</translation>
        </message>
        <message>
            <source>Fills</source>
            <translation>체결</translation>
        </message>
        <message>
            <source>No fill fits the filter</source>
            <translation>조건에 맞는 체결이 없습니다</translation>
        </message>
        <message>
            <source>Clear the filter box, or choose All.</source>
            <translation>필터를 지우거나 전체를 고르세요.</translation>
        </message>
        <message>
            <source>Nothing was filled today</source>
            <translation>오늘 체결이 없습니다</translation>
        </message>
        <message>
            <source>Each fill appears here the moment the broker tells of it; an accepted order is not a fill.</source>
            <translation>증권사가 체결을 알리는 순간 여기에 나타납니다. 접수는 체결이 아닙니다.</translation>
        </message>
    </context>
    <context>
        <name>Fills</name>
        <message>
            <source>Time</source>
            <translation>시각</translation>
        </message>
        <message>
            <source>Instrument</source>
            <translation>종목</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>코드</translation>
        </message>
        <message>
            <source>Side</source>
            <translation>매매</translation>
        </message>
        <message>
            <source>Price</source>
            <translation>가격</translation>
        </message>
        <message>
            <source>Filled</source>
            <translation>체결</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>금액</translation>
        </message>
        <message>
            <source>Costs</source>
            <translation>비용</translation>
        </message>
        <message>
            <source>Commission and tax by the rules on file; the broker rounds per order.</source>
            <translation>등록된 규칙으로 계산한 수수료와 세금. 증권사는 주문 단위로 절사합니다.</translation>
        </message>
        <message>
            <source>To cash</source>
            <translation>현금 증감</translation>
        </message>
        <message>
            <source>What it did to the cash: amount and costs together.</source>
            <translation>현금에 미친 영향: 금액과 비용을 합친 값.</translation>
        </message>
        <message>
            <source>Order so far</source>
            <translation>주문 누계</translation>
        </message>
        <message>
            <source>Type</source>
            <translation>종류</translation>
        </message>
        <message>
            <source>From</source>
            <translation>경로</translation>
        </message>
        <message>
            <source>Broker number</source>
            <translation>주문번호</translation>
        </message>
        <message>
            <source>The average of several fills, from the broker's list.</source>
            <translation>여러 체결의 평균, 증권사 목록에서.</translation>
        </message>
    </context>
    <context>
        <name>Holdings</name>
        <message>
            <source>Instrument</source>
            <translation>종목</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>코드</translation>
        </message>
        <message>
            <source>Quantity</source>
            <translation>수량</translation>
        </message>
        <message>
            <source>Sellable</source>
            <translation>매도가능</translation>
        </message>
        <message>
            <source>Not held back by open sells.</source>
            <translation>미체결 매도에 묶이지 않은 수량.</translation>
        </message>
        <message>
            <source>Average</source>
            <translation>평균가</translation>
        </message>
        <message>
            <source>Last</source>
            <translation>현재가</translation>
        </message>
        <message>
            <source>The last price, live; old prices are greyed.</source>
            <translation>실시간 현재가. 오래된 가격은 흐리게 보입니다.</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>매입금액</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>평가금액</translation>
        </message>
        <message>
            <source>Profit</source>
            <translation>평가손익</translation>
        </message>
        <message>
            <source>At the last price, before the costs of selling.</source>
            <translation>현재가 기준, 매도 비용을 빼기 전.</translation>
        </message>
        <message>
            <source>Profit %</source>
            <translation>수익률</translation>
        </message>
        <message>
            <source>Weight</source>
            <translation>비중</translation>
        </message>
        <message>
            <source>Of holdings and cash together.</source>
            <translation>보유 종목과 현금을 합친 총자산 대비.</translation>
        </message>
        <message>
            <source>Realised today</source>
            <translation>오늘 실현손익</translation>
        </message>
        <message>
            <source>From today's sales, after commission and tax.</source>
            <translation>오늘 매도에서 수수료와 세금을 뺀 손익.</translation>
        </message>
        <message>
            <source>Total assets</source>
            <translation>총자산</translation>
        </message>
        <message>
            <source>Holdings</source>
            <translation>평가금액</translation>
        </message>
        <message>
            <source>Orderable</source>
            <translation>주문가능</translation>
        </message>
        <message>
            <source>Cash today</source>
            <translation>오늘 예수금</translation>
        </message>
    </context>
    <context>
        <name>ProfitCurve</name>
        <message>
            <source>Today's profit of this account: realised after costs, and open at the last price. A gap is a time of which not everything was known. Shaded: how far it fell from its best. ◆: what a plan has cost against the prices at its approval.</source>
            <translation>이 계좌의 오늘 손익입니다. 비용을 뺀 실현손익과 현재가 기준 평가손익을 더한 값입니다. 끊어진 곳은 모두 알지는 못한 시간입니다. 음영은 고점에서 줄어든 폭, ◆는 승인 때 가격과 견준 리밸런싱의 비용입니다.</translation>
        </message>
        <message>
            <source>Profit today</source>
            <translation>오늘 손익</translation>
        </message>
        <message>
            <source>realised {realised} · open {open}</source>
            <translation>실현 {realised} · 평가 {open}</translation>
        </message>
        <message>
            <source>deepest fall {amount}</source>
            <translation>최대 낙폭 {amount}</translation>
        </message>
        <message>
            <source>slippage {amount}</source>
            <translation>슬리피지 {amount}</translation>
        </message>
    </context>
    <context>
        <name>HoldingsPane</name>
        <message>
            <source>Why this number?</source>
            <translation>왜 이 숫자인가</translation>
        </message>
        <message>
            <source>Where the figure under the cursor is from, and how it is reckoned.</source>
            <translation>커서가 놓인 숫자의 출처와 계산 방법.</translation>
        </message>
        <message>
            <source>Show this instrument</source>
            <translation>이 종목 보기</translation>
        </message>
        <message>
            <source>Quote, chart and ticket follow to the selected holding.</source>
            <translation>시세, 차트, 주문표가 고른 종목을 따라옵니다.</translation>
        </message>
        <message>
            <source>Read the balance now</source>
            <translation>잔고 다시 조회</translation>
        </message>
        <message>
            <source>Ask the broker for its balance and list of orders.</source>
            <translation>증권사에 잔고와 주문 목록을 조회합니다.</translation>
        </message>
        <message>
            <source>Holdings</source>
            <translation>잔고</translation>
        </message>
        <message>
            <source>Reading the balance</source>
            <translation>잔고를 조회하는 중</translation>
        </message>
        <message>
            <source>This takes a moment after the connection.</source>
            <translation>연결한 뒤 잠시 걸립니다.</translation>
        </message>
        <message>
            <source>The balance could not be read</source>
            <translation>잔고를 조회하지 못했습니다</translation>
        </message>
        <message>
            <source>F5 tries again.</source>
            <translation>F5로 다시 시도합니다.</translation>
        </message>
        <message>
            <source>No holding fits the filter</source>
            <translation>조건에 맞는 종목이 없습니다</translation>
        </message>
        <message>
            <source>Clear the filter box to see them all.</source>
            <translation>필터를 지우면 모두 보입니다.</translation>
        </message>
        <message>
            <source>Nothing is held</source>
            <translation>보유 종목이 없습니다</translation>
        </message>
        <message>
            <source>What you buy appears here as soon as it is filled. F2 buys.</source>
            <translation>산 종목은 체결되는 즉시 여기에 나타납니다. F2로 매수합니다.</translation>
        </message>
        <message>
            <source>Select a holding first.</source>
            <translation>먼저 종목을 고르세요.</translation>
        </message>
    </context>
    <context>
        <name>WhyPopover</name>
        <message>
            <source>and {count} more</source>
            <translation>외 {count}건</translation>
        </message>
        <message>
            <source>Rule: {rule}</source>
            <translation>계산: {rule}</translation>
        </message>
        <message>
            <source>Reckoned anew</source>
            <translation>다시 계산</translation>
        </message>
        <message>
            <source>not from this alone</source>
            <translation>이 값만으로는 계산할 수 없음</translation>
        </message>
        <message>
            <source>Shown: {shown}. Something moved in between, or the figures do not fit: F5 in Pending asks the broker.</source>
            <translation>표시된 값: {shown}. 그사이 값이 바뀌었거나 서로 맞지 않습니다. 미체결 탭의 F5로 증권사에 확인하세요.</translation>
        </message>
        <message>
            <source>as shown</source>
            <translation>표시와 같음</translation>
        </message>
    </context>
    <context>
        <name>Why</name>
        <message>
            <source>Value of {name}</source>
            <translation>{name} 평가금액</translation>
        </message>
        <message>
            <source>quantity × last price</source>
            <translation>수량 × 현재가</translation>
        </message>
        <message>
            <source>Before the costs of selling.</source>
            <translation>매도 비용을 빼기 전입니다.</translation>
        </message>
        <message>
            <source>Profit of {name}</source>
            <translation>{name} 평가손익</translation>
        </message>
        <message>
            <source>quantity × last price − cost</source>
            <translation>수량 × 현재가 − 매입금액</translation>
        </message>
        <message>
            <source>Before commission and tax of selling; the cost is without the commission of buying.</source>
            <translation>매도 수수료와 세금을 빼기 전이며, 매입금액에는 매수 수수료가 들어 있지 않습니다.</translation>
        </message>
        <message>
            <source>Profit</source>
            <translation>평가손익</translation>
        </message>
        <message>
            <source>value − cost</source>
            <translation>평가금액 − 매입금액</translation>
        </message>
        <message>
            <source>Profit of {name} in percent</source>
            <translation>{name} 수익률</translation>
        </message>
        <message>
            <source>profit ÷ cost, rounded to 0.01 %</source>
            <translation>손익 ÷ 매입금액, 0.01 % 단위 반올림</translation>
        </message>
        <message>
            <source>Average price of {name}</source>
            <translation>{name} 평균가</translation>
        </message>
        <message>
            <source>cost ÷ quantity</source>
            <translation>매입금액 ÷ 수량</translation>
        </message>
        <message>
            <source>The average method: a sale takes out its share of the cost and leaves the average.</source>
            <translation>이동평균법: 매도하면 그만큼의 매입금액이 빠지고 평균가는 그대로입니다.</translation>
        </message>
        <message>
            <source>Shares of {name}</source>
            <translation>{name} 수량</translation>
        </message>
        <message>
            <source>In the broker's balance</source>
            <translation>증권사 잔고</translation>
        </message>
        <message>
            <source>Bought since</source>
            <translation>이후 매수</translation>
        </message>
        <message>
            <source>fill notices</source>
            <translation>체결 통보</translation>
        </message>
        <message>
            <source>Sold since</source>
            <translation>이후 매도</translation>
        </message>
        <message>
            <source>the balance, carried on with the fills it cannot have counted</source>
            <translation>잔고에, 아직 반영되지 않은 체결을 이어 계산</translation>
        </message>
        <message>
            <source>Cost of {name}</source>
            <translation>{name} 매입금액</translation>
        </message>
        <message>
            <source>Cost in the broker's balance</source>
            <translation>증권사 잔고의 매입금액</translation>
        </message>
        <message>
            <source>Share of {count} sold since</source>
            <translation>이후 매도 {count}주의 몫</translation>
        </message>
        <message>
            <source>at the average cost</source>
            <translation>평균 매입금액으로</translation>
        </message>
        <message>
            <source>the balance's cost; a buy since adds its amount, a sale takes out its share</source>
            <translation>잔고의 매입금액에 이후 매수는 더하고 매도는 그 몫만큼 뺍니다</translation>
        </message>
        <message>
            <source>Sellable shares of {name}</source>
            <translation>{name} 매도가능 수량</translation>
        </message>
        <message>
            <source>quantity − what open sells may still take</source>
            <translation>수량 − 미체결 매도가 가져갈 수 있는 수량</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>평가금액</translation>
        </message>
        <message>
            <source>Total assets</source>
            <translation>총자산</translation>
        </message>
        <message>
            <source>holdings at last prices + D+2 cash</source>
            <translation>현재가 평가금액 + D+2 예수금</translation>
        </message>
        <message>
            <source>Weight of {name}</source>
            <translation>{name} 비중</translation>
        </message>
        <message>
            <source>value ÷ total assets</source>
            <translation>평가금액 ÷ 총자산</translation>
        </message>
        <message>
            <source>Holdings at last prices</source>
            <translation>현재가 평가금액</translation>
        </message>
        <message>
            <source>Cash on D+2</source>
            <translation>D+2 예수금</translation>
        </message>
        <message>
            <source>holdings + cash after everything traded so far has settled</source>
            <translation>보유 종목 + 지금까지의 거래가 모두 결제된 뒤의 현금</translation>
        </message>
        <message>
            <source>Profit of what is held</source>
            <translation>보유 종목 평가손익</translation>
        </message>
        <message>
            <source>the sum over the holdings</source>
            <translation>종목별 합계</translation>
        </message>
        <message>
            <source>Buys filled since that balance</source>
            <translation>그 잔고 이후 체결된 매수</translation>
        </message>
        <message>
            <source>fills, with commission</source>
            <translation>체결, 수수료 포함</translation>
        </message>
        <message>
            <source>Orderable cash</source>
            <translation>주문가능 금액</translation>
        </message>
        <message>
            <source>D+2 cash − open buys with commission − buys the balance has not counted</source>
            <translation>D+2 예수금 − 미체결 매수(수수료 포함) − 잔고에 아직 없는 매수</translation>
        </message>
        <message>
            <source>Open buys without a price are held at the day's upper limit.</source>
            <translation>가격이 없는 매수 주문은 상한가로 묶입니다.</translation>
        </message>
        <message>
            <source>Profit realised today</source>
            <translation>오늘 실현손익</translation>
        </message>
        <message>
            <source>Profit realised today with {name}</source>
            <translation>{name} 오늘 실현손익</translation>
        </message>
        <message>
            <source>sales − their average cost at that moment − commission and tax of today's fills</source>
            <translation>매도금액 − 그때의 평균 매입금액 − 오늘 체결의 수수료와 세금</translation>
        </message>
        <message>
            <source>Cash today</source>
            <translation>오늘 예수금</translation>
        </message>
        <message>
            <source>Cash on D+1</source>
            <translation>D+1 예수금</translation>
        </message>
        <message>
            <source>Settlement day</source>
            <translation>결제일</translation>
        </message>
        <message>
            <source>as the broker reports it</source>
            <translation>증권사가 알려 준 그대로</translation>
        </message>
        <message>
            <source>Shares are paid two settlement days after the trade.</source>
            <translation>주식 대금은 거래일로부터 2결제일 뒤에 결제됩니다.</translation>
        </message>
        <message>
            <source>Quantity</source>
            <translation>수량</translation>
        </message>
        <message>
            <source>Last price</source>
            <translation>현재가</translation>
        </message>
        <message>
            <source>Cost</source>
            <translation>매입금액</translation>
        </message>
        <message>
            <source>balance and fills</source>
            <translation>잔고와 체결</translation>
        </message>
        <message>
            <source>Open sell at {price}</source>
            <translation>미체결 매도 {price}</translation>
        </message>
        <message>
            <source>Open buy: {count} {name}</source>
            <translation>미체결 매수: {name} {count}</translation>
        </message>
        <message>
            <source>held at {price} with commission</source>
            <translation>{price}에 수수료 포함</translation>
        </message>
        <message>
            <source>{count} {name} before today, at cost</source>
            <translation>오늘 이전 {name} {count}, 매입금액</translation>
        </message>
        <message>
            <source>average method</source>
            <translation>이동평균</translation>
        </message>
        <message>
            <source>costs {amount}</source>
            <translation>비용 {amount}</translation>
        </message>
        <message>
            <source>live</source>
            <translation>실시간</translation>
        </message>
        <message>
            <source>asked for</source>
            <translation>조회</translation>
        </message>
        <message>
            <source>broker's balance</source>
            <translation>증권사 잔고</translation>
        </message>
        <message>
            <source>sum</source>
            <translation>합계</translation>
        </message>
    </context>
    <context>
        <name>Pending</name>
        <message>
            <source>An order of this type has no price to change. Cancel it and place another.</source>
            <translation>이 종류의 주문은 바꿀 가격이 없습니다. 취소하고 다시 내세요.</translation>
        </message>
        <message>
            <source>Type the new price.</source>
            <translation>새 가격을 넣으세요.</translation>
        </message>
        <message>
            <source>It stands at this price already.</source>
            <translation>이미 이 가격입니다.</translation>
        </message>
        <message>
            <source>Move the {left} left of {name} from {old} to {new}.</source>
            <translation>{name} 잔량 {left}를 {old}에서 {new}로 정정합니다.</translation>
        </message>
        <message>
            <source>Type how many shares to take off.</source>
            <translation>줄일 수량을 넣으세요.</translation>
        </message>
        <message>
            <source>Only {left} are left. To take all of them off, cancel the order.</source>
            <translation>잔량은 {left}뿐입니다. 모두 빼려면 주문을 취소하세요.</translation>
        </message>
        <message>
            <source>Take {by} off {name}: {rest} stay at {price}.</source>
            <translation>{name}에서 {by}를 줄입니다: {rest}가 {price}에 남습니다.</translation>
        </message>
        <message>
            <source>{state}: nothing is left to change.</source>
            <translation>{state}: 바꿀 것이 없습니다.</translation>
        </message>
        <message>
            <source>{state}: it can be changed once the broker has given it a number.</source>
            <translation>{state}: 증권사 주문번호를 받은 뒤에 바꿀 수 있습니다.</translation>
        </message>
        <message>
            <source>{price} is between two ticks: {below} or {above}.</source>
            <translation>{price}은(는) 호가단위에 맞지 않습니다: {below} 또는 {above}.</translation>
        </message>
        <message>
            <source>{price} is outside today's limits, {lower} to {upper}.</source>
            <translation>{price}은(는) 오늘 가격제한폭 {lower}~{upper}를 벗어납니다.</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>시각</translation>
        </message>
        <message>
            <source>Instrument</source>
            <translation>종목</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>코드</translation>
        </message>
        <message>
            <source>Side</source>
            <translation>매매</translation>
        </message>
        <message>
            <source>Type</source>
            <translation>종류</translation>
        </message>
        <message>
            <source>Price</source>
            <translation>가격</translation>
        </message>
        <message>
            <source>Filled / ordered</source>
            <translation>체결 / 주문</translation>
        </message>
        <message>
            <source>Left</source>
            <translation>잔량</translation>
        </message>
        <message>
            <source>Left, won</source>
            <translation>잔량 금액</translation>
        </message>
        <message>
            <source>State</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>Age</source>
            <translation>경과</translation>
        </message>
        <message>
            <source>Lives</source>
            <translation>수명</translation>
        </message>
        <message>
            <source>Where it lives and when it dies by itself.</source>
            <translation>주문이 살아 있는 곳과 저절로 끝나는 때.</translation>
        </message>
        <message>
            <source>Away</source>
            <translation>괴리</translation>
        </message>
        <message>
            <source>How far the last price must still come; 0 or less: it could trade now.</source>
            <translation>체결까지 현재가가 더 움직여야 하는 폭. 0 이하면 지금 체결될 수 있습니다.</translation>
        </message>
        <message>
            <source>Last</source>
            <translation>현재가</translation>
        </message>
        <message>
            <source>The last price, live.</source>
            <translation>실시간 현재가.</translation>
        </message>
        <message>
            <source>From</source>
            <translation>경로</translation>
        </message>
        <message>
            <source>Broker number</source>
            <translation>주문번호</translation>
        </message>
        <message>
            <source>{closed} taken back</source>
            <translation>{closed} 취소됨</translation>
        </message>
        <message>
            <source>Placed on the telephone or another program. It can be cancelled here.</source>
            <translation>전화나 다른 프로그램에서 낸 주문입니다. 여기서 취소할 수 있습니다.</translation>
        </message>
        <message>
            <source>Which one is ours? Answer above</source>
            <translation>어느 것이 내 주문인지 위에서 답하세요</translation>
        </message>
        <message>
            <source>Never sent: send or discard it above</source>
            <translation>보내지 않음: 위에서 보내거나 버리세요</translation>
        </message>
        <message>
            <source>Waiting, number {place}: {why}</source>
            <translation>대기 {place}번: {why}</translation>
        </message>
        <message>
            <source>Waits since {time}. “Take back” or Del withdraws it.</source>
            <translation>{time}부터 기다립니다. ‘거두기’나 Del 키로 거둘 수 있습니다.</translation>
        </message>
        <message>
            <source>{venue} until {time}</source>
            <translation>{venue} {time}까지</translation>
        </message>
        <message>
            <source>{venue}, now or never</source>
            <translation>{venue} 즉시</translation>
        </message>
        <message>
            <source>Not at the market</source>
            <translation>시장에 없음</translation>
        </message>
        <message>
            <source>{venue}, end unknown</source>
            <translation>{venue} 끝 모름</translation>
        </message>
        <message>
            <source>It dies at {time} with the session, in {left}, if it has not filled by then.</source>
            <translation>그때까지 체결되지 않으면 장이 끝나는 {time}에 소멸합니다 ({left} 남음).</translation>
        </message>
        <message>
            <source>If the broker routed it to KRX, it dies there at {time} already.</source>
            <translation>증권사가 KRX로 보냈다면 {time}에 먼저 소멸합니다.</translation>
        </message>
        <message>
            <source>At {time} what is left becomes a market order for the closing auction.</source>
            <translation>{time}에 잔량이 종가 단일가의 시장가 주문이 됩니다.</translation>
        </message>
        <message>
            <source>What does not trade on arrival is cancelled.</source>
            <translation>도착 즉시 체결되지 않은 수량은 취소됩니다.</translation>
        </message>
        <message>
            <source>No hours are on file for this day: look at the broker when it ends.</source>
            <translation>이 날의 장 시간이 등록되어 있지 않습니다. 끝나는 때는 증권사에서 확인하세요.</translation>
        </message>
        <message>
            <source>It has not left this computer: nobody at the market knows of it.</source>
            <translation>아직 이 컴퓨터를 떠나지 않았습니다. 시장은 이 주문을 모릅니다.</translation>
        </message>
        <message>
            <source>It may be live at {venue}: the broker is being asked.</source>
            <translation>{venue}에 살아 있을 수 있습니다. 증권사에 확인하는 중입니다.</translation>
        </message>
        <message>
            <source>It lives at {venue}, with the broker: closing this program does not end it.</source>
            <translation>{venue}에 살아 있습니다. 이 프로그램을 닫아도 주문은 남습니다.</translation>
        </message>
        <message>
            <source>SOR (KRX or NXT)</source>
            <translation>SOR (KRX 또는 NXT)</translation>
        </message>
        <message>
            <source>Buy {name}: {left} of {ordered} left at {price}</source>
            <translation>매수 {name}: {ordered} 중 잔량 {left}, {price}</translation>
        </message>
        <message>
            <source>Sell {name}: {left} of {ordered} left at {price}</source>
            <translation>매도 {name}: {ordered} 중 잔량 {left}, {price}</translation>
        </message>
        <message>
            <source>Cancel {count} {count:order|orders}, {amount} ({parts})?</source>
            <translation>{count}건, {amount} ({parts})을 취소할까요?</translation>
        </message>
        <message>
            <source>{amount} won</source>
            <translation>{amount}원</translation>
        </message>
        <message>
            <source>24:00</source>
            <translation>24:00</translation>
        </message>
    </context>
    <context>
        <name>OrderCommands</name>
        <message>
            <source>Cancels on their way: {count}</source>
            <translation>취소 요청 {count}건</translation>
        </message>
        <message>
            <source>Taken back before they left: {count}</source>
            <translation>보내기 전에 거둠 {count}건</translation>
        </message>
        <message>
            <source>Ended meanwhile: {count}</source>
            <translation>그사이 끝남 {count}건</translation>
        </message>
    </context>
    <context>
        <name>ChangePanel</name>
        <message>
            <source>&amp;Price</source>
            <translation>가격(&amp;P)</translation>
        </message>
        <message>
            <source>The new price. Arrows step by one tick, with Shift by ten.</source>
            <translation>새 가격. 화살표로 1호가씩, Shift와 함께 10호가씩.</translation>
        </message>
        <message>
            <source>&amp;Reduce by</source>
            <translation>줄일 수량(&amp;R)</translation>
        </message>
        <message>
            <source>Shares to take off. The rest keeps its place in the queue.</source>
            <translation>뺄 수량. 나머지는 호가 순서를 지킵니다.</translation>
        </message>
        <message>
            <source>Move</source>
            <translation>정정</translation>
        </message>
        <message>
            <source>Reduce</source>
            <translation>줄이기</translation>
        </message>
        <message>
            <source>Cancel order</source>
            <translation>주문 취소</translation>
        </message>
        <message>
            <source>Cancel all that is left of it (Del in the table)</source>
            <translation>남은 수량을 모두 취소합니다 (표에서 Del)</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Leave it as it is (Esc)</source>
            <translation>그대로 둡니다 (Esc)</translation>
        </message>
        <message>
            <source>The account is locked (Ctrl+L).</source>
            <translation>계좌가 잠겨 있습니다 (Ctrl+L).</translation>
        </message>
        <message>
            <source>Move all the same</source>
            <translation>그래도 정정</translation>
        </message>
    </context>
    <context>
        <name>Decisions</name>
        <message>
            <source>Which order is ours?</source>
            <translation>어느 주문이 우리 것입니까?</translation>
        </message>
        <message>
            <source>This one is ours</source>
            <translation>이것이 내 주문</translation>
        </message>
        <message>
            <source>None of them is ours: it never arrived.</source>
            <translation>모두 아닙니다: 도착하지 않은 것으로 봅니다.</translation>
        </message>
        <message>
            <source>None of them</source>
            <translation>모두 아님</translation>
        </message>
        <message>
            <source>{time} · number {number} · {filled} / {quantity} at {price} · {channel}</source>
            <translation>{time} · 번호 {number} · {filled} / {quantity}, {price} · {channel}</translation>
        </message>
        <message>
            <source>Never sent: {what}</source>
            <translation>보내지 않음: {what}</translation>
        </message>
        <message>
            <source>It was waiting when the desk ended at its last run ({time}).</source>
            <translation>지난 실행이 끝날 때 대기 중이었습니다 ({time}).</translation>
        </message>
        <message>
            <source>Send all the same</source>
            <translation>그래도 보내기</translation>
        </message>
        <message>
            <source>Send now</source>
            <translation>지금 보내기</translation>
        </message>
        <message>
            <source>The account is locked (Ctrl+L).</source>
            <translation>계좌가 잠겨 있습니다 (Ctrl+L).</translation>
        </message>
        <message>
            <source>Judged anew by today's rules first.</source>
            <translation>보내기 전에 오늘 규칙으로 다시 점검합니다.</translation>
        </message>
        <message>
            <source>It is taken back; nothing was ever at the broker.</source>
            <translation>거둡니다. 증권사에는 간 적이 없습니다.</translation>
        </message>
        <message>
            <source>Discard</source>
            <translation>버리기</translation>
        </message>
    </context>
    <context>
        <name>PendingPane</name>
        <message>
            <source>Change</source>
            <translation>정정</translation>
        </message>
        <message>
            <source>Move the price of the selected order, or take shares off it.</source>
            <translation>고른 주문의 가격을 옮기거나 수량을 줄입니다.</translation>
        </message>
        <message>
            <source>Cancel selected</source>
            <translation>선택 취소</translation>
        </message>
        <message>
            <source>One order is cancelled at once; several are asked about in one sentence first.</source>
            <translation>한 건은 바로 취소하고, 여러 건이면 먼저 한 문장으로 묻습니다.</translation>
        </message>
        <message>
            <source>Take back</source>
            <translation>거두기</translation>
        </message>
        <message>
            <source>Take back what waits and has not left yet.</source>
            <translation>아직 보내지 않고 기다리는 요청을 거둡니다.</translation>
        </message>
        <message>
            <source>What happened to it?</source>
            <translation>이 주문에 무슨 일이 있었나</translation>
        </message>
        <message>
            <source>Everything on record about this order, step by step (Enter or double click).</source>
            <translation>이 주문의 모든 기록을 단계별로 (Enter 또는 더블클릭)</translation>
        </message>
        <message>
            <source>Ask the broker</source>
            <translation>증권사에 확인</translation>
        </message>
        <message>
            <source>Read the broker's list of orders and the balance now.</source>
            <translation>지금 증권사의 주문 목록과 잔고를 조회합니다.</translation>
        </message>
        <message>
            <source>Cancel this instrument</source>
            <translation>종목 취소</translation>
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
            <source>Cancel all</source>
            <translation>전체 취소</translation>
        </message>
        <message>
            <source>How many orders and how much money is said first.</source>
            <translation>몇 건, 얼마인지 먼저 보입니다.</translation>
        </message>
        <message>
            <source>Cancel by…</source>
            <translation>골라서 취소…</translation>
        </message>
        <message>
            <source>Cancel by side or by instrument.</source>
            <translation>매수·매도별 또는 종목별로 취소합니다.</translation>
        </message>
        <message>
            <source>Open orders</source>
            <translation>미체결 주문</translation>
        </message>
        <message>
            <source>From our own journal: the broker's list has not been read since the last connection.</source>
            <translation>자체 기록입니다: 다시 연결한 뒤 증권사 목록을 아직 읽지 못했습니다.</translation>
        </message>
        <message>
            <source>From our own journal and the fill notices: this broker has no list of open orders.</source>
            <translation>자체 기록과 체결 통보입니다: 이 증권사에는 미체결 목록이 없습니다.</translation>
        </message>
        <message>
            <source>No order fits the filter</source>
            <translation>조건에 맞는 주문이 없습니다</translation>
        </message>
        <message>
            <source>Clear the filter box to see them all.</source>
            <translation>필터를 지우면 모두 보입니다.</translation>
        </message>
        <message>
            <source>Reading the broker's list of orders</source>
            <translation>증권사 주문 목록을 읽는 중</translation>
        </message>
        <message>
            <source>Orders placed elsewhere appear here as soon as it has been read. F5 asks again.</source>
            <translation>다른 곳에서 낸 주문은 목록을 읽는 대로 나타납니다. F5로 다시 조회합니다.</translation>
        </message>
        <message>
            <source>No working orders</source>
            <translation>미체결 주문이 없습니다</translation>
        </message>
        <message>
            <source>What you place and what has not filled yet waits here. F2 buys, F3 sells.</source>
            <translation>내고 나서 아직 체결되지 않은 주문이 여기에 있습니다. F2 매수, F3 매도.</translation>
        </message>
        <message>
            <source>{order}. {state}: nothing is left to change.</source>
            <translation>{order}. {state}: 바꿀 것이 없습니다.</translation>
        </message>
        <message>
            <source>Select one order first.</source>
            <translation>먼저 주문 하나를 고르세요.</translation>
        </message>
        <message>
            <source>It has ended: nothing is left to change.</source>
            <translation>끝난 주문이라 바꿀 것이 없습니다.</translation>
        </message>
        <message>
            <source>It can be changed once the broker has given it a number.</source>
            <translation>증권사 주문번호를 받은 뒤에 바꿀 수 있습니다.</translation>
        </message>
        <message>
            <source>Select the orders to cancel first.</source>
            <translation>먼저 취소할 주문을 고르세요.</translation>
        </message>
        <message>
            <source>There is no such order.</source>
            <translation>그런 주문이 없습니다.</translation>
        </message>
        <message>
            <source>There is no open order.</source>
            <translation>미체결 주문이 없습니다.</translation>
        </message>
        <message>
            <source>None of the selected orders is waiting to be sent.</source>
            <translation>고른 주문 가운데 대기 중인 것이 없습니다.</translation>
        </message>
    </context>
    <context>
        <name>CancelSlip</name>
        <message>
            <source>Cancel {count} {count:order|orders}</source>
            <translation>{count}건 취소</translation>
        </message>
        <message>
            <source>Enter cancels exactly these orders. Nothing else is touched.</source>
            <translation>Enter를 누르면 이 주문들만 취소합니다. 다른 주문은 그대로입니다.</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>뒤로</translation>
        </message>
        <message>
            <source>Leave them as they are (Esc)</source>
            <translation>그대로 둡니다 (Esc)</translation>
        </message>
    </context>
    <context>
        <name>Head</name>
        <message>
            <source>Fit columns to content</source>
            <translation>내용에 맞게 열 너비 조절</translation>
        </message>
        <message>
            <source>Reset columns</source>
            <translation>열 처음대로</translation>
        </message>
    </context>
    <context>
        <name>TablePane</name>
        <message>
            <source>Copy</source>
            <translation>복사</translation>
        </message>
        <message>
            <source>Copy the selected rows as plain text, columns parted by tabs.</source>
            <translation>고른 줄을 탭으로 나눈 글자로 복사합니다.</translation>
        </message>
        <message>
            <source>Copy with header</source>
            <translation>제목과 함께 복사</translation>
        </message>
        <message>
            <source>Copy the selected rows with the titles of their columns.</source>
            <translation>고른 줄을 열 제목과 함께 복사합니다.</translation>
        </message>
        <message>
            <source>Export as CSV…</source>
            <translation>CSV로 내보내기…</translation>
        </message>
        <message>
            <source>Write all rows shown, with their visible columns, to a file for a spreadsheet.</source>
            <translation>보이는 모든 줄과 열을 스프레드시트용 파일로 저장합니다.</translation>
        </message>
        <message>
            <source>Filter</source>
            <translation>필터</translation>
        </message>
        <message>
            <source>Type to keep only the rows that hold every word.</source>
            <translation>입력한 낱말이 모두 들어 있는 줄만 남깁니다.</translation>
        </message>
        <message>
            <source>Type to keep only the rows that hold every word. Ctrl+F</source>
            <translation>입력한 낱말이 모두 들어 있는 줄만 남깁니다. Ctrl+F</translation>
        </message>
        <message>
            <source>The order is held while the pointer is over the table.</source>
            <translation>포인터가 표 위에 있는 동안 순서를 멈춥니다.</translation>
        </message>
        <message>
            <source>The file could not be written: {why}</source>
            <translation>파일을 쓸 수 없습니다: {why}</translation>
        </message>
        <message>
            <source>{rows} {rows:row|rows} written to {file}.</source>
            <translation>{file}에 {rows}줄을 저장했습니다.</translation>
        </message>
        <message>
            <source>There are no rows.</source>
            <translation>줄이 없습니다.</translation>
        </message>
        <message>
            <source>Amounts are hidden: show them first (Ctrl+H).</source>
            <translation>금액이 가려져 있습니다. 먼저 보이게 하세요 (Ctrl+H).</translation>
        </message>
        <message>
            <source>{count} selected</source>
            <translation>{count}건 선택</translation>
        </message>
        <message>
            <source>{shown} of {count} rows</source>
            <translation>{count}건 중 {shown}건</translation>
        </message>
        <message>
            <source>Rows: {count}</source>
            <translation>{count}건</translation>
        </message>
    </context>
    <context>
        <name>Tables</name>
        <message>
            <source>Order</source>
            <translation>주문</translation>
        </message>
        <message>
            <source>Reprice</source>
            <translation>정정</translation>
        </message>
        <message>
            <source>Reduce</source>
            <translation>일부 취소</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Elsewhere ({channel})</source>
            <translation>다른 곳 ({channel})</translation>
        </message>
        <message>
            <source>Elsewhere</source>
            <translation>다른 곳</translation>
        </message>
        <message>
            <source>Here</source>
            <translation>이 프로그램</translation>
        </message>
        <message>
            <source>Plan</source>
            <translation>계획</translation>
        </message>
        <message>
            <source>Rule</source>
            <translation>규칙</translation>
        </message>
        <message>
            <source>Not sent yet</source>
            <translation>보내기 전</translation>
        </message>
        <message>
            <source>Being sent</source>
            <translation>보내는 중</translation>
        </message>
        <message>
            <source>Unknown: asking the broker</source>
            <translation>결과 모름: 증권사에 확인 중</translation>
        </message>
        <message>
            <source>Working</source>
            <translation>미체결</translation>
        </message>
        <message>
            <source>Partly filled</source>
            <translation>일부 체결</translation>
        </message>
        <message>
            <source>Filled</source>
            <translation>전량 체결</translation>
        </message>
        <message>
            <source>Cancelled</source>
            <translation>취소됨</translation>
        </message>
        <message>
            <source>Expired</source>
            <translation>소멸</translation>
        </message>
        <message>
            <source>Refused</source>
            <translation>거부됨</translation>
        </message>
        <message>
            <source>Taken back before it left</source>
            <translation>보내기 전에 거둠</translation>
        </message>
        <message>
            <source>Never arrived</source>
            <translation>도착하지 않음</translation>
        </message>
        <message>
            <source>{what} unknown: asking the broker</source>
            <translation>{what} 결과 모름: 증권사에 확인 중</translation>
        </message>
        <message>
            <source>Moving to {price} …</source>
            <translation>{price}로 정정 중 …</translation>
        </message>
        <message>
            <source>Reducing by {count} …</source>
            <translation>{count} 줄이는 중 …</translation>
        </message>
        <message>
            <source>Cancelling …</source>
            <translation>취소 중 …</translation>
        </message>
        <message>
            <source>{what} refused</source>
            <translation>{what} 거부됨</translation>
        </message>
    </context>
    <context>
        <name>AllFills</name>
        <message>
            <source>Nothing was filled today in any of these accounts</source>
            <translation>오늘 이 계좌들에 체결이 없습니다</translation>
        </message>
        <message>
            <source>Each fill appears here the moment a broker tells of it.</source>
            <translation>증권사가 체결을 알려 오면 바로 여기에 나타납니다.</translation>
        </message>
        <message>
            <source>Fills of several accounts</source>
            <translation>여러 계좌의 체결</translation>
        </message>
    </context>
    <context>
        <name>Together</name>
        <message>
            <source>Account</source>
            <translation>계좌</translation>
        </message>
        <message>
            <source>In the accounts</source>
            <translation>계좌별 수량</translation>
        </message>
    </context>
    <context>
        <name>AllHoldings</name>
        <message>
            <source>Holdings of several accounts</source>
            <translation>여러 계좌의 보유 종목</translation>
        </message>
        <message>
            <source>Total, won</source>
            <translation>총자산 (원)</translation>
        </message>
        <message>
            <source>Open profit</source>
            <translation>평가손익</translation>
        </message>
        <message>
            <source>Realised today</source>
            <translation>오늘 실현손익</translation>
        </message>
        <message>
            <source>Orderable</source>
            <translation>주문가능</translation>
        </message>
        <message>
            <source>Cash D+2</source>
            <translation>예수금 D+2</translation>
        </message>
        <message>
            <source>No holding fits the filter</source>
            <translation>필터에 맞는 종목이 없습니다</translation>
        </message>
        <message>
            <source>Clear the filter box to see them all.</source>
            <translation>필터를 지우면 모두 보입니다.</translation>
        </message>
        <message>
            <source>Not known yet</source>
            <translation>아직 모릅니다</translation>
        </message>
        <message>
            <source>Being read: {accounts}</source>
            <translation>읽는 중: {accounts}</translation>
        </message>
        <message>
            <source>Nothing is held in any of these accounts</source>
            <translation>이 계좌들에 보유 종목이 없습니다</translation>
        </message>
        <message>
            <source>What is bought appears here.</source>
            <translation>매수한 종목이 여기에 나타납니다.</translation>
        </message>
    </context>
    <context>
        <name>AllPending</name>
        <message>
            <source>Cancel selected</source>
            <translation>선택 취소</translation>
        </message>
        <message>
            <source>One order is cancelled at once; several are asked about first, by account.</source>
            <translation>한 건은 바로 취소하고, 여러 건은 계좌별 건수를 먼저 묻습니다.</translation>
        </message>
        <message>
            <source>Cancel all of these</source>
            <translation>보이는 주문 모두 취소</translation>
        </message>
        <message>
            <source>Every open order of the accounts shown. How many of each is said first.</source>
            <translation>보이는 계좌들의 미체결 주문 전부. 계좌마다 몇 건인지 먼저 말합니다.</translation>
        </message>
        <message>
            <source>There is no open order.</source>
            <translation>미체결 주문이 없습니다.</translation>
        </message>
        <message>
            <source>Show in its account</source>
            <translation>해당 계좌에서 보기</translation>
        </message>
        <message>
            <source>Turn to the account of the selected row: change the order there.</source>
            <translation>고른 주문의 계좌로 갑니다. 정정은 거기에서 합니다.</translation>
        </message>
        <message>
            <source>Open orders of several accounts</source>
            <translation>여러 계좌의 미체결</translation>
        </message>
        <message>
            <source>No order fits the filter</source>
            <translation>필터에 맞는 주문이 없습니다</translation>
        </message>
        <message>
            <source>Clear the filter box to see them all.</source>
            <translation>필터를 지우면 모두 보입니다.</translation>
        </message>
        <message>
            <source>No working orders in any of these accounts</source>
            <translation>이 계좌들에 미체결 주문이 없습니다</translation>
        </message>
        <message>
            <source>What you place and what has not filled yet waits here. F2 buys, F3 sells.</source>
            <translation>낸 주문 가운데 아직 체결되지 않은 것이 여기에 있습니다. F2 매수, F3 매도.</translation>
        </message>
        <message>
            <source>Select an order first.</source>
            <translation>먼저 주문을 고르세요.</translation>
        </message>
    </context>
    <context>
        <name>Scoped</name>
        <message>
            <source>Show</source>
            <translation>보기</translation>
        </message>
        <message>
            <source>All {stakes} accounts</source>
            <translation>{stakes} 계좌 모두</translation>
        </message>
        <message>
            <source>All accounts, stakes mixed</source>
            <translation>실전·모의·연습 모든 계좌</translation>
        </message>
    </context>
</TS>
