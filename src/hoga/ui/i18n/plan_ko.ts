<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko">
    <context>
        <name>AddEdit</name>
        <message>
            <source>Add an instrument: name, initials or code</source>
            <translation>종목 추가: 이름, 초성, 코드</translation>
        </message>
        <message>
            <source>Add an instrument</source>
            <translation>종목 추가</translation>
        </message>
        <message>
            <source>Enter adds the chosen hit as a row. Ctrl+N</source>
            <translation>Enter를 누르면 고른 종목을 넣습니다. Ctrl+N</translation>
        </message>
    </context>
    <context>
        <name>ApprovalDialog</name>
        <message>
            <source>Approve and run</source>
            <translation>승인하고 실행</translation>
        </message>
        <message>
            <source>What you approve is what runs: orders are sent by themselves from its start, and never more shares or won than the ceilings below.</source>
            <translation>승인한 그대로 실행됩니다. 시작 시각부터 주문이 자동으로 나가며, 아래 한도보다 많은 수량이나 금액은 절대 주문하지 않습니다.</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>뒤로</translation>
        </message>
        <message>
            <source>{account} · digest {digest}</source>
            <translation>{account} · 지문 {digest}</translation>
        </message>
        <message>
            <source>Sells at most {sold} {sold:share|shares} (about {sold_won}), buys at most {bought} {bought:share|shares} for {bought_won} won.</source>
            <translation>매도 최대 {sold}주(약 {sold_won}원), 매수 최대 {bought}주 {bought_won}원.</translation>
        </message>
        <message>
            <source>Instrument</source>
            <translation>종목</translation>
        </message>
        <message>
            <source>Side</source>
            <translation>매매</translation>
        </message>
        <message>
            <source>Shares at most</source>
            <translation>최대 수량</translation>
        </message>
        <message>
            <source>Worst price</source>
            <translation>한도가</translation>
        </message>
        <message>
            <source>Won at most</source>
            <translation>최대 금액</translation>
        </message>
        <message>
            <source>Ceilings</source>
            <translation>한도</translation>
        </message>
        <message>
            <source>Real money. Type the sum of sells and buys, {won} won, in 만 (ten thousand won), rounded down:</source>
            <translation>실제 돈입니다. 매도와 매수의 합계 {won}원을 만 원 단위로(버림) 입력하세요:</translation>
        </message>
        <message>
            <source>The account is locked.</source>
            <translation>계좌가 잠겨 있습니다.</translation>
        </message>
        <message>
            <source>A moment: read the ceilings first.</source>
            <translation>잠깐만요. 한도를 먼저 읽어 주세요.</translation>
        </message>
    </context>
    <context>
        <name>AskDialog</name>
        <message>
            <source>Back</source>
            <translation>뒤로</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>확인</translation>
        </message>
    </context>
    <context>
        <name>Composing</name>
        <message>
            <source>Preview</source>
            <translation>미리보기</translation>
        </message>
        <message>
            <source>Read the account now and show every order of the plan. Nothing is sent.</source>
            <translation>지금 계좌를 읽어 계획의 모든 주문을 보여 줍니다. 주문은 나가지 않습니다.</translation>
        </message>
        <message>
            <source>Approve and run…</source>
            <translation>승인하고 실행…</translation>
        </message>
        <message>
            <source>Shows the digest and the ceilings, and asks; then the plan runs by itself.</source>
            <translation>지문과 한도를 보여 주고 확인을 받은 뒤 자동으로 실행합니다.</translation>
        </message>
        <message>
            <source>Accounts:</source>
            <translation>계좌:</translation>
        </message>
        <message>
            <source>The same targets, with a plan of its own for this account.</source>
            <translation>같은 목표로 이 계좌의 계획을 따로 만듭니다.</translation>
        </message>
        <message>
            <source>There are no targets yet.</source>
            <translation>아직 목표가 없습니다.</translation>
        </message>
        <message>
            <source>Preview it first.</source>
            <translation>먼저 미리보기하세요.</translation>
        </message>
        <message>
            <source>Something was changed after this preview: preview it again.</source>
            <translation>미리보기 뒤에 바뀐 것이 있습니다. 다시 미리보기하세요.</translation>
        </message>
        <message>
            <source>A field cannot be read: mend it first.</source>
            <translation>읽을 수 없는 값이 있습니다. 먼저 고치세요.</translation>
        </message>
        <message>
            <source>It runs already.</source>
            <translation>이미 실행 중입니다.</translation>
        </message>
        <message>
            <source>There are errors to mend first ({accounts}).</source>
            <translation>먼저 고칠 오류가 있습니다 ({accounts}).</translation>
        </message>
        <message>
            <source>The plan is approved.</source>
            <translation>계획을 승인했습니다.</translation>
        </message>
        <message>
            <source>Not approved. {why}</source>
            <translation>승인하지 않았습니다. {why}</translation>
        </message>
    </context>
    <context>
        <name>CostsView</name>
        <message>
            <source>Figure</source>
            <translation>항목</translation>
        </message>
        <message>
            <source>Won</source>
            <translation>원</translation>
        </message>
        <message>
            <source>How</source>
            <translation>계산</translation>
        </message>
        <message>
            <source>Costs and cash</source>
            <translation>비용과 현금</translation>
        </message>
        <message>
            <source>some books had one side only: their spread is not in it</source>
            <translation>한쪽 호가만 있는 종목의 스프레드는 빠져 있습니다</translation>
        </message>
        <message>
            <source>Sold</source>
            <translation>매도 금액</translation>
        </message>
        <message>
            <source>at expected prices</source>
            <translation>예상 가격 기준</translation>
        </message>
        <message>
            <source>Bought</source>
            <translation>매수 금액</translation>
        </message>
        <message>
            <source>Commission</source>
            <translation>수수료</translation>
        </message>
        <message>
            <source>each order by its own rate, rounded</source>
            <translation>주문마다 요율로 계산해 끝수 처리</translation>
        </message>
        <message>
            <source>Tax</source>
            <translation>세금</translation>
        </message>
        <message>
            <source>on sells, by market and product</source>
            <translation>매도에, 시장과 상품에 따라</translation>
        </message>
        <message>
            <source>Spread</source>
            <translation>스프레드</translation>
        </message>
        <message>
            <source>half the spread for each share</source>
            <translation>주당 스프레드의 절반</translation>
        </message>
        <message>
            <source>All costs</source>
            <translation>비용 합계</translation>
        </message>
        <message>
            <source>commission + tax + spread</source>
            <translation>수수료 + 세금 + 스프레드</translation>
        </message>
        <message>
            <source>Cash before</source>
            <translation>지금 현금</translation>
        </message>
        <message>
            <source>cash on D+2, with what is put in</source>
            <translation>D+2 예수금, 입금액 포함</translation>
        </message>
        <message>
            <source>Cash after</source>
            <translation>실행 후 현금</translation>
        </message>
        <message>
            <source>at expected prices, costs paid</source>
            <translation>예상 가격 기준, 비용 차감</translation>
        </message>
        <message>
            <source>Cash after at worst</source>
            <translation>실행 후 현금(최악)</translation>
        </message>
        <message>
            <source>every order at its worst allowed price</source>
            <translation>모든 주문이 한도가에 체결될 때</translation>
        </message>
        <message>
            <source>Cash kept</source>
            <translation>남기는 현금</translation>
        </message>
        <message>
            <source>the buffer</source>
            <translation>최소 현금</translation>
        </message>
        <message>
            <source>Total planned for</source>
            <translation>계획 대상 총액</translation>
        </message>
        <message>
            <source>holdings + cash − buffer</source>
            <translation>보유 + 현금 − 최소 현금</translation>
        </message>
    </context>
    <context>
        <name>Editor</name>
        <message>
            <source>How targets become orders</source>
            <translation>목표를 주문으로 바꾸는 규칙</translation>
        </message>
        <message>
            <source>Rounds that sell</source>
            <translation>매도 회차</translation>
        </message>
        <message>
            <source>Rounds that buy</source>
            <translation>매수 회차</translation>
        </message>
        <message>
            <source>How it is carried out</source>
            <translation>실행 방법</translation>
        </message>
        <message>
            <source>Targets</source>
            <translation>목표</translation>
        </message>
        <message>
            <source>Rules</source>
            <translation>규칙</translation>
        </message>
        <message>
            <source>Rounds</source>
            <translation>회차</translation>
        </message>
        <message>
            <source>Course</source>
            <translation>실행</translation>
        </message>
        <message>
            <source>No sum does it: an instrument with target 0 % is held.</source>
            <translation>어떤 금액으로도 되지 않습니다. 목표가 0 %인 종목을 보유하고 있습니다.</translation>
        </message>
        <message>
            <source>Put in {won} won, and nothing needs selling.</source>
            <translation>{won}원을 입금하면 팔 것이 없습니다.</translation>
        </message>
        <message>
            <source>Nothing needs selling as it is.</source>
            <translation>지금도 팔 것이 없습니다.</translation>
        </message>
    </context>
    <context>
        <name>EditorActions</name>
        <message>
            <source>Undo</source>
            <translation>실행 취소</translation>
        </message>
        <message>
            <source>Take the last change of the targets and settings back.</source>
            <translation>목표와 설정의 마지막 변경을 되돌립니다.</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>바꾼 것이 없습니다.</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>다시 실행</translation>
        </message>
        <message>
            <source>Make the change again that was taken back.</source>
            <translation>되돌린 변경을 다시 합니다.</translation>
        </message>
        <message>
            <source>Nothing was taken back.</source>
            <translation>되돌린 것이 없습니다.</translation>
        </message>
        <message>
            <source>Add an instrument</source>
            <translation>종목 추가</translation>
        </message>
        <message>
            <source>Search by name, initials or code.</source>
            <translation>이름, 초성, 코드로 찾습니다.</translation>
        </message>
        <message>
            <source>From holdings</source>
            <translation>보유 비중으로</translation>
        </message>
        <message>
            <source>Every holding gets a row, and every managed row the weight it has now.</source>
            <translation>보유 종목을 모두 넣고, 관리 종목의 목표를 지금 비중으로 둡니다.</translation>
        </message>
        <message>
            <source>The account is being read.</source>
            <translation>계좌를 읽는 중입니다.</translation>
        </message>
        <message>
            <source>Rescale to 100 %</source>
            <translation>100 %로 맞추기</translation>
        </message>
        <message>
            <source>Own weights in their proportions, with a sum of exactly 100 %.</source>
            <translation>비율은 그대로 두고 합을 정확히 100 %로 맞춥니다.</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>빼기</translation>
        </message>
        <message>
            <source>Take the selected rows out of the targets.</source>
            <translation>고른 줄을 목표에서 뺍니다.</translation>
        </message>
        <message>
            <source>Select a row first.</source>
            <translation>먼저 줄을 고르세요.</translation>
        </message>
        <message>
            <source>Paste</source>
            <translation>붙여넣기</translation>
        </message>
        <message>
            <source>Rows from a spreadsheet: code and weight. Rows that are there get new weights.</source>
            <translation>엑셀의 줄(코드와 비중)을 붙여 넣습니다. 이미 있는 종목은 비중만 바뀝니다.</translation>
        </message>
        <message>
            <source>Open CSV…</source>
            <translation>CSV 열기…</translation>
        </message>
        <message>
            <source>Replace the targets by those of a file.</source>
            <translation>목표를 파일의 내용으로 바꿉니다.</translation>
        </message>
        <message>
            <source>Save CSV…</source>
            <translation>CSV 저장…</translation>
        </message>
        <message>
            <source>Write the targets to a file for a spreadsheet.</source>
            <translation>목표를 엑셀용 파일로 저장합니다.</translation>
        </message>
        <message>
            <source>Save as a named set…</source>
            <translation>이름 붙여 저장…</translation>
        </message>
        <message>
            <source>Keep targets, rules and rounds under a name.</source>
            <translation>목표, 규칙, 회차를 이름 붙여 보관합니다.</translation>
        </message>
        <message>
            <source>Find the least deposit that needs no selling</source>
            <translation>매도 없이 맞추는 최소 입금액 찾기</translation>
        </message>
        <message>
            <source>The smallest sum with which no holding is above its target or its band.</source>
            <translation>어떤 보유도 목표나 허용 범위를 넘지 않게 되는 가장 작은 금액입니다.</translation>
        </message>
        <message>
            <source>The account has not been read yet.</source>
            <translation>아직 계좌를 읽지 못했습니다.</translation>
        </message>
        <message>
            <source>There are no targets.</source>
            <translation>목표가 없습니다.</translation>
        </message>
        <message>
            <source>Equal weights have a sum of 100 % already.</source>
            <translation>동일 비중은 이미 합이 100 %입니다.</translation>
        </message>
        <message>
            <source>There are no weights to scale.</source>
            <translation>맞출 비중이 없습니다.</translation>
        </message>
    </context>
    <context>
        <name>FieldRow</name>
        <message>
            <source>Write a time of day like 09:05, or leave it empty.</source>
            <translation>09:05처럼 시각을 적거나 비워 두세요.</translation>
        </message>
        <message>
            <source>Write a number from {least} to {most}.</source>
            <translation>{least}부터 {most}까지의 수를 적으세요.</translation>
        </message>
    </context>
    <context>
        <name>IssueList</name>
        <message>
            <source>What to mend or to read</source>
            <translation>고치거나 읽을 것</translation>
        </message>
    </context>
    <context>
        <name>Matrix</name>
        <message>
            <source>Shares of each round</source>
            <translation>회차별 수량</translation>
        </message>
    </context>
    <context>
        <name>MoveDialog</name>
        <message>
            <source>Change what is left</source>
            <translation>남은 일정 바꾸기</translation>
        </message>
        <message>
            <source>{side} rounds {first} to {last} are changed. What they trade in all, the worst prices and the ceilings stay as you approved them.</source>
            <translation>{side} {first}~{last}회차를 바꿉니다. 총수량과 한도가, 한도는 승인한 그대로입니다.</translation>
        </message>
        <message>
            <source>ticks</source>
            <translation>틱</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>뒤로</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>바꾸기</translation>
        </message>
        <message>
            <source>Next of them at</source>
            <translation>다음 회차 시각</translation>
        </message>
        <message>
            <source>Then every</source>
            <translation>그다음 간격</translation>
        </message>
        <message>
            <source>Rounds that are left</source>
            <translation>남은 회차 수</translation>
        </message>
        <message>
            <source>Order</source>
            <translation>주문 방식</translation>
        </message>
        <message>
            <source>More eager by</source>
            <translation>더 적극적으로</translation>
        </message>
        <message>
            <source>Write whole seconds from 1, rounds from 1 to {most}, and ticks from −{ticks} to {ticks}.</source>
            <translation>간격은 1초 이상, 회차는 1~{most}회, 틱은 −{ticks}~{ticks} 사이의 정수로 적으세요.</translation>
        </message>
        <message>
            <source>The last of them at {at}.</source>
            <translation>마지막 회차는 {at}입니다.</translation>
        </message>
        <message>
            <source>What is left is divided evenly among {rounds} rounds.</source>
            <translation>남은 수량을 {rounds}회에 고르게 나눕니다.</translation>
        </message>
    </context>
    <context>
        <name>News</name>
        <message>
            <source>Plan: {text}</source>
            <translation>리밸런싱: {text}</translation>
        </message>
        <message>
            <source>Plan: {state}. {filled} of {total} {total:share|shares} filled.</source>
            <translation>리밸런싱 {state}: {total}주 중 {filled}주 체결.</translation>
        </message>
        <message>
            <source>Schedule “{name}”: its plan waits for your approval.</source>
            <translation>예약 “{name}”: 계획이 승인을 기다립니다.</translation>
        </message>
        <message>
            <source>Schedule “{name}”: its start was missed. Plan now, or leave it out?</source>
            <translation>예약 “{name}”: 시작 시각을 놓쳤습니다. 지금 계획할까요, 오늘은 거를까요?</translation>
        </message>
        <message>
            <source>Schedule “{name}”: no plan could be made.</source>
            <translation>예약 “{name}”: 계획을 만들지 못했습니다.</translation>
        </message>
    </context>
    <context>
        <name>PlanPage</name>
        <message>
            <source>Compose</source>
            <translation>편집</translation>
        </message>
        <message>
            <source>Running</source>
            <translation>실행 중</translation>
        </message>
        <message>
            <source>Schedules</source>
            <translation>예약</translation>
        </message>
        <message>
            <source>Earlier plans</source>
            <translation>지난 계획</translation>
        </message>
    </context>
    <context>
        <name>Parting</name>
        <message>
            <source>Pause and close</source>
            <translation>일시정지하고 닫기</translation>
        </message>
        <message>
            <source>Close, go on at the next start</source>
            <translation>닫고 다음 시작 때 이어서 진행</translation>
        </message>
        <message>
            <source>A plan is under way</source>
            <translation>진행 중인 계획이 있습니다</translation>
        </message>
        <message>
            <source>While hoga is closed, a plan sends nothing and cancels nothing.</source>
            <translation>hoga가 닫혀 있는 동안 계획은 주문을 보내지도 취소하지도 않습니다.</translation>
        </message>
        <message>
            <source>{shares} sh are in orders at the broker: they stay there and may fill. Cancel them first if not.</source>
            <translation>증권사에 나가 있는 주문 {shares}주는 그대로 남아 체결될 수 있습니다. 원하지 않으면 먼저 취소하세요.</translation>
        </message>
        <message>
            <source>At the next start a plan goes on from its record: nothing is sent twice, and about a round that was missed you are asked. A paused one waits for you to press Resume.</source>
            <translation>다음에 시작하면 계획은 기록에서 이어집니다. 같은 주문을 두 번 보내지 않고, 놓친 회차는 어떻게 할지 물어봅니다. 일시정지한 계획은 [계속]을 누를 때까지 기다립니다.</translation>
        </message>
        <message>
            <source>{account}: {state}, {filled} of {ceiling} sh filled, next at {time}</source>
            <translation>{account}: {state}, {ceiling}주 중 {filled}주 체결, 다음 {time}</translation>
        </message>
    </context>
    <context>
        <name>Past</name>
        <message>
            <source>No plan has ended yet</source>
            <translation>끝난 계획이 없습니다</translation>
        </message>
        <message>
            <source>Each plan that has run is kept here with its report: what was approved, and what became of it.</source>
            <translation>실행이 끝난 계획이 여기에 남습니다. 무엇을 승인했고 어떻게 되었는지 보고서로 볼 수 있습니다.</translation>
        </message>
        <message>
            <source>Save the report…</source>
            <translation>보고서 저장…</translation>
        </message>
        <message>
            <source>Write everything about this plan to a file for a spreadsheet.</source>
            <translation>이 계획의 모든 기록을 엑셀용 파일로 저장합니다.</translation>
        </message>
        <message>
            <source>Choose a plan first.</source>
            <translation>먼저 계획을 고르세요.</translation>
        </message>
        <message>
            <source>Day</source>
            <translation>날짜</translation>
        </message>
        <message>
            <source>Approved</source>
            <translation>승인</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>종료</translation>
        </message>
        <message>
            <source>State</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>Filled</source>
            <translation>체결</translation>
        </message>
        <message>
            <source>vs arrival, bp</source>
            <translation>도착가 대비(bp)</translation>
        </message>
        <message>
            <source>Deviations</source>
            <translation>벗어난 것</translation>
        </message>
        <message>
            <source>Digest</source>
            <translation>지문</translation>
        </message>
        <message>
            <source>Earlier plans</source>
            <translation>지난 계획</translation>
        </message>
        <message>
            <source>Report to which file?</source>
            <translation>보고서를 어느 파일에 저장할까요?</translation>
        </message>
        <message>
            <source>The file could not be written: {why}</source>
            <translation>파일을 쓰지 못했습니다: {why}</translation>
        </message>
        <message>
            <source>The report was written to {file}.</source>
            <translation>보고서를 {file}에 저장했습니다.</translation>
        </message>
    </context>
    <context>
        <name>PreviewPane</name>
        <message>
            <source>Copy</source>
            <translation>복사</translation>
        </message>
        <message>
            <source>Copy the whole preview as a table for a spreadsheet.</source>
            <translation>미리보기 전체를 엑셀에 붙일 표로 복사합니다.</translation>
        </message>
        <message>
            <source>CSV…</source>
            <translation>CSV…</translation>
        </message>
        <message>
            <source>Write the whole preview to a file for a spreadsheet.</source>
            <translation>미리보기 전체를 엑셀용 파일로 저장합니다.</translation>
        </message>
        <message>
            <source>Inputs…</source>
            <translation>입력…</translation>
        </message>
        <message>
            <source>A file from which “hoga plan --inputs FILE” makes the same plan, same digest.</source>
            <translation>“hoga plan --inputs FILE”이 같은 지문의 같은 계획을 만드는 파일입니다.</translation>
        </message>
        <message>
            <source>Account shown</source>
            <translation>보이는 계좌</translation>
        </message>
        <message>
            <source>What is sold</source>
            <translation>파는 것</translation>
        </message>
        <message>
            <source>What is bought</source>
            <translation>사는 것</translation>
        </message>
        <message>
            <source>What stays, and why</source>
            <translation>그대로인 것과 그 이유</translation>
        </message>
        <message>
            <source>Rounds</source>
            <translation>회차</translation>
        </message>
        <message>
            <source>Sell</source>
            <translation>매도</translation>
        </message>
        <message>
            <source>Buy</source>
            <translation>매수</translation>
        </message>
        <message>
            <source>Unchanged, excluded</source>
            <translation>그대로·제외</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>일정</translation>
        </message>
        <message>
            <source>Costs</source>
            <translation>비용</translation>
        </message>
        <message>
            <source>Weights</source>
            <translation>비중</translation>
        </message>
        <message>
            <source>Digest {digest}</source>
            <translation>지문 {digest}</translation>
        </message>
        <message>
            <source>Approved: it is under Running.</source>
            <translation>승인했습니다. [실행 중]에서 볼 수 있습니다.</translation>
        </message>
        <message>
            <source>Something was changed after this preview: preview it again.</source>
            <translation>미리보기 뒤에 바뀐 것이 있습니다. 다시 미리보기하세요.</translation>
        </message>
        <message>
            <source>As of {at}, {account}.</source>
            <translation>{at} 기준, {account}.</translation>
        </message>
        <message>
            <source>Not previewed yet</source>
            <translation>아직 미리보기하지 않았습니다</translation>
        </message>
        <message>
            <source>Set the targets at the left, then press Preview (F5): every order is shown before any is sent.</source>
            <translation>왼쪽에서 목표를 정하고 [미리보기](F5)를 누르세요. 주문이 나가기 전에 모든 주문을 보여 줍니다.</translation>
        </message>
        <message>
            <source>No plan can be made</source>
            <translation>계획을 만들 수 없습니다</translation>
        </message>
        <message>
            <source>What stands against it is told below.</source>
            <translation>이유는 아래에 있습니다.</translation>
        </message>
        <message>
            <source>Nothing here</source>
            <translation>해당 없음</translation>
        </message>
        <message>
            <source>The plan has no row of this kind.</source>
            <translation>이 계획에는 해당하는 줄이 없습니다.</translation>
        </message>
        <message>
            <source>Preview to which file?</source>
            <translation>미리보기를 어느 파일에 저장할까요?</translation>
        </message>
        <message>
            <source>The preview was written to {file}.</source>
            <translation>미리보기를 {file}에 저장했습니다.</translation>
        </message>
        <message>
            <source>Inputs to which file?</source>
            <translation>입력을 어느 파일에 저장할까요?</translation>
        </message>
        <message>
            <source>The inputs were written to {file}.</source>
            <translation>입력을 {file}에 저장했습니다.</translation>
        </message>
        <message>
            <source>The file could not be written: {why}</source>
            <translation>파일을 쓰지 못했습니다: {why}</translation>
        </message>
        <message>
            <source>Preview a plan first.</source>
            <translation>먼저 미리보기하세요.</translation>
        </message>
    </context>
    <context>
        <name>PlanPreview</name>
        <message>
            <source>Instrument</source>
            <translation>종목</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>코드</translation>
        </message>
        <message>
            <source>Price</source>
            <translation>가격</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>평가금액</translation>
        </message>
        <message>
            <source>Target</source>
            <translation>목표</translation>
        </message>
        <message>
            <source>Difference</source>
            <translation>차이</translation>
        </message>
        <message>
            <source>Shares</source>
            <translation>수량</translation>
        </message>
        <message>
            <source>Total</source>
            <translation>금액</translation>
        </message>
        <message>
            <source>Costs</source>
            <translation>비용</translation>
        </message>
        <message>
            <source>Held</source>
            <translation>보유</translation>
        </message>
        <message>
            <source>Of volume</source>
            <translation>거래량 대비</translation>
        </message>
        <message>
            <source>The shares as a part of the average daily volume.</source>
            <translation>하루 평균 거래량에 대한 수량의 비율입니다.</translation>
        </message>
        <message>
            <source>Order price</source>
            <translation>주문가</translation>
        </message>
        <message>
            <source>Worst price</source>
            <translation>한도가</translation>
        </message>
        <message>
            <source>No order of the plan ever goes beyond it.</source>
            <translation>이 계획의 어떤 주문도 이 가격을 넘지 않습니다.</translation>
        </message>
        <message>
            <source>By round</source>
            <translation>회차별</translation>
        </message>
        <message>
            <source>Role</source>
            <translation>구분</translation>
        </message>
        <message>
            <source>Why it stays</source>
            <translation>그대로인 이유</translation>
        </message>
        <message>
            <source>Round</source>
            <translation>회차</translation>
        </message>
        <message>
            <source>At</source>
            <translation>시각</translation>
        </message>
        <message>
            <source>Last order until</source>
            <translation>마지막 주문까지</translation>
        </message>
        <message>
            <source>Orders</source>
            <translation>주문 수</translation>
        </message>
        <message>
            <source>Session</source>
            <translation>장 시간</translation>
        </message>
        <message>
            <source>In it</source>
            <translation>안</translation>
        </message>
        <message>
            <source>✖ Outside its hours</source>
            <translation>✖ 장 시간 밖</translation>
        </message>
    </context>
    <context>
        <name>ProgressLine</name>
        <message>
            <source>{words}: {filled} of {whole} {whole:share|shares}, {due} due by now</source>
            <translation>{words}: {whole}주 중 {filled}주 체결, 지금까지 예정 {due}주</translation>
        </message>
    </context>
    <context>
        <name>PlanReport</name>
        <message>
            <source>Digest</source>
            <translation>지문</translation>
        </message>
        <message>
            <source>State</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>Approved</source>
            <translation>승인</translation>
        </message>
        <message>
            <source>Started</source>
            <translation>시작</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>종료</translation>
        </message>
        <message>
            <source>Filled of approved</source>
            <translation>승인 수량 중 체결</translation>
        </message>
        <message>
            <source>Slippage (bp, won): arrival, TWAP, VWAP</source>
            <translation>슬리피지(bp, 원): 도착가, TWAP, VWAP</translation>
        </message>
        <message>
            <source>Side</source>
            <translation>매매</translation>
        </message>
        <message>
            <source>Code</source>
            <translation>코드</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>Approved shares</source>
            <translation>승인 수량</translation>
        </message>
        <message>
            <source>Filled</source>
            <translation>체결</translation>
        </message>
        <message>
            <source>Average</source>
            <translation>평균가</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>체결금액</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>이유</translation>
        </message>
        <message>
            <source>Round</source>
            <translation>회차</translation>
        </message>
        <message>
            <source>At</source>
            <translation>시각</translation>
        </message>
        <message>
            <source>Order or deviation</source>
            <translation>주문 또는 벗어난 것</translation>
        </message>
        <message>
            <source>Shares</source>
            <translation>수량</translation>
        </message>
        <message>
            <source>Price</source>
            <translation>가격</translation>
        </message>
        <message>
            <source>What went otherwise</source>
            <translation>계획과 달랐던 것</translation>
        </message>
    </context>
    <context>
        <name>RunView</name>
        <message>
            <source>Schedule and actual</source>
            <translation>일정과 실제</translation>
        </message>
        <message>
            <source>Rounds, orders, deviations</source>
            <translation>회차·주문·벗어난 것</translation>
        </message>
        <message>
            <source>No plan is shown</source>
            <translation>보이는 계획이 없습니다</translation>
        </message>
        <message>
            <source>Instruments of the plan</source>
            <translation>계획의 종목</translation>
        </message>
        <message>
            <source>Ended at {at}.</source>
            <translation>{at}에 끝났습니다.</translation>
        </message>
        <message>
            <source>Nothing more is sent; it has ended when {shares} {shares:share|shares} in open orders have.</source>
            <translation>더는 주문을 내지 않습니다. 걸려 있는 {shares}주가 끝나면 계획도 끝납니다.</translation>
        </message>
        <message>
            <source>Next: {side} round {number} at {at}.</source>
            <translation>다음 회차: {side} {number}회차, {at}.</translation>
        </message>
        <message>
            <source>No round is ahead; open orders are looked at again at {at}.</source>
            <translation>남은 회차가 없습니다. 미체결 주문은 {at}에 다시 확인합니다.</translation>
        </message>
        <message>
            <source>All</source>
            <translation>전체</translation>
        </message>
        <message>
            <source>Digest {digest}</source>
            <translation>지문 {digest}</translation>
        </message>
        <message>
            <source>vs arrival</source>
            <translation>도착가 대비</translation>
        </message>
        <message>
            <source>vs TWAP</source>
            <translation>TWAP 대비</translation>
        </message>
        <message>
            <source>vs VWAP</source>
            <translation>VWAP 대비</translation>
        </message>
        <message>
            <source>{what} {bp} bp ({won} won)</source>
            <translation>{what} {bp} bp ({won}원)</translation>
        </message>
        <message>
            <source>Deviations: {count}</source>
            <translation>벗어난 것 {count}건</translation>
        </message>
    </context>
    <context>
        <name>Running</name>
        <message>
            <source>Pause</source>
            <translation>일시정지</translation>
        </message>
        <message>
            <source>Nothing more is sent until you resume; orders that work stay.</source>
            <translation>계속을 누를 때까지 새 주문을 내지 않습니다. 걸려 있는 주문은 그대로 둡니다.</translation>
        </message>
        <message>
            <source>Resume</source>
            <translation>계속</translation>
        </message>
        <message>
            <source>Go on where it was paused; rounds that came due meanwhile are merged.</source>
            <translation>멈춘 곳부터 이어서 합니다. 그사이 지난 회차는 합칩니다.</translation>
        </message>
        <message>
            <source>Skip a round…</source>
            <translation>회차 건너뛰기…</translation>
        </message>
        <message>
            <source>Leave the next (or the selected) round out; later ones make it up.</source>
            <translation>다음(또는 고른) 회차를 거릅니다. 그 수량은 뒤 회차에서 채웁니다.</translation>
        </message>
        <message>
            <source>Change the rest…</source>
            <translation>남은 일정 바꾸기…</translation>
        </message>
        <message>
            <source>Other times, another number of rounds, another order style for what is left, within the ceilings.</source>
            <translation>남은 회차의 시각과 횟수, 주문 방식을 승인한 한도 안에서 바꿉니다.</translation>
        </message>
        <message>
            <source>Stop…</source>
            <translation>정지…</translation>
        </message>
        <message>
            <source>End the plan, with or without cancelling what works.</source>
            <translation>계획을 끝냅니다. 걸려 있는 주문은 취소하거나 그대로 둘 수 있습니다.</translation>
        </message>
        <message>
            <source>Take over by hand…</source>
            <translation>직접 주문하기…</translation>
        </message>
        <message>
            <source>The plan sends nothing more for the selected instrument; you trade it.</source>
            <translation>고른 종목은 계획이 더 주문하지 않고 직접 주문합니다.</translation>
        </message>
        <message>
            <source>Cancel this order</source>
            <translation>이 주문 취소</translation>
        </message>
        <message>
            <source>Cancel the selected order; a later round makes its shares up.</source>
            <translation>고른 주문을 취소합니다. 그 수량은 뒤 회차에서 채웁니다.</translation>
        </message>
        <message>
            <source>Plan shown</source>
            <translation>보이는 계획</translation>
        </message>
        <message>
            <source>No plan runs. An approved plan is shown here with every order, what is behind its schedule and why. Compose one, preview it, and approve it.</source>
            <translation>실행 중인 계획이 없습니다. 승인한 계획의 모든 주문과, 일정보다 늦은 것과 그 이유를 여기에서 봅니다. [편집]에서 만들어 미리보기하고 승인하세요.</translation>
        </message>
        <message>
            <source>No plan runs.</source>
            <translation>실행 중인 계획이 없습니다.</translation>
        </message>
        <message>
            <source>It has ended.</source>
            <translation>이미 끝났습니다.</translation>
        </message>
        <message>
            <source>It is being stopped.</source>
            <translation>정지하는 중입니다.</translation>
        </message>
        <message>
            <source>It is paused already.</source>
            <translation>이미 일시정지했습니다.</translation>
        </message>
        <message>
            <source>It is not paused.</source>
            <translation>일시정지하지 않았습니다.</translation>
        </message>
        <message>
            <source>No round is ahead.</source>
            <translation>남은 회차가 없습니다.</translation>
        </message>
        <message>
            <source>Select an instrument first.</source>
            <translation>먼저 종목을 고르세요.</translation>
        </message>
        <message>
            <source>It was taken over before.</source>
            <translation>이미 직접 주문하는 종목입니다.</translation>
        </message>
        <message>
            <source>It is complete.</source>
            <translation>이미 끝난 종목입니다.</translation>
        </message>
        <message>
            <source>Select an order under Rounds first.</source>
            <translation>먼저 [회차·주문·벗어난 것]에서 주문을 고르세요.</translation>
        </message>
        <message>
            <source>Leave out {side} round {number}? Later rounds make it up.</source>
            <translation>{side} {number}회차를 거를까요? 그 수량은 뒤 회차에서 채웁니다.</translation>
        </message>
        <message>
            <source>Skip a round</source>
            <translation>회차 건너뛰기</translation>
        </message>
        <message>
            <source>Skip it</source>
            <translation>건너뛰기</translation>
        </message>
        <message>
            <source>The plan ends and cannot be resumed. {filled} of {total} {total:share is|shares are} filled, {working} {working:is|are} in open orders.</source>
            <translation>계획을 끝내며 다시 이어서 할 수 없습니다. {total}주 중 {filled}주가 체결되었고 {working}주가 걸려 있습니다.</translation>
        </message>
        <message>
            <source>Stop and cancel open orders</source>
            <translation>정지하고 미체결 취소</translation>
        </message>
        <message>
            <source>Stop, leave open orders</source>
            <translation>정지하고 미체결은 두기</translation>
        </message>
        <message>
            <source>Stop the plan</source>
            <translation>계획 정지</translation>
        </message>
        <message>
            <source>The plan sends nothing more for {name}; what is left of it is yours. {working} {working:share is|shares are} in open orders.</source>
            <translation>{name}은(는) 계획이 더 주문하지 않고 나머지는 직접 주문합니다. {working}주가 걸려 있습니다.</translation>
        </message>
        <message>
            <source>Take over, cancel open orders</source>
            <translation>직접 하고 미체결 취소</translation>
        </message>
        <message>
            <source>Take over, leave open orders</source>
            <translation>직접 하고 미체결은 두기</translation>
        </message>
        <message>
            <source>Take over by hand</source>
            <translation>직접 주문하기</translation>
        </message>
    </context>
    <context>
        <name>PlanRun</name>
        <message>
            <source>Side</source>
            <translation>매매</translation>
        </message>
        <message>
            <source>Instrument</source>
            <translation>종목</translation>
        </message>
        <message>
            <source>State</source>
            <translation>상태</translation>
        </message>
        <message>
            <source>Filled</source>
            <translation>체결</translation>
        </message>
        <message>
            <source>Shares filled of those approved. It never passes them.</source>
            <translation>승인한 수량 중 체결된 수량입니다. 이를 넘지 않습니다.</translation>
        </message>
        <message>
            <source>Due</source>
            <translation>예정</translation>
        </message>
        <message>
            <source>Shares that should be done by now.</source>
            <translation>지금까지 끝났어야 하는 수량입니다.</translation>
        </message>
        <message>
            <source>Working</source>
            <translation>걸림</translation>
        </message>
        <message>
            <source>Shares in orders at the broker, or waiting to be sent.</source>
            <translation>증권사에 걸려 있거나 전송을 기다리는 수량입니다.</translation>
        </message>
        <message>
            <source>Unknown</source>
            <translation>미확인</translation>
        </message>
        <message>
            <source>Shares in orders on their way, or of unknown fate: they count as sent.</source>
            <translation>가는 중이거나 결과를 모르는 주문의 수량입니다. 보낸 것으로 셉니다.</translation>
        </message>
        <message>
            <source>Left</source>
            <translation>남음</translation>
        </message>
        <message>
            <source>Shares neither filled nor on their way.</source>
            <translation>체결되지도 걸려 있지도 않은 수량입니다.</translation>
        </message>
        <message>
            <source>Average</source>
            <translation>평균가</translation>
        </message>
        <message>
            <source>Amount</source>
            <translation>체결금액</translation>
        </message>
        <message>
            <source>vs arrival</source>
            <translation>도착가 대비</translation>
        </message>
        <message>
            <source>Basis points against the middle of the book at approval; + has cost.</source>
            <translation>승인할 때의 호가 중간값과 비교한 bp입니다. +는 비용입니다.</translation>
        </message>
        <message>
            <source>vs TWAP</source>
            <translation>TWAP 대비</translation>
        </message>
        <message>
            <source>Basis points against the average price over the time it traded.</source>
            <translation>매매한 시간의 평균 가격과 비교한 bp입니다.</translation>
        </message>
        <message>
            <source>vs VWAP</source>
            <translation>VWAP 대비</translation>
        </message>
        <message>
            <source>Basis points against the market's average by volume over that time.</source>
            <translation>그 시간 시장의 거래량 가중 평균과 비교한 bp입니다.</translation>
        </message>
        <message>
            <source>Slippage, won</source>
            <translation>슬리피지(원)</translation>
        </message>
        <message>
            <source>Won against arrival for all filled shares; + has cost.</source>
            <translation>체결 수량 전체의 도착가 대비 금액입니다. +는 비용입니다.</translation>
        </message>
        <message>
            <source>Why</source>
            <translation>이유</translation>
        </message>
        <message>
            <source>Round, order</source>
            <translation>회차·주문</translation>
        </message>
        <message>
            <source>At</source>
            <translation>시각</translation>
        </message>
        <message>
            <source>Shares</source>
            <translation>수량</translation>
        </message>
        <message>
            <source>Price</source>
            <translation>가격</translation>
        </message>
        <message>
            <source>What went otherwise</source>
            <translation>계획과 달랐던 것</translation>
        </message>
        <message>
            <source>Approved for {time}</source>
            <translation>승인한 시각 {time}</translation>
        </message>
        <message>
            <source>Repriced {times} {times:time|times}</source>
            <translation>{times}번 정정</translation>
        </message>
    </context>
    <context>
        <name>ScheduleDialog</name>
        <message>
            <source>Schedule</source>
            <translation>예약</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>Sells start at</source>
            <translation>매도 시작</translation>
        </message>
        <message>
            <source>Won, and part of the total, at most</source>
            <translation>최대 금액과 총액 대비 비율</translation>
        </message>
        <message>
            <source>Buys start at (else right after the sells)</source>
            <translation>매수 시작 (끄면 매도 직후)</translation>
        </message>
        <message>
            <source>Once, on (else every trading day)</source>
            <translation>한 번만 (끄면 매 거래일)</translation>
        </message>
        <message>
            <source>Run by itself inside these limits, when the plan has no warning</source>
            <translation>이 한도 안이고 경고가 없으면 묻지 않고 실행</translation>
        </message>
        <message>
            <source>Take targets, rules and rounds from the editor anew</source>
            <translation>목표, 규칙, 회차를 편집기에서 다시 가져오기</translation>
        </message>
        <message>
            <source>won</source>
            <translation>원</translation>
        </message>
        <message>
            <source>Won at most</source>
            <translation>최대 금액</translation>
        </message>
        <message>
            <source>Part of the total at most</source>
            <translation>총액 대비 최대 비율</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>뒤로</translation>
        </message>
        <message>
            <source>Save</source>
            <translation>저장</translation>
        </message>
        <message>
            <source>It plans for {count} {count:row|rows} of targets.</source>
            <translation>목표 {count}줄로 계획합니다.</translation>
        </message>
        <message>
            <source>Give it a name.</source>
            <translation>이름을 적으세요.</translation>
        </message>
        <message>
            <source>That day is past.</source>
            <translation>지난 날짜입니다.</translation>
        </message>
        <message>
            <source>Write how many won, and which part of the total, it may trade by itself.</source>
            <translation>묻지 않고 거래할 수 있는 금액과 총액 대비 비율을 적으세요.</translation>
        </message>
    </context>
    <context>
        <name>Schedules</name>
        <message>
            <source>No schedule yet</source>
            <translation>예약이 없습니다</translation>
        </message>
        <message>
            <source>A schedule makes the plan of the editor's targets at a time of day, once or on every trading day.</source>
            <translation>편집 중인 목표로 정한 시각에 계획을 만듭니다. 한 번만 하거나 매 거래일 되풀이합니다.</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>이름</translation>
        </message>
        <message>
            <source>Starts</source>
            <translation>시작</translation>
        </message>
        <message>
            <source>When</source>
            <translation>언제</translation>
        </message>
        <message>
            <source>By itself</source>
            <translation>자동 실행</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>오늘</translation>
        </message>
        <message>
            <source>Next start</source>
            <translation>다음 시작</translation>
        </message>
        <message>
            <source>What to know</source>
            <translation>알아 둘 것</translation>
        </message>
        <message>
            <source>New from the editor…</source>
            <translation>편집 중인 목표로 만들기…</translation>
        </message>
        <message>
            <source>A schedule with the targets, rules and rounds that stand in the editor now.</source>
            <translation>지금 편집기에 있는 목표, 규칙, 회차로 예약을 만듭니다.</translation>
        </message>
        <message>
            <source>The editor has no targets.</source>
            <translation>편집기에 목표가 없습니다.</translation>
        </message>
        <message>
            <source>Edit…</source>
            <translation>고치기…</translation>
        </message>
        <message>
            <source>Times, repeating, limits; and whether it takes the editor's targets anew.</source>
            <translation>시각, 되풀이, 한도를 고치고 편집기의 목표를 다시 가져옵니다.</translation>
        </message>
        <message>
            <source>Delete…</source>
            <translation>삭제…</translation>
        </message>
        <message>
            <source>Plans that it has started go on.</source>
            <translation>이미 시작한 계획은 계속됩니다.</translation>
        </message>
        <message>
            <source>Show its preview</source>
            <translation>미리보기 보기</translation>
        </message>
        <message>
            <source>Read today's plan, and approve it there.</source>
            <translation>오늘의 계획을 읽고 그곳에서 승인합니다.</translation>
        </message>
        <message>
            <source>Plan now</source>
            <translation>지금 계획</translation>
        </message>
        <message>
            <source>Make today's plan although its start has passed. It waits for approval.</source>
            <translation>시작 시각이 지났지만 오늘의 계획을 만듭니다. 승인을 기다립니다.</translation>
        </message>
        <message>
            <source>Leave it out today</source>
            <translation>오늘은 거르기</translation>
        </message>
        <message>
            <source>Nothing of it today; the next trading day it is due again.</source>
            <translation>오늘은 하지 않습니다. 다음 거래일에 다시 합니다.</translation>
        </message>
        <message>
            <source>The desk must be open at the start; a start that was missed is told and asked about, never made up silently. A due plan waits for your approval, unless you let it run by itself within limits.</source>
            <translation>시작 시각에 프로그램이 켜져 있어야 합니다. 놓친 시작은 알리고 물어볼 뿐 몰래 만회하지 않습니다. 때가 된 계획은 승인을 기다리며, 한도 안에서 자동 실행을 허용했을 때만 바로 실행합니다.</translation>
        </message>
        <message>
            <source>Schedules</source>
            <translation>예약</translation>
        </message>
        <message>
            <source>right after the sells</source>
            <translation>매도 직후</translation>
        </message>
        <message>
            <source>every trading day</source>
            <translation>매 거래일</translation>
        </message>
        <message>
            <source>no, it asks</source>
            <translation>아니요, 물어봅니다</translation>
        </message>
        <message>
            <source>up to {won}</source>
            <translation>{won}원까지</translation>
        </message>
        <message>
            <source>Select a schedule first.</source>
            <translation>먼저 예약을 고르세요.</translation>
        </message>
        <message>
            <source>It has no plan today.</source>
            <translation>오늘 계획이 없습니다.</translation>
        </message>
        <message>
            <source>It is not due.</source>
            <translation>아직 때가 아닙니다.</translation>
        </message>
        <message>
            <source>Today is settled.</source>
            <translation>오늘은 이미 정해졌습니다.</translation>
        </message>
        <message>
            <source>Delete the schedule “{name}”?</source>
            <translation>예약 “{name}”을(를) 지울까요?</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>삭제</translation>
        </message>
    </context>
    <context>
        <name>SetsButton</name>
        <message>
            <source>Named sets</source>
            <translation>저장한 목표</translation>
        </message>
        <message>
            <source>Targets, rules and rounds under a name: save, load, rename, delete.</source>
            <translation>목표, 규칙, 회차를 이름으로 저장하고, 불러오고, 이름을 바꾸고, 지웁니다.</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>이름 바꾸기</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>삭제</translation>
        </message>
        <message>
            <source>Save as a named set</source>
            <translation>이름 붙여 저장</translation>
        </message>
        <message>
            <source>Under which name?</source>
            <translation>어떤 이름으로 저장할까요?</translation>
        </message>
        <message>
            <source>There is a set “{name}”.</source>
            <translation>“{name}”이(가) 이미 있습니다.</translation>
        </message>
        <message>
            <source>Replace it</source>
            <translation>덮어쓰기</translation>
        </message>
        <message>
            <source>What is it called?</source>
            <translation>새 이름을 입력하세요.</translation>
        </message>
        <message>
            <source>Delete the set “{name}”? The targets in the editor stay.</source>
            <translation>“{name}”을(를) 지울까요? 편집 중인 목표는 그대로입니다.</translation>
        </message>
    </context>
    <context>
        <name>PlanFields</name>
        <message>
            <source>won</source>
            <translation>원</translation>
        </message>
        <message>
            <source>s</source>
            <translation>초</translation>
        </message>
        <message>
            <source>ticks</source>
            <translation>틱</translation>
        </message>
        <message>
            <source>Sell</source>
            <translation>매도</translation>
        </message>
        <message>
            <source>Holdings above their target are sold.</source>
            <translation>목표보다 많은 보유를 팝니다.</translation>
        </message>
        <message>
            <source>Buy</source>
            <translation>매수</translation>
        </message>
        <message>
            <source>Instruments below their target are bought.</source>
            <translation>목표보다 적은 종목을 삽니다.</translation>
        </message>
        <message>
            <source>Cash kept, part</source>
            <translation>최소 현금(비율)</translation>
        </message>
        <message>
            <source>Part of the total that stays cash; the larger of this and the sum holds.</source>
            <translation>총액에서 현금으로 남길 비율입니다. 금액과 비교해 큰 쪽을 씁니다.</translation>
        </message>
        <message>
            <source>Cash kept, sum</source>
            <translation>최소 현금(금액)</translation>
        </message>
        <message>
            <source>Won that stay cash in any case.</source>
            <translation>반드시 현금으로 남길 금액입니다.</translation>
        </message>
        <message>
            <source>Band, of the total</source>
            <translation>허용 범위(총액 대비)</translation>
        </message>
        <message>
            <source>A holding off by no more than this part of the total is left alone; 0: off.</source>
            <translation>차이가 총액의 이 비율 이하면 그대로 둡니다. 0은 사용 안 함.</translation>
        </message>
        <message>
            <source>Band, of the target</source>
            <translation>허용 범위(목표 대비)</translation>
        </message>
        <message>
            <source>The same as a part of its own target; 0: off.</source>
            <translation>차이를 그 종목 목표에 대한 비율로 봅니다. 0은 사용 안 함.</translation>
        </message>
        <message>
            <source>Smallest trade</source>
            <translation>최소 주문금액</translation>
        </message>
        <message>
            <source>An instrument whose order would be worth less is left alone.</source>
            <translation>주문금액이 이보다 적은 종목은 그대로 둡니다.</translation>
        </message>
        <message>
            <source>Put in</source>
            <translation>추가 입금</translation>
        </message>
        <message>
            <source>Money added for this plan: then nothing is sold, only bought.</source>
            <translation>이 계획을 위해 넣는 돈입니다. 이때는 팔지 않고 사기만 합니다.</translation>
        </message>
        <message>
            <source>Volume cap</source>
            <translation>거래량 한도</translation>
        </message>
        <message>
            <source>Largest order as a part of the average daily volume; 0: no cap.</source>
            <translation>하루 평균 거래량에 대한 주문 수량의 한도입니다. 0은 한도 없음.</translation>
        </message>
        <message>
            <source>Above the cap</source>
            <translation>한도를 넘으면</translation>
        </message>
        <message>
            <source>What is done about a larger order. It is never cut silently.</source>
            <translation>더 큰 주문을 어떻게 할지 정합니다. 몰래 줄이지 않습니다.</translation>
        </message>
        <message>
            <source>Leave other holdings alone</source>
            <translation>다른 보유는 그대로 두기</translation>
        </message>
        <message>
            <source>Holdings without a row are excluded; they do not count into the total.</source>
            <translation>목표에 없는 보유는 제외하며 총액에도 넣지 않습니다.</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>시작</translation>
        </message>
        <message>
            <source>Korean time of day. Empty: as soon as it may; buys follow the sells.</source>
            <translation>한국 시각입니다. 비워 두면 가능한 대로 시작하고, 매수는 매도에 이어집니다.</translation>
        </message>
        <message>
            <source>Rounds</source>
            <translation>회차</translation>
        </message>
        <message>
            <source>Into how many parts each quantity is divided: 1 to 120.</source>
            <translation>수량을 몇 번에 나눌지 정합니다(1~120).</translation>
        </message>
        <message>
            <source>Every</source>
            <translation>간격</translation>
        </message>
        <message>
            <source>From the start of one round to the start of the next.</source>
            <translation>한 회차 시작부터 다음 회차 시작까지의 시간입니다.</translation>
        </message>
        <message>
            <source>Order</source>
            <translation>주문 방식</translation>
        </message>
        <message>
            <source>How each order is priced when its turn comes.</source>
            <translation>차례가 된 주문의 가격을 정하는 방식입니다.</translation>
        </message>
        <message>
            <source>More eager by</source>
            <translation>더 적극적으로</translation>
        </message>
        <message>
            <source>Ticks added to that price: a buy higher, a sell lower. Negative: patient.</source>
            <translation>그 가격에 더하는 틱 수입니다. 매수는 높게, 매도는 낮게. 음수면 느긋하게.</translation>
        </message>
        <message>
            <source>Collar</source>
            <translation>가격 한도</translation>
        </message>
        <message>
            <source>Ticks that an order may ever get worse; the ceilings are reckoned there.</source>
            <translation>주문 가격이 나빠질 수 있는 최대 틱 수이며, 한도를 이 가격으로 계산합니다.</translation>
        </message>
        <message>
            <source>Between two orders</source>
            <translation>주문 사이</translation>
        </message>
        <message>
            <source>Orders of one round never leave closer together than this.</source>
            <translation>한 회차의 주문은 이보다 촘촘히 나가지 않습니다.</translation>
        </message>
        <message>
            <source>Random delay</source>
            <translation>무작위 지연</translation>
        </message>
        <message>
            <source>Each round starts up to so much late, so that its moment cannot be guessed.</source>
            <translation>회차마다 이 시간 안에서 늦게 시작해 시각을 짐작할 수 없게 합니다.</translation>
        </message>
        <message>
            <source>Before the close</source>
            <translation>마감 전 여유</translation>
        </message>
        <message>
            <source>The last order leaves so long before its session ends.</source>
            <translation>마지막 주문은 장이 끝나기 이만큼 전에 나갑니다.</translation>
        </message>
        <message>
            <source>Look at open orders every</source>
            <translation>미체결 확인 간격</translation>
        </message>
        <message>
            <source>Between two looks at orders that are not filled.</source>
            <translation>체결되지 않은 주문을 살피는 간격입니다.</translation>
        </message>
        <message>
            <source>Reprice after</source>
            <translation>정정까지</translation>
        </message>
        <message>
            <source>An order that stood so long is moved to the current price, in its collar.</source>
            <translation>이만큼 걸려 있던 주문을 가격 한도 안에서 현재 가격으로 정정합니다.</translation>
        </message>
        <message>
            <source>Reprices at most</source>
            <translation>최대 정정 횟수</translation>
        </message>
        <message>
            <source>How often one order is moved.</source>
            <translation>한 주문을 몇 번까지 정정할지 정합니다.</translation>
        </message>
        <message>
            <source>Tries in a round</source>
            <translation>회차당 시도</translation>
        </message>
        <message>
            <source>Orders that one round may send for one instrument when some are refused.</source>
            <translation>거부되었을 때 한 회차가 한 종목에 낼 수 있는 주문 수입니다.</translation>
        </message>
        <message>
            <source>Try again after</source>
            <translation>다시 시도까지</translation>
        </message>
        <message>
            <source>Wait after a refusal.</source>
            <translation>거부된 뒤 기다리는 시간입니다.</translation>
        </message>
        <message>
            <source>Wait for sells</source>
            <translation>매도 대기</translation>
        </message>
        <message>
            <source>After the last sell round, before you are asked what to do about the rest.</source>
            <translation>마지막 매도 회차 뒤, 나머지를 어떻게 할지 물어보기까지의 시간입니다.</translation>
        </message>
        <message>
            <source>Wait for buys</source>
            <translation>매수 대기</translation>
        </message>
        <message>
            <source>After the last buy round, before the rest is cancelled and told.</source>
            <translation>마지막 매수 회차 뒤, 나머지를 취소하고 알리기까지의 시간입니다.</translation>
        </message>
        <message>
            <source>Ask after away</source>
            <translation>자리 비움 확인</translation>
        </message>
        <message>
            <source>A desk that was away longer while rounds came due asks before it goes on.</source>
            <translation>회차가 지나는 동안 이보다 오래 꺼져 있었으면 이어서 할지 물어봅니다.</translation>
        </message>
        <message>
            <source>May have moved</source>
            <translation>변동 허용</translation>
        </message>
        <message>
            <source>How far prices and cash may move between preview and approval.</source>
            <translation>미리보기와 승인 사이에 가격과 현금이 움직여도 되는 폭입니다.</translation>
        </message>
        <message>
            <source>Through the closing auction</source>
            <translation>종가 단일가 참여</translation>
        </message>
        <message>
            <source>What still works then takes part in it; off: it is cancelled before.</source>
            <translation>그때까지 걸려 있는 주문이 종가 단일가에 참여합니다. 끄면 그 전에 취소합니다.</translation>
        </message>
        <message>
            <source>Price too old after</source>
            <translation>시세 유효 시간</translation>
        </message>
        <message>
            <source>An older price is read again before an order is priced with it.</source>
            <translation>이보다 오래된 가격은 주문에 쓰기 전에 다시 읽습니다.</translation>
        </message>
    </context>
    <context>
        <name>Taking</name>
        <message>
            <source>This account holds nothing yet: add instruments by name, or paste rows.</source>
            <translation>이 계좌에는 아직 보유 종목이 없습니다. 이름으로 종목을 추가하거나 행을 붙여 넣으세요.</translation>
        </message>
    </context>
    <context>
        <name>TargetFiles</name>
        <message>
            <source>There are no rows in it.</source>
            <translation>읽을 줄이 없습니다.</translation>
        </message>
        <message>
            <source>Targets from which file?</source>
            <translation>어느 파일에서 목표를 열까요?</translation>
        </message>
        <message>
            <source>it is not UTF-8 text</source>
            <translation>UTF-8 텍스트가 아닙니다</translation>
        </message>
        <message>
            <source>The file could not be read: {why}</source>
            <translation>파일을 읽지 못했습니다: {why}</translation>
        </message>
        <message>
            <source>Targets to which file?</source>
            <translation>목표를 어느 파일에 저장할까요?</translation>
        </message>
        <message>
            <source>The file could not be written: {why}</source>
            <translation>파일을 쓰지 못했습니다: {why}</translation>
        </message>
        <message>
            <source>Targets written to {file}.</source>
            <translation>목표를 {file}에 저장했습니다.</translation>
        </message>
    </context>
    <context>
        <name>TargetsLeaf</name>
        <message>
            <source>Equal weights</source>
            <translation>동일 비중</translation>
        </message>
        <message>
            <source>Every managed instrument gets the same part, exactly.</source>
            <translation>관리 종목 모두에 정확히 같은 비중을 줍니다.</translation>
        </message>
        <message>
            <source>Targets</source>
            <translation>목표</translation>
        </message>
        <message>
            <source>Cash</source>
            <translation>현금</translation>
        </message>
        <message>
            <source>Reading what the account holds…</source>
            <translation>계좌의 보유 종목을 읽는 중입니다…</translation>
        </message>
        <message>
            <source>Here stand the instruments and what each should be worth. Begin with what you hold (From holdings), add one by name, or paste rows from a spreadsheet.</source>
            <translation>여기에 종목과 목표 비중이 놓입니다. [보유 비중으로]로 시작하거나, 이름으로 종목을 넣거나, 엑셀의 줄을 붙여 넣으세요.</translation>
        </message>
        <message>
            <source>Sum {sum} · cash {cash}</source>
            <translation>합계 {sum} · 현금 {cash}</translation>
        </message>
        <message>
            <source>Sum {sum}: {over} too much</source>
            <translation>합계 {sum}: {over} 초과</translation>
        </message>
    </context>
    <context>
        <name>TargetsModel</name>
        <message>
            <source>Above: what it weighs now. Below: its target.</source>
            <translation>위: 지금 비중. 아래: 목표 비중.</translation>
        </message>
        <message>
            <source>What is not asked for by the rows above stays cash.</source>
            <translation>위의 목표를 뺀 나머지가 현금입니다.</translation>
        </message>
        <message>
            <source>Type a weight in percent, with up to four decimals.</source>
            <translation>비중을 퍼센트로 적으세요. 소수 넷째 자리까지 됩니다.</translation>
        </message>
        <message>
            <source>Instrument</source>
            <translation>종목</translation>
        </message>
        <message>
            <source>Now</source>
            <translation>지금</translation>
        </message>
        <message>
            <source>What it is worth, as a part of the total that is planned for.</source>
            <translation>계획 대상 총액에서 차지하는 비중입니다.</translation>
        </message>
        <message>
            <source>Target</source>
            <translation>목표</translation>
        </message>
        <message>
            <source>What it should be worth. Double click or type to change it.</source>
            <translation>목표 비중입니다. 더블클릭하거나 바로 입력해 바꿉니다.</translation>
        </message>
        <message>
            <source>Now → target</source>
            <translation>지금 → 목표</translation>
        </message>
        <message>
            <source>Held</source>
            <translation>보유</translation>
        </message>
        <message>
            <source>Shares in the account now.</source>
            <translation>지금 계좌에 있는 수량입니다.</translation>
        </message>
        <message>
            <source>Role</source>
            <translation>구분</translation>
        </message>
        <message>
            <source>Excluded and locked holdings are neither bought nor sold.</source>
            <translation>제외·잠금 종목은 사지도 팔지도 않습니다.</translation>
        </message>
        <message>
            <source>To the last</source>
            <translation>전량매도</translation>
        </message>
        <message>
            <source>Whether the last share may be sold.</source>
            <translation>마지막 한 주까지 팔아도 되는지 정합니다.</translation>
        </message>
        <message>
            <source>Counts</source>
            <translation>합계 포함</translation>
        </message>
        <message>
            <source>Whether an excluded holding is part of the total all the same.</source>
            <translation>제외한 보유를 총액에는 넣을지 정합니다.</translation>
        </message>
        <message>
            <source>Price</source>
            <translation>가격</translation>
        </message>
        <message>
            <source>The last price.</source>
            <translation>현재가입니다.</translation>
        </message>
        <message>
            <source>“{text}” is no weight: write percent with up to four decimals.</source>
            <translation>“{text}”은(는) 비중이 아닙니다. 소수 넷째 자리까지의 퍼센트로 적으세요.</translation>
        </message>
    </context>
    <context>
        <name>TrackChart</name>
        <message>
            <source>Schedule against actual</source>
            <translation>일정과 실제</translation>
        </message>
        <message>
            <source>{at} · sold {sold} of {sell_due} due · bought {bought} of {buy_due} due</source>
            <translation>{at} · 매도 {sold} / 예정 {sell_due} · 매수 {bought} / 예정 {buy_due}</translation>
        </message>
        <message>
            <source>Once its first round is due, the schedule and what is done of it are drawn here.</source>
            <translation>첫 회차가 시작되면 일정과 실제 진행을 여기에 그립니다.</translation>
        </message>
        <message>
            <source>blue: sells · red: buys · dashed: schedule · solid: filled</source>
            <translation>파랑: 매도 · 빨강: 매수 · 점선: 일정 · 실선: 체결</translation>
        </message>
        <message>
            <source>dashed: schedule · solid: filled; sells first, then buys</source>
            <translation>점선: 일정 · 실선: 체결. 매도 먼저, 다음 매수</translation>
        </message>
    </context>
    <context>
        <name>WeightsView</name>
        <message>
            <source>Weights before and after</source>
            <translation>전후 비중</translation>
        </message>
        <message>
            <source>Cash</source>
            <translation>현금</translation>
        </message>
        <message>
            <source>Before</source>
            <translation>지금</translation>
        </message>
        <message>
            <source>Target</source>
            <translation>목표</translation>
        </message>
        <message>
            <source>After</source>
            <translation>실행 후</translation>
        </message>
        <message>
            <source>upper bar: before · lower bar: after · line: target</source>
            <translation>위: 지금 · 아래: 실행 후 · 선: 목표</translation>
        </message>
    </context>
    <context>
        <name>Plan</name>
        <message>
            <source>Buy</source>
            <translation>매수</translation>
        </message>
        <message>
            <source>Sell</source>
            <translation>매도</translation>
        </message>
        <message>
            <source>Managed</source>
            <translation>관리</translation>
        </message>
        <message>
            <source>Excluded</source>
            <translation>제외</translation>
        </message>
        <message>
            <source>Locked</source>
            <translation>잠금</translation>
        </message>
        <message>
            <source>Limit at the best opposite price</source>
            <translation>상대 최우선호가</translation>
        </message>
        <message>
            <source>Limit at the last price</source>
            <translation>현재가 지정가</translation>
        </message>
        <message>
            <source>Market</source>
            <translation>시장가</translation>
        </message>
        <message>
            <source>Warn</source>
            <translation>경고만</translation>
        </message>
        <message>
            <source>Cut down to it</source>
            <translation>한도로 줄임</translation>
        </message>
        <message>
            <source>Refuse</source>
            <translation>거절</translation>
        </message>
        <message>
            <source>Waiting for its start</source>
            <translation>시작 대기</translation>
        </message>
        <message>
            <source>Running</source>
            <translation>실행 중</translation>
        </message>
        <message>
            <source>Held up</source>
            <translation>잠시 멈춤</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>일시정지</translation>
        </message>
        <message>
            <source>Asking you</source>
            <translation>확인 필요</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>정지하는 중</translation>
        </message>
        <message>
            <source>Stopped</source>
            <translation>정지</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>완료</translation>
        </message>
        <message>
            <source>Ahead</source>
            <translation>예정</translation>
        </message>
        <message>
            <source>Trading</source>
            <translation>매매 중</translation>
        </message>
        <message>
            <source>By hand</source>
            <translation>직접</translation>
        </message>
        <message>
            <source>Complete</source>
            <translation>완료</translation>
        </message>
        <message>
            <source>Left over</source>
            <translation>잔량 남음</translation>
        </message>
        <message>
            <source>Merged into a later one</source>
            <translation>뒤 회차에 합침</translation>
        </message>
        <message>
            <source>Skipped</source>
            <translation>건너뜀</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>이어서 실행</translation>
        </message>
        <message>
            <source>Wait longer</source>
            <translation>더 기다리기</translation>
        </message>
        <message>
            <source>Buy with the cash freed</source>
            <translation>확보된 현금으로 매수</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>정지</translation>
        </message>
        <message>
            <source>Stop and cancel what works</source>
            <translation>정지하고 미체결 취소</translation>
        </message>
        <message>
            <source>They are this plan's</source>
            <translation>이 계획의 주문입니다</translation>
        </message>
        <message>
            <source>They are not</source>
            <translation>아닙니다</translation>
        </message>
        <message>
            <source>Not yet</source>
            <translation>아직</translation>
        </message>
        <message>
            <source>Waits for your approval</source>
            <translation>승인 대기</translation>
        </message>
        <message>
            <source>Its start was missed</source>
            <translation>시작 놓침</translation>
        </message>
        <message>
            <source>Started today</source>
            <translation>오늘 시작함</translation>
        </message>
        <message>
            <source>Left out today</source>
            <translation>오늘은 거름</translation>
        </message>
        <message>
            <source>No plan could be made</source>
            <translation>계획 불가</translation>
        </message>
    </context>
</TS>
