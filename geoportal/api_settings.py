"""How the REST API behaves and is described; nothing here is the operator's choice."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.SessionAuthentication",
        "geoportal.accounts.api_authentication.PasswordAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "geoportal.core.http.drf_errors.drf_exception_handler",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "geoportal.core.http.openapi.describe_errors",
        "geoportal.interface.community.name_schema",
    ],
    "DESCRIPTION": "REST API of the geoportal: layers, features, territories, search.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "ENUM_NAME_OVERRIDES": {
        "FieldTypeEnum": "layers.models.LayerField.Type",
        "FeatureTypeEnum": ["Feature"],
        "FeatureCollectionTypeEnum": ["FeatureCollection"],
        "FeatureVisibilityEnum": "layers.models.Feature.Visibility",
        "DifferenceActionEnum": ["added", "changed", "removed"],
        "ImportStateEnum": "importers.api.documents.STATE_NAMES",
        "ImportStageStateEnum": ["running", "done", "failed"],
        "ScheduleFrequencyEnum": "importers.models.Schedule.Frequency",
    },
    "SERVE_INCLUDE_SCHEMA": False,
}
