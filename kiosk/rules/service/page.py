"""A shopper asks for somebody to be called over the loudspeakers (rules B11, B12, B18, B20)."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.rules.forms.form import Choice, Form, Option, Page, Words
from kiosk.rules.service.service import Service
from kiosk.rules.writing.writing import Kind
from kiosk.sentences import N_

FRIEND, DRIVER, STAFF = "friend", "driver", "staff"
WHOM, NAME, TITLE, PLATE, CALLER = "whom", "name", "title", "plate", "caller"

_WHOM = Choice(
    WHOM,
    N_("Who should we page?"),
    (
        Option(FRIEND, N_("Someone I came with"), N_("By name"), icon="user-sound", tone="fetch"),
        Option(DRIVER, N_("The driver of a car"), N_("By the number plate"), icon="car", tone="care"),
        Option(STAFF, N_("Someone who works here"), N_("By name, without a title"), "identification-card", "store"),
    ),
    line=N_("A child is missing? Please call our staff at once."),
)
_NAME = Words(NAME, N_("What is the name?"), N_("As it should be read out"), Kind.NAME, longest=30)  # it will be heard
_TITLE = Choice(
    TITLE,
    N_("How should we address them?"),
    (Option("mr", N_("Mr"), icon="user-sound", tone="fetch"), Option("ms", N_("Ms"), icon="user-sound", tone="ease")),
)
_PLATE = Words(
    PLATE, N_("What is the number plate?"), N_("As 京A·12345 or ABC-1234"), Kind.WORDS, longest=12, private=True
)
_CALLER = Words(
    CALLER,
    N_("And who are you?"),
    N_("For the message slip, if nobody comes; you may leave it empty"),
    Kind.NAME,
    longest=30,
    optional=True,
    private=True,
)


def pages(answers: Mapping[str, str]) -> tuple[Page, ...]:
    """A driver is called by the plate, everybody else by name; nobody by a title or a department (B12)."""
    match answers.get(WHOM):
        case "driver":
            return _WHOM, _PLATE
        case "friend" | "staff":
            return _WHOM, _NAME, _TITLE, _CALLER
        case _:
            return (_WHOM,)


SERVICE = Service(
    "page",
    Form("page", N_("Page someone"), pages, review=True, send=N_("Request the page")),
    begins="closed",  # how it stands, the page itself says: its desk minds it
    keep_days=1,
    taken=False,
)
