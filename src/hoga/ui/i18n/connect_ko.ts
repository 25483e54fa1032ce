<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
    <context>
        <name>Connections</name>
        <message>
            <source>Connections…</source>
            <translation>연결 관리…</translation>
        </message>
        <message>
            <source>Accounts of your own: add, test, unlock, switch off, delete.</source>
            <translation>내 계좌를 추가하고, 시험하고, 잠금을 풀고, 끄고, 삭제합니다.</translation>
        </message>
        <message>
            <source>This is the practice exchange: no real money. Add your own account under Connections ({key}).</source>
            <translation>연습 거래소입니다. 진짜 돈이 아닙니다. 내 계좌는 연결 관리({key})에서 추가하세요.</translation>
        </message>
    </context>
    <context>
        <name>_Asking</name>
        <message>
            <source>Back</source>
            <translation>뒤로</translation>
        </message>
    </context>
    <context>
        <name>UnlockDialog</name>
        <message>
            <source>Unlock real money</source>
            <translation>실전 잠금 해제</translation>
        </message>
        <message>
            <source>The test of {name} reaches the broker's real server. It only reads; no order is sent.</source>
            <translation>'{name}' 시험은 증권사의 실전 서버에 접속합니다. 조회만 하고 주문은 보내지 않습니다.</translation>
        </message>
        <message>
            <source>{name} is real money. Once it is unlocked, orders from this window reach the market.</source>
            <translation>'{name}'은(는) 실제 돈입니다. 잠금을 풀면 이 창의 주문이 시장에 나갑니다.</translation>
        </message>
        <message>
            <source>the account</source>
            <translation>이 계좌</translation>
        </message>
        <message>
            <source>Type the last four digits of the account number ({account}).</source>
            <translation>계좌번호 끝 네 자리를 입력하세요 ({account}).</translation>
        </message>
        <message>
            <source>Last four digits of the account number</source>
            <translation>계좌번호 끝 네 자리</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>시험</translation>
        </message>
        <message>
            <source>Unlock</source>
            <translation>잠금 해제</translation>
        </message>
        <message>
            <source>Four digits are needed.</source>
            <translation>숫자 네 자리가 필요합니다.</translation>
        </message>
    </context>
    <context>
        <name>DeleteDialog</name>
        <message>
            <source>Delete a connection</source>
            <translation>연결 삭제</translation>
        </message>
        <message>
            <source>Delete {name}?</source>
            <translation>'{name}' 연결을 삭제할까요?</translation>
        </message>
        <message>
            <source>Goes: its place in this list. The practice account itself stays; add it again at any time.</source>
            <translation>지워지는 것: 이 목록의 항목. 연습 계좌는 그대로 있어 언제든 다시 추가할 수 있습니다.</translation>
        </message>
        <message>
            <source>Goes: app key, secret, account number, HTS id and token, from this system's keyring.</source>
            <translation>지워지는 것: 시스템 키링에 있는 앱키, 시크릿, 계좌번호, HTS ID, 접근토큰.</translation>
        </message>
        <message>
            <source>Goes: app key, secret, account number, HTS id and token, from memory.</source>
            <translation>지워지는 것: 메모리에 있는 앱키, 시크릿, 계좌번호, HTS ID, 접근토큰.</translation>
        </message>
        <message>
            <source>Stays: the record of its orders and fills, set aside in the data folder.</source>
            <translation>남는 것: 주문과 체결 기록. 데이터 폴더에 따로 보관합니다.</translation>
        </message>
        <message>
            <source>The keys stay valid at the broker: to end them, give them up on the broker's page.</source>
            <translation>증권사에서는 키가 계속 유효합니다. 없애려면 증권사 화면에서 해지하세요.</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>삭제</translation>
        </message>
    </context>
    <context>
        <name>ConnectionsDialog</name>
        <message>
            <source>The key was also taken out of the clipboard.</source>
            <translation>클립보드에 남아 있던 키도 지웠습니다.</translation>
        </message>
        <message>
            <source>Connections</source>
            <translation>연결 관리</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>닫기(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Back</source>
            <translation>뒤로(&amp;B)</translation>
        </message>
        <message>
            <source>Esc</source>
            <translation>Esc</translation>
        </message>
    </context>
    <context>
        <name>KeyFields</name>
        <message>
            <source>kept</source>
            <translation>보관됨</translation>
        </message>
        <message>
            <source>{kept} (leave it empty to keep it)</source>
            <translation>{kept} (비워 두면 그대로)</translation>
        </message>
    </context>
    <context>
        <name>ConnectionForm</name>
        <message>
            <source>Another host needs both addresses, or none.</source>
            <translation>다른 서버를 쓰려면 두 주소를 모두 입력하고, 아니면 둘 다 비우세요.</translation>
        </message>
        <message>
            <source>Broker</source>
            <translation>증권사</translation>
        </message>
        <message>
            <source>Environment</source>
            <translation>환경</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>Keep the keys</source>
            <translation>키 보관</translation>
        </message>
        <message>
            <source>REST address</source>
            <translation>REST 주소</translation>
        </message>
        <message>
            <source>Live address</source>
            <translation>실시간 주소</translation>
        </message>
        <message>
            <source>In this system's keyring</source>
            <translation>시스템 키링에 보관</translation>
        </message>
        <message>
            <source>For this run only, in memory</source>
            <translation>이번 실행 동안만 메모리에 보관</translation>
        </message>
        <message>
            <source>Advanced: another host than the broker's own</source>
            <translation>고급: 증권사 서버가 아닌 다른 서버</translation>
        </message>
        <message>
            <source>Made-up money at the exchange on this machine. It needs no keys, and nothing leaves this machine.</source>
            <translation>이 컴퓨터의 연습 거래소에서 가짜 돈으로 거래합니다. 키가 필요 없고, 컴퓨터 밖으로 아무것도 나가지 않습니다.</translation>
        </message>
        <message>
            <source>Gone when hoga ends: you enter them again next time. Never written to a file.</source>
            <translation>hoga를 끝내면 사라지고, 다음에 다시 입력해야 합니다. 파일에는 쓰지 않습니다.</translation>
        </message>
        <message>
            <source>One entry for each key in the keyring of this system; never in a file.</source>
            <translation>시스템 키링에 키마다 따로 보관하고, 파일에는 쓰지 않습니다.</translation>
        </message>
        <message>
            <source>PRACTICE: whatever answers at this address is not the broker's own host. Your keys are sent there. Enter it only if you run it yourself.</source>
            <translation>연습 PRACTICE: 이 주소는 증권사 서버가 아닙니다. 입력한 키가 그곳으로 전송됩니다. 직접 운영하는 서버일 때만 쓰세요.</translation>
        </message>
        <message>
            <source>Empty: the broker's own host.</source>
            <translation>비워 두면 증권사 서버를 씁니다.</translation>
        </message>
    </context>
    <context>
        <name>FormPage</name>
        <message>
            <source>Something is under way.</source>
            <translation>진행 중입니다.</translation>
        </message>
        <message>
            <source>&amp;Test</source>
            <translation>시험(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;Save</source>
            <translation>저장(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Back</source>
            <translation>뒤로(&amp;B)</translation>
        </message>
        <message>
            <source>Keep for this &amp;run only</source>
            <translation>이번 실행만 보관(&amp;R)</translation>
        </message>
        <message>
            <source>Tries it step by step. No order is sent, nothing is kept.</source>
            <translation>한 단계씩 시험합니다. 주문은 보내지 않고, 아무것도 저장하지 않습니다.</translation>
        </message>
        <message>
            <source>Keeps the keys and connects.</source>
            <translation>키를 보관하고 연결합니다.</translation>
        </message>
    </context>
    <context>
        <name>ImportPage</name>
        <message>
            <source>A file with keys</source>
            <translation>키가 들어 있는 파일</translation>
        </message>
        <message>
            <source>Keys (*.env .env* *.json *.yaml *.yml *.txt *.toml *.ini)</source>
            <translation>키 파일 (*.env .env* *.json *.yaml *.yml *.txt *.toml *.ini)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>모든 파일 (*)</translation>
        </message>
        <message>
            <source>Choose a &amp;file…</source>
            <translation>파일 선택(&amp;F)…</translation>
        </message>
        <message>
            <source>&amp;Fill these in…</source>
            <translation>이 키로 채우기(&amp;K)…</translation>
        </message>
        <message>
            <source>Delete the &amp;file</source>
            <translation>파일 삭제(&amp;D)</translation>
        </message>
        <message>
            <source>hoga finds app keys in a .env, a secret file of python-kis and a kis_devlp.yaml. Choose one, or drag it here. Nothing is shown of a secret.</source>
            <translation>.env, python-kis 비밀 파일, kis_devlp.yaml에서 앱키를 찾습니다. 파일을 고르거나 여기로 끌어 놓으세요. 키 내용은 보여 주지 않습니다.</translation>
        </message>
        <message>
            <source>Found in {file}:</source>
            <translation>{file}에서 찾은 것:</translation>
        </message>
        <message>
            <source>{file} was deleted.</source>
            <translation>{file} 파일을 삭제했습니다.</translation>
        </message>
        <message>
            <source>The keys are kept by hoga now. {file} still holds them for everybody who can read it.</source>
            <translation>이제 hoga가 키를 보관합니다. {file}에는 키가 그대로 남아 있어 누구든 읽을 수 있습니다.</translation>
        </message>
        <message>
            <source>It lies in a git repository: if it was ever committed, have new keys issued by the broker.</source>
            <translation>git 저장소 안에 있습니다. 한 번이라도 커밋했다면 증권사에서 키를 새로 발급받으세요.</translation>
        </message>
        <message>
            <source>Backups and synchronised folders may still hold copies.</source>
            <translation>백업이나 동기화 폴더에 사본이 남아 있을 수 있습니다.</translation>
        </message>
        <message>
            <source> (assumed: the file does not say)</source>
            <translation> (추정: 파일에 표시 없음)</translation>
        </message>
        <message>
            <source>{field}: {length} letters</source>
            <translation>{field} {length}자</translation>
        </message>
    </context>
    <context>
        <name>KeyEdit</name>
        <message>
            <source>Paste</source>
            <translation>붙여넣기</translation>
        </message>
        <message>
            <source>Clear</source>
            <translation>지우기</translation>
        </message>
    </context>
    <context>
        <name>SecretLine</name>
        <message>
            <source>Hold down to see it: {field}</source>
            <translation>누르고 있는 동안 보기: {field}</translation>
        </message>
    </context>
    <context>
        <name>Overview</name>
        <message>
            <source>No connection. Add one.</source>
            <translation>연결이 없습니다. 추가하세요.</translation>
        </message>
        <message>
            <source>&amp;Unlock…</source>
            <translation>잠금 해제(&amp;U)…</translation>
        </message>
        <message>
            <source>&amp;Lock</source>
            <translation>잠그기(&amp;L)</translation>
        </message>
        <message>
            <source>Switch o&amp;ff</source>
            <translation>끄기(&amp;F)</translation>
        </message>
        <message>
            <source>Switch &amp;on</source>
            <translation>켜기(&amp;O)</translation>
        </message>
        <message>
            <source>Real money starts locked each time. Nothing of it is connected until you unlock it.</source>
            <translation>실전 계좌는 시작할 때마다 잠겨 있습니다. 잠금을 풀기 전에는 아무것도 연결하지 않습니다.</translation>
        </message>
        <message>
            <source>Its keys are kept for this run only.</source>
            <translation>키는 이번 실행 동안만 보관합니다.</translation>
        </message>
        <message>
            <source>Another host than the broker's own: {host}</source>
            <translation>증권사 서버가 아닌 다른 서버: {host}</translation>
        </message>
        <message>
            <source>At stake</source>
            <translation>구분</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>Broker</source>
            <translation>증권사</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>계좌</translation>
        </message>
        <message>
            <source>State</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>Connections</source>
            <translation>연결 관리</translation>
        </message>
        <message>
            <source>&amp;Add…</source>
            <translation>추가(&amp;N)…</translation>
        </message>
        <message>
            <source>Connect an account of your own.</source>
            <translation>내 계좌를 연결합니다.</translation>
        </message>
        <message>
            <source>&amp;Import…</source>
            <translation>가져오기(&amp;I)…</translation>
        </message>
        <message>
            <source>Take keys from a .env, a python-kis secret file or kis_devlp.yaml.</source>
            <translation>.env, python-kis 비밀 파일, kis_devlp.yaml에서 키를 가져옵니다.</translation>
        </message>
        <message>
            <source>&amp;Edit…</source>
            <translation>편집(&amp;E)…</translation>
        </message>
        <message>
            <source>Change its name, keys or where they are kept.</source>
            <translation>이름, 키, 보관 방법을 바꿉니다.</translation>
        </message>
        <message>
            <source>&amp;Test</source>
            <translation>시험(&amp;T)</translation>
        </message>
        <message>
            <source>Try it step by step. No order is sent.</source>
            <translation>한 단계씩 시험합니다. 주문은 보내지 않습니다.</translation>
        </message>
        <message>
            <source>Real money starts locked after every start.</source>
            <translation>실전 계좌는 시작할 때마다 잠겨 있습니다.</translation>
        </message>
        <message>
            <source>Try &amp;again</source>
            <translation>다시 시도(&amp;A)</translation>
        </message>
        <message>
            <source>hoga also tries by itself where that can help.</source>
            <translation>되풀이가 도움이 되는 경우에는 hoga도 스스로 다시 시도합니다.</translation>
        </message>
        <message>
            <source>What is off is not connected; its keys and orders are kept.</source>
            <translation>끄면 연결하지 않습니다. 키와 주문 기록은 그대로 둡니다.</translation>
        </message>
        <message>
            <source>Move up</source>
            <translation>위로</translation>
        </message>
        <message>
            <source>The first one that is open is shown first.</source>
            <translation>열려 있는 첫 연결이 먼저 보입니다.</translation>
        </message>
        <message>
            <source>Move down</source>
            <translation>아래로</translation>
        </message>
        <message>
            <source>&amp;Delete…</source>
            <translation>삭제(&amp;D)…</translation>
        </message>
        <message>
            <source>Its keys go; what was ordered stays on file.</source>
            <translation>키는 지우고 주문 기록은 남깁니다.</translation>
        </message>
        <message>
            <source>So far you trade on the practice exchange alone. Add an account of your own when you have its keys.</source>
            <translation>아직은 연습 거래소뿐입니다. 키를 발급받았으면 내 계좌를 추가하세요.</translation>
        </message>
    </context>
    <context>
        <name>StepsView</name>
        <message>
            <source>Change to the other environment and test again</source>
            <translation>환경을 바꿔 다시 시험</translation>
        </message>
        <message>
            <source>Stop the test</source>
            <translation>시험 중지</translation>
        </message>
        <message>
            <source>Testing. No order is sent, and nothing is kept.</source>
            <translation>시험 중입니다. 주문은 보내지 않고, 아무것도 저장하지 않습니다.</translation>
        </message>
        <message>
            <source>Not ready yet: see what failed.</source>
            <translation>아직 쓸 수 없습니다. 실패한 단계를 확인하세요.</translation>
        </message>
        <message>
            <source>Everything needed for trading works.</source>
            <translation>거래에 필요한 것이 모두 됩니다.</translation>
        </message>
        <message>
            <source>The test was stopped.</source>
            <translation>시험을 중지했습니다.</translation>
        </message>
    </context>
    <context>
        <name>ConnectText</name>
        <message>
            <source>Korea Investment &amp; Securities (KIS)</source>
            <translation>한국투자증권 (KIS)</translation>
        </message>
        <message>
            <source>Kiwoom Securities</source>
            <translation>키움증권</translation>
        </message>
        <message>
            <source>KIS</source>
            <translation>한국투자</translation>
        </message>
        <message>
            <source>Kiwoom</source>
            <translation>키움</translation>
        </message>
        <message>
            <source>Real money</source>
            <translation>실전투자</translation>
        </message>
        <message>
            <source>Paper trading at the broker</source>
            <translation>증권사 모의투자</translation>
        </message>
        <message>
            <source>Practice exchange (no keys needed)</source>
            <translation>연습 거래소 (키 필요 없음)</translation>
        </message>
        <message>
            <source>Practice exchange, by the rules of paper trading</source>
            <translation>연습 거래소, 모의투자 규칙</translation>
        </message>
        <message>
            <source>real</source>
            <translation>실전</translation>
        </message>
        <message>
            <source>paper</source>
            <translation>모의</translation>
        </message>
        <message>
            <source>practice</source>
            <translation>연습</translation>
        </message>
        <message>
            <source>practice, paper rules</source>
            <translation>연습(모의 규칙)</translation>
        </message>
        <message>
            <source>off</source>
            <translation>꺼짐</translation>
        </message>
        <message>
            <source>locked</source>
            <translation>잠김</translation>
        </message>
        <message>
            <source>opening …</source>
            <translation>여는 중…</translation>
        </message>
        <message>
            <source>open</source>
            <translation>연결됨</translation>
        </message>
        <message>
            <source>not open</source>
            <translation>연결 안 됨</translation>
        </message>
        <message>
            <source>App key</source>
            <translation>앱키</translation>
        </message>
        <message>
            <source>App secret</source>
            <translation>시크릿</translation>
        </message>
        <message>
            <source>Account number</source>
            <translation>계좌번호</translation>
        </message>
        <message>
            <source>HTS id</source>
            <translation>HTS ID</translation>
        </message>
        <message>
            <source>8 digits and 2 more, for example 12345678-01.</source>
            <translation>앞 8자리와 뒤 2자리. 예: 12345678-01</translation>
        </message>
        <message>
            <source>KIS sends fill notices by this id. Without it fills are seen only when lists are read.</source>
            <translation>한국투자증권은 체결 통보를 이 ID로 보냅니다. 없으면 체결을 주문내역 조회로만 알 수 있습니다.</translation>
        </message>
        <message>
            <source>36 letters and digits.</source>
            <translation>영문과 숫자 36자.</translation>
        </message>
        <message>
            <source>180 letters.</source>
            <translation>180자.</translation>
        </message>
        <message>
            <source>Usually 43 letters.</source>
            <translation>보통 43자.</translation>
        </message>
        <message>
            <source>Usually 43 letters; the portal calls it the secret key.</source>
            <translation>보통 43자. 포털에서는 시크릿키라고 합니다.</translation>
        </message>
        <message>
            <source>Issued at KIS Developers (apiportal.koreainvestment.com): apply for the API with your account; each account has its own app key.</source>
            <translation>KIS Developers(apiportal.koreainvestment.com)에서 계좌로 API를 신청하면 발급됩니다. 앱키는 계좌마다 다릅니다.</translation>
        </message>
        <message>
            <source>First apply for paper trading at KIS, then for its app key at KIS Developers (apiportal.koreainvestment.com). It is not the key of the real account.</source>
            <translation>먼저 한국투자증권 모의투자를 신청하고, KIS Developers(apiportal.koreainvestment.com)에서 모의투자용 앱키를 발급받으세요. 실전 앱키와 다릅니다.</translation>
        </message>
        <message>
            <source>Issued at Kiwoom's REST API portal (openapi.kiwoom.com): apply, register this computer's IP address, and download both keys.</source>
            <translation>키움 REST API 포털(openapi.kiwoom.com)에서 사용을 신청하고 이 컴퓨터의 IP를 등록한 뒤 앱키와 시크릿키를 내려받으세요.</translation>
        </message>
        <message>
            <source>Apply for mock trading at Kiwoom, then for its keys at the REST API portal (openapi.kiwoom.com). They are not the keys of the real account.</source>
            <translation>먼저 키움 상시모의투자를 신청하고, REST API 포털(openapi.kiwoom.com)에서 모의투자용 키를 발급받으세요. 실전 키와 다릅니다.</translation>
        </message>
        <message>
            <source>blanks</source>
            <translation>빈칸</translation>
        </message>
        <message>
            <source>line breaks</source>
            <translation>줄바꿈</translation>
        </message>
        <message>
            <source>invisible characters</source>
            <translation>보이지 않는 문자</translation>
        </message>
        <message>
            <source>quotation marks</source>
            <translation>따옴표</translation>
        </message>
        <message>
            <source>full-width letters</source>
            <translation>전각 문자</translation>
        </message>
        <message>
            <source>Mended on the way in: {what}.</source>
            <translation>붙여 넣으면서 정리했습니다: {what}.</translation>
        </message>
        <message>
            <source>Reach the server</source>
            <translation>서버 접속</translation>
        </message>
        <message>
            <source>Compare clocks</source>
            <translation>시계 비교</translation>
        </message>
        <message>
            <source>Log in</source>
            <translation>인증</translation>
        </message>
        <message>
            <source>Read the balance</source>
            <translation>잔고 조회</translation>
        </message>
        <message>
            <source>Read a quote</source>
            <translation>시세 조회</translation>
        </message>
        <message>
            <source>Live stream</source>
            <translation>실시간 시세</translation>
        </message>
        <message>
            <source>Fill notices</source>
            <translation>체결 통보</translation>
        </message>
        <message>
            <source>being tried …</source>
            <translation>시험 중…</translation>
        </message>
        <message>
            <source>passed</source>
            <translation>정상</translation>
        </message>
        <message>
            <source>passed, with a warning</source>
            <translation>주의</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>실패</translation>
        </message>
        <message>
            <source>not tried</source>
            <translation>하지 않음</translation>
        </message>
    </context>
</TS>
