"""Mutation tests, run by hand: whether the suite notices that one rule of a module was turned round."""
