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
    "Service": ("服务", "服務"),
}


def says(language: Language) -> Callable[[str], str]:
    """Puts the report's words, and those of the services, into a language."""
    others = words(language)
    if language not in LANGUAGES[:2]:
        return others
    place = LANGUAGES.index(language)
    return lambda text: _WORDS[text][place] if text in _WORDS else others(text)
