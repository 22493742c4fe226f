"""The store's memory: one SQLite file both roles write, its migrations, the as-run pages and the audit chain.

`store` opens the file, `schema` says what is in it, `migrate` brings an old one up to date in a process of its own,
`audit` chains every line to the one before, `as_run` keeps what went on the air, `spool` keeps the music going while
the file cannot be written, and `memory` is the same pages without a file.
"""
