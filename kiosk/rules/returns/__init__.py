"""Part R of the rule book: what may come back, on which clause, and what the shopper can do next."""
