<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
    <context>
        <name>ChartBar</name>
        <message>
            <source>Other</source>
            <translation>기타</translation>
        </message>
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
            <source>Studies …</source>
            <translation>지표 …</translation>
        </message>
        <message>
            <source>Moving averages, bands, RSI, MACD and others, with their settings.</source>
            <translation>이동평균, 볼린저 밴드, RSI, MACD 등과 그 설정.</translation>
        </message>
        <message>
            <source>Volume by price</source>
            <translation>매물대</translation>
        </message>
        <message>
            <source>How much was traded at which price, of the candles that are seen.</source>
            <translation>화면에 보이는 봉의 가격대별 거래량.</translation>
        </message>
        <message>
            <source>Draw a horizontal line</source>
            <translation>수평선 그리기</translation>
        </message>
        <message>
            <source>A click puts it at a price; it stays with the instrument.</source>
            <translation>클릭한 가격에 그립니다. 종목마다 저장됩니다.</translation>
        </message>
        <message>
            <source>Draw a trend line</source>
            <translation>추세선 그리기</translation>
        </message>
        <message>
            <source>Two clicks; it stays with the instrument. Drag it or its ends to move it.</source>
            <translation>두 번 클릭하면 그려지고 종목마다 저장됩니다. 선이나 끝을 끌면 옮겨집니다.</translation>
        </message>
        <message>
            <source>Draw a box</source>
            <translation>사각형 그리기</translation>
        </message>
        <message>
            <source>Two clicks, corner to corner; it stays with the instrument. Drag an edge or a corner.</source>
            <translation>마주 보는 두 모서리를 차례로 누릅니다. 종목과 함께 남고, 변이나 모서리를 끌어 옮깁니다.</translation>
        </message>
        <message>
            <source>Put a note …</source>
            <translation>메모 붙이기 …</translation>
        </message>
        <message>
            <source>A click puts it at a candle and a price; a double click changes its words.</source>
            <translation>누른 봉과 가격에 붙습니다. 두 번 누르면 내용을 고칩니다.</translation>
        </message>
        <message>
            <source>Change the note's words …</source>
            <translation>메모 고치기 …</translation>
        </message>
        <message>
            <source>Of the note that was clicked last.</source>
            <translation>마지막으로 누른 메모의 내용을 고칩니다.</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>측정</translation>
        </message>
        <message>
            <source>Two clicks: change, per cent, bars and time between them. Esc ends it.</source>
            <translation>두 번 클릭하면 그 사이의 가격 차이, 등락률, 봉 수, 시간을 보여 줍니다. Esc로 끝냅니다.</translation>
        </message>
        <message>
            <source>Delete the chosen drawing</source>
            <translation>고른 그림 지우기</translation>
        </message>
        <message>
            <source>A click on a line, a box or a note chooses it.</source>
            <translation>선, 사각형, 메모를 누르면 골라집니다.</translation>
        </message>
        <message>
            <source>Undo drawing</source>
            <translation>그리기 되돌리기</translation>
        </message>
        <message>
            <source>Lines, boxes and notes as they were before the last change.</source>
            <translation>마지막으로 바꾸기 전의 선, 사각형, 메모로 되돌립니다.</translation>
        </message>
        <message>
            <source>Show a stretch of time …</source>
            <translation>기간 입력해서 보기 …</translation>
        </message>
        <message>
            <source>Typed: 3d, 1y6M, 2024-03, from..to. Older candles are read as needed.</source>
            <translation>3d, 1y6M, 2024-03, 시작..끝처럼 입력합니다. 오래된 봉은 필요한 만큼 불러옵니다.</translation>
        </message>
        <message>
            <source>Copy the picture</source>
            <translation>그림 복사</translation>
        </message>
        <message>
            <source>The chart as it is seen, at twice the size.</source>
            <translation>보이는 차트를 두 배 크기로 복사합니다.</translation>
        </message>
        <message>
            <source>Save the picture …</source>
            <translation>그림 저장 …</translation>
        </message>
        <message>
            <source>The chart as it is seen, at twice the size, as PNG.</source>
            <translation>보이는 차트를 두 배 크기의 PNG로 저장합니다.</translation>
        </message>
        <message>
            <source>Save the candles …</source>
            <translation>봉 데이터 저장 …</translation>
        </message>
        <message>
            <source>The candles that are seen, as CSV that a spreadsheet opens.</source>
            <translation>보이는 봉을 스프레드시트에서 열 수 있는 CSV로 저장합니다.</translation>
        </message>
        <message>
            <source>Candles, line, Heikin-Ashi</source>
            <translation>봉·선·하이킨아시 바꾸기</translation>
        </message>
        <message>
            <source>The next way to draw the bars. Values are always the real candle's.</source>
            <translation>봉을 그리는 방식을 바꿉니다. 표시되는 값은 언제나 실제 봉의 값입니다.</translation>
        </message>
        <message>
            <source>Logarithmic prices</source>
            <translation>로그 차트</translation>
        </message>
        <message>
            <source>Equal percentages are equally tall.</source>
            <translation>같은 비율의 등락이 같은 높이로 보입니다.</translation>
        </message>
        <message>
            <source>Adjusted or raw prices</source>
            <translation>수정주가 / 원주가</translation>
        </message>
        <message>
            <source>Raw prices are as they were paid, before splits; orders know only these.</source>
            <translation>원주가는 분할 등을 반영하지 않은, 실제 거래된 가격입니다. 주문은 원주가로만 나갑니다.</translation>
        </message>
        <message>
            <source>Compare with …</source>
            <translation>비교하기…</translation>
        </message>
        <message>
            <source>Another instrument or an index fund beside this one, in per cent.</source>
            <translation>다른 종목이나 지수 ETF를 함께 등락률로 봅니다.</translation>
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
        <name>CompareDialog</name>
        <message>
            <source>Compare with</source>
            <translation>비교할 종목</translation>
        </message>
        <message>
            <source>Both are shown in per cent from the left edge of the chart. An index fund shows the market.</source>
            <translation>두 종목을 차트 왼쪽 끝 기준 등락률로 보여 줍니다. 시장과 비교하려면 지수 ETF를 고르세요.</translation>
        </message>
        <message>
            <source>Instrument to compare with</source>
            <translation>비교할 종목</translation>
        </message>
        <message>
            <source>Name, initials or code</source>
            <translation>이름, 초성, 코드</translation>
        </message>
        <message>
            <source>With nothing</source>
            <translation>비교 안 함</translation>
        </message>
        <message>
            <source>Nothing is compared now.</source>
            <translation>지금은 비교하는 종목이 없습니다.</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>비교</translation>
        </message>
    </context>
    <context>
        <name>NoteDialog</name>
        <message>
            <source>Note on the chart</source>
            <translation>차트 메모</translation>
        </message>
        <message>
            <source>It stays at its candle and price, with the instrument.</source>
            <translation>이 봉과 가격에 종목과 함께 남습니다.</translation>
        </message>
        <message>
            <source>Words of the note</source>
            <translation>메모 내용</translation>
        </message>
        <message>
            <source>Write it</source>
            <translation>붙이기</translation>
        </message>
        <message>
            <source>A note needs words; Del on the chart deletes it.</source>
            <translation>내용을 넣으세요. 지우려면 차트에서 Del을 누르세요.</translation>
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
        <name>StretchDialog</name>
        <message>
            <source>1 day</source>
            <translation>1일</translation>
        </message>
        <message>
            <source>1 week</source>
            <translation>1주</translation>
        </message>
        <message>
            <source>1 month</source>
            <translation>1개월</translation>
        </message>
        <message>
            <source>3 months</source>
            <translation>3개월</translation>
        </message>
        <message>
            <source>6 months</source>
            <translation>6개월</translation>
        </message>
        <message>
            <source>1 year</source>
            <translation>1년</translation>
        </message>
        <message>
            <source>5 years</source>
            <translation>5년</translation>
        </message>
        <message>
            <source>all</source>
            <translation>전체</translation>
        </message>
        <message>
            <source>Show a stretch of time</source>
            <translation>기간 보기</translation>
        </message>
        <message>
            <source>3d, 2w, 1y6M back from now; 2024, 2024-03, or from..to: 2024-03-04..2024-06-30</source>
            <translation>지금부터 거꾸로 3d(3일), 2w(2주), 1y6M(1년 6개월), 또는 2024, 2024-03, 시작..끝: 2024-03-04..2024-06-30</translation>
        </message>
        <message>
            <source>Stretch of time</source>
            <translation>기간</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>보기</translation>
        </message>
        <message>
            <source>Not understood yet.</source>
            <translation>아직 이해할 수 없는 기간입니다.</translation>
        </message>
    </context>
    <context>
        <name>Studies</name>
        <message>
            <source>Moving average</source>
            <translation>이동평균</translation>
        </message>
        <message>
            <source>Exponential average</source>
            <translation>지수이동평균</translation>
        </message>
        <message>
            <source>Bollinger bands</source>
            <translation>볼린저 밴드</translation>
        </message>
        <message>
            <source>Envelope</source>
            <translation>엔벨로프</translation>
        </message>
        <message>
            <source>VWAP of the day</source>
            <translation>당일 VWAP</translation>
        </message>
        <message>
            <source>Ichimoku</source>
            <translation>일목균형표</translation>
        </message>
        <message>
            <source>Average of volume</source>
            <translation>거래량 이동평균</translation>
        </message>
        <message>
            <source>RSI</source>
            <translation>RSI</translation>
        </message>
        <message>
            <source>MACD</source>
            <translation>MACD</translation>
        </message>
        <message>
            <source>Slow stochastic</source>
            <translation>스토캐스틱 슬로우</translation>
        </message>
        <message>
            <source>ATR</source>
            <translation>ATR</translation>
        </message>
        <message>
            <source>Bars</source>
            <translation>기간</translation>
        </message>
        <message>
            <source>Deviations</source>
            <translation>승수</translation>
        </message>
        <message>
            <source>Per cent</source>
            <translation>퍼센트</translation>
        </message>
        <message>
            <source>Turning bars</source>
            <translation>전환 기간</translation>
        </message>
        <message>
            <source>Leading bars</source>
            <translation>선행 기간</translation>
        </message>
        <message>
            <source>Fast bars</source>
            <translation>단기</translation>
        </message>
        <message>
            <source>Slow bars</source>
            <translation>장기</translation>
        </message>
        <message>
            <source>Signal</source>
            <translation>시그널</translation>
        </message>
        <message>
            <source>Range</source>
            <translation>기간</translation>
        </message>
        <message>
            <source>Slow %K</source>
            <translation>Slow %K</translation>
        </message>
        <message>
            <source>Slow %D</source>
            <translation>Slow %D</translation>
        </message>
        <message>
            <source>Upper</source>
            <translation>상한선</translation>
        </message>
        <message>
            <source>Middle</source>
            <translation>중심선</translation>
        </message>
        <message>
            <source>Lower</source>
            <translation>하한선</translation>
        </message>
        <message>
            <source>Turning</source>
            <translation>전환선</translation>
        </message>
        <message>
            <source>Base</source>
            <translation>기준선</translation>
        </message>
        <message>
            <source>Leading A</source>
            <translation>선행스팬1</translation>
        </message>
        <message>
            <source>Leading B</source>
            <translation>선행스팬2</translation>
        </message>
        <message>
            <source>Lagging</source>
            <translation>후행스팬</translation>
        </message>
        <message>
            <source>MACD line</source>
            <translation>MACD선</translation>
        </message>
        <message>
            <source>Difference</source>
            <translation>오실레이터</translation>
        </message>
        <message>
            <source>%K</source>
            <translation>%K</translation>
        </message>
        <message>
            <source>%D</source>
            <translation>%D</translation>
        </message>
        <message>
            <source>amber</source>
            <translation>황색</translation>
        </message>
        <message>
            <source>green</source>
            <translation>녹색</translation>
        </message>
        <message>
            <source>accent</source>
            <translation>강조색</translation>
        </message>
        <message>
            <source>red</source>
            <translation>적색</translation>
        </message>
        <message>
            <source>as text</source>
            <translation>글자색</translation>
        </message>
        <message>
            <source>grey</source>
            <translation>회색</translation>
        </message>
        <message>
            <source>as rising</source>
            <translation>상승색</translation>
        </message>
        <message>
            <source>as falling</source>
            <translation>하락색</translation>
        </message>
    </context>
    <context>
        <name>StudiesDialog</name>
        <message>
            <source>Studies</source>
            <translation>지표</translation>
        </message>
        <message>
            <source>Study to add</source>
            <translation>추가할 지표</translation>
        </message>
        <message>
            <source>Studies in the chart</source>
            <translation>차트의 지표</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>추가</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>삭제</translation>
        </message>
        <message>
            <source>As at first</source>
            <translation>처음대로</translation>
        </message>
        <message>
            <source>The moving averages of 5, 20 and 60 bars.</source>
            <translation>5, 20, 60 이동평균.</translation>
        </message>
        <message>
            <source>Volume by price</source>
            <translation>매물대</translation>
        </message>
        <message>
            <source>How much was traded at which price, of the candles that are seen.</source>
            <translation>화면에 보이는 봉의 가격대별 거래량.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>There are as many studies as a chart can show.</source>
            <translation>차트에 넣을 수 있는 지표 수가 다 찼습니다.</translation>
        </message>
        <message>
            <source>No study is chosen.</source>
            <translation>선택한 지표가 없습니다.</translation>
        </message>
        <message>
            <source>Colour of {line}</source>
            <translation>{line} 색</translation>
        </message>
    </context>
    <context>
        <name>Taking</name>
        <message>
            <source>Time</source>
            <translation>시각</translation>
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
            <source>Close</source>
            <translation>종가</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>거래량</translation>
        </message>
        <message>
            <source>Save the chart</source>
            <translation>차트 저장</translation>
        </message>
        <message>
            <source>Written: {file}</source>
            <translation>저장했습니다: {file}</translation>
        </message>
        <message>
            <source>The file could not be written: {why}. Choose another folder.</source>
            <translation>파일을 저장하지 못했습니다: {why}. 다른 폴더를 고르세요.</translation>
        </message>
    </context>
    <context>
        <name>ChartTexts</name>
        <message>
            <source>10T</source>
            <translation>10틱</translation>
        </message>
        <message>
            <source>60T</source>
            <translation>60틱</translation>
        </message>
        <message>
            <source>3m</source>
            <translation>3분</translation>
        </message>
        <message>
            <source>10m</source>
            <translation>10분</translation>
        </message>
        <message>
            <source>30m</source>
            <translation>30분</translation>
        </message>
        <message>
            <source>240m</source>
            <translation>240분</translation>
        </message>
        <message>
            <source>Y</source>
            <translation>년</translation>
        </message>
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
            <source>10-trade candles</source>
            <translation>10틱봉</translation>
        </message>
        <message>
            <source>60-trade candles</source>
            <translation>60틱봉</translation>
        </message>
        <message>
            <source>3-minute candles</source>
            <translation>3분봉</translation>
        </message>
        <message>
            <source>10-minute candles</source>
            <translation>10분봉</translation>
        </message>
        <message>
            <source>30-minute candles</source>
            <translation>30분봉</translation>
        </message>
        <message>
            <source>240-minute candles</source>
            <translation>240분봉</translation>
        </message>
        <message>
            <source>Yearly candles</source>
            <translation>년봉</translation>
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
        <message>
            <source>Buy</source>
            <translation>매수</translation>
        </message>
        <message>
            <source>Sell</source>
            <translation>매도</translation>
        </message>
        <message>
            <source>plan buys, round {n}</source>
            <translation>리밸런싱 매수 {n}회차</translation>
        </message>
        <message>
            <source>plan sells, round {n}</source>
            <translation>리밸런싱 매도 {n}회차</translation>
        </message>
        <message>
            <source>this one</source>
            <translation>이 종목</translation>
        </message>
        <message>
            <source>log</source>
            <translation>로그</translation>
        </message>
        <message>
            <source>adjusted</source>
            <translation>수정주가</translation>
        </message>
        <message>
            <source>raw prices</source>
            <translation>원주가</translation>
        </message>
        <message>
            <source>Heikin-Ashi · values are the real candle's</source>
            <translation>하이킨아시 · 값은 실제 봉의 값</translation>
        </message>
        <message>
            <source>outside today's limits</source>
            <translation>오늘 상·하한가 밖</translation>
        </message>
        <message>
            <source>{n} bars</source>
            <translation>{n}봉</translation>
        </message>
        <message>
            <source>{n} d</source>
            <translation>{n}일</translation>
        </message>
    </context>
    <context>
        <name>ChartTools</name>
        <message>
            <source>Nothing drawn is chosen: click on a line, box or note.</source>
            <translation>고른 그림이 없습니다. 선, 사각형, 메모를 누르세요.</translation>
        </message>
        <message>
            <source>No note is chosen: click on one.</source>
            <translation>고른 메모가 없습니다. 메모를 누르세요.</translation>
        </message>
        <message>
            <source>Nothing was drawn yet.</source>
            <translation>아직 그린 선이 없습니다.</translation>
        </message>
    </context>
</TS>
