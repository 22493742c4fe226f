"""What every table of the ledger is registered in, wherever it is described."""

from __future__ import annotations

from sqlalchemy import MetaData

metadata = MetaData()
