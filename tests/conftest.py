from __future__ import annotations

import tests.depth  # noqa: F401  before any property is made
