<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
    <context>
        <name>Accounts</name>
        <message>
            <source>locked</source>
            <translation>잠김</translation>
        </message>
        <message>
            <source>opening …</source>
            <translation>여는 중 …</translation>
        </message>
        <message>
            <source>not open</source>
            <translation>열리지 않음</translation>
        </message>
        <message>
            <source>off</source>
            <translation>꺼짐</translation>
        </message>
        <message>
            <source>journal stopped</source>
            <translation>주문 기록 멈춤</translation>
        </message>
        <message>
            <source>disconnected</source>
            <translation>연결 끊김</translation>
        </message>
        <message>
            <source>needs your word</source>
            <translation>확인 필요</translation>
        </message>
        <message>
            <source>outcome unknown</source>
            <translation>결과 미확인</translation>
        </message>
        <message>
            <source>connecting</source>
            <translation>연결 중</translation>
        </message>
        <message>
            <source>live</source>
            <translation>정상</translation>
        </message>
    </context>
    <context>
        <name>Switcher</name>
        <message>
            <source>Accounts…</source>
            <translation>계좌 바꾸기…</translation>
        </message>
        <message>
            <source>All accounts: how each fares, and which one the window shows.</source>
            <translation>모든 계좌의 상태를 보고, 화면에 보일 계좌를 고릅니다.</translation>
        </message>
        <message>
            <source>Show this account. What is typed for another one stays there.</source>
            <translation>이 계좌를 봅니다. 다른 계좌에 입력하던 것은 그 계좌에 그대로 있습니다.</translation>
        </message>
        <message>
            <source>There are not so many accounts.</source>
            <translation>그만큼 많은 계좌가 없습니다.</translation>
        </message>
        <message>
            <source>Account {number}</source>
            <translation>계좌 {number}</translation>
        </message>
        <message>
            <source>Account: {name}</source>
            <translation>계좌: {name}</translation>
        </message>
        <message>
            <source>{count} open</source>
            <translation>미체결 {count}</translation>
        </message>
    </context>
    <context>
        <name>Vacant</name>
        <message>
            <source>hoga</source>
            <translation>호가</translation>
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
            <source>Use the practice exchange</source>
            <translation>연습 거래소 쓰기</translation>
        </message>
        <message>
            <source>No account is switched on</source>
            <translation>켜 놓은 계좌가 없습니다</translation>
        </message>
        <message>
            <source>Connect an account of your own, or try everything on the practice exchange.</source>
            <translation>내 계좌를 연결하거나, 연습 거래소에서 모든 것을 써 보세요.</translation>
        </message>
        <message>
            <source>Real money: locked since the start. Unlock it under Connections.</source>
            <translation>실제 돈이 걸린 계좌라 시작할 때부터 잠겨 있습니다. 연결 관리에서 잠금을 푸세요.</translation>
        </message>
        <message>
            <source>It is being opened …</source>
            <translation>여는 중입니다 …</translation>
        </message>
        <message>
            <source>Show {account}</source>
            <translation>{account} 보기</translation>
        </message>
    </context>
</TS>
