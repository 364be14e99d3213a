"""Files that people bring: what they are, whether they are safe to keep, and where they lie.

Nothing here knows a record. ``inspection.inspect_upload`` is asked first, ``scanner.scan`` second.
"""
