"""The lockers' desk: deposits, retrievals, lost tags, counts, and the tags that they go by."""
