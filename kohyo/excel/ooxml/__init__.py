"""The kernel: zip, parts, references, limits, the worker that reads a file, cells exchanged in place, whole writes."""
