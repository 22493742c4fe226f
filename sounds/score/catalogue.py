"""Every piece of the collection, in the order it is rendered."""

from cues import CUES
from pieces_acoustic import LAKE_BICYCLE, LETTER_HOME, SILVER_WALTZ, SUNNY_AISLE
from pieces_city import EVENING_WINDOW, NEON_EVENING, RAIN_ON_GLASS
from pieces_doors import CLOSING, WELCOME
from pieces_east import LANTERN_FAIR, MOON_OVER_CANAL, PLUM_LANE
from pieces_jazz import CLARINET_STREET, CORNER_CAFE
from pieces_latin import MORNING_TEA
from pieces_mallets import FIRST_SNOW, MUSIC_BOX_GARDEN, PAPER_BOATS

MUSIC = (
    MORNING_TEA,
    CORNER_CAFE,
    PLUM_LANE,
    LAKE_BICYCLE,
    SILVER_WALTZ,
    NEON_EVENING,
    PAPER_BOATS,
    FIRST_SNOW,
    LANTERN_FAIR,
    EVENING_WINDOW,
    MUSIC_BOX_GARDEN,
    CLARINET_STREET,
    MOON_OVER_CANAL,
    SUNNY_AISLE,
    RAIN_ON_GLASS,
    LETTER_HOME,
)
SONGS = (WELCOME, CLOSING, *CUES, *MUSIC)
