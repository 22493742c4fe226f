"""What the self-check looks at before the store opens, what each check proves, and who mends a fault, and how (B01)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from kiosk.units import LANGUAGES, Language

Words = Mapping[Language, str]


class Topic(Enum):
    """What is checked; the values are what the ledger and JSON say."""

    OUTPUT = "sound-output"
    POWER = "power"
    FILES = "files"
    PLAN = "plan"
    SPEECH = "speech"
    MICROPHONE = "microphone"
    TONE = "test-tone"
    LAMPS = "lamps"
    DISK = "disk"
    LEDGER = "ledger"
    CLOCK = "clock"
    HEAT = "heat"


class Who(Enum):
    """Who acts on a fault; the values are what the ledger and JSON say."""

    ANNOUNCER = "announcer"
    DEPARTMENT_HEAD = "department head"
    TECHNICIAN = "technician"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the check. title: what people call it. proves: what holds where it is fine. remedy: for `who`."""

    topic: Topic
    title: Words
    proves: Words
    who: Who
    remedy: Words


def _words(zh_cn: str, zh_tw: str, en: str) -> Words:
    return dict(zip(LANGUAGES, (zh_cn, zh_tw, en), strict=True))


WHO_NAMES: Mapping[Who, Words] = {
    Who.ANNOUNCER: _words("播音员", "播音員", "announcer"),
    Who.DEPARTMENT_HEAD: _words("部门主管", "部門主管", "department head"),
    Who.TECHNICIAN: _words("技术员", "技術員", "technician"),
}

CHECKS: tuple[Check, ...] = (
    Check(
        Topic.OUTPUT,
        _words("声音输出", "聲音輸出", "Sound output"),
        _words("声卡存在并正常取走声音", "音效卡存在並正常取走聲音", "the sound device is there and takes sound"),
        Who.TECHNICIAN,
        _words(
            "检查声卡是否插好；仍不行就更换声卡或改 site.toml 的 [output]。",
            "檢查音效卡是否插好；仍不行就更換音效卡或改 site.toml 的 [output]。",
            "Plug the sound device in again; else replace it, or name another one in site.toml, [output].",
        ),
    ),
    Check(
        Topic.POWER,
        _words("功放与音源电源", "擴大機與音源電源", "Amplifier and source power"),
        _words("继电器按指令接通和断开", "繼電器按指令接通和斷開", "the relays follow when they are switched"),
        Who.TECHNICIAN,
        _words(
            "检查继电器及其线路；今天先用手动开关按“先音源、后功放”的顺序开机。",
            "檢查繼電器及其線路；今天先用手動開關按「先音源、後擴大機」的順序開機。",
            "Check the relay and its wires; for today switch on by hand, the source first, then the amplifier.",
        ),
    ),
    Check(
        Topic.FILES,
        _words("今日声音文件", "今日聲音檔案", "Today's sound files"),
        _words(
            "每个文件都在、能解码、音量正常",
            "每個檔案都在、能解碼、音量正常",
            "each is there, decodes, has a sane level",
        ),
        Who.DEPARTMENT_HEAD,
        _words(
            "从备份重新复制该文件，或重新录制；节目暂时跳过它。",
            "從備份重新複製該檔案，或重新錄製；節目暫時跳過它。",
            "Copy the file again from the backup, or record it again; until then the programme goes on without it.",
        ),
    ),
    Check(
        Topic.PLAN,
        _words("今日节目单", "今日節目單", "Today's programme"),
        _words("全天已排好，没有空档", "全天已排好，沒有空檔", "the whole day is laid out without a hole"),
        Who.DEPARTMENT_HEAD,
        _words(
            "运行 kiosk check 查看原因，修改 schedules/ 里的文件；在此之前播放常规曲目。",
            "執行 kiosk check 查看原因，修改 schedules/ 裡的檔案；在此之前播放常規曲目。",
            "Run kiosk check and mend the files in schedules/; until then the usual songs are played.",
        ),
    ),
    Check(
        Topic.SPEECH,
        _words("文字稿语音", "文字稿語音", "Speech for the scripts"),
        _words("每篇文字稿都已备好语音", "每篇文字稿都已備好語音", "every script that is text has its speech ready"),
        Who.ANNOUNCER,
        _words(
            "试听该稿；没有语音的稿件请用话筒播读，并通知技术员。",
            "試聽該稿；沒有語音的稿件請用麥克風播讀，並通知技術員。",
            "Read these scripts at the microphone today, and tell the technician that the voice is missing.",
        ),
    ),
    Check(
        Topic.MICROPHONE,
        _words("话筒", "麥克風", "Microphone"),
        _words("话筒有信号且不过载", "麥克風有訊號且不過載", "the microphone gives a signal that does not clip"),
        Who.ANNOUNCER,
        _words(
            "检查话筒是否插好、开关是否打开、增益是否合适；仍无信号就通知技术员。",
            "檢查麥克風是否插好、開關是否打開、增益是否合適；仍無訊號就通知技術員。",
            "Look whether it is plugged in and switched on, and at its gain; without a signal call the technician.",
        ),
    ),
    Check(
        Topic.TONE,
        _words("测试音", "測試音", "Test tone"),
        _words(
            "卖场放出的测试音与基准一致", "賣場放出的測試音與基準一致", "the hall sounds as it did at the reference"
        ),
        Who.TECHNICIAN,
        _words(
            "检查功放音量旋钮、音箱线和话筒位置；若是有意改动，"
            "用 kiosk selfcheck --tone --new-reference 重新记录基准。",
            "檢查擴大機音量旋鈕、喇叭線和麥克風位置；若是有意改動，"
            "用 kiosk selfcheck --tone --new-reference 重新記錄基準。",
            "Check the amplifier's knob, the loudspeakers' wires and the microphone's place; after a change on purpose"
            " run kiosk selfcheck --tone --new-reference.",
        ),
    ),
    Check(
        Topic.LAMPS,
        _words("面板指示灯", "面板指示燈", "Panel lamps"),
        _words("每盏灯都能亮", "每盞燈都能亮", "every lamp can be lit"),
        Who.ANNOUNCER,
        _words(
            "请看哪盏灯不亮；按钮仍可使用，请通知技术员更换。",
            "請看哪盞燈不亮；按鈕仍可使用，請通知技術員更換。",
            "Look which one stays dark; its button still works, and the technician replaces the lamp.",
        ),
    ),
    Check(
        Topic.DISK,
        _words("存储空间", "儲存空間", "Disk"),
        _words("可写且空间充足", "可寫且空間充足", "it can be written to and has room"),
        Who.TECHNICIAN,
        _words(
            "删除旧的录音和备份，或更换存储卡；在此之前日志只保存在内存中。",
            "刪除舊的錄音和備份，或更換記憶卡；在此之前日誌只保存在記憶體中。",
            "Delete old recordings and copies, or replace the card; until then the log is in memory only.",
        ),
    ),
    Check(
        Topic.LEDGER,
        _words("账本", "帳本", "Ledger"),
        _words("账本完好", "帳本完好", "the store's memory is whole"),
        Who.TECHNICIAN,
        _words(
            "先备份账本文件，再从最近的备份恢复；广播照常进行。",
            "先備份帳本檔案，再從最近的備份恢復；廣播照常進行。",
            "Copy the ledger's file away, then restore the last backup; the broadcast goes on meanwhile.",
        ),
    ),
    Check(
        Topic.CLOCK,
        _words("时钟", "時鐘", "Clock"),
        _words("时间正确并已同步", "時間正確並已同步", "the time is right and kept so by the network"),
        Who.ANNOUNCER,
        _words(
            "与手表核对屏幕上的时间；不对就通知技术员检查网络或时钟电池。",
            "與手錶核對螢幕上的時間；不對就通知技術員檢查網路或時鐘電池。",
            "Compare the board's clock with a watch; if it is wrong the technician checks the network and the battery.",
        ),
    ),
    Check(
        Topic.HEAT,
        _words("温度与供电", "溫度與供電", "Heat and supply"),
        _words("不过热，供电充足", "不過熱，供電充足", "the Pi is neither hot nor short of power"),
        Who.TECHNICIAN,
        _words(
            "清理通风口和风扇；供电不足时更换电源。",
            "清理通風口和風扇；供電不足時更換電源。",
            "Clean the vents and the fan; where the voltage is low, replace the power supply.",
        ),
    ),
)

_BY_TOPIC = {check.topic: check for check in CHECKS}


def check_of(topic: Topic) -> Check:
    """The line of the check about a topic."""
    return _BY_TOPIC[topic]
