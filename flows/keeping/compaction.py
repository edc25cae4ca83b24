"""The working file written anew after rows were deleted.

DuckDB marks deleted rows and leaves their bytes in the file. Copied whole into a new file, only what is still there
is written.
"""

from flows.settings import Settings
from flows.steps import RunStep
from warehouse.connection import attach, connect
from warehouse.publish import partial_path, replace_published

PRIVATE = 0o600


def compact_if_due(settings: Settings, run_step: RunStep) -> None:
    """Write the working file anew where rows were deleted since the last time; it must be closed."""
    home = settings.home
    with connect(home.work_database, spill=home.spill, memory_limit=settings.memory_limit) as connection:
        (due,) = connection.execute("select count(*) from run.compaction_due").fetchall()[0]
    if due:
        run_step("重写工作库", compact, settings)


def compact(settings: Settings) -> None:
    """Copy every table, row by row in order (the last word of a history counts), and put the copy in place."""
    home = settings.home
    partial = partial_path(home.work_database)
    partial.unlink(missing_ok=True)
    with connect(home.work_database, spill=home.spill, memory_limit=settings.memory_limit) as connection:
        connection.execute("set preserve_insertion_order = true")
        ((source,),) = connection.execute("select current_database()").fetchall()
        attach(connection, partial, name="rewritten")
        connection.execute(f'copy from database "{source}" to rewritten')
        connection.execute("delete from rewritten.run.compaction_due")
        connection.execute("checkpoint rewritten")
        connection.execute("detach rewritten")
    replace_published(partial, home.work_database, mode=PRIVATE)
