"""Colours as numbers: from web notation and from how they look, and how well two of them can be told apart."""

from __future__ import annotations

from math import cos, radians, sin

Color = tuple[int, int, int]


def rgb(code: str) -> Color:
    """A colour from its web notation, #rrggbb."""
    value = int(code[1:], 16)
    return value >> 16, value >> 8 & 255, value & 255


def oklch(lightness: float, chroma: float, hue_deg: float) -> Color:
    """A colour by how light, how strong and of what hue it looks; equal lightness looks equally light."""
    a, b = chroma * cos(radians(hue_deg)), chroma * sin(radians(hue_deg))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _channel(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _channel(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _channel(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )


def _channel(linear: float) -> int:
    value = 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055
    return round(255 * min(1.0, max(0.0, value)))


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours as WCAG defines it, 1 to 21."""
    lights = sorted((_luminance(one), _luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _luminance(color: Color) -> float:
    parts = [c / 255 for c in color]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
