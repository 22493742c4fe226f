"""Whether a role lives: what each of its main routines has to show, and how soon."""
