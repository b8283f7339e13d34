"""Imports over HTTP, step by step."""
