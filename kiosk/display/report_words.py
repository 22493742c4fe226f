"""What the report of a broadcast day says, in the store's languages."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.rules.broadcast.as_run import Outcome
from kiosk.rules.broadcast.programme import Kind
from kiosk.rules.broadcast.selfcheck import Occasion, Result
from kiosk.units import LANGUAGES, Language

_TABLE = """
report          | 广播日报 | 廣播日報 | Broadcast report
so_far          | 截至 {} | 截至 {} | until {}
hours           | 营业广播 {}–{} | 營業廣播 {}–{} | On the air {}–{}
announcements   | 广播 | 廣播 | Announcements
lateness        | 误差中位数 | 誤差中位數 | Median lateness
largest         | 最大误差 | 最大誤差 | Largest lateness
silence         | 营业中静音 | 營業中靜音 | Silence while open
unheard         | 未按计划播完 | 未按計劃播完 | Not heard as planned
refusals        | 被拒请求 | 被拒請求 | Refusals
self_check      | 开店前自检 | 開店前自檢 | Self-check
songs           | 曲目 | 曲目 | Songs
events          | 事件 | 事件 | Events
timeline        | 全天时间线：计划与实际 | 全天時間線：計劃與實際 | The day: real against planned
per_hour        | 每小时曲目 | 每小時曲目 | Songs per hour
repeats         | 播放 {} 次，{} 首；最短间隔 {} | 播放 {} 次，{} 首；最短間隔 {} | {} plays, {} songs; shortest rest {}
holes           | 静音时段 | 靜音時段 | Silent stretches
all_items       | 全部项目：计划与实际 | 全部項目：計劃與實際 | Every item: planned against real
due             | 应播 | 應播 | Due
planned         | 计划 | 計劃 | Planned
real            | 实际 | 實際 | Real
ended           | 结束 | 結束 | Ended
late            | 误差 | 誤差 | Late
what            | 内容 | 內容 | What
kind            | 类别 | 類別 | Kind
outcome         | 结果 | 結果 | Outcome
reason          | 原因 | 原因 | Reason
operator        | 操作人 | 操作人 | Asked by
level           | 电平 | 電平 | Level
at              | 时间 | 時間 | At
who             | 谁 | 誰 | Who
did             | 做了什么 | 做了什麼 | Did
details         | 详情 | 詳情 | Details
check           | 项目 | 項目 | Check
found           | 检查结果 | 檢查結果 | Found
to_do           | 谁做什么 | 誰做什麼 | Who does what
from            | 开始 | 開始 | From
length          | 时长 | 時長 | Length
nothing         | 无 | 無 | None
no_check        | 当天没有自检报告。 | 當天沒有自檢報告。 | No self-check was reported on this day.
all_well        | 全部按计划播出 | 全部按計劃播出 | Everything was heard as planned
all_fine        | 正常 | 正常 | all well
faults          | {} 项故障 | {} 項故障 | {} faults
desk            | 节目单 | 節目單 | programme
""".strip()

_ROWS = [[part.strip() for part in line.split("|")] for line in _TABLE.splitlines()]


def words_of(language: Language) -> Mapping[str, str]:
    """The report's words by their keys."""
    column = 1 + LANGUAGES.index(language)
    return {row[0]: row[column] for row in _ROWS}


def _three(values: Mapping[str, tuple[str, str]]) -> Mapping[Language, Mapping[str, str]]:
    chinese, taiwanese, english = LANGUAGES
    return {
        chinese: {name: pair[0] for name, pair in values.items()},
        taiwanese: {name: pair[1] for name, pair in values.items()},
        english: {},
    }


NAMES = _three(
    {
        Outcome.ON_AIR.value: ("播出中", "播出中"),
        Outcome.PLAYED.value: ("已播完", "已播完"),
        Outcome.CUT.value: ("中途淡出", "中途淡出"),
        Outcome.FAILED.value: ("失败", "失敗"),
        Outcome.SKIPPED.value: ("跳过", "跳過"),
        Outcome.INTERRUPTED.value: ("中断", "中斷"),
        Kind.WELCOME.value: ("迎宾曲", "迎賓曲"),
        Kind.MUSIC.value: ("音乐", "音樂"),
        Kind.ANNOUNCEMENT.value: ("广播", "廣播"),
        Kind.PAGE.value: ("寻人", "尋人"),
        Kind.TALK.value: ("口播", "口播"),
        Kind.CLOSING.value: ("送宾曲", "送賓曲"),
        Kind.FILLER.value: ("补播", "補播"),
        Kind.TONE_BED.value: ("垫音", "墊音"),
        Kind.TEST_TONE.value: ("测试音", "測試音"),
        Result.OK.value: ("正常", "正常"),
        Result.FAULT.value: ("故障", "故障"),
        Result.UNKNOWN.value: ("未能检查", "未能檢查"),
        Occasion.BEFORE_OPENING.value: ("开店前", "開店前"),
        Occasion.LATE_START.value: ("晚启动后", "晚啟動後"),
        Occasion.WHILE_OPEN.value: ("营业中", "營業中"),
        Occasion.ASKED.value: ("人工要求", "人工要求"),
    }
)
"""What outcomes, kinds and results are called; English says them as the log does."""

PICTURE = _three(
    {
        "songs, {} different": ("次播放，{} 首", "次播放，{} 首"),
        "announcements": ("条广播", "則廣播"),
        "median error": ("误差中位数", "誤差中位數"),
        "largest error": ("最大误差", "最大誤差"),
        "shortest repeat": ("最短重复间隔", "最短重複間隔"),
        "Songs, one colour each": ("曲目，一色一首", "曲目，一色一首"),
        "Welcome music": ("迎宾曲", "迎賓曲"),
        "Announcement": ("广播", "廣播"),
        "Page": ("寻人", "尋人"),
        "Microphone": ("口播", "口播"),
        "Closing music": ("送宾曲", "送賓曲"),
        "Filler": ("补播", "補播"),
        "Tone bed": ("垫音", "墊音"),
        "Test tone": ("测试音", "測試音"),
        "Due": ("应播时刻", "應播時刻"),
        "within 1 s": ("1 秒内", "1 秒內"),
        "within 10 s": ("10 秒内", "10 秒內"),
        "more": ("更多", "更多"),
        "Planned": ("计划", "計劃"),
        "Nothing is planned.": ("当天没有播出记录。", "當天沒有播出記錄。"),
    }
)
"""The words of the day's picture."""
