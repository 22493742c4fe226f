"""Cut Noto Sans SC down to the characters a Chinese store writes; run once per new release of the font.

    python tools/subset_fonts.py PACKAGE

PACKAGE is the unpacked npm package @expo-google-fonts/noto-sans-sc. It needs fonttools, which the kiosk itself does
not, and pypinyin-dict for the list of the general standard characters. The characters: all of GB2312, Big5's symbols
and level 1, others of names, Latin with accents, punctuation, arrows, box drawing. In a font of their own, which is
opened only where one of them comes: the rest of the 8105 general standard characters (通用规范汉字表, with which names
are given), of Big5, and whatever else the font has beyond the basic plane.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

RARE = "400Regular/NotoSansSC_400Regular.ttf"
WEIGHTS = {"Regular": "400Regular/NotoSansSC_400Regular.ttf", "Bold": "700Bold/NotoSansSC_700Bold.ttf"}
FOLDER = Path(__file__).resolve().parent.parent / "kiosk" / "display" / "fonts"

RANGES = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x017F),  # Latin-1 and Latin Extended-A
    (0x01CD, 0x01DC),  # pinyin's third tones
    (0x0370, 0x03FF),  # Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x2010, 0x2027),  # dashes, quotes, bullets, ellipsis
    (0x2030, 0x203B),  # per mille, primes, reference mark
    (0x20A0, 0x20BF),  # currency
    (0x2100, 0x2126),  # letter-like symbols
    (0x2150, 0x218F),  # fractions, Roman numerals
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x2460, 0x24FF),  # numbers in circles
    (0x2500, 0x25FF),  # box drawing, blocks, shapes
    (0x2600, 0x266F),  # stars, notes
    (0x2713, 0x2718),  # ticks and crosses
    (0x3000, 0x303F),  # Chinese punctuation
    (0x3105, 0x312F),  # bopomofo
    (0x3200, 0x33FF),  # enclosed characters and units
    (0xFE30, 0xFE4F),  # vertical forms
    (0xFF01, 0xFFEE),  # full-width forms
)
NAMES = (
    "珺堃喆琤祎翀旻彧犇骉赟頔芃玹湉瑄燚婳垚璠瑀瑢龑禤叒囍裏羣峯堺昳昶昺晔晳暄暐曈曌杕枻栐桉桄梽棪楒榑樾橦沄沚泂洢浥淏淯渼湜湙滢滟漪潆澍澔"
    "濛瀛炀炘烜烺焜焯煐熳熹熺燊玘玙玎玠玢玥玧玭珅珉珖珙珝珣珥珧珩珪珮珵珹琇琋琎琏琔琚琟琨琩琫琭琮琯琰琲瑃瑅瑆瑔瑗瑨瑭瑱瑳瑷璁璆璈璎璐璘璟璥璨璩璪"
    "璮璲璺瓒甡畯皞皦盱磬礽祉祊祐祗祚祜祧禛秾稑竑竦筠筱粲粼绂绶缇缦罡羿翃翙翚翛翯翾聿肜芊芮芷茗荃荇莀莙菡萁萩葭葳蒨蓁蔺蘅虓虔衎訚訸诩诒诜谖谞"
    "赓轶辀迩迺遐遹邈郗郢郦郯鄄鄢鄯酆钏钰铄铉铮锟锴镕镛闳阗陟雩霁霈霭韫韬頠颀颉颐颙飏骃骅骎骐骕骙骥骦骧鲲鸾黉黻黼鼐龢"
)
"""Characters that people are named with, and that neither set has all of."""
MORE_NAMES = (
    "槑囧烎兲巭嬲昍氼囍垙烠珤珜珔琱琻瑠瑺璕璴瓈甠皕皛祤禔禛秾竩筕綪緈翇肸芓苆茚茝荍莞莯菉葶蒑蓥虝褀訢誩諟譞谞賨迡逌"
    "遶邩釪銲鋆鎏鏵鑨閎陞隺霳靀頲颽飝騄騛骦髙魡鮦鷃麃黇"
)
"""More of them, which no list of the rarer ones has all of."""
FIRST_BEYOND = 0x20000  # the basic plane
GB2312_ROWS = (0xA1, 0xF7)
BIG5_SYMBOLS_AND_LEVEL_1 = (0xA1, 0xC6)
BIG5_LEVEL_2 = (0xC9, 0xF9)
TRAIL_BYTES = (*range(0x40, 0x7F), *range(0xA1, 0xFF))


def double_byte(encoding: str, rows: tuple[int, int]) -> Iterator[str]:
    """Every character of an encoding's rows, first and last included."""
    for lead in range(rows[0], rows[1] + 1):
        for trail in TRAIL_BYTES:
            yield from bytes((lead, trail)).decode(encoding, errors="ignore")


def characters() -> Iterable[int]:
    """The code points to keep."""
    wanted = {code for first, last in RANGES for code in range(first, last + 1)}
    wanted |= {ord(character) for character in double_byte("gb2312", GB2312_ROWS)}
    wanted |= {ord(character) for character in double_byte("big5", BIG5_SYMBOLS_AND_LEVEL_1)}
    wanted |= set(map(ord, NAMES))
    return sorted(code for code in wanted if code >= 0x20)


def rare(source: Path) -> Iterable[int]:
    """The code points of names that `characters` leaves out, as far as the font has them."""
    has = set(import_module("fontTools.ttLib").TTFont(str(source)).getBestCmap())
    standard = set(import_module("pypinyin_dict.pinyin_data.ktghz2013").pinyin_dict)
    wanted = standard | {ord(character) for character in double_byte("big5", BIG5_LEVEL_2)}
    wanted |= set(map(ord, MORE_NAMES)) | {code for code in has if code >= FIRST_BEYOND}
    return sorted((wanted & has) - set(characters()))


def cut(source: Path, target: Path, codes: Iterable[int], name: str = "") -> None:
    """Write a subset of one weight; the same source gives the same bytes. name: other than the source's; in a PDF,
    two subsets of one name are taken for one font."""
    subset = import_module("fontTools.subset")  # a tool's dependency, not the kiosk's
    options = subset.Options()
    options.layout_features = ["ccmp", "kern", "locl", "mark", "mkmk"]
    options.hinting = False
    options.drop_tables += ["DSIG", "STAT", "vhea", "vmtx", "VORG", "BASE"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.notdef_outline = True
    options.recalc_timestamp = False
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    for record in font["name"].names if name else ():
        if record.nameID in (1, 4, 6, 16):
            record.string = name.replace(" ", "") if record.nameID == 6 else name
    subset.save_font(font, str(target), options)


def main() -> None:
    """Cut both weights and copy the licence beside them."""
    parser = argparse.ArgumentParser(description="Subset Noto Sans SC for the kiosk.")
    parser.add_argument("package", type=Path, help="unpacked npm package @expo-google-fonts/noto-sans-sc")
    package: Path = parser.parse_args().package
    FOLDER.mkdir(parents=True, exist_ok=True)
    for weight, file in WEIGHTS.items():
        cut(package / file, FOLDER / f"NotoSansSC-{weight}.ttf", characters())
    cut(package / RARE, FOLDER / "NotoSansSC-Rare.ttf", rare(package / RARE), "Noto Sans SC Rare")
    shutil.copyfile(package / "LICENSE_FONT", FOLDER / "OFL.txt")


if __name__ == "__main__":
    main()
