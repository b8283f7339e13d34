-- Features nearest to a place, nearest first. In: layers (ids), wishes (texts of JSON or null, one a
-- layer), sees_all (one a layer), lon, lat (degrees), most, within_m (metres).
-- Bearings are degrees from north by the geodesic, NULL where one stands at the feature.
-- Index: layers_feature_geom_3857, in the plan that `layers_nearest` keeps.
SELECT
    near.layer_id, near.key, near.properties, ST_X(near.spot) AS lon, ST_Y(near.spot) AS lat,
    near.distance_m,
    degrees(ST_Azimuth(ST_Point(%(lon)s, %(lat)s, 4326)::geography, near.spot::geography)) AS bearing
FROM layers_nearest(
    %(layers)s::bigint[], %(wishes)s::jsonb[], %(sees_all)s::boolean[],
    ST_Point(%(lon)s, %(lat)s, 4326), %(most)s, %(within_m)s
) AS near
ORDER BY near.distance_m, near.layer_id, near.key COLLATE "C"
