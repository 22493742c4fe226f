"""Real database servers with a till's tables, started for a test where this machine has them, and ended with it."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from kiosk.rules.forms.money import shown_fen
from kiosk.rules.returns.receipt import Receipt, shown_quantity

UP_S = 30.0
GOODS = (
    "bill varchar(20), pos int, item varchar(9), ean varchar(20), title varchar(99), class varchar(20), "
    "qty numeric(9,3), price numeric(9,2), sale boolean, sn varchar(20)"
)


@contextmanager
def postgresql(*receipts: Receipt) -> Iterator[str]:
    """PostgreSQL, through psycopg: the address of its till. The user there may write: the session must not."""
    pytest.importorskip("psycopg")
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not binaries:
        pytest.skip("there is no PostgreSQL on this machine")
    with _folder() as folder:
        _run(f"{binaries[-1]}/initdb", "-D", f"{folder}/data", "-U", "pos", "--auth=trust", "-E", "UTF8", "--no-sync")
        command = (f"{binaries[-1]}/postgres", "-D", f"{folder}/data", "-k", str(folder), "-h", "", "-F")
        with _served(command, f"postgresql+psycopg://pos@/postgres?host={folder}", receipts) as url:
            yield url


@contextmanager
def mariadb(*receipts: Receipt) -> Iterator[str]:
    """MariaDB, through PyMySQL, as MySQL would be asked."""
    pytest.importorskip("pymysql")
    server = shutil.which("mariadbd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if server is None or shutil.which("my_print_defaults") is None:
        pytest.skip("there is no MariaDB on this machine")
    with _folder() as folder:
        data = ("--no-defaults", f"--datadir={folder}/data")
        _run("mariadb-install-db", *data, "--auth-root-authentication-method=normal", "--skip-test-db")
        command = (
            server,
            *data,
            f"--socket={folder}/sock",
            "--skip-networking",
            "--innodb-flush-method=nosync",
        )
        with _served(command, f"mysql+pymysql://root@localhost/mysql?unix_socket={folder}/sock", receipts) as url:
            yield url


@contextmanager
def _folder() -> Iterator[Path]:
    """Where a server may write that refuses to run as root; short, for the name of a socket is."""
    folder = Path(tempfile.mkdtemp(prefix="till", dir="/tmp"))
    try:
        if (user := _user()) is not None:
            shutil.chown(folder, user)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _user() -> str | None:
    """Who runs the server, where the tests run as root."""
    if os.geteuid() != 0:
        return None
    known = {one.pw_name for one in pwd.getpwall()}
    return next((name for name in ("postgres", "mysql", "nobody") if name in known), None)


def _run(*command: str) -> None:
    done = subprocess.run(command, user=_user(), cwd="/", capture_output=True, text=True, timeout=UP_S, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def _served(command: tuple[str, ...], url: str, receipts: tuple[Receipt, ...]) -> Iterator[str]:
    server = subprocess.Popen(command, user=_user(), cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _fill(url, receipts)
        yield url
    finally:
        server.terminate()
        server.wait(UP_S)


def _once_up(engine: Engine) -> Connection:
    until = time.monotonic() + UP_S
    while True:
        try:
            return engine.connect()
        except OperationalError:
            assert time.monotonic() < until, "the server does not come up"


def _fill(url: str, receipts: tuple[Receipt, ...]) -> None:
    engine = create_engine(url)
    bill = "no varchar(20) PRIMARY KEY, sold_at timestamp, till varchar(9), card varchar(20), invoice varchar(9)"
    with _once_up(engine) as connection:
        if engine.dialect.name == "mysql":
            connection.execute(text("ALTER DATABASE mysql CHARACTER SET utf8mb4"))
        connection.execute(text(f"CREATE TABLE bills ({bill})"))
        connection.execute(text(f"CREATE TABLE goods ({GOODS})"))
        for one in receipts:
            head = {
                "no": one.number,
                "at": one.bought.replace(tzinfo=None),
                "till": one.till,
                "card": one.member or None,
            }
            connection.execute(
                text("INSERT INTO bills VALUES (:no, :at, :till, :card, :invoice)"),
                head | {"invoice": "F1" * one.invoiced},
            )
            for line in reversed(one.lines):
                goods = {"bill": one.number, "pos": line.n, "item": line.item, "ean": line.barcode, "title": line.name}
                goods |= {"class": line.category, "qty": shown_quantity(line.quantity_milli), "sale": line.clearance}
                goods |= {"price": shown_fen(line.unit_price_fen), "sn": line.serial or None}
                names = ("bill", "pos", "item", "ean", "title", "class", "qty", "price", "sale", "sn")
                connection.execute(text(f"INSERT INTO goods VALUES ({', '.join(f':{name}' for name in names)})"), goods)
        connection.commit()
    engine.dispose()
