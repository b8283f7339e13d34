"""Problems of the invented community: categories, who answers for them, two years of reports."""
