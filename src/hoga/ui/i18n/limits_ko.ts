<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
    <context>
        <name>LimitRow</name>
        <message>
            <source>Back to the default: {value}</source>
            <translation>기본값으로: {value}</translation>
        </message>
        <message>
            <source>Default: {value}.</source>
            <translation>기본값: {value}.</translation>
        </message>
        <message>
            <source>not used</source>
            <translation>사용 안 함</translation>
        </message>
    </context>
    <context>
        <name>Loosening</name>
        <message>
            <source>Keep it</source>
            <translation>그대로 두기</translation>
        </message>
        <message>
            <source>Loosen it</source>
            <translation>완화하기</translation>
        </message>
    </context>
    <context>
        <name>LimitsEditor</name>
        <message>
            <source>For orders by hand and by plan alike; nothing holds back a cancel.</source>
            <translation>직접 낸 주문과 자동 주문에 똑같이 적용되고, 취소는 막지 않습니다.</translation>
        </message>
        <message>
            <source>Account whose limits are shown</source>
            <translation>한도를 볼 계좌</translation>
        </message>
        <message>
            <source>This cannot be read: whole numbers, commas, 만 and 억 are understood.</source>
            <translation>읽을 수 없습니다. 정수와 쉼표, 만, 억을 쓸 수 있습니다.</translation>
        </message>
        <message>
            <source>Loosen “{limit}” from {before} to {after}?</source>
            <translation>'{limit}'을(를) {before}에서 {after}(으)로 완화할까요?</translation>
        </message>
    </context>
    <context>
        <name>ListRow</name>
        <message>
            <source>Default: {value}.</source>
            <translation>기본값: {value}.</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>종목코드</translation>
        </message>
        <message>
            <source>Reason</source>
            <translation>이유</translation>
        </message>
        <message>
            <source>Until (YYYY-MM-DD)</source>
            <translation>기한 (YYYY-MM-DD)</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>추가</translation>
        </message>
        <message>
            <source>Remove selected</source>
            <translation>선택 삭제</translation>
        </message>
        <message>
            <source>Instrument</source>
            <translation>종목</translation>
        </message>
        <message>
            <source>Until</source>
            <translation>기한</translation>
        </message>
        <message>
            <source>no end</source>
            <translation>기한 없음</translation>
        </message>
        <message>
            <source>{date}, over</source>
            <translation>{date}, 지남</translation>
        </message>
        <message>
            <source>Select what to remove first.</source>
            <translation>삭제할 종목을 먼저 고르세요.</translation>
        </message>
        <message>
            <source>Enter the code of an instrument.</source>
            <translation>종목코드를 넣으세요.</translation>
        </message>
        <message>
            <source>There is no instrument {code}.</source>
            <translation>{code} 종목이 없습니다.</translation>
        </message>
        <message>
            <source>A day is written like 2026-12-31.</source>
            <translation>날짜는 2026-12-31처럼 넣으세요.</translation>
        </message>
        <message>
            <source>That day is over.</source>
            <translation>이미 지난 날짜입니다.</translation>
        </message>
    </context>
    <context>
        <name>LimitText</name>
        <message>
            <source>Order limits</source>
            <translation>주문 한도</translation>
        </message>
        <message>
            <source>cancels</source>
            <translation>건</translation>
        </message>
        <message>
            <source>orders</source>
            <translation>건</translation>
        </message>
        <message>
            <source>won</source>
            <translation>원</translation>
        </message>
        <message>
            <source>An order of more than this is asked about first.</source>
            <translation>이보다 큰 주문은 보내기 전에 한 번 더 묻습니다.</translation>
        </message>
        <message>
            <source>From here on the amount is typed before the order goes.</source>
            <translation>이 금액부터는 금액을 직접 입력해야 보냅니다.</translation>
        </message>
        <message>
            <source>A buy of more than this is refused; a sell is asked about.</source>
            <translation>이보다 큰 매수는 받지 않고, 매도는 한 번 더 묻습니다.</translation>
        </message>
        <message>
            <source>Of the account in one instrument, open buys and this order included: more is asked about.</source>
            <translation>한 종목이 계좌에서 차지하는 비중입니다(미체결 매수와 이 주문 포함). 넘으면 한 번 더 묻습니다.</translation>
        </message>
        <message>
            <source>In one instrument, open buys and this order included: more is refused.</source>
            <translation>한 종목에 들어가는 금액입니다(미체결 매수와 이 주문 포함). 넘으면 받지 않습니다.</translation>
        </message>
        <message>
            <source>Realised and open against yesterday's close, after costs. Asked about from 70 % of it; once it is reached, only sells pass.</source>
            <translation>전일 종가 대비 실현·평가손익을 비용까지 합친 금액입니다. 70%부터 한 번 더 묻고, 이르면 매도만 받습니다.</translation>
        </message>
        <message>
            <source>The same, of what the account was worth in the morning. What is reached first counts.</source>
            <translation>같은 한도를 오늘 시작할 때 평가금액의 비율로 정합니다. 먼저 이르는 쪽이 적용됩니다.</translation>
        </message>
        <message>
            <source>A limit price further than this from the market is asked about: from the last price, or from the best opposite one where it would trade at once.</source>
            <translation>지정가가 시장가격에서 이보다 멀면 한 번 더 묻습니다. 현재가 기준이며, 바로 체결될 가격이면 상대 최우선호가 기준입니다.</translation>
        </message>
        <message>
            <source>A limit price further than this is refused.</source>
            <translation>지정가가 이보다 멀면 받지 않습니다.</translation>
        </message>
        <message>
            <source>An order that would eat into the book by more than this from its best price is asked about.</source>
            <translation>최우선호가에서 이보다 깊이 밀며 체결될 주문은 한 번 더 묻습니다.</translation>
        </message>
        <message>
            <source>Of the average daily volume of 20 sessions: more is asked about.</source>
            <translation>최근 20거래일 평균 거래량 대비 비율입니다. 넘으면 한 번 더 묻습니다.</translation>
        </message>
        <message>
            <source>New orders and reprices within a minute: each one more is asked about.</source>
            <translation>1분 동안 낸 주문과 정정의 수입니다. 넘으면 건마다 한 번 더 묻습니다.</translation>
        </message>
        <message>
            <source>New orders and reprices within a minute: more are refused, sells never.</source>
            <translation>1분 동안 낸 주문과 정정의 수입니다. 넘으면 받지 않습니다(매도는 받습니다).</translation>
        </message>
        <message>
            <source>Open orders of the account: with more, each new one is asked about.</source>
            <translation>계좌의 미체결 주문 수입니다. 이보다 많아지면 새 주문마다 한 번 더 묻습니다.</translation>
        </message>
        <message>
            <source>Open orders of the account: more are refused, sells never.</source>
            <translation>계좌의 미체결 주문 수입니다. 이보다 많아지는 주문은 받지 않습니다. 매도는 막지 않습니다.</translation>
        </message>
        <message>
            <source>Cancels within a minute: with more, the activity says so. They always leave.</source>
            <translation>1분 동안의 취소 수입니다. 이보다 많으면 활동에 알립니다. 취소는 언제나 나갑니다.</translation>
        </message>
        <message>
            <source>These are not bought, by hand or by a plan. Sells and cancels still go.</source>
            <translation>직접 주문이든 리밸런싱이든 이 종목은 매수하지 않습니다. 매도와 취소는 됩니다.</translation>
        </message>
        <message>
            <source>Where there are any, nothing else is bought. Sells and cancels still go.</source>
            <translation>하나라도 넣으면 다른 종목은 매수하지 않습니다. 매도와 취소는 됩니다.</translation>
        </message>
        <message>
            <source>An order that could trade with one of your own on the other side.</source>
            <translation>반대편에 걸려 있는 내 주문과 서로 체결될 수 있는 주문입니다.</translation>
        </message>
        <message>
            <source>Asks where price and quantity look swapped, a zero is too many, a sum was typed as shares, or the side or the code looks wrong.</source>
            <translation>가격과 수량을 바꿔 넣었거나, 0이 더 붙었거나, 금액을 수량에 넣었거나, 매수·매도나 종목이 뒤바뀐 것 같으면 묻습니다.</translation>
        </message>
        <message>
            <source>On</source>
            <translation>사용</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>사용 안 함</translation>
        </message>
        <message>
            <source>Refuse</source>
            <translation>받지 않음</translation>
        </message>
        <message>
            <source>Ask first</source>
            <translation>먼저 묻기</translation>
        </message>
        <message>
            <source>empty</source>
            <translation>비어 있음</translation>
        </message>
        <message>
            <source>not used</source>
            <translation>사용 안 함</translation>
        </message>
    </context>
</TS>
