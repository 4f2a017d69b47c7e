"""The tables of counts against counts made anew."""

# ruff: noqa: S608 (what is put together here are this program's own words)

from collections.abc import Callable

from sqlite_utils import Database

from claims.store.checking.faults import Faults
from claims.store.tallies import COUNTED, count_all
from claims.store.tally_tables import TABLES


def check_counts(db: Database, tell: Callable[[str], None], faults: Faults) -> str:
    """Every row of every table that triggers keep."""
    for statement in TABLES:
        # As long as these are there, their names mean them, and not the tables of the file.
        db.execute(statement.strip().replace("CREATE TABLE ", "CREATE TEMP TABLE ", 1))
    count_all(db)
    rows = 0
    for table, (_, key) in COUNTED.items():
        tell(f"Checking: {table}")
        counts = [str(column) for column in db[table].columns_dict if column not in key.split(", ")]
        for sentence, query in _differences(table, key, counts):
            faults.add_all(sentence.format(*row) for row in db.conn.cursor().execute(query))
        ((number,),) = db.execute(f"SELECT count(*) FROM main.{table}").fetchall()
        rows += number
    for table in COUNTED:
        db.execute(f"DROP TABLE temp.{table}")
    return f"{rows:,} rows count what there is"


def _differences(table: str, key: str, counts: list[str]) -> list[tuple[str, str]]:
    columns = key.split(", ")
    same = " AND ".join(f"kept.{column} = made.{column}" for column in columns)
    named = ", ".join(f"{column} {{}}" for column in columns)
    kept, made = (", ".join(f"{which}.{column}" for column in columns) for which in ("kept", "made"))
    return [
        (
            f"{table} has no row for {named}",
            f"SELECT {made} FROM temp.{table} AS made"
            f" WHERE NOT EXISTS (SELECT 1 FROM main.{table} AS kept WHERE {same})",
        ),
        (
            f"{table} counts {named}, of which there is nothing",
            f"SELECT {kept} FROM main.{table} AS kept"
            f" WHERE NOT EXISTS (SELECT 1 FROM temp.{table} AS made WHERE {same})",
        ),
        (
            f"{table} counts wrongly for {named}",
            f"SELECT {kept} FROM main.{table} AS kept JOIN temp.{table} AS made ON {same}"
            f" WHERE {' OR '.join(f'kept.{count} IS NOT made.{count}' for count in counts)}",
        ),
    ]
