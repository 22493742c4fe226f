"""Who acts: each desk takes a message, asks a rule, writes the ledger, and acts through a port."""
