"""How the ledger's schema came to be, step by step; Alembic runs the versions in a process of its own.

A new step is a file in `versions`, its revision the next number, named in `schema.REVISIONS` as well. A step never
imports `schema`: it says what was true on its day. There is no way back: the copy made before the upgrade is.
"""
