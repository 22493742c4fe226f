"""A picture that is larger or smaller than the display that shows it: how it is scaled, and where a finger meant."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.sentences import tell

SMALLEST = (640, 480)


@dataclass(frozen=True, slots=True)
class Fit:
    """picture, window: their sizes, pixels. The picture keeps its shape and lies in the middle."""

    picture: tuple[int, int]
    window: tuple[int, int]

    @property
    def exact(self) -> bool:
        return self.picture == self.window

    @property
    def scale(self) -> float:
        return min(self.window[0] / self.picture[0], self.window[1] / self.picture[1])

    @property
    def rect(self) -> tuple[int, int, int, int]:
        """Where the picture lies in the window."""
        width, height = (max(1, round(length * self.scale)) for length in self.picture)
        return (self.window[0] - width) // 2, (self.window[1] - height) // 2, width, height

    def inside(self, x: float, y: float) -> tuple[int, int]:
        """The place of the picture that is seen at a place of the window; beside the picture there is none in it."""
        left, top, width, height = self.rect
        across, down = (x - left) * self.picture[0] / width, (y - top) * self.picture[1] / height
        return int(across // 1), int(down // 1)

    @property
    def remark(self) -> str:
        """What is to be told to whoever set this up; "" for nothing."""
        if (self.window[0] < SMALLEST[0] and self.window[1] < SMALLEST[0]) or min(self.window) < SMALLEST[1]:
            return tell(
                "the display has {window}, less than 640x480: the picture of {picture} is made smaller and may be too"
                " small to read and to touch",
                window=_size(self.window),
                picture=_size(self.picture),
            )
        if not self.exact:
            return tell(
                "the display has {window}, [touchscreen] says {picture}: the picture is scaled; set width and height in"
                " site.toml",
                window=_size(self.window),
                picture=_size(self.picture),
            )
        return ""


def _size(pixels: tuple[int, int]) -> str:
    return f"{pixels[0]}x{pixels[1]}"
