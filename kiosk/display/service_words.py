"""The words of the service desk's report, beside those that its services bring."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.display.words import words
from kiosk.units import LANGUAGES, Language

_WORDS = {
    "Report of the service desk": ("服务台报表", "服務台報表"),
    "Cases": ("受理件数", "受理件數"),
    "Still open": ("未结案", "未結案"),
    "Answered late": ("逾期未答复", "逾期未答覆"),
    "Mean rating, of 5": ("平均评分（满分 5）", "平均評分（滿分 5）"),
    "Cases of each day": ("每日受理件数", "每日受理件數"),
    "Services": ("服务项目", "服務項目"),
    "Causes": ("原因分类", "原因分類"),
    "Ratings": ("顾客评价", "顧客評價"),
    "Until somebody answered": ("首次答复用时（中位数）", "首次答覆用時（中位數）"),
    "At": ("地点", "地點"),
    "Queue": ("排队叫号", "排隊叫號"),
    "Returns": ("退换货", "退換貨"),
    "Enquiries and services": ("咨询与服务", "諮詢與服務"),
    "Numbers taken": ("取号数", "取號數"),
    "Served": ("已办理", "已辦理"),
    "Nobody came": ("过号未到", "過號未到"),
    "Left": ("中途离开", "中途離開"),
    "Wait, half of them": ("等候（中位数）", "等候（中位數）"),
    "Wait, nine of ten": ("等候（90%以内）", "等候（90%以內）"),
    "Reasons and wishes": ("原因与诉求", "原因與訴求"),
    "Slips": ("退换货单", "退換貨單"),
    "Other reasons, each written once": ("其他原因（各仅一次）", "其他原因（各僅一次）"),
    "Deleted since, as it has to be": ("已按期限删除", "已按期限刪除"),
    "Cases of each week": ("每周受理件数", "每週受理件數"),
    "Mean rating of each week": ("每周平均评分", "每週平均評分"),
    "Asked and not found": ("顾客查询未果", "顧客查詢未果"),
    "Others, each asked once": ("其他（各仅一次）", "其他（各僅一次）"),
    "What people asked": ("查询内容", "查詢內容"),
    "How often": ("次数", "次數"),
    "Nothing in these days": ("本期无记录", "本期無紀錄"),
    "Service": ("服务", "服務"),
}


def says(language: Language) -> Callable[[str], str]:
    """Puts the report's words, and those of the services, into a language."""
    others = words(language)
    if language not in LANGUAGES[:2]:
        return others
    place = LANGUAGES.index(language)
    return lambda text: _WORDS[text][place] if text in _WORDS else others(text)
