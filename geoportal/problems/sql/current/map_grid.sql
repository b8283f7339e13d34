-- Where a place is on the square of Web Mercator, in steps of 1/2^30 of its side (3.7 cm at the
-- equator), from the west and from the north: a tile and a cell of any zoom is a run of numbers,
-- so each place is in exactly one. Beyond the square (poles, 180 degrees east) the nearest edge.
-- With `RETURN` the names are resolved now, whatever the search path when an index is restored.
CREATE OR REPLACE FUNCTION problems_map_x(place geometry) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN least(floor((ST_X(place) + 180) / 360 * 1073741824), 1073741823)::integer;

CREATE OR REPLACE FUNCTION problems_map_y(place geometry) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN greatest(0, least(1073741823, floor(
        (0.5 - ln(tan(pi() / 4 + radians(greatest(-89, least(89, ST_Y(place)))) / 2)) / (2 * pi()))
        * 1073741824
    )))::integer;

-- The other way: degrees of a number of the grid.
CREATE OR REPLACE FUNCTION problems_map_lon(number integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN number / 1073741824::double precision * 360 - 180;

CREATE OR REPLACE FUNCTION problems_map_lat(number integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN degrees(atan(sinh(pi() * (1 - 2 * (number / 1073741824::double precision)))));
