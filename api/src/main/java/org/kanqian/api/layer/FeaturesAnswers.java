package org.kanqian.api.layer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kanqian.gis.layer.Feature;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.geojson.GeoJsonWriter;

/** What OGC API – Features answers, field by field as the standard names them. */
final class FeaturesAnswers {
    private FeaturesAnswers() {}

    /** Where to go from here. */
    @Schema(name = "FeaturesLink")
    record Link(String href, String rel, String type, String title) {}

    @Schema(name = "FeaturesLanding")
    record Landing(String title, String description, List<Link> links) {}

    @Schema(name = "FeaturesConformance")
    record Conformance(List<String> conformsTo) {}

    @Schema(name = "FeatureCollections")
    record Collections(List<Link> links, List<String> crs, List<Collection> collections) {}

    /**
     * A layer.
     *
     * @param attribution the licence, with the notice it asks for
     * @param crs systems it can be asked for in
     * @param storageCrs the one it is kept in
     */
    @Schema(name = "FeatureCollection")
    record Collection(
            String id,
            String title,
            String description,
            String attribution,
            Extent extent,
            String itemType,
            List<String> crs,
            String storageCrs,
            List<Link> links) {}

    @Schema(name = "FeaturesExtent")
    record Extent(Spatial spatial, Temporal temporal) {}

    /** West, south, east, north, in degrees. */
    @Schema(name = "FeaturesSpatialExtent")
    record Spatial(List<List<Double>> bbox, String crs) {}

    @Schema(name = "FeaturesTemporalExtent")
    record Temporal(List<List<String>> interval, String trs) {}

    /** One page of a layer. */
    @Schema(name = "FeaturesPage")
    record Page(
            String type,
            String timeStamp,
            int numberMatched,
            int numberReturned,
            String attribution,
            List<Link> links,
            List<Item> features) {}

    /** One feature; by itself it has links, on a page not. */
    @Schema(name = "FeaturesItem")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Item(
            String type,
            String id,
            Map<String, @Nullable String> properties,
            Shape geometry,
            @Nullable List<Link> links) {

        /**
         * A feature by itself or on a page.
         *
         * @param named attributes to name even where the feature has none of them
         */
        static Item of(
                Feature feature, Shape shape, List<String> named, Optional<List<Link>> links) {
            Map<String, @Nullable String> properties = new TreeMap<>();
            named.forEach(name -> properties.put(name, null));
            properties.putAll(feature.attributes());
            return new Item("Feature", feature.id(), properties, shape, links.orElse(null));
        }
    }

    /** A geometry, written when it is its turn: text is many times the size of numbers. */
    @Schema(name = "FeaturesGeometry", type = "object")
    static final class Shape {
        /** A tenth of a millimetre, both. */
        private static final int DECIMALS_OF_DEGREES = 9;

        private static final int DECIMALS_OF_METRES = 4;

        private final Geometry geometry;
        private final boolean degrees;

        Shape(Geometry geometry, boolean degrees) {
            this.geometry = geometry;
            this.degrees = degrees;
        }

        @JsonValue
        @JsonRawValue
        String json() {
            GeoJsonWriter writer =
                    new GeoJsonWriter(degrees ? DECIMALS_OF_DEGREES : DECIMALS_OF_METRES);
            writer.setEncodeCRS(false);
            return writer.write(geometry);
        }
    }

    /** What features of a layer look like, as JSON Schema. */
    @Schema(name = "FeaturesSchema")
    record ItemSchema(
            @JsonProperty("$schema") String dialect,
            @JsonProperty("$id") String id,
            String type,
            String title,
            Map<String, Object> properties) {}
}
