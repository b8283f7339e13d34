/** Classes of modules, for comments: a module that only speaks of one does not import it. */

type Camera = import("../../geoportal/mapkit/static/mapkit/js/camera.mjs").Camera;
type Card = import("../../geoportal/web/static/web/js/map/card.mjs").Card;
type MapEngine = typeof import("../../geoportal/mapkit/static/mapkit/js/engine.mjs");
type MapState = import("../../geoportal/web/static/web/js/map/state.mjs").MapState;
type Media = import("../../geoportal/web/static/web/js/report/media.mjs").Media;
type MediaItem = import("../../geoportal/web/static/web/js/report/media_item.mjs").MediaItem;
type Overlays = import("../../geoportal/mapkit/static/mapkit/js/overlays.mjs").Overlays;
type PhotoStore = import("../../geoportal/web/static/web/js/report/photo_store.mjs").PhotoStore;
type Place = import("../../geoportal/web/static/web/js/report/place.mjs").Place;
type Presenter = import("../../geoportal/web/static/web/js/map/presenter.mjs").Presenter;
type Problems = import("../../geoportal/web/static/web/js/map/problems.mjs").Problems;
type Sending = import("../../geoportal/web/static/web/js/report/sending.mjs").Sending;
type Similar = import("../../geoportal/web/static/web/js/report/similar.mjs").Similar;
type Steps = import("../../geoportal/web/static/web/js/report/steps.mjs").Steps;
type Texts = import("../../geoportal/web/static/web/js/report/texts.mjs").Texts;
type WorkMap = import("../../geoportal/cabinets/static/cabinets/js/work/work_map.mjs").WorkMap;
