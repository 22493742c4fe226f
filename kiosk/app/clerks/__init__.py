"""Which clerks the service desk has: one module for each service that needs one, found by its CLERK."""
