"""Names that a page may say, and those that it may not, with what is left of them as the person's name."""

from __future__ import annotations

_GOOD = """
王小明 李娜 张伟 成长 部小明 主任远 科长青 总小明 经叔平 经明 科长山 部长山 组天乐 课长青 王科 李长春 张长江 刘经纬
陈理 王任 任主 王长青 欧阳娜娜 司马懿 诸葛亮 阿依古丽 买买提·艾山 爱新觉罗·溥仪 服部平次 长谷部诚 长谷部 阿部宽 渡部
周部生 林主恩 石总明 孙总旺 何董生 曾组贤 董明珠 董事明 经纬 李科 王工 刘员外 郑课文 师秀兰 店小二 班超 班固 队友福
会昌 处默 室井慎次 主父偃 院喜 单田芳 总一郎 经理明 科学 部建国 王部生 张部川 刘董华 黄金宝 安全胜 文具生 处长安
店长青 王總明 蔣經國 經亨頤 張長青 課長青 成長 歐陽修 部曉明 主任遠 王 李 董 欧阳
"""
GOOD = (*_GOOD.split(), "经 理", "主 任", "部 长", "店 长", "王 小明", "王 小 明")
GOOD_LATIN = (
    "John Smith", "J. Smith", "Mary O'Brien", "Anne-Marie", "Dean Martin", "Mary King", "José Müller", "Tom Sales",
    "Wang Xiaoming", "Head", "Major", "Bishop", "Page", "Earl Grey",
)  # fmt: skip

# Written as "name typed = what is left"; nothing after the sign where no name is left.
_TITLED = """
经理= 主任= 课长= 科长= 店长= 部长= 主管= 总= 董事长= 组长= 副总= 副总经理= 总经理= 会计= 保安= 收银员= 大堂经理=
工程师= 前台= 楼层主管= 一楼主管= 王经理=王 李主任=李 张总=张 王总=王 刘店长=刘 陈部长=陈 赵科长=赵 周课长=周
吴组长=吴 郑主管=郑 王副总=王 王副店长=王 欧阳主任=欧阳 王董=王 王部=王 李组=李 经经理=经 任主任=任
王小明经理=王小明 王小明总=王小明 主任王小明=王小明 主任王=王 主任高远=高远 经理李明=李明 值班经理李明=李明
采购部经理= 采购部经理王强=王强 采购部王强经理=王强 王强总经理=王强 保安李强=李强 出纳小李=小李 王总监=王 李总裁=李
阿依古丽经理=阿依古丽 张工程师=张 刘会计师=刘 王老师=王 李师傅=李 张医生=张 刘秘书=刘 王助理=王 王领班=王 王督导=王
女装部经理= 店員= 經理= 總經理= 課長= 王經理=王 陳課長=陳 林董事長=林 李組長=李 營業員= 張店長=張 吳襄理=吳
黃協理=黃 主任陳大文=陳大文 董秘书=董 董秘書=董 董董秘=董 王董秘=王 董秘书长=董 王采购部经理=王 王丽采购部经理=王丽
王女装部组长=王 顾客服部经理=顾 沈验货组组长=沈 欧阳部=欧阳 童装部主任= 黄金部经理= 安全部组长= 高级经理=
小董秘书=小董 司空经理=司空
"""
_OF_DEPARTMENTS = """
采购部= 人事部= 财务科= 企划课= 三组= 一部= 女装部= 保安室= 客服中心= 总服务台= 服务台= 家电部= 生鲜课= 人事= 仓库=
服務台= 財務課= 人事部門= 女装部李娜=李娜 采购部王强=王强 人事李明=李明 企劃部陳大文=陳大文
王采购部=王 王丽采购部=王丽 沈验货服务台=沈 顾客服部=顾
童装部=
"""
_ADDRESSED = """
王小姐=王 李先生=李 刘女士=刘 来宾王小明=王小明 本公司李娜=李娜 小姐= 來賓陳大文=陳大文 王小明先生=王小明
董小姐=董 董先生=董
"""
_TITLED_LATIN = """
Manager Wang=Wang|Wang Manager=Wang|Director of Sales Li Na=Li Na|Store manager=|sales assistant Tom=Tom|CEO=
Vice President Chen=Chen|Supervisor Mary King=Mary King|Mr Wang=Wang|Dr. Lee=Lee|Guest Mr Wang=Wang|HR Department=
"""


def _pairs(text: str, apart: str | None = None) -> tuple[tuple[str, str], ...]:
    entries = (
        text.split() if apart is None else [entry for line in text.split("\n") for entry in line.split(apart) if entry]
    )
    return tuple((typed, left) for typed, _, left in (entry.partition("=") for entry in entries))


TITLED = (*_pairs(_TITLED), ("王 经理", "王"), ("王小明 主任", "王小明"), ("经理 王", "王"), ("王 总", "王"))
OF_DEPARTMENTS = _pairs(_OF_DEPARTMENTS)
ADDRESSED = _pairs(_ADDRESSED)
TITLED_LATIN = _pairs(_TITLED_LATIN, "|")
