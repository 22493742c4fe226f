"""Numbers that count: prices, discounts, percentages, measures, fractions, ranges and plain numbers, in Mandarin.

Prices are 元, 角 and 分 (￥12.50 is 十二元五角), discounts digit by digit (8.5折 is 八五折), ranges 到.
"""

from __future__ import annotations

import re
from types import MappingProxyType

from kiosk.rules.speech.numerals import NUMBER, cardinal, counted, digits, number
from kiosk.rules.speech.passes import SPAN, Manner, Pass, written

# How a currency is said round the amount: on the mainland, in Taiwan.
_CURRENCIES = MappingProxyType(
    {
        "¥": (("", "元"), ("", "元")),
        "RMB": (("", "元"), ("人民币", "元")),
        "CNY": (("", "元"), ("人民币", "元")),
        "NT$": (("新台币", "元"), ("", "元")),
        "NTD": (("新台币", "元"), ("", "元")),
        "TWD": (("新台币", "元"), ("", "元")),
        "HK$": (("港币", "元"), ("港币", "元")),
        "HKD": (("港币", "元"), ("港币", "元")),
        "US$": (("", "美元"), ("", "美元")),
        "USD": (("", "美元"), ("", "美元")),
        "$": (("", "美元"), ("", "元")),
        "€": (("", "欧元"), ("", "欧元")),
        "£": (("", "英镑"), ("", "英镑")),
    }
)

# Units after a number: as written, on the mainland, in Taiwan.
_MEASURES = """
mg 毫克 毫克   kg 公斤 公斤   KG 公斤 公斤   Kg 公斤 公斤   g 克 公克   ml 毫升 毫升   mL 毫升 毫升
ML 毫升 毫升   cl 厘升 公勺   l 升 公升   L 升 公升   mm 毫米 公厘   cm 厘米 公分   CM 厘米 公分   km 公里 公里
m 米 公尺   m2 平方米 平方公尺   m3 立方米 立方公尺   cm2 平方厘米 平方公分   h 小时 小时   min 分钟 分钟
s 秒 秒   W 瓦 瓦   kW 千瓦 千瓦   V 伏 伏特   Hz 赫兹 赫兹   mAh 毫安时 毫安时   kcal 千卡 大卡   pcs 件 件
°C 摄氏度 摄氏度   °F 华氏度 华氏度   ° 度 度
"""
_FIELDS = _MEASURES.split()
_UNITS = MappingProxyType({unit: said for unit, *said in zip(_FIELDS[::3], _FIELDS[1::3], _FIELDS[2::3], strict=True)})
_LATIN_UNIT = "|".join(sorted((re.escape(unit) for unit in _UNITS), key=len, reverse=True))
_SIGN = "|".join(sorted((re.escape(sign) for sign in _CURRENCIES), key=len, reverse=True))
_LONE = r"(?<![0-9])(?<![0-9][.,])"
_MANY = r"[万萬亿億千百]"


def _amount(written_number: str, unit: str) -> str:
    """12.50 元 is 十二元五角; other units take the decimals as they are."""
    whole, _, decimals = written_number.replace(",", "").partition(".")
    if unit != "元" or len(decimals) > 2 or (len(whole) > 1 and whole[0] == "0"):
        return counted(written_number, unit) + unit
    jiao, fen = (int(digit) for digit in decimals.ljust(2, "0"))
    if not jiao and not fen:
        return counted(whole, unit) + unit
    said = counted(whole, unit) + unit if whole.strip("0") else ""
    said += digits(str(jiao)) + "角" if jiao else ("零" if said else "")
    return said + (digits(str(fen)) + "分" if fen else "")


def _price(found: re.Match[str], manner: Manner) -> str:
    before, unit = _CURRENCIES[found[1].upper()][manner.taiwan]
    first, last, many = found[2], found[3], found[4] or ""
    if last or many:
        amounts = "到".join(number(amount) for amount in (first, last) if amount) if last else counted(first, many)
        return f"{before}{amounts}{many}{unit}"
    return before + _amount(first, unit)


def _price_in_yuan(found: re.Match[str], manner: Manner) -> str:
    if manner.taiwan:
        return counted(found[1], "元") + found[2]
    return _amount(found[1], "元") if found[2] in ("元", "圆") else number(found[1]) + found[2]


def _percent(found: re.Match[str], manner: Manner) -> str:
    base = "百分之" if found[3] == "%" else "千分之"
    said = base + ("百" if found[1] == "100" and found[3] == "%" else number(found[1]))
    return said + ("到" + (base + number(found[2]) if found[2] else "") if found[2] else "")


def _discount(found: re.Match[str], manner: Manner) -> str:
    return "到".join(_tenths(part) for part in (found[1], found[2]) if part) + "折"


def _tenths(written_number: str) -> str:
    if written_number == "10" or written_number.startswith("0"):
        return number(written_number)
    return digits(written_number.replace(".", ""))


def _cold(found: re.Match[str], manner: Manner) -> str:
    return f"零下{number(found[1])}{_UNITS[found[2]][manner.taiwan]}"


def _cold_span(found: re.Match[str], manner: Manner) -> str:
    last = ("零下" if found[2] else "零上") + number(found[3])
    return f"零下{number(found[1])}到{last}{_UNITS[found[4]][manner.taiwan]}"


def _fraction(found: re.Match[str], manner: Manner) -> str:
    over, under = int(found[1]), int(found[2])
    if not 0 < over < under <= 1000:
        return found[0]
    return f"{cardinal(under)}分之{cardinal(over)}"


def _span(found: re.Match[str], manner: Manner) -> str:
    """The first end of a range; the second is left for the pass over plain numbers."""
    first, unit, mark, last = found[1], found[2].strip(), found[3], found[4]
    rising = float(first.replace(",", "")) < float(last.replace(",", ""))
    joined = "到" if rising or unit or mark != "-" else "杠"
    unit_said = _UNITS[unit][manner.taiwan] if unit in _UNITS else unit
    behind = unit_said or found.string[found.end(4) :].lstrip()
    return counted(first, behind) + unit_said + joined


def _measure(found: re.Match[str], manner: Manner) -> str:
    unit = _UNITS[found[2]][manner.taiwan]
    return counted(found[1], unit) + unit


def _counted(found: re.Match[str], manner: Manner) -> str:
    return counted(found[0], found.string[found.end() :].lstrip())


PRICES: tuple[Pass, ...] = (
    (
        written(
            rf"(?<![A-Za-z])({_SIGN})\s?({NUMBER})(?:{SPAN}(?:{_SIGN})?\s?({NUMBER}))?\s?({_MANY})?"
            r"(?:美元|欧元|歐元|英镑|英鎊|元(?!旦))?",
            any_case=True,
        ),
        _price,
    ),
)

AMOUNTS: tuple[Pass, ...] = (
    (written(rf"{_LONE}({NUMBER})[%]?{SPAN}({NUMBER})\s?([%‰])"), _percent),
    (written(rf"{_LONE}({NUMBER})()\s?([%‰])"), _percent),
    (
        written(rf"{_LONE}([0-9]{{1,2}}(?:\.[0-9])?)折?(?:{SPAN}([0-9]{{1,2}}(?:\.[0-9])?))?\s?折(?![叠疊扇])"),
        _discount,
    ),
    (written(rf"(?<![0-9A-Za-z])[-−]({NUMBER}){SPAN}([-−]?)({NUMBER})\s?(°[CF]|°)"), _cold_span),
    (written(rf"(?<![0-9A-Za-z])[-−]({NUMBER})\s?(°[CF]|°)"), _cold),
    (written(r"(?<![0-9])24/7(?![0-9])"), lambda found, manner: "全天候"),
    (written(r"(?<![0-9./⁄])([0-9]{1,3})[/⁄]([0-9]{1,4})(?![0-9/⁄])"), _fraction),
    (written(rf"{_LONE}({NUMBER})\s?:\s?(?={NUMBER})"), lambda found, manner: number(found[1]) + "比"),
    (written(r"(?<=[0-9A-Za-z])\s?[xX×*]\s?(?=[0-9])|(?<=[一-鿿])\s?[×*]\s?(?=[0-9])"), lambda found, manner: "乘"),
    (
        written(
            rf"{_LONE}({NUMBER})(\s?(?:{_LATIN_UNIT}|[元天日号號月年岁歲楼樓层層点點时時分个個件人折])?)\s?"
            rf"([-–—−~〜～→]{{1,2}})\s?(?=({NUMBER}))"
        ),
        _span,
    ),
    (written(r"(?<=[点點时時分日号號月年元]) ?[-–—−~〜～→]{1,2} ?(?=[0-9])"), lambda found, manner: "到"),
    (written(rf"{_LONE}({NUMBER})\s?({_LATIN_UNIT})(?![A-Za-z0-9])"), _measure),
    (written(rf"{_LONE}([0-9]+\.[0-9]{{1,2}})\s?([元圆圓块塊])(?![0-9])"), _price_in_yuan),
    (written(r"(?<![0-9A-Za-z一-鿿)])[-−](?=[0-9])"), lambda found, manner: "负"),
    (written(rf"({NUMBER})\s?\+(?!\s?[0-9])"), lambda found, manner: number(found[1]) + "以上"),
    (written(r"[0-9]+(?:\.[0-9]+){2,}"), lambda found, manner: "点".join(number(part) for part in found[0].split("."))),
    (written(NUMBER), _counted),
    (written(r"(?<=[元圆圓角分块塊])\s?/\s?(?=[一-鿿])"), lambda found, manner: "每"),
)
