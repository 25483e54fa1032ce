<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
    <context>
        <name>Exporting</name>
        <message>
            <source>Export orders, fills and activity…</source>
            <translation>주문·체결·활동 내보내기…</translation>
        </message>
        <message>
            <source>Everything the journal holds, as CSV files that a spreadsheet opens.</source>
            <translation>주문 기록에 있는 모든 것을 엑셀에서 열 수 있는 CSV 파일로 저장합니다.</translation>
        </message>
        <message>
            <source>Export: into which folder?</source>
            <translation>내보낼 폴더를 고르세요</translation>
        </message>
        <message>
            <source>Nothing was exported. {why}</source>
            <translation>내보내지 못했습니다. {why}</translation>
        </message>
        <message>
            <source>Exported to {folder}: {files}</source>
            <translation>{folder}에 내보냈습니다: {files}</translation>
        </message>
    </context>
    <context>
        <name>FrameActions</name>
        <message>
            <source>Next tab</source>
            <translation>다음 탭</translation>
        </message>
        <message>
            <source>Previous tab</source>
            <translation>이전 탭</translation>
        </message>
        <message>
            <source>Cancel all</source>
            <translation>전체 취소</translation>
        </message>
        <message>
            <source>Every working order of every open account, whatever its instrument. Asks once.</source>
            <translation>종목과 관계없이 열려 있는 모든 계좌의 미체결 주문. 한 번 확인합니다.</translation>
        </message>
        <message>
            <source>Waiting to leave…</source>
            <translation>기다리는 요청…</translation>
        </message>
        <message>
            <source>What waits here for its turn, and why. Each can be taken back.</source>
            <translation>여기서 차례를 기다리는 요청과 그 이유를 보고 하나씩 거둘 수 있습니다.</translation>
        </message>
        <message>
            <source>Rescue window</source>
            <translation>비상 창</translation>
        </message>
        <message>
            <source>When all else fails: open orders, positions and the broker's telephone in a plain window.</source>
            <translation>다른 것이 다 안 될 때: 미체결, 보유, 증권사 전화번호를 단순한 창에 보여 줍니다.</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>잠금 풀기</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>잠그기</translation>
        </message>
        <message>
            <source>Locked, nothing that trades can be pressed. Cancelling stays possible.</source>
            <translation>잠그면 주문 기능을 누를 수 없습니다. 취소는 할 수 있습니다.</translation>
        </message>
        <message>
            <source>Show amounts</source>
            <translation>금액 보이기</translation>
        </message>
        <message>
            <source>Hide amounts</source>
            <translation>금액 숨기기</translation>
        </message>
        <message>
            <source>For when somebody looks over your shoulder.</source>
            <translation>누가 화면을 볼 때 씁니다.</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>찾기</translation>
        </message>
        <message>
            <source>An instrument by name, initials, code or nickname; an action; an order; a setting.</source>
            <translation>이름·초성·코드·별명으로 종목을, 그리고 기능·주문·설정을 찾습니다.</translation>
        </message>
        <message>
            <source>Next pane</source>
            <translation>다음 창</translation>
        </message>
        <message>
            <source>Previous pane</source>
            <translation>이전 창</translation>
        </message>
        <message>
            <source>Show or hide the watch list</source>
            <translation>관심종목 보이기/숨기기</translation>
        </message>
        <message>
            <source>Tear the watch list off, or put it back</source>
            <translation>관심종목 떼어 내기/붙이기</translation>
        </message>
        <message>
            <source>Reset the layout</source>
            <translation>배치 초기화</translation>
        </message>
        <message>
            <source>Window, panes and columns as they were at first.</source>
            <translation>창, 패널, 열을 처음 상태로 되돌립니다.</translation>
        </message>
        <message>
            <source>Settings…</source>
            <translation>설정…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Help for this pane</source>
            <translation>이 화면 도움말</translation>
        </message>
        <message>
            <source>What is this?</source>
            <translation>이것은 무엇?</translation>
        </message>
        <message>
            <source>All keys…</source>
            <translation>모든 단축키…</translation>
        </message>
        <message>
            <source>What is at stake</source>
            <translation>무엇이 걸려 있나</translation>
        </message>
        <message>
            <source>The account is locked: Ctrl+L.</source>
            <translation>계좌가 잠겨 있습니다: Ctrl+L.</translation>
        </message>
    </context>
    <context>
        <name>HeaderBar</name>
        <message>
            <source>Recording</source>
            <translation>녹화</translation>
        </message>
        <message>
            <source>{broker}, account {label}</source>
            <translation>{broker}, 계좌 {label}</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>메뉴</translation>
        </message>
        <message>
            <source>Menu: settings, layout, keys</source>
            <translation>메뉴: 설정, 배치, 단축키</translation>
        </message>
        <message>
            <source>REAL: orders are sent to the exchange with real money.</source>
            <translation>실전: 주문이 실제 돈으로 거래소에 나갑니다.</translation>
        </message>
        <message>
            <source>PAPER: the broker's simulation. No real money.</source>
            <translation>모의: 증권사의 모의투자입니다. 실제 돈이 아닙니다.</translation>
        </message>
        <message>
            <source>REPLAY: a recording is played. What is shown is past, and nothing can be ordered.</source>
            <translation>재생: 녹화를 다시 보고 있습니다. 보이는 것은 지난 시세이며 주문할 수 없습니다.</translation>
        </message>
        <message>
            <source>PRACTICE: an exchange on this computer. No real money, nothing leaves it.</source>
            <translation>연습: 이 컴퓨터 안의 거래소입니다. 실제 돈이 아니며 밖으로 나가는 것이 없습니다.</translation>
        </message>
        <message>
            <source>Orderable</source>
            <translation>주문가능</translation>
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
            <source>What new buys may use now, after open orders.</source>
            <translation>미체결 주문을 뺀, 지금 새 매수에 쓸 수 있는 금액.</translation>
        </message>
        <message>
            <source>Holdings at the last price over their cost, before costs.</source>
            <translation>보유 종목의 현재가 평가액에서 매입금액을 뺀 값 (수수료·세금 전).</translation>
        </message>
        <message>
            <source>What today's sells brought, less the fees and taxes of today's buys and sells.</source>
            <translation>오늘 매도로 실현한 손익에서 오늘 매수·매도의 수수료와 세금을 뺀 금액입니다.</translation>
        </message>
    </context>
    <context>
        <name>StoppedBadge</name>
        <message>
            <source>■ STOPPED {time}</source>
            <translation>■ 정지됨 {time}</translation>
        </message>
    </context>
    <context>
        <name>QFileDialog</name>
        <message>
            <source>&amp;Look in:</source>
            <translation>찾는 위치(&amp;L):</translation>
        </message>
        <message>
            <source>Files of &amp;type:</source>
            <translation>파일 형식(&amp;T):</translation>
        </message>
    </context>
    <context>
        <name>QAbstractFileIconProvider</name>
        <message>
            <source>Drive</source>
            <translation>드라이브</translation>
        </message>
        <message>
            <source>File</source>
            <translation>파일</translation>
        </message>
        <message>
            <source>File Folder</source>
            <translation>파일 폴더</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>폴더</translation>
        </message>
        <message>
            <source>Shortcut</source>
            <translation>바로 가기</translation>
        </message>
        <message>
            <source>Unknown</source>
            <translation>알 수 없음</translation>
        </message>
    </context>
    <context>
        <name>IdleLock</name>
        <message>
            <source>Locked: the machine was asleep. {key} unlocks.</source>
            <translation>잠갔습니다: 컴퓨터가 절전 상태였습니다. {key}로 풉니다.</translation>
        </message>
        <message>
            <source>Locked: nobody was at the desk for {minutes} minutes. {key} unlocks.</source>
            <translation>잠갔습니다: {minutes}분 동안 아무 조작이 없었습니다. {key}로 풉니다.</translation>
        </message>
    </context>
    <context>
        <name>KeysDialog</name>
        <message>
            <source>Keys</source>
            <translation>단축키</translation>
        </message>
        <message>
            <source>Help for this pane</source>
            <translation>이 화면 도움말</translation>
        </message>
        <message>
            <source>Find an action or a key</source>
            <translation>기능이나 키 찾기</translation>
        </message>
        <message>
            <source>Key</source>
            <translation>키</translation>
        </message>
        <message>
            <source>Action</source>
            <translation>기능</translation>
        </message>
        <message>
            <source>What it does</source>
            <translation>하는 일</translation>
        </message>
        <message>
            <source>Change keys…</source>
            <translation>단축키 바꾸기…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
    </context>
    <context>
        <name>LookingOn</name>
        <message>
            <source>Open properly</source>
            <translation>제대로 열기</translation>
        </message>
        <message>
            <source>Close this view and open the desk, to trade here.</source>
            <translation>이 화면을 닫고 거래할 수 있게 다시 엽니다.</translation>
        </message>
        <message>
            <source>The other hoga still trades on this folder.</source>
            <translation>다른 hoga가 아직 이 폴더에서 거래하고 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>Opening</name>
        <message>
            <source>hoga</source>
            <translation>호가</translation>
        </message>
        <message>
            <source>Open read only</source>
            <translation>읽기 전용으로 열기</translation>
        </message>
        <message>
            <source>Orders, fills and holdings as the other hoga shows them. Nothing can be sent.</source>
            <translation>다른 hoga가 보여 주는 주문·체결·보유를 봅니다. 아무것도 보낼 수 없습니다.</translation>
        </message>
        <message>
            <source>Connections…</source>
            <translation>연결 관리…</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>다시 시도</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Opening the desk on Practice, the built-in exchange …</source>
            <translation>내장 거래소 '연습'에 데스크를 여는 중 …</translation>
        </message>
    </context>
    <context>
        <name>OrderLine</name>
        <message>
            <source>buy</source>
            <translation>매수</translation>
        </message>
        <message>
            <source>sell</source>
            <translation>매도</translation>
        </message>
        <message>
            <source>market</source>
            <translation>시장가</translation>
        </message>
        <message>
            <source>best limit</source>
            <translation>최유리</translation>
        </message>
        <message>
            <source>priority limit</source>
            <translation>최우선</translation>
        </message>
        <message>
            <source>mid price</source>
            <translation>중간가</translation>
        </message>
    </context>
    <context>
        <name>Page</name>
        <message>
            <source>Quote</source>
            <translation>시세</translation>
        </message>
        <message>
            <source>Price, chart, book and tape of the chosen instrument.</source>
            <translation>고른 종목의 가격, 차트, 호가, 체결.</translation>
        </message>
        <message>
            <source>Order</source>
            <translation>주문</translation>
        </message>
        <message>
            <source>The ticket and the price ladder.</source>
            <translation>주문서와 호가주문창.</translation>
        </message>
        <message>
            <source>Pending</source>
            <translation>미체결</translation>
        </message>
        <message>
            <source>Orders that are working: change or cancel them here.</source>
            <translation>미체결 주문: 여기서 정정하거나 취소합니다.</translation>
        </message>
        <message>
            <source>Rebalancing</source>
            <translation>리밸런싱</translation>
        </message>
        <message>
            <source>Target weights, and the orders that lead there.</source>
            <translation>목표 비중과 그에 이르는 주문.</translation>
        </message>
        <message>
            <source>Holdings</source>
            <translation>잔고</translation>
        </message>
        <message>
            <source>What the account holds, and its cash.</source>
            <translation>보유 종목과 예수금.</translation>
        </message>
        <message>
            <source>Fills</source>
            <translation>체결</translation>
        </message>
        <message>
            <source>What was bought and sold today.</source>
            <translation>오늘 사고판 내역.</translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>활동</translation>
        </message>
        <message>
            <source>Every decision, send and answer in plain words.</source>
            <translation>모든 결정, 전송, 응답을 쉬운 말로.</translation>
        </message>
    </context>
    <context>
        <name>Recording</name>
        <message>
            <source>Stop recording the market</source>
            <translation>시세 녹화 중지</translation>
        </message>
        <message>
            <source>Record the market</source>
            <translation>시세 녹화</translation>
        </message>
        <message>
            <source>Keep every trade and book that comes, to play it again.</source>
            <translation>들어오는 체결과 호가를 모두 보관해 나중에 다시 재생합니다.</translation>
        </message>
        <message>
            <source>Nothing is received here.</source>
            <translation>이 창은 시세를 받지 않습니다.</translation>
        </message>
    </context>
    <context>
        <name>OpenRecording</name>
        <message>
            <source>Play a recording…</source>
            <translation>녹화 재생…</translation>
        </message>
        <message>
            <source>A recorded market, in a window of its own that is marked REPLAY.</source>
            <translation>녹화한 시세를 ‘재생’이라고 표시된 다른 창에서 다시 봅니다.</translation>
        </message>
        <message>
            <source>Play which recording?</source>
            <translation>어느 녹화를 재생할까요?</translation>
        </message>
        <message>
            <source>Recordings</source>
            <translation>녹화</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>모든 파일</translation>
        </message>
        <message>
            <source>{file} opens in a window of its own.</source>
            <translation>{file}을(를) 다른 창에서 엽니다.</translation>
        </message>
        <message>
            <source>{file} could not be opened: hoga could not be started again.</source>
            <translation>{file}을(를) 열 수 없습니다. hoga를 하나 더 시작하지 못했습니다.</translation>
        </message>
    </context>
    <context>
        <name>ReplayBar</name>
        <message>
            <source>REPLAY</source>
            <translation>재생</translation>
        </message>
        <message>
            <source>One on</source>
            <translation>한 건 앞으로</translation>
        </message>
        <message>
            <source>Stands still after the next trade or book</source>
            <translation>다음 체결이나 호가까지 가서 멈춥니다</translation>
        </message>
        <message>
            <source>Speed of the replay</source>
            <translation>재생 속도</translation>
        </message>
        <message>
            <source>Moment of the recording</source>
            <translation>녹화 시각</translation>
        </message>
        <message>
            <source>Hold</source>
            <translation>일시 정지</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>재생</translation>
        </message>
    </context>
    <context>
        <name>Finder</name>
        <message>
            <source>Setting</source>
            <translation>설정</translation>
        </message>
    </context>
    <context>
        <name>Palette</name>
        <message>
            <source>Enter: show · Ctrl+Enter: show and watch · &gt; actions · Esc: back</source>
            <translation>Enter 보기 · Ctrl+Enter 보고 관심종목에 추가 · &gt; 기능 · Esc 닫기</translation>
        </message>
        <message>
            <source>The list of instruments is being read…</source>
            <translation>종목 목록을 읽는 중…</translation>
        </message>
        <message>
            <source>A name, 초성, an English name, a code or a nickname; &gt; for actions</source>
            <translation>이름, 초성, 영문 이름, 코드, 별명 · 기능은 &gt;</translation>
        </message>
        <message>
            <source>Nothing found. Try a part of the name, its 초성, or the code.</source>
            <translation>찾지 못했습니다. 이름의 일부, 초성, 코드로 찾아 보세요.</translation>
        </message>
        <message>
            <source>Find an instrument, an action, an order or a setting</source>
            <translation>종목·기능·주문·설정 찾기</translation>
        </message>
        <message>
            <source>Results</source>
            <translation>결과</translation>
        </message>
    </context>
    <context>
        <name>SettingsDialog</name>
        <message>
            <source>Settings</source>
            <translation>설정</translation>
        </message>
        <message>
            <source>Search the settings</source>
            <translation>설정 찾기</translation>
        </message>
        <message>
            <source>No setting is called that.</source>
            <translation>그런 설정이 없습니다.</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>내보내기…</translation>
        </message>
        <message>
            <source>Into a file, to take elsewhere. There are no secrets in it.</source>
            <translation>다른 곳에 가져갈 파일로 저장합니다. 비밀 정보는 들어 있지 않습니다.</translation>
        </message>
        <message>
            <source>Import…</source>
            <translation>가져오기…</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source> (default)</source>
            <translation> (기본)</translation>
        </message>
        <message>
            <source>sound</source>
            <translation>소리</translation>
        </message>
        <message>
            <source>toast</source>
            <translation>알림</translation>
        </message>
        <message>
            <source>Listen</source>
            <translation>듣기</translation>
        </message>
        <message>
            <source>Export the settings</source>
            <translation>설정 내보내기</translation>
        </message>
        <message>
            <source>Import settings</source>
            <translation>설정 가져오기</translation>
        </message>
        <message>
            <source>Settings (*.json)</source>
            <translation>설정 (*.json)</translation>
        </message>
        <message>
            <source>Could not be written: {why}</source>
            <translation>저장하지 못했습니다: {why}</translation>
        </message>
        <message>
            <source>Could not be read: {why}</source>
            <translation>읽지 못했습니다: {why}</translation>
        </message>
        <message>
            <source>No settings could be read from it: {why}</source>
            <translation>설정 파일이 아닙니다: {why}</translation>
        </message>
    </context>
    <context>
        <name>KeysEditor</name>
        <message>
            <source>Key of {action}</source>
            <translation>{action}의 키</translation>
        </message>
        <message>
            <source>Back to the default: {keys}</source>
            <translation>기본값으로: {keys}</translation>
        </message>
        <message>
            <source>no key</source>
            <translation>키 없음</translation>
        </message>
        <message>
            <source>{key} belongs to “{action}”.</source>
            <translation>{key} 키는 “{action}”에서 쓰고 있습니다.</translation>
        </message>
    </context>
    <context>
        <name>SettingsText</name>
        <message>
            <source>Look</source>
            <translation>모양</translation>
        </message>
        <message>
            <source>Trading</source>
            <translation>거래</translation>
        </message>
        <message>
            <source>Sounds and toasts</source>
            <translation>소리와 알림</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>단축키</translation>
        </message>
        <message>
            <source>Order accepted</source>
            <translation>주문 접수</translation>
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
            <source>Refused</source>
            <translation>거부</translation>
        </message>
        <message>
            <source>Cancelled or lapsed</source>
            <translation>취소·소멸</translation>
        </message>
        <message>
            <source>Outcome unknown</source>
            <translation>결과 미확인</translation>
        </message>
        <message>
            <source>Disconnected</source>
            <translation>연결 끊김</translation>
        </message>
        <message>
            <source>Other notes</source>
            <translation>그 밖의 안내</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>언어</translation>
        </message>
        <message>
            <source>Takes effect at once; nothing restarts.</source>
            <translation>바로 적용됩니다. 다시 시작하지 않습니다.</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>테마</translation>
        </message>
        <message>
            <source>Light or dark, or as the system has it.</source>
            <translation>밝게, 어둡게, 또는 시스템 설정대로.</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>시스템 설정대로</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>밝게</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>어둡게</translation>
        </message>
        <message>
            <source>Colours of up and down</source>
            <translation>상승·하락 색</translation>
        </message>
        <message>
            <source>Marks and words always say the same as the colour.</source>
            <translation>색과 함께 기호와 글자로도 항상 나타냅니다.</translation>
        </message>
        <message>
            <source>Red up, blue down (Korea)</source>
            <translation>상승 빨강, 하락 파랑 (한국)</translation>
        </message>
        <message>
            <source>Green up, red down</source>
            <translation>상승 초록, 하락 빨강</translation>
        </message>
        <message>
            <source>Orange up, blue down (colour-blind)</source>
            <translation>상승 주황, 하락 파랑 (색각 보정)</translation>
        </message>
        <message>
            <source>Size of text</source>
            <translation>글자 크기</translation>
        </message>
        <message>
            <source>Everything in the window grows with it.</source>
            <translation>화면 전체가 함께 커집니다.</translation>
        </message>
        <message>
            <source>Orders on Practice</source>
            <translation>연습 주문</translation>
        </message>
        <message>
            <source>Orders with real money are always confirmed on a slip.</source>
            <translation>실제 돈 주문은 항상 확인한 뒤 보냅니다.</translation>
        </message>
        <message>
            <source>Send at once, with an undo that cancels</source>
            <translation>바로 보내기 (되돌리면 취소)</translation>
        </message>
        <message>
            <source>Confirm on a slip first</source>
            <translation>먼저 확인하기</translation>
        </message>
        <message>
            <source>Lock real money</source>
            <translation>실전 계좌 잠그기</translation>
        </message>
        <message>
            <source>When nobody is at the desk, or the machine slept. Cancelling stays possible.</source>
            <translation>자리를 비우거나 컴퓨터가 절전했을 때 잠급니다. 취소는 언제나 할 수 있습니다.</translation>
        </message>
        <message>
            <source>Record the market</source>
            <translation>시세 녹화</translation>
        </message>
        <message>
            <source>Every trade and book that comes is kept on the disk, to play it again.</source>
            <translation>들어오는 체결과 호가를 모두 디스크에 보관해 나중에 다시 재생합니다.</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>끄기</translation>
        </message>
        <message>
            <source>On: 30 days, at most 2 GB</source>
            <translation>켬: 30일, 최대 2GB</translation>
        </message>
        <message>
            <source>Sounds</source>
            <translation>소리</translation>
        </message>
        <message>
            <source>Events differ in rhythm; real money sounds fuller than practice.</source>
            <translation>사건마다 리듬이 다릅니다. 실전은 연습보다 소리가 두껍습니다.</translation>
        </message>
        <message>
            <source>Always</source>
            <translation>항상</translation>
        </message>
        <message>
            <source>Only while another program is in front</source>
            <translation>다른 프로그램을 쓰는 동안만</translation>
        </message>
        <message>
            <source>After {minutes} minutes</source>
            <translation>{minutes}분 뒤</translation>
        </message>
        <message>
            <source>Never by itself</source>
            <translation>저절로 잠그지 않기</translation>
        </message>
    </context>
    <context>
        <name>StatusRow</name>
        <message>
            <source>Stop recording</source>
            <translation>녹화 중지</translation>
        </message>
        <message>
            <source>Release…</source>
            <translation>정지 해제…</translation>
        </message>
        <message>
            <source>Read the broker's list now</source>
            <translation>증권사 목록 다시 읽기</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>잠금 풀기</translation>
        </message>
        <message>
            <source>Lock</source>
            <translation>잠그기</translation>
        </message>
        <message>
            <source>Each account its own quotes</source>
            <translation>계좌마다 자기 시세</translation>
        </message>
        <message>
            <source>Quotes of {name} for all</source>
            <translation>모두 {name} 시세</translation>
        </message>
    </context>
    <context>
        <name>Readings</name>
        <message>
            <source>Quotes</source>
            <translation>시세</translation>
        </message>
        <message>
            <source>Fills</source>
            <translation>체결통보</translation>
        </message>
        <message>
            <source>Requests</source>
            <translation>요청</translation>
        </message>
        <message>
            <source>Not connected yet.</source>
            <translation>아직 연결하지 않았습니다.</translation>
        </message>
        <message>
            <source>State</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>Since</source>
            <translation>시각</translation>
        </message>
        <message>
            <source>Last market data</source>
            <translation>마지막 시세</translation>
        </message>
        <message>
            <source>{stream}: replay</source>
            <translation>{stream}: 재생</translation>
        </message>
        <message>
            <source>A recording plays: no broker is connected, and nothing can be ordered.</source>
            <translation>녹화를 재생하고 있습니다. 증권사에 연결되어 있지 않으며 주문할 수 없습니다.</translation>
        </message>
        <message>
            <source>Last answer took</source>
            <translation>마지막 응답</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>이유</translation>
        </message>
        <message>
            <source>Silent before</source>
            <translation>끊겼던 시간</translation>
        </message>
        <message>
            <source>Prices, trades and books as they happen.</source>
            <translation>실시간 가격, 체결, 호가.</translation>
        </message>
        <message>
            <source>Notices of what the exchange did with the orders.</source>
            <translation>내 주문의 체결 통보.</translation>
        </message>
        <message>
            <source>Orders, and everything that is asked.</source>
            <translation>주문과 모든 조회.</translation>
        </message>
        <message>
            <source>live</source>
            <translation>실시간</translation>
        </message>
        <message>
            <source>reading what was missed</source>
            <translation>놓친 것 읽는 중</translation>
        </message>
        <message>
            <source>connecting</source>
            <translation>연결 중</translation>
        </message>
        <message>
            <source>disconnected</source>
            <translation>끊김</translation>
        </message>
        <message>
            <source>Calls that the broker still takes within its time limit. Orders and cancels keep a reserve.</source>
            <translation>증권사가 정한 시간 안에 더 보낼 수 있는 호출 수. 주문과 취소 몫은 남겨 둡니다.</translation>
        </message>
        <message>
            <source>Limit –</source>
            <translation>한도 –</translation>
        </message>
        <message>
            <source>Reads a second</source>
            <translation>초당 조회</translation>
        </message>
        <message>
            <source>Used</source>
            <translation>사용</translation>
        </message>
        <message>
            <source>By reads</source>
            <translation>조회에 사용</translation>
        </message>
        <message>
            <source>Cancels waiting</source>
            <translation>기다리는 취소</translation>
        </message>
        <message>
            <source>Orders waiting</source>
            <translation>기다리는 주문</translation>
        </message>
        <message>
            <source>Reads waiting</source>
            <translation>기다리는 조회</translation>
        </message>
        <message>
            <source>Limit {left}/{calls}</source>
            <translation>한도 {left}/{calls}</translation>
        </message>
        <message>
            <source>Sending {flying} · unknown {unknown}</source>
            <translation>전송 {flying} · 미확인 {unknown}</translation>
        </message>
        <message>
            <source>Waiting to leave</source>
            <translation>전송 대기</translation>
        </message>
        <message>
            <source>Sent, not answered</source>
            <translation>보내고 답 없음</translation>
        </message>
        <message>
            <source>Outcome unknown</source>
            <translation>결과 미확인</translation>
        </message>
        <message>
            <source>Notices not placed yet</source>
            <translation>자리를 찾는 통보</translation>
        </message>
        <message>
            <source>Broker's list read</source>
            <translation>증권사 목록 읽음</translation>
        </message>
        <message>
            <source>Not on the disk yet</source>
            <translation>아직 디스크에 쓰지 못한 기록</translation>
        </message>
        <message>
            <source>Unexpected answers</source>
            <translation>예상 밖 응답</translation>
        </message>
        <message>
            <source>Journal</source>
            <translation>주문 기록</translation>
        </message>
        <message>
            <source>Journal stopped</source>
            <translation>주문 기록 멈춤</translation>
        </message>
        <message>
            <source>Comparing</source>
            <translation>대조 중</translation>
        </message>
        <message>
            <source>Requests that wait here for their turn. Press to see why, and to take one back.</source>
            <translation>여기서 차례를 기다리는 요청입니다. 누르면 이유를 보고 거둘 수 있습니다.</translation>
        </message>
        <message>
            <source>Waiting {count}</source>
            <translation>대기 {count}</translation>
        </message>
        <message>
            <source>STOPPED {time}</source>
            <translation>정지됨 {time}</translation>
        </message>
        <message>
            <source>Nothing automatic leaves until it is released.</source>
            <translation>해제할 때까지 자동 주문이 나가지 않습니다.</translation>
        </message>
        <message>
            <source>Orders on their way. An unknown outcome is asked of the broker and never sent again.</source>
            <translation>보내는 중인 주문. 결과를 모르는 주문은 증권사에 확인하며 다시 보내지 않습니다.</translation>
        </message>
        <message>
            <source>Whose quotes all accounts show. Press to choose.</source>
            <translation>모든 계좌가 어느 시세를 보이는지. 눌러서 고릅니다.</translation>
        </message>
        <message>
            <source>Quotes: own</source>
            <translation>시세원: 각자</translation>
        </message>
        <message>
            <source>Chosen</source>
            <translation>고른 곳</translation>
        </message>
        <message>
            <source>each account's own</source>
            <translation>계좌마다 자기 증권사</translation>
        </message>
        <message>
            <source>Now from</source>
            <translation>지금 받는 곳</translation>
        </message>
        <message>
            <source>Quotes: {name}</source>
            <translation>시세원: {name}</translation>
        </message>
        <message>
            <source>Quotes: {name} fails</source>
            <translation>시세원: {name} 끊김</translation>
        </message>
        <message>
            <source>Quotes: {name} instead</source>
            <translation>시세원: {name}(대신)</translation>
        </message>
        <message>
            <source>Written</source>
            <translation>기록</translation>
        </message>
        <message>
            <source>{count} trades and books</source>
            <translation>체결·호가 {count}건</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>크기</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>폴더</translation>
        </message>
        <message>
            <source>Trades and books are kept on the disk, to play them again.</source>
            <translation>체결과 호가를 디스크에 보관하고 있습니다. 나중에 다시 재생할 수 있습니다.</translation>
        </message>
        <message>
            <source>Not written</source>
            <translation>기록 못 함</translation>
        </message>
        <message>
            <source>REC stopped</source>
            <translation>녹화 멈춤</translation>
        </message>
        <message>
            <source>REC · {count} lost</source>
            <translation>녹화 · {count}건 유실</translation>
        </message>
        <message>
            <source>REC</source>
            <translation>녹화</translation>
        </message>
        <message>
            <source>Locked</source>
            <translation>잠김</translation>
        </message>
        <message>
            <source>Nothing that trades can be pressed. Ctrl+L unlocks.</source>
            <translation>주문 기능을 누를 수 없습니다. Ctrl+L로 풉니다.</translation>
        </message>
        <message>
            <source>UNLOCKED</source>
            <translation>잠금 풀림</translation>
        </message>
        <message>
            <source>Orders go to the exchange. Ctrl+L locks.</source>
            <translation>주문이 거래소로 나갑니다. Ctrl+L로 잠급니다.</translation>
        </message>
        <message>
            <source>Unlocked</source>
            <translation>잠금 풀림</translation>
        </message>
        <message>
            <source>Orders can be entered. Ctrl+L locks.</source>
            <translation>주문할 수 있습니다. Ctrl+L로 잠급니다.</translation>
        </message>
        <message>
            <source>Session –</source>
            <translation>장 –</translation>
        </message>
        <message>
            <source>Always open · new date in {left}</source>
            <translation>항상 열림 · 날짜 바뀜 {left}</translation>
        </message>
        <message>
            <source>{phase} · {left} left</source>
            <translation>{phase} · {left} 남음</translation>
        </message>
        <message>
            <source>Trading date {date}</source>
            <translation>거래일 {date}</translation>
        </message>
        <message>
            <source>Working orders that lapse with it: {count}</source>
            <translation>이때 소멸하는 미체결 {count}건</translation>
        </message>
        <message>
            <source>End of the day</source>
            <translation>하루의 끝</translation>
        </message>
        <message>
            <source>Date</source>
            <translation>날짜</translation>
        </message>
        <message>
            <source>The market's time in Korea.</source>
            <translation>한국 시장 시각입니다.</translation>
        </message>
        <message>
            <source>The practice exchange's own time, in Korea's zone.</source>
            <translation>연습 거래소의 시각입니다 (한국 시간대).</translation>
        </message>
    </context>
    <context>
        <name>Phase</name>
        <message>
            <source>Closed</source>
            <translation>장 마감</translation>
        </message>
        <message>
            <source>Daytime session</source>
            <translation>주간거래</translation>
        </message>
        <message>
            <source>Pre-market</source>
            <translation>프리마켓</translation>
        </message>
        <message>
            <source>Opening auction</source>
            <translation>시가 동시호가</translation>
        </message>
        <message>
            <source>At the previous close</source>
            <translation>장전 시간외종가</translation>
        </message>
        <message>
            <source>Regular session</source>
            <translation>정규장</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>일시 정지</translation>
        </message>
        <message>
            <source>Closing auction</source>
            <translation>종가 동시호가</translation>
        </message>
        <message>
            <source>Entry at the close</source>
            <translation>시간외종가 접수</translation>
        </message>
        <message>
            <source>At the close</source>
            <translation>장후 시간외종가</translation>
        </message>
        <message>
            <source>After-market entry</source>
            <translation>애프터마켓 접수</translation>
        </message>
        <message>
            <source>After-market</source>
            <translation>애프터마켓</translation>
        </message>
        <message>
            <source>After-hours single price</source>
            <translation>시간외단일가</translation>
        </message>
    </context>
    <context>
        <name>Pages</name>
        <message>
            <source>Plans are made in the desk that trades.</source>
            <translation>계획은 거래하는 프로그램에서 만듭니다.</translation>
        </message>
        <message>
            <source>This page is not there.</source>
            <translation>이 화면이 없습니다.</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>화면</translation>
        </message>
    </context>
    <context>
        <name>Threshold</name>
        <message>
            <source>Opening the desk …</source>
            <translation>여는 중 …</translation>
        </message>
    </context>
    <context>
        <name>ToastCard</name>
        <message>
            <source>Undo</source>
            <translation>되돌리기</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
    </context>
    <context>
        <name>News</name>
        <message>
            <source>Order made elsewhere: {what}</source>
            <translation>다른 곳에서 낸 주문: {what}</translation>
        </message>
        <message>
            <source>Filled: {what} · average {average}</source>
            <translation>전량 체결: {what} · 평균 {average}</translation>
        </message>
        <message>
            <source>Partly filled: {what} · {filled} of {quantity}</source>
            <translation>일부 체결: {what} · {quantity}주 중 {filled}주</translation>
        </message>
        <message>
            <source>Accepted: {what}</source>
            <translation>접수: {what}</translation>
        </message>
        <message>
            <source>Outcome unknown, the broker is being asked: {what}</source>
            <translation>결과 미확인, 증권사에 확인하는 중: {what}</translation>
        </message>
        <message>
            <source>It never reached the broker: {what}</source>
            <translation>증권사에 도착하지 않았습니다: {what}</translation>
        </message>
        <message>
            <source>Cancelled: {what}</source>
            <translation>취소: {what}</translation>
        </message>
        <message>
            <source>Lapsed with the day: {what}</source>
            <translation>장 종료로 소멸: {what}</translation>
        </message>
        <message>
            <source>Taken back before it left: {what}</source>
            <translation>보내기 전에 거둠: {what}</translation>
        </message>
        <message>
            <source>Reprice refused: {what}</source>
            <translation>정정 거부: {what}</translation>
        </message>
        <message>
            <source>Reduce refused: {what}</source>
            <translation>일부 취소 거부: {what}</translation>
        </message>
        <message>
            <source>Cancel refused: {what}</source>
            <translation>취소 거부: {what}</translation>
        </message>
        <message>
            <source>Refused: {what}</source>
            <translation>주문 거부: {what}</translation>
        </message>
        <message>
            <source>{stream}: disconnected. The numbers shown grow old.</source>
            <translation>{stream}: 연결이 끊겼습니다. 화면의 값은 지난 값입니다.</translation>
        </message>
        <message>
            <source>{stream}: connected again.</source>
            <translation>{stream}: 다시 연결되었습니다.</translation>
        </message>
        <message>
            <source>Quotes</source>
            <translation>시세</translation>
        </message>
        <message>
            <source>Fill notices</source>
            <translation>체결 통보</translation>
        </message>
        <message>
            <source>Requests</source>
            <translation>요청</translation>
        </message>
    </context>
    <context>
        <name>ToastStack</name>
        <message>
            <source>{count} more</source>
            <translation>{count}건 더</translation>
        </message>
    </context>
    <context>
        <name>WatchDock</name>
        <message>
            <source>Watch list as a table</source>
            <translation>관심종목 시세판</translation>
        </message>
        <message>
            <source>More figures of each instrument: volume, amount, best ask and bid, strength, time, open, high, low. Again: back to the list.</source>
            <translation>종목마다 거래량, 거래대금, 매도·매수 1호가, 체결강도, 시각, 시가, 고가, 저가까지 봅니다. 다시 누르면 목록으로 돌아갑니다.</translation>
        </message>
        <message>
            <source>Add from a CSV file…</source>
            <translation>CSV 파일에서 추가…</translation>
        </message>
        <message>
            <source>Add the shown instrument</source>
            <translation>보고 있는 종목 추가</translation>
        </message>
        <message>
            <source>New group…</source>
            <translation>새 그룹…</translation>
        </message>
        <message>
            <source>Rename the group…</source>
            <translation>그룹 이름 바꾸기…</translation>
        </message>
        <message>
            <source>Remove the group</source>
            <translation>그룹 지우기</translation>
        </message>
        <message>
            <source>Remove from the list</source>
            <translation>목록에서 빼기</translation>
        </message>
        <message>
            <source>Move up</source>
            <translation>위로</translation>
        </message>
        <message>
            <source>Move down</source>
            <translation>아래로</translation>
        </message>
        <message>
            <source>Add from the clipboard</source>
            <translation>클립보드에서 추가</translation>
        </message>
        <message>
            <source>{new} added, {old} were there already.</source>
            <translation>{new}종목 추가, {old}종목은 이미 있습니다.</translation>
        </message>
        <message>
            <source>Not understood ({count}): {lines}</source>
            <translation>알아보지 못한 줄 {count}개: {lines}</translation>
        </message>
        <message>
            <source>Add from a CSV file</source>
            <translation>CSV 파일에서 추가</translation>
        </message>
        <message>
            <source>Lists (*.csv *.txt *.tsv)</source>
            <translation>목록 (*.csv *.txt *.tsv)</translation>
        </message>
        <message>
            <source>Could not be read: {why}</source>
            <translation>읽지 못했습니다: {why}</translation>
        </message>
        <message>
            <source>New group</source>
            <translation>새 그룹</translation>
        </message>
        <message>
            <source>Rename the group</source>
            <translation>그룹 이름 바꾸기</translation>
        </message>
        <message>
            <source>Name of the group</source>
            <translation>그룹 이름</translation>
        </message>
        <message>
            <source>Watch list</source>
            <translation>관심종목</translation>
        </message>
        <message>
            <source>Find: name, initials, code</source>
            <translation>찾기: 이름, 초성, 코드</translation>
        </message>
        <message>
            <source>Group</source>
            <translation>그룹</translation>
        </message>
        <message>
            <source>Groups and import</source>
            <translation>그룹과 가져오기</translation>
        </message>
        <message>
            <source>This group is empty. Find an instrument, or paste a list of codes or names.</source>
            <translation>이 그룹은 비어 있습니다. 종목을 찾거나, 코드·이름 목록을 붙여 넣으세요.</translation>
        </message>
    </context>
    <context>
        <name>Faces</name>
        <message>
            <source>The table is sorted: click its head until no arrow is left.</source>
            <translation>정렬되어 있습니다. 화살표가 없어질 때까지 열 제목을 누르세요.</translation>
        </message>
    </context>
    <context>
        <name>WatchModel</name>
        <message>
            <source>{time}: old, the stream of quotes is not live.</source>
            <translation>{time}: 지난 값입니다. 실시간 시세가 끊겼습니다.</translation>
        </message>
        <message>
            <source>{time}: asked every few seconds, no live registration is free.</source>
            <translation>{time}: 실시간 등록 자리가 없어 몇 초마다 조회합니다.</translation>
        </message>
    </context>
    <context>
        <name>WatchTable</name>
        <message>
            <source>Name</source>
            <translation>종목명</translation>
        </message>
        <message>
            <source>Price</source>
            <translation>현재가</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>대비</translation>
        </message>
        <message>
            <source>Rate</source>
            <translation>등락률</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>거래량</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>거래대금</translation>
        </message>
        <message>
            <source>Ask</source>
            <translation>매도1</translation>
        </message>
        <message>
            <source>Bid</source>
            <translation>매수1</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>체결강도</translation>
        </message>
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
            <source>Code</source>
            <translation>종목코드</translation>
        </message>
        <message>
            <source>Against the previous close</source>
            <translation>전일 종가와 비교</translation>
        </message>
        <message>
            <source>Shares traded today</source>
            <translation>오늘 거래된 주식 수</translation>
        </message>
        <message>
            <source>Money traded today; the exact sum is in the tip and is copied</source>
            <translation>오늘 거래된 금액. 정확한 값은 도움말에 보이고, 복사할 때도 정확한 값이 복사됩니다</translation>
        </message>
        <message>
            <source>The lowest price at which somebody sells</source>
            <translation>팔려는 가격 가운데 가장 낮은 가격</translation>
        </message>
        <message>
            <source>The highest price at which somebody buys</source>
            <translation>사려는 가격 가운데 가장 높은 가격</translation>
        </message>
        <message>
            <source>Shares bought at the ask over shares sold at the bid, of the whole day</source>
            <translation>하루 동안 매수 체결량을 매도 체결량으로 나눈 비율</translation>
        </message>
        <message>
            <source>When it was so (KST)</source>
            <translation>이 값이 나온 시각 (한국 시간)</translation>
        </message>
        <message>
            <source>Nothing in this group holds these words.</source>
            <translation>이 그룹에 이 말이 들어간 종목이 없습니다.</translation>
        </message>
        <message>
            <source>Clear the filter to see all.</source>
            <translation>필터를 지우면 모두 보입니다.</translation>
        </message>
        <message>
            <source>This group is empty.</source>
            <translation>이 그룹은 비어 있습니다.</translation>
        </message>
        <message>
            <source>Find an instrument, or paste a list of codes or names.</source>
            <translation>종목을 찾아 넣거나, 종목코드나 이름 목록을 붙여 넣으세요.</translation>
        </message>
        <message>
            <source>Watch list as a table</source>
            <translation>관심종목 시세판</translation>
        </message>
    </context>
    <context>
        <name>DeskWindow</name>
        <message>
            <source>No installed font can show Korean. Install one, for example Noto Sans KR.</source>
            <translation>한글을 표시할 글꼴이 없습니다. Noto Sans KR 같은 글꼴을 설치하세요.</translation>
        </message>
        <message>
            <source>Without their key, because another action was given it: {names}</source>
            <translation>다른 기능에 키를 내주어 키가 없는 기능: {names}</translation>
        </message>
        <message>
            <source>Something failed inside ({task}). No order was sent twice; the log has the details.</source>
            <translation>프로그램 안에서 오류가 났습니다 ({task}). 주문이 두 번 나가지는 않았습니다. 자세한 내용은 로그에 있습니다.</translation>
        </message>
        <message>
            <source>■ STOPPED</source>
            <translation>■ 정지</translation>
        </message>
        <message>
            <source>Read only</source>
            <translation>읽기 전용</translation>
        </message>
        <message>
            <source>hoga</source>
            <translation>호가</translation>
        </message>
    </context>
</TS>
