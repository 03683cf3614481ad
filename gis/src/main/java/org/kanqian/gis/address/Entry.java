package org.kanqian.gis.address;

import java.util.List;
import java.util.Optional;
import org.kanqian.gis.layer.Feature;
import org.kanqian.gis.layer.Layer;
import org.locationtech.jts.geom.Point;

/**
 * A place the gazetteer knows.
 *
 * @param parts of its address, or of its name for a road or building
 * @param key its detail in the spelling addresses are compared in
 * @param region code of the division it lies in; empty if not known
 * @param addressed whether the address is its own and not made from its name
 */
record Entry(
        String address,
        String name,
        AddressLevel level,
        double lon,
        double lat,
        double accuracyMetres,
        String layer,
        String feature,
        ParsedAddress parts,
        String key,
        String region,
        boolean addressed) {

    static Entry addressed(
            Layer layer,
            Feature feature,
            Point at,
            String address,
            ParsedAddress parts,
            String region) {
        return new Entry(
                address,
                feature.name(),
                parts.number().isEmpty() ? AddressLevel.BUILDING : AddressLevel.DOOR,
                at.getX(),
                at.getY(),
                layer.accuracyMetres() + feature.geometry().distance(at),
                layer.id(),
                feature.id(),
                parts,
                key(parts.detail()),
                region,
                true);
    }

    static Entry named(
            Layer layer, Feature feature, Point at, Optional<String> region, Divisions divisions) {
        return called(
                layer,
                feature.name(),
                feature.id(),
                AddressLevel.BUILDING,
                at,
                layer.accuracyMetres(),
                region,
                divisions);
    }

    static Entry called(
            Layer layer,
            String name,
            String feature,
            AddressLevel level,
            Point at,
            double accuracyMetres,
            Optional<String> region,
            Divisions divisions) {
        String path = region.flatMap(divisions::find).map(Division::path).orElse("");
        ParsedAddress parts =
                new ParsedAddress(
                        "",
                        "",
                        "",
                        "",
                        level == AddressLevel.ROAD ? Spelling.plain(name) : "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        "",
                        Spelling.plain(name),
                        List.of(),
                        false);
        return new Entry(
                path + name,
                name,
                level,
                at.getX(),
                at.getY(),
                accuracyMetres,
                layer.id(),
                feature,
                parts,
                key(name),
                region.orElse(""),
                false);
    }

    /** An address without anything that is only a way of writing. */
    static String key(String address) {
        String plain = Spelling.plain(address).replace('幢', '栋');
        return plain.endsWith("号") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /** Whether it may lie in one of these divisions; in none of them says nothing. */
    boolean in(List<String> regions) {
        return regions.isEmpty()
                || region.isEmpty()
                || regions.stream().anyMatch(r -> region.startsWith(r) || r.startsWith(region));
    }

    boolean inTown(String town) {
        return town.isEmpty() || parts.town().isEmpty() || town.equals(parts.town());
    }

    boolean nearTo(Point at, double degrees) {
        return Math.hypot(at.getX() - lon, at.getY() - lat) <= degrees;
    }

    AddressCandidate candidate(double score) {
        return new AddressCandidate(
                address,
                name,
                level,
                score,
                lon,
                lat,
                accuracyMetres,
                layer,
                feature,
                Optional.of(region).filter(r -> !r.isEmpty()));
    }
}
