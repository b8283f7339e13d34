-- A change of what everyone may see of a problem makes the tiles of its place new, as a change of a
-- feature does: they are tiles of the layer `problems`. A row counts that was public or is; which
-- territories hold it counts as well, since tiles are filtered by them. Categories and the short
-- names of organisations, by which tiles are filtered too, touch the layer as a whole.
CREATE OR REPLACE FUNCTION problems_touch_tiles(places geometry[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    layer bigint := (SELECT id FROM layers_layer WHERE slug = 'problems');
BEGIN
    IF layer IS NOT NULL AND array_length(places, 1) > 0 THEN
        PERFORM tiles_touch_shapes(
            array_fill(layer, ARRAY[array_length(places, 1)]),
            ARRAY(SELECT ST_Transform(place, 3857) FROM unnest(places) AS given (place)));
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION problems_problem_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM problems_touch_tiles(ARRAY(
        SELECT geom FROM replaced
        WHERE is_public AND state IN ('open', 'accepted', 'closed', 'archived')
        UNION
        SELECT geom FROM touched
        WHERE is_public AND state IN ('open', 'accepted', 'closed', 'archived')
    ));
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION problems_territory_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM problems_touch_tiles(ARRAY(
        SELECT problem.geom FROM touched INNER JOIN problems_public AS problem
            ON problem.id = touched.problem_id
    ));
    RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION problems_words_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM tiles_touch_layers(ARRAY(SELECT id FROM layers_layer WHERE slug = 'problems'));
    RETURN NULL;
END
$$;

-- A new problem is never public, and none is deleted.
CREATE OR REPLACE TRIGGER problems_problem_touched AFTER UPDATE ON problems_problem
    REFERENCING OLD TABLE AS replaced NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION problems_problem_written();
CREATE OR REPLACE TRIGGER problems_territory_added AFTER INSERT ON problems_problemterritory
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION problems_territory_written();
CREATE OR REPLACE TRIGGER problems_territory_changed AFTER UPDATE ON problems_problemterritory
    REFERENCING NEW TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION problems_territory_written();
CREATE OR REPLACE TRIGGER problems_territory_removed AFTER DELETE ON problems_problemterritory
    REFERENCING OLD TABLE AS touched
    FOR EACH STATEMENT EXECUTE FUNCTION problems_territory_written();
CREATE OR REPLACE TRIGGER problems_category_touched
    AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON problems_category
    FOR EACH STATEMENT EXECUTE FUNCTION problems_words_written();
CREATE OR REPLACE TRIGGER problems_organisation_touched AFTER UPDATE OF slug ON accounts_organisation
    FOR EACH STATEMENT EXECUTE FUNCTION problems_words_written();
