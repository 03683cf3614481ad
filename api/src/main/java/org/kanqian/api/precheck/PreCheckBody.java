package org.kanqian.api.precheck;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.crs.Datum;

/** How a pre-check request looks, for the API's description; {@link RequestReader} reads it. */
@Schema(name = "PreCheckRequest")
record PreCheckBody(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<Item> items,
        @Nullable @Schema(description = "以哪天的法规为准，默认今天 / day whose law counts") LocalDate asOf,
        @Nullable @Schema(description = "向后看几个月 / months to look ahead", maximum = "60")
                Integer aheadMonths,
        @Nullable Site site,
        @Nullable @Schema(description = "平面图，格式 kanqian-plan/1 / floor plan")
                Map<String, Object> plan,
        @Nullable @Schema(description = "事实名到回答；null 是“我不知道” / fact to answer; null: not known")
                Map<String, Object> answers) {
    @Schema(name = "PreCheckRequestItem")
    record Item(String item, @Nullable String variant) {}

    @Schema(name = "PreCheckRequestSite")
    record Site(
            @Nullable String address,
            @Nullable Coordinates coordinates,
            @Nullable @Schema(description = "地下一层 -1，地面一层 1") Integer floor,
            @Nullable Building building,
            @Nullable @Schema(description = "GeoJSON Point 或 MultiPoint")
                    Map<String, Object> entrances,
            @Nullable @Schema(description = "GeoJSON Polygon 或 MultiPolygon，坐标基准同 coordinates")
                    Map<String, Object> boundary) {}

    @Schema(name = "PreCheckRequestCoordinates")
    record Coordinates(
            @Nullable @Schema(description = "经度；与 lat、datum 一起给") BigDecimal lon,
            @Nullable BigDecimal lat,
            @Nullable Datum datum,
            @Nullable @Schema(description = "东坐标（米）；与 y、crs 一起给，代替经纬度") BigDecimal x,
            @Nullable @Schema(description = "北坐标（米）") BigDecimal y,
            @Nullable @Schema(description = "投影坐标系，如 EPSG:4548") String crs,
            @Nullable BigDecimal accuracy) {}

    @Schema(name = "PreCheckRequestBuilding")
    record Building(@Nullable String use) {}
}
