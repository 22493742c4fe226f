"""Numbers in Mandarin: as amounts, as digits one by one, and before the thing that is counted."""

from __future__ import annotations

import re

DIGITS = "零一二三四五六七八九"
LARGEST_DIGITS = 12  # longer ones are numbers of things, said digit by digit
_POWERS = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿")
_LEADING_TWO = re.compile(r"^二(?=[百千万亿])")

NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
"""The pattern of a number as it is written, with or without commas and decimals."""

# What two of are 两, not 二; before any other word (楼, 号, 月, 折, 等 ...) the number names rather than counts.
_COUNTED = re.compile(
    r"[个個件位名张張瓶盒袋箱包双雙套份条條种種款台臺辆輛家场場杯片支枚只隻对對把本册冊顶頂间間棵朵天周週岁歲倍块塊点點"
    r"秒斤公升米吨噸千百万萬亿億分项項面侧側边邊步趟遍束桶罐串幅床筆笔盏盞匹株样樣毫厘英]"
    r"|小时|小時|钟|鐘|平方|立方|美元|港|欧元|歐元|日元|年(?![级級度])|人(?!世界)|次(?!元)|元(?!论)|头(?!肌)|頭(?!肌)|重(?=[礼禮好优優惊驚大])"
)


def cardinal(number: int) -> str:
    """A whole number from 0 to 10^12 - 1, as an amount: 210 is 两百一十."""
    if number == 0:
        return DIGITS[0]
    groups = []
    while number:
        number, low = divmod(number, 10_000)
        groups.append(low)
    said = ""
    for rank in range(len(groups) - 1, -1, -1):
        group = groups[rank]
        if not group:
            continue
        gap = said and (group < 1_000 or groups[rank + 1] == 0)
        said += (DIGITS[0] if gap else "") + _thousands(group) + _GROUPS[rank]
    if said.startswith("一十"):
        said = said[1:]
    return _LEADING_TWO.sub("两", said)


def _thousands(number: int) -> str:
    """1 to 9999."""
    said, skipped = "", False
    for rank in (3, 2, 1, 0):
        digit = number // 10**rank % 10
        if digit:
            said += (DIGITS[0] if skipped and said else "") + DIGITS[digit] + _POWERS[rank]
        skipped = digit == 0
    return said


def digits(written: str, *, one: str = "一") -> str:
    """Each digit by itself; the rest of `written` is kept. one: how 1 is said, 幺 where 一 sounds like 七."""
    return "".join((one if char == "1" else DIGITS[int(char)]) if char.isdecimal() else char for char in written)


def number(written: str) -> str:
    """A number as it is written (NUMBER): 1,280 / 3.14 / 007 / 20260501001."""
    whole, _, decimals = written.replace(",", "").partition(".")
    by_digits = (len(whole) > 1 and whole[0] == "0") or len(whole) > LARGEST_DIGITS
    said = digits(whole) if by_digits else cardinal(int(whole))
    return said + (f"点{digits(decimals)}" if decimals else "")


def counted(written: str, behind: str) -> str:
    """A number before what follows it in the text: 2 is 两 before 件, 二 before 楼."""
    if written == "2" and _COUNTED.match(behind):
        return "两"
    return number(written)
