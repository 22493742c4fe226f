"""How each service looks at the screen: one module for each, found by its FACE."""
