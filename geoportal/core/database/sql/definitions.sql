-- What functions, triggers and views of these names are called, and their whole definitions.
-- In: names. Triggers of partitions come from their layer's function and are not looked at.
SELECT
    proc.proname || '(' || pg_get_function_identity_arguments(proc.oid) || ')' AS name,
    pg_get_functiondef(proc.oid) AS definition
FROM pg_proc AS proc
WHERE
    proc.pronamespace = current_schema()::regnamespace
    AND proc.prokind = 'f'
    AND proc.proname = ANY (%(names)s)
UNION ALL
SELECT
    trigger.tgname || ' on ' || relation.relname,
    pg_get_triggerdef(trigger.oid) || ' ' || trigger.tgenabled::text
FROM pg_trigger AS trigger
INNER JOIN pg_class AS relation ON relation.oid = trigger.tgrelid
WHERE
    relation.relnamespace = current_schema()::regnamespace
    AND NOT relation.relispartition
    AND NOT trigger.tgisinternal
    AND trigger.tgname = ANY (%(names)s)
UNION ALL
SELECT
    relation.relname,
    pg_get_viewdef(relation.oid)
FROM pg_class AS relation
WHERE
    relation.relnamespace = current_schema()::regnamespace
    AND relation.relkind = 'v'
    AND relation.relname = ANY (%(names)s)
