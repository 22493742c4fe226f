"""The service desk: one module for each service, found by its SERVICE; how each is recorded is the same for all.

A service is one module here (what it asks, what may be done to its records), one in `display/screens/services` (how it
looks), and, where keeping a record is not all that it takes, one in `desks/service` (its clerk).
"""
