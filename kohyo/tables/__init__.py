"""The plan's own tables (表), computed as values from the register and the definition. Pure."""
