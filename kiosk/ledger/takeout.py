"""What leaves the ledger for the store's own use: which table, which column, and what stays inside.

A column that is not named here stays inside: what is new is taken out once somebody has thought about whom it concerns.
Secrets, and what is sealed, never leave this way: a service's records are taken out by its own command, with the key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Table, select

from kiosk.ledger.schema import metadata


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table and those of its columns that anybody may have. personal: those that name or describe somebody."""

    table: str
    plain: tuple[str, ...]
    personal: tuple[str, ...] = ()

    def columns(self, *, personal: bool) -> tuple[str, ...]:
        """In the order of the table."""
        wanted = {*self.plain, *(self.personal if personal else ())}
        return tuple(one.name for one in metadata.tables[self.table].c if one.name in wanted)


def _sheet(table: str, plain: str, personal: str = "") -> Sheet:
    return Sheet(table, tuple(plain.split()), tuple(personal.split()))


SHEETS = (
    _sheet(
        "as_run",
        "n day key kind id air_class zones due planned_start planned_end real_start real_end phase outcome reason"
        " operator level_dbfs",
    ),
    _sheet("audit", "n at actor action subject details record record_n record_sha256 prev hash"),
    _sheet("self_check", "n day occasion begun ended verdict findings"),
    _sheet("people", "n id rights trained_on trained_until removed", "name login"),
    _sheet("releases", "n at script digest released person"),
    _sheet(
        "page",
        "n origin asked operator whom title reason language zones times stage since aired questions over forgotten",
        "name place plate caller number why",
    ),
    _sheet("message_slip", "page written page_at", "who for_whom number what"),
    _sheet("page_decision", "n page step person at over", "why said"),
    _sheet("air_request", "n key script person asked until stage since why over"),
    _sheet("house_notice", "n key at for_whom text over person"),
    _sheet("locker", "id size number generation assignment door since deposit unconfirmed why"),
    _sheet("deposit", "n locker number generation began stored kept over outcome by tag"),
    _sheet("locker_plaque", "n at number generation withdrawn person"),
    _sheet("locker_sheet_signed", "n sheet day kind at person content"),
    _sheet(
        "lost_tag",
        "n locker number generation deposit reported taken_by step since matched_by fee_fen received_fen cashier"
        " signed_by approved_by openings handed_by kept official tag_found over purged",
    ),
    _sheet("lost_tag_receipt", "n lost_tag at fee_fen received_fen person"),
    _sheet("kept_tag", "n lost_tag locker number generation at place person"),
    _sheet(
        "return_slip",
        "n filled kind receipt bought line bought_milli item barcode name department quantity_milli unit_price_fen"
        " amount_fen reason goods fresh spoiled clerk",
    ),
    _sheet(
        "return_slip_progress",
        "slip stage since approver cashier auditor till_fen top_up_fen void_clerk void_approver void_why over",
    ),
    _sheet("return_register_signed", "n day at person last content"),
    _sheet("return_handover_signed", "n day department at person slips"),
    _sheet("return_stock_told", "n day at person came went undoes"),
    _sheet("service_record", "n service number at by stage since owner due over purged"),
    _sheet("service_deed", "n record at by deed"),
    _sheet("queue_ticket", "n day topic number at stage since desk calls"),
    _sheet("queue_call", "n ticket at desk heard over"),
    _sheet("queue_desk", "desk topics person since"),
    _sheet("printer_state", "printer condition since"),
)


def rows(connection: Connection, sheet: Sheet, *, personal: bool) -> Iterator[tuple[object, ...]]:
    """Every row of a table, as it stands in the ledger, however many they are."""
    table: Table = metadata.tables[sheet.table]
    wanted = select(*(table.c[name] for name in sheet.columns(personal=personal))).order_by(*table.primary_key)
    for row in connection.execute(wanted, execution_options={"yield_per": 500}):
        yield tuple(row)


def left_inside(*, personal: bool) -> Mapping[str, tuple[str, ...]]:
    """The columns that stay in the ledger, by table."""
    taken = {sheet.table: set(sheet.columns(personal=personal)) for sheet in SHEETS}
    inside = {
        name: tuple(column.name for column in table.c if column.name not in taken.get(name, ()))
        for name, table in sorted(metadata.tables.items())
    }
    return {name: columns for name, columns in inside.items() if columns}
