"""Tests of staff mode's desk."""
