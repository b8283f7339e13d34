"""Photos and videos of reports: recognised by content, cleaned of metadata, made small."""
