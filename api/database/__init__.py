"""What the desk keeps: tables, the engine behind them, migrations, and the one place that keeps agencies apart."""
