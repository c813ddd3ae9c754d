"""The survey form (調査票): what it prints and where, its writer and its reader."""
