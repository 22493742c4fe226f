"""Numbers that name instead of count: telephones, plates, floors, rooms, counters, lines, in Mandarin.

On the mainland 1 is 幺 (yāo) in a number read digit by digit, in Taiwan 一. Up to two digits are said as a number
(12号柜台 is 十二号), three and more digit by digit (305室), round hundreds as a number again.
"""

from __future__ import annotations

import re

from kiosk.rules.speech.numerals import cardinal, digits, number
from kiosk.rules.speech.passes import SPAN, Manner, Pass, written

_CALLED = (
    r"电话|電話|热线|熱線|拨打|撥打|请拨|請撥|致电|致電|手机|手機|专线|專線|分机|分機|内线|內線|号码|號碼|尾号|尾號|验证码|驗證碼"
    r"|密码|密碼|卡号|卡號|单号|單號|编号|編號|工号|工號|QQ|微信"
)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使"
_PLACES = r"号|號|室|房(?!间|間)|包[间間厢廂房]|路(?!口)|座|栋|棟|信箱"


def _grouped(number_of_phone: str, manner: Manner) -> str:
    """A telephone number in the groups it is written in, else in those that callers expect."""
    groups = re.findall(r"[0-9]+", number_of_phone)
    if len(groups) == 1:
        bare = groups[0]
        if re.fullmatch(r"1[3-9][0-9]{9}", bare):
            groups = [bare[:3], bare[3:7], bare[7:]]
        elif re.fullmatch(r"[48]00[0-9]{7}", bare):
            groups = [bare[:3], bare[3:6], bare[6:]]
        elif re.fullmatch(r"09[0-9]{8}", bare):
            groups = [bare[:4], bare[4:7], bare[7:]]
    split = [part for group in groups for part in ([group[:4], group[4:]] if len(group) in (7, 8) else [group])]
    return "、".join(digits(group, one=manner.one) for group in split)


def _phone(found: re.Match[str], manner: Manner) -> str:
    said = "、".join(part for part in (_grouped(found[1], manner), _extension(found[2], manner)) if part)
    return ("加八六、" if found[0].startswith("+86") else "") + said


def _extension(written_number: str | None, manner: Manner) -> str:
    return f"转{digits(written_number, one=manner.one)}" if written_number else ""


def _called(found: re.Match[str], manner: Manner) -> str:
    return found[1] + _grouped(found[2], manner)


def _plate(found: re.Match[str], manner: Manner) -> str:
    return f"{found[1]}{found[2].upper()}、{digits(found[3].upper(), one=manner.one)}"


def _plate_of_taiwan(found: re.Match[str], manner: Manner) -> str:
    return "、".join(digits(part.upper(), one=manner.one) for part in found.groups() if part)


def _basement(found: re.Match[str], manner: Manner) -> str:
    return "地下" + cardinal(int(found[1])) + ("楼" if manner.taiwan else "层")


def _floor(found: re.Match[str], manner: Manner) -> str:
    return cardinal(int(found[1])) + "楼"


def _floors(found: re.Match[str], manner: Manner) -> str:
    below = re.fullmatch(r"[Bb]([1-9])", found[1])
    low = "地下" + cardinal(int(below[1])) + ("楼" if manner.taiwan else "层") if below else cardinal(int(found[1]))
    return f"{low}到{cardinal(int(found[2]))}楼"


def _numbered(found: re.Match[str], manner: Manner) -> str:
    return named(found[1], manner)


def _digits_only(found: re.Match[str], manner: Manner) -> str:
    return digits(found[1], one=manner.one)


def _after_letters(found: re.Match[str], manner: Manner) -> str:
    """A12, K202, B3: the letters stay, the number after them names."""
    return found[1] + named(found[2], manner)


def named(written_number: str, manner: Manner) -> str:
    """A number that is a name: 12 is 十二, 305 is 三零五, 200 is 两百."""
    if len(written_number) <= 2 or (len(written_number) == 3 and written_number.endswith("00")):
        return number(written_number)
    return digits(written_number, one=manner.one)


_EXTENSION = r"(?:\s?(?:转|轉|#|ext\.?)\s?([0-9]{1,6})(?!\s?[0-9号號楼樓]))?"
_ALONE = r"(?<![0-9A-Za-z])(?<![0-9][.,])"
_ENDED = r"(?![0-9])"

CODES: tuple[Pass, ...] = (
    (
        written(
            rf"{_ALONE}(?:\+?86[- ]?)?(1[3-9][0-9](?:[- ]?[0-9]{{4}}){{2}}|\(?0[0-9]{{2,3}}\)?[- ]?[0-9]{{7,8}}"
            rf"|[48]00[- ]?[0-9]{{3,4}}[- ]?[0-9]{{3,4}}|09[0-9]{{2}}-?[0-9]{{3}}-?[0-9]{{3}}"
            rf"|\(?0[0-9]\)?[- ]?[0-9]{{3,4}}-[0-9]{{4}}|0800-?[0-9]{{3}}-?[0-9]{{3}}){_ENDED}{_EXTENSION}"
        ),
        _phone,
    ),
    (
        written(
            rf"((?:{_CALLED})(?:号码|號碼|号|號)?[是为為: ]{{0,3}})([0-9][0-9 -]{{1,18}}[0-9])"
            r"(?![0-9.]|\s?[次个個分元折%:年月日楼樓层層])"
        ),
        _called,
    ),
    (written(r"((?:分机|分機|内线|內線)号?[是为為: ]{0,3})([0-9])(?![0-9])"), _called),
    (
        written(
            rf"([{_PROVINCES}])\s?([A-Z])\s?[·・•.\-]?\s?((?=[A-Z]{{0,5}}[0-9])[A-Z0-9]{{4,5}}[A-Z0-9挂学警港澳领])"
            r"(?![A-Za-z0-9])",
            any_case=True,
        ),
        _plate,
    ),
    (
        written(
            r"(?<![A-Za-z0-9-])([A-Z]{2,3})-([0-9]{4})(?![0-9-])|(?<![A-Za-z0-9-])([0-9]{4})-([A-Z]{2})(?![A-Za-z])"
        ),
        _plate_of_taiwan,
    ),
    (written(rf"{_ALONE}(B?[1-9])[F楼樓层層]?{SPAN}([1-9][0-9]?)(?:F(?![A-Za-z0-9])|[楼樓](?!梯))"), _floors),
    (
        written(
            rf"{_ALONE}B([1-9])(?:F(?![A-Za-z0-9])|[层層楼樓](?!梯)|(?![0-9A-Za-z号號座区區栋棟馆館门門口柜櫃库庫.]))"
        ),
        _basement,
    ),
    (written(rf"{_ALONE}([1-9][0-9]?)/?F(?![A-Za-z0-9])"), _floor),
    (written(rf"{_ALONE}L([1-9])(?=[层層])"), lambda found, manner: cardinal(int(found[1]))),
    (written(rf"{_ALONE}[-−]([1-9])(?=[层層楼樓])"), lambda found, manner: "负" + cardinal(int(found[1]))),
    (written(rf"第\s*([0-9]{{1,4}}){SPAN}第?(?=[0-9])"), lambda found, manner: f"第{cardinal(int(found[1]))}到"),
    (written(r"第\s*([0-9]{1,12})(?![0-9.])"), lambda found, manner: "第" + cardinal(int(found[1]))),
    (
        written(r"(?<![A-Za-z])No\.?\s?([0-9]{1,4})(?![0-9.])", any_case=True),
        lambda found, manner: "第" + cardinal(int(found[1])),
    ),
    (
        written(r"(?<![0-9])([0-9]{1,4})(?:st|nd|rd|th)(?![A-Za-z])"),
        lambda found, manner: "第" + cardinal(int(found[1])),
    ),
    (written(r"#\s?([0-9]{1,6})(?![0-9.])"), lambda found, manner: named(found[1], manner) + "号"),
    (written(rf"(?<![0-9])(?<![0-9][.,:/])([0-9]{{3,8}})(?=\s?(?:{_PLACES}))"), _numbered),
    (written(r"(?<=[A-Za-z]{4})([0-9]{3,12})(?![0-9.])"), _numbered),
    (written(r"(?<![0-9])(?<![0-9][.,:/])([0-9]{3,6})(?=(?:服务|服務)?(?:热线|熱線|专线|專線))"), _digits_only),
    (written(r"(?<![A-Za-z0-9])([A-Za-z]{1,3})-?([0-9]{1,8})(?![0-9]|[.,:][0-9])"), _after_letters),
)
