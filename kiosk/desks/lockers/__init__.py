"""The bag-storage desk of the front role: a shopper, a tag or staff ask, and a door opens or stays shut."""
