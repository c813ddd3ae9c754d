"""The command line (コマンド): a thin door; it parses, calls a use case, renders, exits."""
