"""How well the store's voice is understood, how fast it is made, how it speaks: forty announcements through all of it.

`make bench-speech` prints a table and writes build/bench-speech.json. KIOSK_BENCH_ENGINE=espeak tries that one.
"""

from __future__ import annotations

import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import psutil
import pytest
import soundfile

from kiosk.audio.speech import SpeechSettings
from kiosk.audio.speech.delivery import UNHURRIED_PER_S, Delivery, measured
from kiosk.audio.speech.engine import Engine, Wave, syllables
from kiosk.audio.speech.espeak import Espeak
from kiosk.audio.speech.kokoro import Kokoro
from kiosk.audio.speech.shelf import Shelf
from kiosk.audio.speech.speaker import Speaker
from kiosk.rules.speech.normaliser import language_of, normalise
from kiosk.rules.speech.tokens import ENGLISH
from tests.audio.speech.installed import needs_kokoro
from tests.bench.hearing import Ear, differences, heard_units, missing, mistakes, spoken_units

REPORT = Path(__file__).parents[2] / "build" / "bench-speech.json"
MOST_MISTAKES = 0.08
NEEDED = 40

# id, text, names in it
TEXTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("welcome", "各位来宾，早上好！欢迎光临和风百货。本店将于上午9:00开门营业，祝您购物愉快！", ()),
    ("opening-hours", "各位来宾，您好！本店营业时间为上午10:00至晚上9:30，美食广场延长至晚上10点。", ()),
    ("member-day", "亲爱的会员朋友，您好！会员日活动，为期两周。活动期间，凭会员卡购物，可以获得双倍积分。", ()),
    ("price", "各位来宾，三楼男装部的衬衫，原价¥299，现在只要¥199.5。数量有限，售完为止。", ()),
    ("discount", "地下一层美食馆的晚间优惠开始了。面包和熟食一律七折，新鲜的蔬菜和水果，满100元减20元。", ()),
    ("percent", "本周六和周日，全场商品满500元，返还10%的购物券，请到五楼礼品处领取。", ()),
    ("lottery", "抽奖活动将在下午3点半开始，地点在一楼中庭，欢迎您前来参加。", ()),
    ("umbrella", "各位来宾，您好！一楼总服务台，可以免费借用雨伞和轮椅。贵重物品，请您随身携带。", ()),
    ("belongings", "现在店内客流较多，请您保管好钱包、手机和随身物品。带小朋友的来宾，请牵好孩子的手。", ()),
    ("no-smoking", "各位来宾，为了您和他人的健康，请不要在商场内吸烟。谢谢您的配合。", ()),
    ("escalator", "乘坐扶梯时，请您站稳扶好，不要奔跑，不要把头和手伸出扶梯。", ()),
    ("elevator", "各位来宾，因设备检修，3号电梯暂停使用。请您改乘1号或2号电梯。", ()),
    ("wet-floor", "各位来宾请注意。一楼中庭地面湿滑，请您放慢脚步，小心行走。", ()),
    ("rain", "各位来宾，外面正在下雨，需要雨具的来宾，请到一楼东门服务台借用。", ()),
    ("last-bus", "各位来宾，门前的公交车末班车时间是晚上9点45分，请您合理安排时间。", ()),
    ("parking", "停车场满500元免费停车2小时，请您凭小票，在B1层服务台办理。", ()),
    ("closing-30", "各位来宾，晚上好！距离本店闭店，还有三十分钟。需要结账的来宾，请您合理安排时间。", ()),
    ("closing-10", "各位来宾，距离本店闭店，还有10分钟。寄存了物品的来宾，请您现在取回。", ()),
    ("closing", "各位来宾，今天的营业已经结束。感谢您的光临，期待与您再次相见！", ()),
    ("lost-child", "各位来宾请注意。有一位小朋友与家人走散，正在一楼总服务台等候。请家长马上前往一楼总服务台。", ()),
    ("child-looks", "有一位五岁左右的小男孩，身穿红色上衣、蓝色裤子，正在三楼服务台等候家人。", ()),
    ("lost-wallet", "有来宾在四楼女装部拾到一个黑色钱包，请失主到一楼总服务台认领。", ()),
    ("lost-phone", "在二楼洗手间拾到手机一部，请遗失手机的来宾，到总服务台认领。", ()),
    ("power", "各位来宾，照明设备出现故障，工作人员正在抢修。请您留在原地，不要惊慌。", ()),
    ("evacuation", "各位来宾请注意，这是紧急广播。请您保持冷静，马上从最近的安全出口离开。不要乘坐电梯。", ()),
    ("sound-check", "播音设备检查，现在试音：一，二，三。", ()),
    ("guest-mr", "来宾王小明先生，来宾王小明先生，请您到总服务台，谢谢。", ("王小明",)),
    ("guest-ms", "来宾张丽华小姐，来宾张丽华小姐，请您到一楼总服务台，您的朋友在等您，谢谢。", ("张丽华",)),
    ("guest-shan", "来宾单志强先生，来宾单志强先生，请您到总服务台，谢谢。", ("单志强",)),
    ("guest-double", "来宾欧阳文静小姐，来宾欧阳文静小姐，请您速回三楼服务台，谢谢。", ("欧阳文静",)),
    ("staff-mr", "本公司李建国先生，本公司李建国先生，请与总服务台联系，谢谢。", ("李建国",)),
    ("staff-ms", "本公司陈美玲小姐，本公司陈美玲小姐，请与五楼办公室联系，谢谢。", ("陈美玲",)),
    ("call-back", "来宾刘洋先生，来宾刘洋先生，请您给家里回电话，谢谢。", ("刘洋",)),
    ("vehicle", "车牌号为沪A36528的车主，请您尽快到地下二层停车场移动车辆，谢谢您的配合。", ()),
    ("vehicle-letters", "车牌号为京B8K902的车主，您的车灯没有关，请您到停车场查看。", ()),
    ("taiwan", "各位來賓，您好！距離本店打烊，還有三十分鐘。需要結帳的來賓，請您把握時間。", ()),
    ("en-welcome", "Good morning, and welcome to our store. Our doors open at 9:00. We wish you a pleasant day.", ()),
    ("en-closing", "Dear customers, we close in 10 minutes. Please take your purchases to the nearest checkout.", ()),
    ("en-child", "Attention, please. A lost child is waiting at the main service desk on the first floor.", ()),
    (
        "en-exit",
        "This is an emergency. Please stay calm, and leave now by the nearest exit. Do not use the elevators.",
        (),
    ),
)


@dataclass(frozen=True, slots=True)
class Heard:
    """One announcement. units: what was to be heard; wrong: how many were not. made_s: how long making it took."""

    id: str
    units: int
    wrong: int
    made_s: float
    processor_s: float
    delivery: Delivery
    differences: str

    @property
    def line(self) -> str:
        one = self.delivery
        rests = " ".join(str(pause_ms) for pause_ms in one.pauses_ms)
        flag = " " if UNHURRIED_PER_S[0] <= one.rate <= UNHURRIED_PER_S[1] else "!"
        wrong_pct = 100 * self.wrong / self.units
        return (
            f"{self.id:16} {self.wrong:3}/{self.units:<3} {wrong_pct:5.1f} % {one.duration_s:5.1f} s "
            f"{self.made_s / one.duration_s:5.2f} {one.rate:5.2f}{flag} {one.lufs:6.2f} {one.peak_dbfs:6.2f}  {rests}"
        )


@pytest.mark.bench
@pytest.mark.rule("B21")
@needs_kokoro
@pytest.mark.skipif(bool(missing()), reason=f"the recogniser is not installed: pip install {' '.join(missing())}")
def test_shoppers_understand_the_voice(tmp_path: Path) -> None:
    kokoro = Kokoro(SpeechSettings(), tmp_path / "models")
    engine: Engine = Espeak() if os.environ.get("KIOSK_BENCH_ENGINE") == "espeak" else kokoro
    voice = Speaker([engine], Shelf(tmp_path / "spoken"))
    voice.speak(normalise("您好"))  # opens the model
    ear = Ear(tmp_path / "ear")

    heard = [_heard(voice, kokoro, ear, text) for text in TEXTS]

    peak_mb = _peak_mb(kokoro.process)
    voice.close()
    error, report = _report(heard, peak_mb)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    assert len(heard) == NEEDED
    if engine is kokoro:
        assert error <= MOST_MISTAKES


def _heard(voice: Speaker, kokoro: Kokoro, ear: Ear, entry: tuple[str, str, tuple[str, ...]]) -> Heard:
    name, text, names = entry
    language = language_of(text)
    said = normalise(text, language=language, names=names)
    began_s, used_s = time.perf_counter(), _processor_s(kokoro.process)
    path = voice.speak(said).path
    made_s, processor_s = time.perf_counter() - began_s, _processor_s(kokoro.process) - used_s
    wave: Wave = np.asarray(soundfile.read(path, dtype="float32")[0])
    delivery = measured(wave, syllables(said))
    assert delivery is not None
    wanted, understood = spoken_units(said), heard_units(ear.written(wave, language), language)
    wrong = mistakes(wanted, understood)
    one = Heard(name, len(wanted), wrong, made_s, processor_s, delivery, differences(wanted, understood))
    print(one.line, "|", one.differences, flush=True)  # noqa: T201 -- the table of the bench
    return one


def _report(heard: list[Heard], peak_mb: float | None) -> tuple[float, dict[str, object]]:
    """Of all Mandarin the share that was misheard, and everything."""
    english = {name for name, text, _ in TEXTS if language_of(text) == ENGLISH}
    report: dict[str, object] = {"items": [asdict(one) for one in heard], "kokoro_peak_mb": peak_mb}
    errors = {}
    for group in ("mandarin", "english"):
        members = [one for one in heard if (one.id in english) == (group == "english")]
        errors[group] = sum(one.wrong for one in members) / sum(one.units for one in members)
        length_s = sum(one.delivery.duration_s for one in members)
        rates = [one.delivery.rate for one in members]
        report[group] = {
            "error": errors[group],
            "length_s": length_s,
            "real_time_factor": sum(one.made_s for one in members) / length_s,
            "processor_s_a_second": sum(one.processor_s for one in members) / length_s,
            "rate_least_mean_most": (min(rates), float(np.mean(rates)), max(rates)),
            "outside_b21": sum(not one.delivery.unhurried for one in members),
        }
        print(group, json.dumps(report[group]))  # noqa: T201
    print(f"peak memory of the Kokoro process: {peak_mb} MB")  # noqa: T201
    return errors["mandarin"], report


def _processor_s(process: int | None) -> float:
    """The processor time that a process has used."""
    if process is None:
        return 0.0
    times = psutil.Process(process).cpu_times()
    return float(times.user + times.system)


def _peak_mb(process: int | None) -> float | None:
    """The most memory that a process ever held; None where there is none."""
    if process is None:
        return None
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    peak_kb = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return round(int(peak_kb) / 1024, 1)
