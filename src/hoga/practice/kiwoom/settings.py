"""What can be switched at the Kiwoom door while it runs. Every field is read anew for each request and each frame."""

from __future__ import annotations

from hoga.practice.switches import Switches


class KiwoomSettings(Switches):
    """Defaults are the middle of what was measured (kiwoom.md 3, 6.4, 7); switches exist where sources disagree.

    ``rate_limits``: calls per second of market time, app key and API id, else HTTP 429 with 1700. ``*_burst`` calls may
    come at once after a rest.
    ``second_token_kills``: a token issued while another lives ends that one (8005); else the same one comes again.
    ``expiry_in_machine_time``: write a token's end by the machine's clock, for clients that compare it with their own
    while market time is made up; its life still runs in market time.
    ``mock_gaps``: calls, exchanges and order queries that the mock lacks are refused there.
    ``mock_proven_types_only``: the mock takes trade types 0 and 3 alone, the only ones proven there.
    ``strict_bodies``: values that are no text are refused (1517).
    ``no_rows_as_code``: an account query without rows answers 571758 instead of an empty list, as the real host may.
    ``blank_rows``: lists end in a row of blanks. ``double_signs``: prices that fell carry ``--`` (kiwoom.md 7.1).
    ``pending_lag_seconds``: so long a new order is missing from ka10075.
    ``rows_per_page``: of account lists. ``cumulative_filled``: FID 911 counts the whole order, else the one execution.
    ``sor``: the account may use SOR. ``one_session``: a second login of an app key ends the first (R10001).
    ``ping_seconds``, ``ping_drop_seconds``, ``login_seconds`` (0: never), ``codes_per_registration`` and
    ``system_frames`` (a SYSTEM frame after the LOGIN answer, as the real host mixes in) belong to the stream.
    ``clock_ahead_seconds``: the ``Date`` of HTTP answers is so far ahead of this machine, as if its clock were behind.
    """

    rate_limits: bool = True
    real_per_second: int = 5
    real_burst: int = 5
    mock_per_second: int = 1
    mock_burst: int = 2
    tokens_per_second: int = 1
    second_token_kills: bool = False
    expiry_in_machine_time: bool = False
    mock_gaps: bool = True
    mock_proven_types_only: bool = False
    strict_bodies: bool = True
    no_rows_as_code: bool = False
    blank_rows: bool = False
    double_signs: bool = False
    pending_lag_seconds: float = 0.0
    rows_per_page: int = 100
    cumulative_filled: bool = True
    sor: bool = True
    one_session: bool = True
    ping_seconds: float = 10.0
    ping_drop_seconds: float = 30.0
    login_seconds: float = 10.0
    codes_per_registration: int = 100
    system_frames: bool = False
    clock_ahead_seconds: float = 0.0
