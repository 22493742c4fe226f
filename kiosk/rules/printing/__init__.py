"""What is printed: documents as values, and what becomes of a print job; every desk of the store builds upon it."""
