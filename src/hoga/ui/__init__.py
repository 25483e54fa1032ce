"""The window. Views, view models, actions, themes: immutable snapshots in, commands out; no trading state here."""
