"""Bytes of tiles that were built: kept by a key that holds their versions, so never wrong.

Nothing is ever invalidated: what is out of date is asked for no more, and goes when room is needed.
"""
