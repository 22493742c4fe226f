"""Everything a person sees: the live board in the terminal, the picture of a day, and the touchscreen.

State comes in, pixels or lines go out; nothing here decides. pygame greets whoever imports it on standard output,
where `--json` and `--png` write, so the greeting is switched off before any module of this package can import it.
"""

import os

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
