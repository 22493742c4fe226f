"""Mistakes with the panel's wires, its guards and the relays, each with what the installer then reads."""

from __future__ import annotations

from tests.config.mistakes import Mistake

PANEL_MISTAKES = {
    "a key switch on a button's pin": Mistake(
        "site", 'guard = "hold"', 'guard = "hold"\npin = 17\n[panel]\nkey_switch = 17', "panel.key_switch",
        'GPIO 17 is taken by the button "evacuate" already',
    ),
    "announcers who are perhaps required": Mistake(
        "site", "[levels]", '[announcers]\nrequired = "yes"\n[levels]', "announcers.required",
        'is the text "yes"', "write true: only registered people use the desk",
    ),
    "a release of another kind": Mistake(
        "site", "[levels]", '[announcers]\nrelease = "some"\n[levels]', "announcers.release",
        'is "some", which is not known here', '"none", "policy" or "all"',
    ),
    "a sign-in for ever": Mistake(
        "site", "[levels]", '[announcers]\nsigned_in = "24h"\n[levels]', "announcers.signed_in",
        "", 'from "30s" to "12h"',
    ),
    "a badge reader on no port": Mistake(
        "site", "[levels]", "[badge]\nbaud = 9600\n[levels]", "badge.device", "is missing", "write the reader's port",
    ),
    "a badge reader at no speed": Mistake(
        "site", "[levels]", '[badge]\ndevice = "/dev/ttyUSB0"\nbaud = 9601\n[levels]', "badge.baud",
        "", "write the reader's speed",
    ),
    "a policy in words": Mistake(
        "binder", 'id = "member-day"', 'id = "member-day"\npolicy = "yes"', 'script[1] "member-day".policy',
        'is the text "yes"', "write policy = true",
    ),
    "an evacuation that a careless hand can start": Mistake(
        "site", 'guard = "hold"\n', "", 'button[2] "evacuate" (line 32)', "has no guard: a careless hand starts",
        'add guard = "hold"', severity="warning",
    ),
    "a guard that is none": Mistake(
        "site", 'guard = "hold"', 'guard = "with reset"', 'button[2] "evacuate".guard',
        'is "with reset", which is no guard', 'write "hold", or "with:" and the id of another button',
    ),
    "a guard by an unknown button": Mistake(
        "site", 'guard = "hold"', 'guard = "with:rest"', 'button[2] "evacuate".guard (line 36)',
        'names the unknown button "rest"', 'did you mean "reset"?',
    ),
    "a guard by itself": Mistake(
        "site", 'guard = "hold"', 'guard = "with:evacuate"', 'button[2] "evacuate".guard', "names the button itself",
    ),
    "a guard that is guarded": Mistake(
        "site", 'action = "reset"', 'action = "reset"\nguard = "with:evacuate"', 'button[3] "reset".guard',
        'the button "evacuate" is guarded itself', "name a button without a guard",
    ),
    "a guard that is not wired": Mistake(
        "site", 'guard = "hold"', 'guard = "with:reset"\npin = 5', 'button[2] "evacuate".guard',
        'the button "reset" has no pin, so nobody can press both',
    ),
    "a guard that somebody presses in a hurry": Mistake(
        "site", 'guard = "hold"',
        'guard = "with:child"\n[[buttons]]\nid = "child"\naction = "urgent"\nscript = "lost-child"',
        'button[2] "evacuate".guard', 'the button "child" is urgent, but', severity="warning",
    ),
    "a pin that the Pi lacks": Mistake(
        "site", 'guard = "hold"', 'guard = "hold"\npin = 28', 'button[2] "evacuate".pin (line 37)',
        "is GPIO 28, but the Pi's header has GPIO 0 to 27", "take one of GPIO 4 to 13 or 16 to 27",
    ),
    "a pin below all pins": Mistake(
        "site", 'guard = "hold"', 'guard = "hold"\nlamp = -1', 'button[2] "evacuate".lamp', "is GPIO -1",
    ),
    "a pin in words": Mistake(
        "site", 'guard = "hold"', 'guard = "hold"\npin = "GPIO17"', 'button[2] "evacuate".pin', 'is the text "GPIO17"',
        "write a GPIO number from 4 to 27 but 14 and 15, as pin = 17",
    ),
    "a pin of the I2C bus": Mistake(
        "site", 'guard = "hold"', 'guard = "hold"\npin = 2', 'button[2] "evacuate".pin',
        "GPIO 2 is reserved: it is the I2C bus",
    ),
    "a pin of the add-on board's memory": Mistake(
        "site", 'guard = "hold"', 'guard = "hold"\npin = 0', 'button[2] "evacuate".pin',
        "GPIO 0 is reserved: the Pi reads",
    ),
    "a relay on the serial console": Mistake(
        "site", "[levels]", "[power]\namplifier_pin = 14\n[levels]", "power.amplifier_pin",
        "GPIO 14 is reserved: it is the serial console",
    ),
    "a lamp on its button's pin": Mistake(
        "site", 'guard = "hold"', 'guard = "hold"\npin = 17\nlamp = 17', 'button[2] "evacuate".lamp (line 38)',
        'GPIO 17 is taken by the button "evacuate" already', "a pin of its own",
    ),
    "two buttons on one pin": Mistake(
        "site", 'action = "reset"', 'action = "reset"\npin = 17\n[[buttons]]\nid = "r"\naction = "reset"\npin = 17',
        'button[4] "r".pin', 'GPIO 17 is taken by the button "reset" already',
    ),
    "a relay on a lamp's pin": Mistake(
        "site", "[levels]", "[panel]\non_air_lamp = 22\n[power]\nsource_pin = 22\n[levels]", "power.source_pin",
        "GPIO 22 is taken by the on-air lamp already",
    ),
    "a relay that clicks on while the Pi starts": Mistake(
        "site", "[levels]", "[power]\namplifier_pin = 7\n[levels]", "power.amplifier_pin",
        "GPIO 7 is pulled up while the Pi starts: the relay of the amplifier comes on by itself",
        "take one of GPIO 9 to 13 or 16 to 27", severity="warning",
    ),
    "a chip beyond all chips": Mistake(
        "site", "[levels]", "[panel]\nchip = 99\n[levels]", "panel.chip", "is 99, which is too large",
        "write the number of /dev/gpiochip*",
    ),
    "a bounce that is a nap": Mistake(
        "site", "[levels]", "[panel]\nbounce_ms = 2000\n[levels]", "panel.bounce_ms", "is 2000, which is too large",
        "write milliseconds from 5 to 100",
    ),
    "a hold that is no hold": Mistake(
        "site", "[levels]", '[panel]\nhold = "100ms"\n[levels]', "panel.hold", 'is "100ms", which is too small',
        'write a duration from "1s" to "10s"',
    ),
    "an amplifier that follows at once": Mistake(
        "site", "[levels]", '[power]\nsettle = "0s"\n[levels]', "power.settle", 'is "0s", which is too small',
        'write a duration from "100ms" to "60s"',
    ),
    "a talk button with a guard": Mistake(
        "site", 'action = "reset"', 'action = "talk"\nguard = "hold"', 'button[3] "reset".guard',
        "a talk button talks while it is held, it has no guard", "take the line out",
    ),
    "a latch on a button that does not talk": Mistake(
        "site", 'action = "reset"', 'action = "reset"\nlatch = true', 'button[3] "reset".latch',
        "a reset button does not talk, so it cannot latch", "take the line out",
    ),
    "a guard that talks": Mistake(
        "site", 'guard = "hold"', 'guard = "with:say"\n[[buttons]]\nid = "say"\naction = "talk-over"',
        'button[2] "evacuate".guard', 'the button "say" talks, it can guard no other', "that does not talk",
    ),
    "a talk button with a page": Mistake(
        "site", 'action = "reset"', 'action = "talk"\nscript = "lost-child"', 'button[3] "reset".script',
        "a talk button airs no page",
    ),
    "a talk without an end": Mistake(
        "site", "[levels]", '[microphone]\nlongest = "2h"\n[levels]', "microphone.longest",
        'is "2h", which is too large', 'write a duration from "5s" to "10min"',
    ),
    "a prelude of a talk that is missing": Mistake(
        "site", "[levels]", '[microphone]\nprelude = "sounds/gong.wav"\n[levels]', "microphone.prelude", "gong.wav",
    ),
    "music that grows under a talk": Mistake(
        "site", "[levels]", "[microphone]\nduck_db = 6\n[levels]", "microphone.duck_db", "is 6, which is too large",
        "write decibels from -40",
    ),
    "a misspelt relay": Mistake(
        "site", "[levels]", "[power]\namp_pin = 24\n[levels]", "power.amp_pin", 'unknown key "amp_pin"',
        'did you mean "amplifier_pin"?',
    ),
}  # fmt: skip
