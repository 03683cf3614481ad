package org.kanqian.gis.address;

import static java.util.Objects.requireNonNull;

/**
 * A province, city, district or town.
 *
 * @param code GB/T 2260 without its trailing zeros: 51, 5101, 510107; nine digits for a town
 * @param name its own, e.g. 武侯区
 * @param path its own after those it lies in, e.g. 四川省成都市武侯区
 * @param lon of its centre, CGCS2000 degrees; that of what it lies in where its own is not known
 * @param lat as {@code lon}
 * @param radiusMetres how far from that centre a place in it may be taken to lie
 */
public record Division(
        String code, String name, String path, double lon, double lat, double radiusMetres) {
    public Division {
        requireNonNull(name, "name");
        requireNonNull(path, "path");
        if (!code.matches("[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}")) {
            throw new IllegalArgumentException("code: " + code);
        }
        if (!(radiusMetres > 0)) {
            throw new IllegalArgumentException("radius: " + radiusMetres);
        }
    }
}
