"""Photos and videos from strangers: recognised by content, cleaned of metadata, made small."""
