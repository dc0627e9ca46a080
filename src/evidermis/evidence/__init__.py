"""What we know: the types of evidence, the field's vocabulary and the error tree.

Nothing here reads the outside world.
"""
