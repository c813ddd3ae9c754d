"""The kit (キット): the parts of the folder that a closed Windows desk is set up from."""
