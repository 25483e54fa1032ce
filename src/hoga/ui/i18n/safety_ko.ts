<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
    <context>
        <name>Attention</name>
        <message>
            <source>Orders that may already be at the broker: {count}. Only you can tell: please decide.</source>
            <translation>이미 증권사에 들어갔을 수 있는 주문 {count}건: 직접 확인하고 골라 주세요.</translation>
        </message>
        <message>
            <source>Decide…</source>
            <translation>확인하기…</translation>
        </message>
        <message>
            <source>Orders that had not left when the desk last ended: {count}. Nothing was sent.</source>
            <translation>지난번 종료 때 보내지 못한 주문 {count}건: 아무것도 전송되지 않았습니다.</translation>
        </message>
        <message>
            <source>Look…</source>
            <translation>보기…</translation>
        </message>
        <message>
            <source>Locked: nothing that trades can be pressed.</source>
            <translation>잠김: 주문 기능을 누를 수 없습니다.</translation>
        </message>
        <message>
            <source>Put away</source>
            <translation>치우기</translation>
        </message>
        <message>
            <source>After the start, checked against the broker's list.</source>
            <translation>시작한 뒤 증권사 목록과 대조했습니다.</translation>
        </message>
        <message>
            <source>After the start: some orders are still being checked.</source>
            <translation>시작한 뒤 확인 중: 아직 확인하는 주문이 있습니다.</translation>
        </message>
        <message>
            <source>Details…</source>
            <translation>자세히…</translation>
        </message>
    </context>
    <context>
        <name>CancelAll</name>
        <message>
            <source>There is no working order.</source>
            <translation>미체결 주문이 없습니다.</translation>
        </message>
        <message>
            <source>{failed} of {count} cancels could not be sent: {why}</source>
            <translation>취소 {count}건 가운데 {failed}건을 보내지 못했습니다: {why}</translation>
        </message>
        <message>
            <source>{count} cancels are on their way.</source>
            <translation>취소 {count}건을 보냈습니다.</translation>
        </message>
        <message>
            <source>Cancel all {count} working {count:order|orders}? {buys} {buys:buy|buys}, {sells} {sells:sell|sells}, worth {worth} at their limits.</source>
            <translation>미체결 주문 {count}건을 모두 취소할까요? 매수 {buys}건, 매도 {sells}건, 지정가 기준 {worth}원.</translation>
        </message>
        <message>
            <source>Leave them</source>
            <translation>그대로 두기</translation>
        </message>
        <message>
            <source>Cancel all (Enter)</source>
            <translation>전체 취소 (Enter)</translation>
        </message>
        <message>
            <source>Back (Esc)</source>
            <translation>돌아가기 (Esc)</translation>
        </message>
        <message>
            <source>{count} without a price</source>
            <translation>가격 없는 주문 {count}건</translation>
        </message>
    </context>
    <context>
        <name>BalanceDiffers</name>
        <message>
            <source>And {count} more.</source>
            <translation>이 밖에 {count}건.</translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>활동</translation>
        </message>
        <message>
            <source>It stays on record there.</source>
            <translation>기록은 활동 탭에 남습니다.</translation>
        </message>
        <message>
            <source>Seen</source>
            <translation>확인했음</translation>
        </message>
        <message>
            <source>Put this one away; the balance counts from now on.</source>
            <translation>이 알림을 닫습니다. 이제부터 잔고를 기준으로 합니다.</translation>
        </message>
    </context>
    <context>
        <name>Evidence</name>
        <message>
            <source>Time</source>
            <translation>시각</translation>
        </message>
        <message>
            <source>Price</source>
            <translation>가격</translation>
        </message>
        <message>
            <source>Entered through</source>
            <translation>주문 경로</translation>
        </message>
        <message>
            <source>this program</source>
            <translation>이 프로그램</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>주문번호</translation>
        </message>
        <message>
            <source>Side</source>
            <translation>매매</translation>
        </message>
        <message>
            <source>Ordered</source>
            <translation>주문수량</translation>
        </message>
        <message>
            <source>Filled</source>
            <translation>체결</translation>
        </message>
        <message>
            <source>Left</source>
            <translation>잔량</translation>
        </message>
        <message>
            <source>Sent from here</source>
            <translation>여기서 보낸 주문</translation>
        </message>
        <message>
            <source>At the broker {letter}</source>
            <translation>증권사 주문 {letter}</translation>
        </message>
    </context>
    <context>
        <name>OffersDialog</name>
        <message>
            <source>Orders that had not left</source>
            <translation>보내지 못한 주문</translation>
        </message>
        <message>
            <source>They were queued when the desk ended. Prices have moved since: look before you send one.</source>
            <translation>프로그램이 끝날 때 대기 중이던 주문입니다. 그동안 가격이 움직였으니 확인하고 보내세요.</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>Send now</source>
            <translation>지금 보내기</translation>
        </message>
        <message>
            <source>Locked: nothing that trades can be pressed.</source>
            <translation>잠김: 주문 기능을 누를 수 없습니다.</translation>
        </message>
        <message>
            <source>Discard</source>
            <translation>버리기</translation>
        </message>
        <message>
            <source>Send it all the same?</source>
            <translation>그래도 보낼까요?</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>돌아가기</translation>
        </message>
        <message>
            <source>Send</source>
            <translation>보내기</translation>
        </message>
    </context>
    <context>
        <name>OtherAccounts</name>
        <message>
            <source>Show</source>
            <translation>보기</translation>
        </message>
        <message>
            <source>not open</source>
            <translation>열리지 않음</translation>
        </message>
        <message>
            <source>its journal was made anew</source>
            <translation>주문 기록을 새로 만들었습니다</translation>
        </message>
        <message>
            <source>orders to decide about: {count}</source>
            <translation>확인할 주문 {count}건</translation>
        </message>
        <message>
            <source>outcome unknown: {count}</source>
            <translation>결과 미확인 {count}건</translation>
        </message>
        <message>
            <source>had not left at the last end: {count}</source>
            <translation>지난번에 보내지 않은 주문 {count}건</translation>
        </message>
        <message>
            <source>still unresolved: {count}</source>
            <translation>아직 풀리지 않은 것 {count}건</translation>
        </message>
    </context>
    <context>
        <name>QuestionDialog</name>
        <message>
            <source>Which order is yours?</source>
            <translation>어느 주문이 맞습니까?</translation>
        </message>
        <message>
            <source>Your order: {order}</source>
            <translation>내 주문: {order}</translation>
        </message>
        <message>
            <source>{letter} is mine</source>
            <translation>{letter}이(가) 내 주문</translation>
        </message>
        <message>
            <source>None of these is mine</source>
            <translation>이 가운데 없음</translation>
        </message>
        <message>
            <source>Choose one. Until you decide, the order counts as possibly live.</source>
            <translation>하나를 고르세요. 정하기 전까지는 살아 있을 수 있는 주문으로 봅니다.</translation>
        </message>
        <message>
            <source>Decide later</source>
            <translation>나중에 정하기</translation>
        </message>
        <message>
            <source>This is it</source>
            <translation>이것으로 확정</translation>
        </message>
        <message>
            <source>Choose first.</source>
            <translation>먼저 고르세요.</translation>
        </message>
        <message>
            <source>Then yours never arrived and is closed; these were made elsewhere.</source>
            <translation>그러면 내 주문은 도착하지 않은 것으로 끝내고, 이 주문들은 다른 곳에서 낸 것으로 봅니다.</translation>
        </message>
        <message>
            <source>Then number {number} is yours; any other was made elsewhere.</source>
            <translation>그러면 주문번호 {number}이(가) 내 주문이고, 나머지는 다른 곳에서 낸 것으로 봅니다.</translation>
        </message>
    </context>
    <context>
        <name>Receipt</name>
        <message>
            <source>not settled yet: {count}</source>
            <translation>확인 중 {count}건</translation>
        </message>
        <message>
            <source>had no answer, found at the broker: {count}</source>
            <translation>응답 없던 주문을 증권사에서 찾음 {count}건</translation>
        </message>
        <message>
            <source>had no answer, never arrived: {count}</source>
            <translation>응답 없던 주문이 도착하지 않음 {count}건</translation>
        </message>
        <message>
            <source>had not left: {count}</source>
            <translation>보내지 않은 주문 {count}건</translation>
        </message>
        <message>
            <source>filled meanwhile: {count}</source>
            <translation>그동안 체결 {count}건</translation>
        </message>
        <message>
            <source>ended meanwhile: {count}</source>
            <translation>그동안 끝남 {count}건</translation>
        </message>
        <message>
            <source>changed with nothing on record: {count}</source>
            <translation>기록 없이 바뀜 {count}건</translation>
        </message>
        <message>
            <source>still working: {count}</source>
            <translation>그대로 미체결 {count}건</translation>
        </message>
        <message>
            <source>made elsewhere: {count}</source>
            <translation>다른 곳에서 낸 주문 {count}건</translation>
        </message>
        <message>
            <source>perhaps sent from here: {count}</source>
            <translation>여기서 보냈을 수 있음 {count}건</translation>
        </message>
        <message>
            <source>Cancels on their way: {count}</source>
            <translation>취소 요청 {count}건을 보냈습니다.</translation>
        </message>
    </context>
    <context>
        <name>ReceiptDialog</name>
        <message>
            <source>After the start</source>
            <translation>시작 점검</translation>
        </message>
        <message>
            <source>Order</source>
            <translation>주문</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>이전</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>현재</translation>
        </message>
        <message>
            <source>Filled</source>
            <translation>체결</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>주문번호</translation>
        </message>
        <message>
            <source>What was found</source>
            <translation>확인 결과</translation>
        </message>
        <message>
            <source>Orders of before</source>
            <translation>이전 주문</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>everything is settled</source>
            <translation>모두 확인되었습니다</translation>
        </message>
        <message>
            <source>some are still being settled</source>
            <translation>일부를 확인하고 있습니다</translation>
        </message>
        <message>
            <source>Compared with the broker's list since {time}: {state}.</source>
            <translation>{time}부터 증권사 목록과 대조: {state}.</translation>
        </message>
        <message>
            <source>Was being sent: the broker is being asked</source>
            <translation>보내는 중이었음: 증권사에 확인 중</translation>
        </message>
        <message>
            <source>Had no answer: found at the broker</source>
            <translation>응답 없었음: 증권사에서 찾음</translation>
        </message>
        <message>
            <source>Had no answer: never reached the broker</source>
            <translation>응답 없었음: 증권사에 도착하지 않음</translation>
        </message>
        <message>
            <source>Waits for your decision</source>
            <translation>확인을 기다림</translation>
        </message>
        <message>
            <source>Had not left: send or discard it</source>
            <translation>보내지 않음: 보내거나 버리세요</translation>
        </message>
        <message>
            <source>Was filled meanwhile</source>
            <translation>그사이 체결됨</translation>
        </message>
        <message>
            <source>Ended meanwhile</source>
            <translation>그사이 끝남</translation>
        </message>
        <message>
            <source>Changed through this API key, not on record: sent while the disk was full?</source>
            <translation>이 계좌의 API로 바뀌었는데 기록이 없음: 디스크가 찼을 때 보낸 취소인지 확인하세요</translation>
        </message>
        <message>
            <source>Still working, as before</source>
            <translation>이전 그대로 미체결</translation>
        </message>
        <message>
            <source>Made elsewhere</source>
            <translation>다른 곳에서 낸 주문</translation>
        </message>
        <message>
            <source>Not in the journal that was made anew: may have been sent from here</source>
            <translation>새로 만든 기록에 없음: 여기서 보낸 주문일 수 있음</translation>
        </message>
        <message>
            <source>Cancel selected</source>
            <translation>선택 취소</translation>
        </message>
        <message>
            <source>Select orders that still work first.</source>
            <translation>아직 살아 있는 주문을 먼저 고르세요.</translation>
        </message>
        <message>
            <source>Cancel all that still work: {count}</source>
            <translation>살아 있는 주문 모두 취소: {count}건</translation>
        </message>
        <message>
            <source>None of them works any more.</source>
            <translation>살아 있는 주문이 없습니다.</translation>
        </message>
    </context>
    <context>
        <name>Stopped</name>
        <message>
            <source>STOPPED since {time}: nothing automatic leaves.</source>
            <translation>{time}부터 정지: 자동 주문이 나가지 않습니다.</translation>
        </message>
        <message>
            <source>Not every account could be stopped yet: press again.</source>
            <translation>아직 정지되지 않은 계좌가 있습니다. 다시 누르세요.</translation>
        </message>
        <message>
            <source>No order works at the broker.</source>
            <translation>증권사에 살아 있는 미체결은 없습니다.</translation>
        </message>
        <message>
            <source>Orders that still work at the broker: {count}. They stay until you cancel them.</source>
            <translation>증권사에 살아 있는 미체결 {count}건은 취소할 때까지 남습니다.</translation>
        </message>
    </context>
    <context>
        <name>UnknownOutcome</name>
        <message>
            <source>Ask now</source>
            <translation>지금 확인</translation>
        </message>
        <message>
            <source>Read the broker's list of orders now. Nothing is sent again.</source>
            <translation>증권사 주문 목록을 지금 읽습니다. 다시 보내지 않습니다.</translation>
        </message>
        <message>
            <source>Look…</source>
            <translation>보기…</translation>
        </message>
        <message>
            <source>The open orders, with what happened to each.</source>
            <translation>미체결 주문과 각 주문의 경과를 봅니다.</translation>
        </message>
        <message>
            <source>Outcome unknown for {age}: {order}.</source>
            <translation>결과를 모른 지 {age}: {order}.</translation>
        </message>
        <message>
            <source>And {count} more.</source>
            <translation>이 밖에 {count}건.</translation>
        </message>
        <message>
            <source>Do not enter it again: it may be live.</source>
            <translation>살아 있을 수 있으니 같은 주문을 다시 내지 마세요.</translation>
        </message>
        <message>
            <source>The broker cannot be asked now; hoga keeps trying. By telephone: {phone}.</source>
            <translation>지금은 증권사에 물어볼 수 없어 계속 다시 시도합니다. 전화로 확인: {phone}.</translation>
        </message>
        <message>
            <source>The broker's list was read {reads} of {needed} times without it.</source>
            <translation>증권사 목록을 {needed}번 중 {reads}번 읽었고 아직 없습니다.</translation>
        </message>
        <message>
            <source>If it does not turn up, that is certain in {left}.</source>
            <translation>끝내 나타나지 않으면 {left} 뒤에 도착하지 않은 것으로 확정합니다.</translation>
        </message>
        <message>
            <source>The next complete list decides.</source>
            <translation>다음에 읽는 전체 목록으로 확정합니다.</translation>
        </message>
    </context>
    <context>
        <name>QueueWindow</name>
        <message>
            <source>Waiting to leave</source>
            <translation>보낼 차례를 기다리는 요청</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>순번</translation>
        </message>
        <message>
            <source>What</source>
            <translation>구분</translation>
        </message>
        <message>
            <source>Order</source>
            <translation>주문</translation>
        </message>
        <message>
            <source>From</source>
            <translation>주체</translation>
        </message>
        <message>
            <source>Since</source>
            <translation>접수 시각</translation>
        </message>
        <message>
            <source>For</source>
            <translation>기다린 시간</translation>
        </message>
        <message>
            <source>Waits for</source>
            <translation>기다리는 이유</translation>
        </message>
        <message>
            <source>Requests that wait</source>
            <translation>기다리는 요청</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>닫기</translation>
        </message>
        <message>
            <source>In this order they leave, cancels before all others. None of them is at the broker yet.</source>
            <translation>이 순서로 나갑니다. 취소는 언제나 먼저입니다. 아직 증권사에 간 것은 없습니다.</translation>
        </message>
        <message>
            <source>Nothing waits. What has left is under Pending (Ctrl+3).</source>
            <translation>기다리는 요청이 없습니다. 이미 나간 주문은 미체결 탭(Ctrl+3)에 있습니다.</translation>
        </message>
        <message>
            <source>Take back selected</source>
            <translation>선택 거두기</translation>
        </message>
        <message>
            <source>Select what to take back first.</source>
            <translation>거둘 요청을 먼저 고르세요.</translation>
        </message>
        <message>
            <source>Take back all: {count}</source>
            <translation>모두 거두기: {count}건</translation>
        </message>
        <message>
            <source>Nothing waits.</source>
            <translation>기다리는 요청이 없습니다.</translation>
        </message>
    </context>
    <context>
        <name>AccountPart</name>
        <message>
            <source>Open orders: {count}</source>
            <translation>미체결 {count}건</translation>
        </message>
        <message>
            <source>More are not shown; “all” takes them too.</source>
            <translation>이 밖에 더 있습니다. 전체 취소에는 모두 들어갑니다.</translation>
        </message>
        <message>
            <source>Positions: {count}, worth {worth}</source>
            <translation>보유 {count}종목, 평가 {worth}</translation>
        </message>
        <message>
            <source>More are not shown.</source>
            <translation>이 밖에 더 있습니다.</translation>
        </message>
        <message>
            <source>Orders</source>
            <translation>주문</translation>
        </message>
        <message>
            <source>Balance</source>
            <translation>잔고</translation>
        </message>
        <message>
            <source>never read</source>
            <translation>읽은 적 없음</translation>
        </message>
        <message>
            <source>read {time} ({age} ago)</source>
            <translation>{time}에 읽음 ({age} 전)</translation>
        </message>
        <message>
            <source>Being read, {seconds} s so far. Cancels need not wait for it.</source>
            <translation>{seconds}초째 읽는 중입니다. 취소는 기다리지 않고 나갑니다.</translation>
        </message>
        <message>
            <source>Could not be read: {why}</source>
            <translation>읽지 못했습니다: {why}</translation>
        </message>
        <message>
            <source>Not connected: {streams}</source>
            <translation>연결 끊김: {streams}</translation>
        </message>
        <message>
            <source>Orders of unknown outcome: {count}. They may be live.</source>
            <translation>결과를 모르는 주문 {count}건. 살아 있을 수 있습니다.</translation>
        </message>
        <message>
            <source>quotes</source>
            <translation>시세</translation>
        </message>
        <message>
            <source>fill notices</source>
            <translation>체결 통보</translation>
        </message>
        <message>
            <source>requests</source>
            <translation>요청</translation>
        </message>
        <message>
            <source>The broker's list has not been read yet.</source>
            <translation>증권사 목록을 아직 읽지 못했습니다.</translation>
        </message>
        <message>
            <source>No order is open.</source>
            <translation>미체결 주문이 없습니다.</translation>
        </message>
        <message>
            <source>Nothing is held.</source>
            <translation>보유 종목이 없습니다.</translation>
        </message>
        <message>
            <source>Cancelling … again</source>
            <translation>취소 중… 다시</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>취소</translation>
        </message>
        <message>
            <source>Cancels on their way: {count}</source>
            <translation>취소 요청 {count}건을 보냈습니다</translation>
        </message>
        <message>
            <source>taken back before they left: {count}</source>
            <translation>보내기 전에 거둠 {count}건</translation>
        </message>
    </context>
    <context>
        <name>CloseAll</name>
        <message>
            <source>The account is locked: Ctrl+L in the desk's window.</source>
            <translation>계좌가 잠겨 있습니다. 본 창에서 Ctrl+L로 푸세요.</translation>
        </message>
        <message>
            <source>Nothing is held.</source>
            <translation>보유 종목이 없습니다.</translation>
        </message>
        <message>
            <source>Stopping and cancelling …</source>
            <translation>정지하고 취소하는 중…</translation>
        </message>
        <message>
            <source>Some cancels are not answered yet; what can be sold is sold.</source>
            <translation>아직 응답이 없는 취소가 있습니다. 팔 수 있는 만큼 팝니다.</translation>
        </message>
        <message>
            <source>Sales at the market on their way: {count}</source>
            <translation>시장가 매도 {count}건을 보냈습니다</translation>
        </message>
        <message>
            <source>Sell these all the same?</source>
            <translation>그래도 팔까요?</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>돌아가기</translation>
        </message>
        <message>
            <source>Sell them: {count}</source>
            <translation>팔기: {count}건</translation>
        </message>
    </context>
    <context>
        <name>CloseDialog</name>
        <message>
            <source>Sell everything at the market?</source>
            <translation>전부 시장가로 팔까요?</translation>
        </message>
        <message>
            <source>A market order takes whatever is bid. To go on, type what is at stake in 만: {amount}</source>
            <translation>시장가는 그때의 매수 호가에 그대로 팔립니다. 계속하려면 평가금액을 만 단위로 입력하세요: {amount}</translation>
        </message>
        <message>
            <source>What is at stake, in 만</source>
            <translation>평가금액(만 단위)</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>돌아가기</translation>
        </message>
        <message>
            <source>Stop, cancel, sell everything</source>
            <translation>정지·취소·전부 매도</translation>
        </message>
        <message>
            <source>{account}: 1. stop everything automatic; 2. cancel {orders} open orders; 3. sell {held} positions at the market, worth {worth} at the last prices:</source>
            <translation>{account}: 1. 자동 주문 정지 2. 미체결 {orders}건 취소 3. 보유 {held}종목 시장가 매도 (현재가 기준 {worth}):</translation>
        </message>
        <message>
            <source>Type the amount first.</source>
            <translation>금액을 먼저 입력하세요.</translation>
        </message>
    </context>
    <context>
        <name>Rescue</name>
        <message>
            <source>no number yet</source>
            <translation>주문번호 아직 없음</translation>
        </message>
        <message>
            <source>value not known</source>
            <translation>평가금액 모름</translation>
        </message>
        <message>
            <source>worth {amount} at {time}</source>
            <translation>평가 {amount} ({time} 기준)</translation>
        </message>
        <message>
            <source>{count} without a price</source>
            <translation>가격 모름 {count}건</translation>
        </message>
        <message>
            <source>Now {now}; orders read {orders}, balance read {balance}</source>
            <translation>지금 {now}, 주문 조회 {orders}, 잔고 조회 {balance}</translation>
        </message>
        <message>
            <source>Open orders: {count}</source>
            <translation>미체결 {count}건</translation>
        </message>
        <message>
            <source>Positions: {count}</source>
            <translation>보유 {count}종목</translation>
        </message>
    </context>
    <context>
        <name>RescueWindow</name>
        <message>
            <source>RESCUE · hoga</source>
            <translation>비상 창 · hoga</translation>
        </message>
        <message>
            <source>Read directly from the broker every few seconds. Live prices, charts and the disk are not needed.</source>
            <translation>몇 초마다 증권사에서 직접 읽습니다. 실시간 시세, 차트, 디스크가 없어도 됩니다.</translation>
        </message>
        <message>
            <source>■ STOPPED since {time}</source>
            <translation>■ {time}부터 정지됨</translation>
        </message>
        <message>
            <source>■ 1  Stop all  {key}</source>
            <translation>■ 1  전체 정지  {key}</translation>
        </message>
        <message>
            <source>Automatic orders stay here; what waits is taken back. Released in the desk's window.</source>
            <translation>자동 주문이 나가지 않고 기다리던 주문은 거둡니다. 해제는 본 창에서 합니다.</translation>
        </message>
        <message>
            <source>✕ 2  Cancel all ({count})  Ctrl+Shift+X</source>
            <translation>✕ 2  전체 취소 ({count}건)  Ctrl+Shift+X</translation>
        </message>
        <message>
            <source>✕ Press once more: cancel {count}</source>
            <translation>✕ 한 번 더 누르면 {count}건 취소</translation>
        </message>
        <message>
            <source>No order is open.</source>
            <translation>미체결 주문이 없습니다.</translation>
        </message>
        <message>
            <source>▼ 3  Sell every position …</source>
            <translation>▼ 3  보유 전부 매도…</translation>
        </message>
        <message>
            <source>Stops, cancels everything, then sells every position at the market. Asks first.</source>
            <translation>정지하고 모두 취소한 뒤 보유 종목을 전부 시장가로 팝니다. 먼저 묻습니다.</translation>
        </message>
        <message>
            <source>Read now</source>
            <translation>지금 읽기</translation>
        </message>
        <message>
            <source>Copy a summary</source>
            <translation>요약 복사</translation>
        </message>
        <message>
            <source>Orders with their numbers, positions and the telephone, to read out or to send.</source>
            <translation>주문번호가 있는 미체결, 보유 종목, 전화번호를 복사합니다. 전화로 읽어 주거나 보낼 수 있습니다.</translation>
        </message>
        <message>
            <source>Close (Esc)</source>
            <translation>닫기 (Esc)</translation>
        </message>
        <message>
            <source>Stopped. Taken back before they left: {withdrawn}. Still open: {open}.</source>
            <translation>정지했습니다. 보내기 전에 거둔 주문 {withdrawn}건, 남은 미체결 {open}건.</translation>
        </message>
        <message>
            <source>Copied.</source>
            <translation>복사했습니다.</translation>
        </message>
    </context>
    <context>
        <name>Stopping</name>
        <message>
            <source>Stop all</source>
            <translation>전체 정지</translation>
        </message>
        <message>
            <source>Nothing automatic leaves any more, and orders that wait here are taken back. What works at the broker stays; its cancel is offered. From anywhere, nothing is asked.</source>
            <translation>자동 주문이 더는 나가지 않고, 여기서 기다리던 주문은 거둡니다. 증권사의 미체결은 그대로 두고 취소할지 이어서 묻습니다. 어디서나 누를 수 있고 바로 정지합니다.</translation>
        </message>
        <message>
            <source>Release…</source>
            <translation>정지 해제…</translation>
        </message>
        <message>
            <source>Automatic orders may leave again. Asks first.</source>
            <translation>자동 주문이 다시 나갈 수 있게 합니다. 먼저 묻습니다.</translation>
        </message>
        <message>
            <source>Nothing is stopped.</source>
            <translation>정지 상태가 아닙니다.</translation>
        </message>
        <message>
            <source>Stopped. Taken back before they left: {withdrawn}. Still open at the broker: {open}.</source>
            <translation>정지했습니다. 보내기 전에 거둔 주문 {withdrawn}건, 증권사에 남은 미체결 {open}건.</translation>
        </message>
        <message>
            <source>Release the stop?</source>
            <translation>정지를 풀까요?</translation>
        </message>
        <message>
            <source>Stopped since {time}. Released, plans and other automatic orders may leave again, from now on. What was taken back stays taken back.</source>
            <translation>{time}부터 정지 상태입니다. 풀면 지금부터 계획과 자동 주문이 다시 나갈 수 있습니다. 거둔 주문은 다시 나가지 않습니다.</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>돌아가기</translation>
        </message>
        <message>
            <source>Release</source>
            <translation>정지 해제</translation>
        </message>
        <message>
            <source>In a moment: a hasty press does not release.</source>
            <translation>성급히 눌리지 않도록 잠시 뒤에 누를 수 있습니다.</translation>
        </message>
    </context>
</TS>
