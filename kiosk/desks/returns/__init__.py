"""The return desk: clerk, approver, cashier and door auditor at one slip, one after another."""
