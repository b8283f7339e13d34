"""What residents write, and what organisations answer, by groups of categories.

Slots in titles and texts are those of `geoportal.demo.problems.sites.Site.slots`.
"""
