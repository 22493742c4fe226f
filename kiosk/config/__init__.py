"""A store's own choices: the site directory, read strictly into one frozen Site."""
