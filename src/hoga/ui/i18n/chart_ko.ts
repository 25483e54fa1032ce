<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
    <context>
        <name>ChartBar</name>
        <message>
            <source>Period</source>
            <translation>주기</translation>
        </message>
        <message>
            <source>What can be done on the chart (also by a right click)</source>
            <translation>차트에서 할 수 있는 일 (오른쪽 클릭으로도)</translation>
        </message>
        <message>
            <source>Chart menu</source>
            <translation>차트 메뉴</translation>
        </message>
    </context>
    <context>
        <name>ChartCommands</name>
        <message>
            <source>Chart: move left</source>
            <translation>차트: 왼쪽으로</translation>
        </message>
        <message>
            <source>Older candles. Dragging does the same.</source>
            <translation>지난 봉을 봅니다. 끌어도 됩니다.</translation>
        </message>
        <message>
            <source>Chart: move right</source>
            <translation>차트: 오른쪽으로</translation>
        </message>
        <message>
            <source>Newer candles. Dragging does the same.</source>
            <translation>최근 봉을 봅니다. 끌어도 됩니다.</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>확대</translation>
        </message>
        <message>
            <source>Fewer, wider candles. The wheel does the same at the pointer.</source>
            <translation>봉을 더 크게 봅니다. 휠은 포인터 위치에서 확대합니다.</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>축소</translation>
        </message>
        <message>
            <source>More, narrower candles. The wheel does the same at the pointer.</source>
            <translation>더 많은 봉을 봅니다. 휠은 포인터 위치에서 축소합니다.</translation>
        </message>
        <message>
            <source>Stretch prices</source>
            <translation>가격 축 늘리기</translation>
        </message>
        <message>
            <source>Taller candles. Dragging the price axis does the same.</source>
            <translation>봉이 길어집니다. 가격 축을 끌어도 됩니다.</translation>
        </message>
        <message>
            <source>Squeeze prices</source>
            <translation>가격 축 줄이기</translation>
        </message>
        <message>
            <source>Flatter candles. Dragging the price axis does the same.</source>
            <translation>봉이 납작해집니다. 가격 축을 끌어도 됩니다.</translation>
        </message>
        <message>
            <source>Oldest candles</source>
            <translation>가장 오래된 봉</translation>
        </message>
        <message>
            <source>The oldest candles that were read; more are read when you get there.</source>
            <translation>불러온 가장 오래된 봉으로 갑니다. 닿으면 더 불러옵니다.</translation>
        </message>
        <message>
            <source>Newest candles</source>
            <translation>최근 봉</translation>
        </message>
        <message>
            <source>Back to now, and follow what comes.</source>
            <translation>현재로 돌아와 새 봉을 따라갑니다.</translation>
        </message>
        <message>
            <source>Reset the view</source>
            <translation>화면 되돌리기</translation>
        </message>
        <message>
            <source>The newest candles at the usual zoom, prices fitted.</source>
            <translation>최근 봉을 기본 배율로, 가격 축을 맞춰 봅니다.</translation>
        </message>
        <message>
            <source>Crosshair to the candle before</source>
            <translation>십자선을 이전 봉으로</translation>
        </message>
        <message>
            <source>Its values stand above the chart.</source>
            <translation>값은 차트 위에 나옵니다.</translation>
        </message>
        <message>
            <source>Crosshair to the next candle</source>
            <translation>십자선을 다음 봉으로</translation>
        </message>
        <message>
            <source>Copy this candle</source>
            <translation>이 봉 복사</translation>
        </message>
        <message>
            <source>Its values as plain numbers, for a table.</source>
            <translation>값을 표에 붙일 수 있는 숫자로 복사합니다.</translation>
        </message>
        <message>
            <source>This price into the ticket</source>
            <translation>이 가격을 주문표에</translation>
        </message>
        <message>
            <source>Fills the ticket's price; sends nothing. A double click does the same.</source>
            <translation>주문표의 가격만 채우고 아무것도 전송하지 않습니다. 더블클릭해도 됩니다.</translation>
        </message>
        <message>
            <source>Read the chart again</source>
            <translation>차트 다시 읽기</translation>
        </message>
        <message>
            <source>Asks the broker for the candles once more.</source>
            <translation>봉을 증권사에 다시 요청합니다.</translation>
        </message>
        <message>
            <source>Period</source>
            <translation>주기</translation>
        </message>
    </context>
    <context>
        <name>ChartPane</name>
        <message>
            <source>There are no candles yet.</source>
            <translation>아직 봉이 없습니다.</translation>
        </message>
        <message>
            <source>Choose an instrument: Ctrl+K</source>
            <translation>종목을 고르세요: Ctrl+K</translation>
        </message>
        <message>
            <source>No trades yet: {period}. A longer period may show older ones.</source>
            <translation>아직 체결이 없습니다: {period}. 더 긴 주기에서는 지난 체결이 보일 수 있습니다.</translation>
        </message>
        <message>
            <source>Reading candles …</source>
            <translation>봉을 불러오는 중 …</translation>
        </message>
        <message>
            <source>Reading</source>
            <translation>불러오는 중</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>다시 시도</translation>
        </message>
        <message>
            <source>Values of the candle</source>
            <translation>봉의 값</translation>
        </message>
        <message>
            <source>Chart of {name}</source>
            <translation>{name} 차트</translation>
        </message>
    </context>
    <context>
        <name>ChartTexts</name>
        <message>
            <source>1m</source>
            <translation>1분</translation>
        </message>
        <message>
            <source>5m</source>
            <translation>5분</translation>
        </message>
        <message>
            <source>15m</source>
            <translation>15분</translation>
        </message>
        <message>
            <source>60m</source>
            <translation>60분</translation>
        </message>
        <message>
            <source>D</source>
            <translation>일</translation>
        </message>
        <message>
            <source>W</source>
            <translation>주</translation>
        </message>
        <message>
            <source>M</source>
            <translation>월</translation>
        </message>
        <message>
            <source>1-minute candles</source>
            <translation>1분봉</translation>
        </message>
        <message>
            <source>5-minute candles</source>
            <translation>5분봉</translation>
        </message>
        <message>
            <source>15-minute candles</source>
            <translation>15분봉</translation>
        </message>
        <message>
            <source>60-minute candles</source>
            <translation>60분봉</translation>
        </message>
        <message>
            <source>Daily candles</source>
            <translation>일봉</translation>
        </message>
        <message>
            <source>Weekly candles</source>
            <translation>주봉</translation>
        </message>
        <message>
            <source>Monthly candles</source>
            <translation>월봉</translation>
        </message>
        <message>
            <source>O</source>
            <translation>시</translation>
        </message>
        <message>
            <source>H</source>
            <translation>고</translation>
        </message>
        <message>
            <source>L</source>
            <translation>저</translation>
        </message>
        <message>
            <source>C</source>
            <translation>종</translation>
        </message>
        <message>
            <source>Vol</source>
            <translation>거래량</translation>
        </message>
        <message>
            <source>Avg</source>
            <translation>평균</translation>
        </message>
        <message>
            <source>not live</source>
            <translation>실시간 아님</translation>
        </message>
        <message>
            <source>bought</source>
            <translation>매수</translation>
        </message>
        <message>
            <source>sold</source>
            <translation>매도</translation>
        </message>
    </context>
</TS>
