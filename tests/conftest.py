"""Settings of every test: a property is judged by what it finds, never by how fast a busy machine was."""

from hypothesis import settings

settings.register_profile("house", deadline=None)
settings.load_profile("house")
