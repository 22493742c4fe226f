"""The service desk: a filled-in form becomes a record, staff move it on, the shopper sees how it stands."""
