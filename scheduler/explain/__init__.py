"""Why this carer, why this time, and for an unallocated visit: every carer's reason, and the cheapest single change."""

from scheduler.explain.teller import Asked, Explanation, explain, explain_each, reasons

__all__ = ["Asked", "Explanation", "explain", "explain_each", "reasons"]
