"""Where the words of a Chinese sentence begin, as BudouX sees them: a line that ends there is read with ease."""

from __future__ import annotations

from functools import lru_cache

from budoux.parser import (
    Parser,
    load_default_simplified_chinese_parser,
    load_default_traditional_chinese_parser,
)

CLINGING = frozenset("的了吗嗎呢吧着著过過们們等")  # belongs to what is before it, never to what follows
_WORDS = """工作人员 服務人員 服务台 服務台 总服务台 總服務台 退换货 退換貨 取包码 置物櫃 號碼牌 營業日 营业日 工作日
婴儿车 正常 不符 不当 不當 对准 對準 扫描 掃描 扫描口 掃描口 使用 一下 与否 以及"""
WHOLE = frozenset(_WORDS.split())  # what BudouX takes apart, though the store says it as one word
LONGEST = max(map(len, WHOLE))


def starts(text: str) -> frozenset[int]:
    """The places of the characters with which a word begins."""
    at, found = 0, set()
    for chunk in _reader(traditional=_traditional(text)).parse(text):
        found.add(at)
        at += len(chunk)
    inside = {place for place, one in enumerate(text) if one in CLINGING}
    for place in range(len(text)):
        for length in range(2, LONGEST + 1):
            if text[place : place + length] in WHOLE:
                inside.update(range(place + 1, place + length))
                found.add(place)
    return frozenset(found - inside)


def _traditional(text: str) -> bool:
    """Whether the text has a character that simplified writing lacks."""
    return any("\u4e00" <= one <= "\u9fff" and not _simplified(one) for one in text)


def _simplified(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


@lru_cache(maxsize=2)
def _reader(*, traditional: bool) -> Parser:
    return load_default_traditional_chinese_parser() if traditional else load_default_simplified_chinese_parser()
