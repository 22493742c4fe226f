"""The kiosk on a real Debian, with real units, kernel lines and a disk that loses power; run by `make hil`.

`make test` takes the few of it that cost seconds.
"""
