-- Which database this is: another one after a restore, whose counters begin where the copy was
-- made, and so give numbers of versions a second time.
-- In: nothing.
SELECT concat_ws(
    ' ',
    (SELECT system_identifier FROM pg_control_system()),
    (SELECT oid FROM pg_database WHERE datname = current_database()),
    'layers_feature'::regclass::oid
)
