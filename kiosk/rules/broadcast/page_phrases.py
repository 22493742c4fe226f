"""What the store says when it pages somebody, in its three languages; the forms of B11 and B12."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kiosk.units import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Phrases:
    """The parts of a page in one language, with {name}, {title}, {place} and {plate} to be filled in.

    calls: by whom is called. asked: by reason ("none" without one; a vehicle's by whether the driver is named and a
    place given). of_staff: what staff are asked otherwise than guests. driver: the call of an unknown driver.
    """

    calls: Mapping[str, str]
    titles: Mapping[str, str]
    driver: str
    asked: Mapping[str, str]
    of_staff: Mapping[str, str]
    desk: str
    comma: str
    gap: str
    thanks: str


_MAINLAND = Phrases(
    calls={"guest": "来宾{name}{title}", "staff": "本公司{name}{title}"},
    titles={"mr": "先生", "ms": "小姐"},
    driver="车牌号{plate}的车主",
    asked={
        "none": "请您到{place}。",
        "friend": "您的朋友正在等您，请您到{place}。",
        "call": "有您的电话，请您到{place}回电。",
        "vehicle": "请您尽快移动您的车辆。",
        "vehicle-there": "请您到{place}，移动您的车辆。",
        "vehicle-named": "请您尽快移动您的车辆，车牌号{plate}。",
        "vehicle-named-there": "请您到{place}，移动您的车辆，车牌号{plate}。",
        "child": "您的孩子正在{place}等您，请您马上前往。",
        "property": "请您到{place}，领取您遗失的物品。",
    },
    of_staff={
        "none": "请与{place}联系。",
        "friend": "有来宾正在等您，请您到{place}。",
        "call": "有您的电话，请与{place}联系。",
    },
    desk="总服务台",
    comma="，",
    gap="",
    thanks="谢谢。",
)

_TAIWAN = Phrases(
    calls={"guest": "來賓{name}{title}", "staff": "本公司{name}{title}"},
    titles={"mr": "先生", "ms": "小姐"},
    driver="車牌號碼{plate}的車主",
    asked={
        "none": "請您到{place}。",
        "friend": "您的朋友正在等您，請您到{place}。",
        "call": "有您的電話，請您到{place}回電。",
        "vehicle": "請您儘快移動您的車輛。",
        "vehicle-there": "請您到{place}，移動您的車輛。",
        "vehicle-named": "請您儘快移動您的車輛，車牌號碼{plate}。",
        "vehicle-named-there": "請您到{place}，移動您的車輛，車牌號碼{plate}。",
        "child": "您的孩子正在{place}等您，請您馬上前往。",
        "property": "請您到{place}，領取您遺失的物品。",
    },
    of_staff={
        "none": "請與{place}聯絡。",
        "friend": "有來賓正在等您，請您到{place}。",
        "call": "有您的電話，請與{place}聯絡。",
    },
    desk="總服務台",
    comma="，",
    gap="",
    thanks="謝謝。",
)

_ENGLISH = Phrases(
    calls={"guest": "Guest {title} {name}", "staff": "{title} {name} of our staff"},
    titles={"mr": "Mr", "ms": "Ms"},
    driver="The driver of the vehicle {plate}",
    asked={
        "none": "please come to {place}.",
        "friend": "your friend is waiting for you. Please come to {place}.",
        "call": "there is a call for you. Please come to {place}.",
        "vehicle": "please move your vehicle as soon as you can.",
        "vehicle-there": "please come to {place} and move your vehicle.",
        "vehicle-named": "please move your vehicle, number {plate}, as soon as you can.",
        "vehicle-named-there": "please come to {place} and move your vehicle, number {plate}.",
        "child": "your child is waiting for you at {place}. Please come at once.",
        "property": "please come to {place} and collect your lost property.",
    },
    of_staff={
        "none": "please contact {place}.",
        "friend": "a guest is waiting for you. Please come to {place}.",
        "call": "there is a call for you. Please contact {place}.",
    },
    desk="the main service desk",
    comma=", ",
    gap=" ",
    thanks="Thank you.",
)

PHRASES: Mapping[Language, Phrases] = MappingProxyType(
    dict(zip(LANGUAGES, (_MAINLAND, _TAIWAN, _ENGLISH), strict=True))
)
