"""Where receipts come from: a till's exports, kept in a file of their own, or a till's database that is only read."""
