"""The register (台帳): its state as values, and the pure rules that change it."""
