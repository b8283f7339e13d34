-- Some keys that stand in the stage more than once: enough to tell the caller.
SELECT key FROM layers_stage GROUP BY key HAVING count(*) > 1 LIMIT 5
