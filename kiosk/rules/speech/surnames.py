"""Surnames that are read otherwise than the same character elsewhere, and the words that show where a name stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import MappingProxyType

from kiosk.rules.speech.folding import folded

_READ = """
单 shan4 仇 qiu2 解 xie4 区 ou1 查 zha1 任 ren2 曾 zeng1 盖 ge3 朴 piao2 华 hua4 乐 yue4 缪 miao4 员 yun4 翟 zhai2
种 chong2 秘 bi4 冼 xian3 洗 xian3 折 she2 黑 he4 盛 sheng4 覃 qin2 谌 chen2 逄 pang2 隗 wei3 郗 xi1 么 yao1 幺 yao1
晁 chao2 繁 po2 费 fei4 葛 ge3 过 guo1 哈 ha3 那 na1 能 nai4 宓 mi4 粘 nian2 祭 zhai4 召 shao4 瞿 qu2 句 gou1
阙 que4 应 ying1 於 yu1 乜 nie4 佴 nai4 宿 su4 燕 yan1 要 yao1 都 du1 干 gan1 会 gui4 教 jiao4 便 pian2 卜 bu3
薄 bo2 柏 bai3 称 cheng1 番 pan1 坊 fang1 令 ling2 落 luo4 蒙 meng2 糜 mi2 曲 qu1 全 quan2 撒 sa3 莘 shen1 沈 shen3
眭 sui1 洼 wa1 尉 wei4 鲜 xian1 相 xiang4 肖 xiao1 行 xing2 宁 ning4 占 zhan1 仉 zhang3 中 zhong1 重 zhong4 褚 chu3
厍 she4 佘 she2 郇 xun2 郄 qie4 郤 xi4 麴 qu1 车 che1 石 shi2 万 wan4 牟 mou2 侯 hou2 冯 feng2 贾 jia3 纪 ji3
景 jing3 幸 xing4 殷 yin1 朝 chao2 訾 zi1 臧 zang1 岑 cen2 藏 zang4 长 zhang3 令狐 ling2hu2 尉迟 yu4chi2 万俟 mo4qi2
长孙 zhang3sun1 单于 chan2yu2 澹台 tan2tai2 鲜于 xian1yu2 宿勤 su4qin2 呼延 hu1yan2 夏侯 xia4hou2 亓官 qi2guan1
皇甫 huang2fu3 公冶 gong1ye3 濮阳 pu2yang2 淳于 chun2yu2 宗政 zong1zheng4 赫连 he4lian2 乐正 yue4zheng4
谷梁 gu3liang2 拓跋 tuo4ba2 贺兰 he4lan2 阏氏 yan1zhi1 吐谷浑 tu3yu4hun2 可朱浑 ke4zhu1hun2 相里 xiang4li3
哥舒 ge1shu1 褚师 chu3shi1 南宫 nan2gong1 中行 zhong1hang2 万忸于 mo4niu3yu2
"""
_SYLLABLE = re.compile(r"[a-z]+[1-5]")
_FIELDS = _READ.split()
SURNAMES = MappingProxyType(
    {name: tuple(_SYLLABLE.findall(read)) for name, read in zip(_FIELDS[::2], _FIELDS[1::2], strict=True)}
)
"""Surname, in simplified characters: its syllables."""

# After these a name is meant whatever its characters spell; after the weak ones only where they spell no word.
_STRONG = "来宾|顾客|本公司|贵宾|嘉宾|旅客|乘客|寻找|有请|名叫|名字叫|名字是|姓名是"
_WEAK = (
    "会员|车主|家长|失主|员工|同事|店员|请|找|叫|姓|我是|他是|她是|联系|通知|感谢|谢谢|欢迎|恭喜|祝贺|邀请|和|与|及|或|由|给|让|位"
    "|的|是|向|为"
)
_TITLES = (
    "先生|小姐|女士|太太|夫人|小朋友|同学|老师|师傅|阿姨|叔叔|经理|主任|店长|部长|课长|科长|组长|主管|总|董事长|医生|大夫|教授|律师"
    "|博士|同志|弟弟|妹妹|爷爷|奶奶|大爷|大妈"
)
_AFTER_STRONG = re.compile(rf"(?:{_STRONG})(?=(?P<name>[一-鿿]{{1,4}}?)(?:{_TITLES}))")
_AFTER_WEAK = re.compile(rf"(?:^|{_WEAK})(?=(?P<name>[一-鿿]{{1,4}}?)(?:{_TITLES}))")
_BEFORE_TITLE = re.compile(r"(?P<name>[一-鿿])(?:先生|小姐|女士|太太|夫人)")
_NAMED = re.compile(r"(?:姓名|本人姓|我姓|贵姓|他姓|她姓|(?:名叫|名字叫|名字是|姓名是)|姓)(?=(?P<name>[一-鿿]{1,3}))")


def names_in(run: str, is_word: Callable[[str], bool]) -> list[tuple[int, int]]:
    """Where names stand in a run of hanzi, as (start, end), judged by what is before and behind them.

    is_word: whether simplified characters spell a word of the language.
    """
    text = folded(run)
    spans = [found.span("name") for found in _AFTER_STRONG.finditer(text)]
    spans += [
        found.span("name")
        for pattern in (_AFTER_WEAK, _NAMED)
        for found in pattern.finditer(text)
        if len(found["name"]) == 1 or not is_word(found["name"][:2])
    ]
    spans += [
        found.span("name") for found in _BEFORE_TITLE.finditer(text) if not is_word(text[: found.end("name")][-2:])
    ]
    chosen: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if surname_of(text[start:end]) and all(end <= other or last <= start for other, last in chosen):
            chosen.append((start, end))
    return sorted(chosen)


def surname_of(name: str) -> str:
    """The surname of SURNAMES that a name (in simplified characters) begins with, "" for any other."""
    return next((name[:length] for length in (3, 2, 1) if len(name) >= length and name[:length] in SURNAMES), "")
