<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
    <context>
        <name>Quote</name>
        <message>
            <source>Mine</source>
            <translation>내 주문</translation>
        </message>
        <message>
            <source>Ask qty</source>
            <translation>매도잔량</translation>
        </message>
        <message>
            <source>Bid qty</source>
            <translation>매수잔량</translation>
        </message>
        <message>
            <source>Price</source>
            <translation>호가</translation>
        </message>
        <message>
            <source>Best {shown} of {all}</source>
            <translation>{all}단계 중 {shown}단계</translation>
        </message>
        <message>
            <source>Expected {price} · {quantity} sh</source>
            <translation>예상 {price} · {quantity}주</translation>
        </message>
        <message>
            <source>Last {price}</source>
            <translation>현재가 {price}</translation>
        </message>
        <message>
            <source>Total</source>
            <translation>총잔량</translation>
        </message>
        <message>
            <source>Strength {percent}</source>
            <translation>체결강도 {percent}</translation>
        </message>
        <message>
            <source>Spread {size}</source>
            <translation>스프레드 {size}</translation>
        </message>
        <message>
            <source>1 tick</source>
            <translation>1틱</translation>
        </message>
        <message>
            <source>{n} ticks</source>
            <translation>{n}틱</translation>
        </message>
        <message>
            <source>ask {quantity}</source>
            <translation>매도 {quantity}주</translation>
        </message>
        <message>
            <source>bid {quantity}</source>
            <translation>매수 {quantity}주</translation>
        </message>
        <message>
            <source>my sells {quantity}</source>
            <translation>내 매도 {quantity}주</translation>
        </message>
        <message>
            <source>my buys {quantity}</source>
            <translation>내 매수 {quantity}주</translation>
        </message>
        <message>
            <source>last price</source>
            <translation>현재가</translation>
        </message>
        <message>
            <source>Buy at {price} …</source>
            <translation>{price}에 매수 …</translation>
        </message>
        <message>
            <source>Sell at {price} …</source>
            <translation>{price}에 매도 …</translation>
        </message>
        <message>
            <source>Copy {price}</source>
            <translation>{price} 복사</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>시가</translation>
        </message>
        <message>
            <source>High</source>
            <translation>고가</translation>
        </message>
        <message>
            <source>Low</source>
            <translation>저가</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>거래량</translation>
        </message>
        <message>
            <source>Turnover</source>
            <translation>거래대금</translation>
        </message>
        <message>
            <source>Prev. close</source>
            <translation>기준가</translation>
        </message>
        <message>
            <source>Upper limit</source>
            <translation>상한가</translation>
        </message>
        <message>
            <source>Lower limit</source>
            <translation>하한가</translation>
        </message>
        <message>
            <source>Tick</source>
            <translation>호가단위</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>체결강도</translation>
        </message>
        <message>
            <source>Shares bought at the ask over shares sold at the bid today: {bought} / {sold}</source>
            <translation>당일 매수 체결량 ÷ 매도 체결량: {bought} / {sold}</translation>
        </message>
        <message>
            <source>Shares bought at the ask over those sold at the bid since {since}: {bought} / {sold}</source>
            <translation>{since}부터 매수 체결량 ÷ 매도 체결량: {bought} / {sold}</translation>
        </message>
        <message>
            <source>Market cap</source>
            <translation>시가총액</translation>
        </message>
        <message>
            <source>Listed shares</source>
            <translation>상장주식수</translation>
        </message>
        <message>
            <source>Sector</source>
            <translation>업종</translation>
        </message>
        <message>
            <source>PER</source>
            <translation>PER</translation>
        </message>
        <message>
            <source>PBR</source>
            <translation>PBR</translation>
        </message>
        <message>
            <source>EPS</source>
            <translation>EPS</translation>
        </message>
        <message>
            <source>BPS</source>
            <translation>BPS</translation>
        </message>
        <message>
            <source>52-week high</source>
            <translation>52주 최고</translation>
        </message>
        <message>
            <source>52-week low</source>
            <translation>52주 최저</translation>
        </message>
        <message>
            <source>ISIN</source>
            <translation>ISIN</translation>
        </message>
        <message>
            <source>{rate} against the previous close</source>
            <translation>기준가 대비 {rate}</translation>
        </message>
        <message>
            <source>buy</source>
            <translation>매수</translation>
        </message>
        <message>
            <source>sell</source>
            <translation>매도</translation>
        </message>
        <message>
            <source>Halted</source>
            <translation>거래정지</translation>
        </message>
        <message>
            <source>Trading is halted: orders are refused.</source>
            <translation>매매가 정지되어 주문이 거부됩니다.</translation>
        </message>
        <message>
            <source>Liquidation trading before delisting: no daily price limits.</source>
            <translation>상장폐지 전 정리매매 중이며 가격제한폭이 없습니다.</translation>
        </message>
        <message>
            <source>Liquidation</source>
            <translation>정리매매</translation>
        </message>
        <message>
            <source>Under administration: at risk of being delisted.</source>
            <translation>관리종목입니다. 상장폐지될 수 있습니다.</translation>
        </message>
        <message>
            <source>Managed</source>
            <translation>관리종목</translation>
        </message>
        <message>
            <source>Short-term overheating: may trade by single-price auctions.</source>
            <translation>단기과열종목입니다. 단일가매매로 거래될 수 있습니다.</translation>
        </message>
        <message>
            <source>Overheated</source>
            <translation>단기과열</translation>
        </message>
        <message>
            <source>Volatility interruption: a two-minute call auction is running.</source>
            <translation>변동성완화장치가 발동되어 2분간 단일가매매 중입니다.</translation>
        </message>
        <message>
            <source>VI</source>
            <translation>VI</translation>
        </message>
        <message>
            <source>Caution</source>
            <translation>투자주의</translation>
        </message>
        <message>
            <source>The exchange urges caution with this name.</source>
            <translation>거래소가 투자주의종목으로 지정했습니다.</translation>
        </message>
        <message>
            <source>Investment warning: buying on credit is barred; may be halted if it rises on.</source>
            <translation>투자경고종목입니다. 신용매수가 금지되며 더 오르면 매매가 정지될 수 있습니다.</translation>
        </message>
        <message>
            <source>Warning</source>
            <translation>투자경고</translation>
        </message>
        <message>
            <source>Investment risk: the gravest warning; trading may be halted for days.</source>
            <translation>투자위험종목입니다. 가장 높은 단계이며 며칠간 매매가 정지될 수 있습니다.</translation>
        </message>
        <message>
            <source>Risk</source>
            <translation>투자위험</translation>
        </message>
        <message>
            <source>Limit up</source>
            <translation>상한</translation>
        </message>
        <message>
            <source>Limit down</source>
            <translation>하한</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>기준</translation>
        </message>
        <message>
            <source>My avg</source>
            <translation>내 평균</translation>
        </message>
        <message>
            <source>Pre-market</source>
            <translation>장전</translation>
        </message>
        <message>
            <source>Opening auction</source>
            <translation>시가 단일가</translation>
        </message>
        <message>
            <source>Regular</source>
            <translation>정규장</translation>
        </message>
        <message>
            <source>Closing auction</source>
            <translation>종가 단일가</translation>
        </message>
        <message>
            <source>Closing price</source>
            <translation>종가매매</translation>
        </message>
        <message>
            <source>After-market</source>
            <translation>장후</translation>
        </message>
        <message>
            <source>VI auction</source>
            <translation>VI 단일가</translation>
        </message>
        <message>
            <source>Closed</source>
            <translation>장 마감</translation>
        </message>
        <message>
            <source>Stock</source>
            <translation>주식</translation>
        </message>
        <message>
            <source>REIT</source>
            <translation>리츠</translation>
        </message>
        <message>
            <source>Fund</source>
            <translation>펀드</translation>
        </message>
    </context>
    <context>
        <name>BookView</name>
        <message>
            <source>Take this price</source>
            <translation>이 가격 쓰기</translation>
        </message>
        <message>
            <source>Puts the price under the cursor of the book on the ticket; sends nothing</source>
            <translation>호가창 커서의 가격을 주문표에 넣습니다. 아무것도 전송하지 않습니다</translation>
        </message>
        <message>
            <source>One side is empty</source>
            <translation>한쪽 호가가 비어 있음</translation>
        </message>
        <message>
            <source>The book could not be read</source>
            <translation>호가를 조회하지 못함</translation>
        </message>
        <message>
            <source>Waiting for the book</source>
            <translation>호가를 기다리는 중</translation>
        </message>
        <message>
            <source>Order book</source>
            <translation>호가창</translation>
        </message>
        <message>
            <source>not up to date</source>
            <translation>최신이 아님</translation>
        </message>
        <message>
            <source>Click: put this price on the ticket. Nothing is sent.</source>
            <translation>누르면 이 가격을 주문표에 넣습니다. 전송하지는 않습니다.</translation>
        </message>
    </context>
    <context>
        <name>Card</name>
        <message>
            <source>Copy the figure</source>
            <translation>값 복사</translation>
        </message>
        <message>
            <source>Puts the chosen figure of the quote on the clipboard, exactly</source>
            <translation>고른 시세 값을 그대로 클립보드에 복사합니다</translation>
        </message>
        <message>
            <source>Copy all figures</source>
            <translation>모든 값 복사</translation>
        </message>
        <message>
            <source>Copy {label}</source>
            <translation>{label} 복사</translation>
        </message>
    </context>
    <context>
        <name>HeadLine</name>
        <message>
            <source>A recording is played: this is what the market sent then.</source>
            <translation>녹화를 재생 중입니다. 그때 시장이 보낸 그대로입니다.</translation>
        </message>
        <message>
            <source>replay</source>
            <translation>재생</translation>
        </message>
        <message>
            <source>Prices stream: what you see is what the market sent last.</source>
            <translation>실시간 시세입니다. 시장이 마지막으로 보낸 값을 보고 있습니다.</translation>
        </message>
        <message>
            <source>live</source>
            <translation>실시간</translation>
        </message>
        <message>
            <source>No price has been received yet.</source>
            <translation>아직 받은 가격이 없습니다.</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>대기 중</translation>
        </message>
        <message>
            <source>Read just now; the first streamed price has not come yet.</source>
            <translation>방금 조회했습니다. 첫 실시간 가격은 아직 오지 않았습니다.</translation>
        </message>
        <message>
            <source>just read</source>
            <translation>방금 조회</translation>
        </message>
        <message>
            <source>Not streamed: the stream is down or the broker's registrations are used up. Read every {n} seconds.</source>
            <translation>실시간이 아닙니다. 시세 연결이 끊겼거나 등록 한도가 찼습니다. {n}초마다 조회합니다.</translation>
        </message>
        <message>
            <source>polled</source>
            <translation>조회 시세</translation>
        </message>
        <message>
            <source>The price is old and nothing newer came. Do not trade on it.</source>
            <translation>오래된 가격이며 새 가격이 오지 않았습니다. 이 가격을 믿고 거래하지 마세요.</translation>
        </message>
        <message>
            <source>old: {age}</source>
            <translation>{age} 지남</translation>
        </message>
        <message>
            <source>Copy price</source>
            <translation>가격 복사</translation>
        </message>
        <message>
            <source>Copy code</source>
            <translation>종목코드 복사</translation>
        </message>
        <message>
            <source>Copy name</source>
            <translation>종목명 복사</translation>
        </message>
    </context>
    <context>
        <name>QuotePage</name>
        <message>
            <source>Shows more of the instrument: price, day, company</source>
            <translation>종목 정보를 더 보여 줍니다: 가격, 당일, 기업</translation>
        </message>
        <message>
            <source>Read the quote again</source>
            <translation>시세 다시 조회</translation>
        </message>
        <message>
            <source>Asks the broker for quote and book now</source>
            <translation>현재가와 호가를 지금 다시 조회합니다</translation>
        </message>
        <message>
            <source>{price} is on the ticket ({buy} buy, {sell} sell)</source>
            <translation>주문표 가격 {price} ({buy} 매수, {sell} 매도)</translation>
        </message>
        <message>
            <source>read {at}</source>
            <translation>{at} 조회</translation>
        </message>
        <message>
            <source>Could not be read (F5)</source>
            <translation>조회 실패 (F5)</translation>
        </message>
        <message>
            <source>Price ▾</source>
            <translation>가격 ▾</translation>
        </message>
        <message>
            <source>Day ▾</source>
            <translation>당일 ▾</translation>
        </message>
        <message>
            <source>Company ▴</source>
            <translation>기업 ▴</translation>
        </message>
    </context>
    <context>
        <name>RangeBar</name>
        <message>
            <source>Day's range from {low} to {high}, last {last}</source>
            <translation>당일 범위 {low}~{high}, 현재가 {last}</translation>
        </message>
    </context>
    <context>
        <name>TapePane</name>
        <message>
            <source>Go on</source>
            <translation>계속</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>멈춤</translation>
        </message>
        <message>
            <source>Holds the tape still; what comes meanwhile waits and nothing is lost</source>
            <translation>체결 목록을 멈춥니다. 그동안의 체결은 쌓아 두며 잃지 않습니다</translation>
        </message>
        <message>
            <source>Trades</source>
            <translation>체결</translation>
        </message>
        <message>
            <source>Show trades of at least</source>
            <translation>이 크기 이상만 보기</translation>
        </message>
        <message>
            <source>Show only trades of at least this size</source>
            <translation>이 크기 이상의 체결만 보여 줍니다</translation>
        </message>
        <message>
            <source>Big trades</source>
            <translation>큰 체결</translation>
        </message>
        <message>
            <source>Trades of at least this size stand out</source>
            <translation>이 크기 이상의 체결을 강조합니다</translation>
        </message>
        <message>
            <source>All sizes</source>
            <translation>모든 크기</translation>
        </message>
        <message>
            <source>{n}+ sh</source>
            <translation>{n}주+</translation>
        </message>
        <message>
            <source>paused, {n} waiting</source>
            <translation>멈춤, {n}건 대기</translation>
        </message>
        <message>
            <source>{n} newer above</source>
            <translation>위에 새 체결 {n}건</translation>
        </message>
        <message>
            <source>{n} missed</source>
            <translation>{n}건 놓침</translation>
        </message>
    </context>
    <context>
        <name>TapeView</name>
        <message>
            <source>Copy the tape</source>
            <translation>체결 목록 복사</translation>
        </message>
        <message>
            <source>Puts the trades that are listed on the clipboard as a table</source>
            <translation>보이는 체결을 표로 클립보드에 복사합니다</translation>
        </message>
        <message>
            <source>Trades</source>
            <translation>체결</translation>
        </message>
        <message>
            <source>No trades of this size yet.</source>
            <translation>이 크기의 체결이 아직 없습니다.</translation>
        </message>
        <message>
            <source>Trades appear here.</source>
            <translation>체결되는 대로 여기에 나타납니다.</translation>
        </message>
        <message>
            <source>{time}  connection was lost for {lasted}: trades are missing</source>
            <translation>{time}  연결이 {lasted} 끊겨 그동안의 체결이 빠졌습니다</translation>
        </message>
    </context>
</TS>
