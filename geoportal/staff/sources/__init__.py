"""Where a layer's data come from: answers that are remembered, and imports by schedule."""
