"""What the desk keeps: tables, the engine behind them, migrations, and the one place that keeps agencies apart.

Whoever imports any of it has the audit's listeners with it: no process can write without being told of.
"""

import api.database.audit  # noqa: F401  (its listener starts with the import)
