"""The budgets, measured side by side: `python -m benchmarks` prints what was measured beside what is allowed."""
