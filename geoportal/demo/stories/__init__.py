"""The problems of the invented community: read from its pack and lived through anew."""
