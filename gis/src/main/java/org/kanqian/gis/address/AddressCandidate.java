package org.kanqian.gis.address;

import static java.util.Objects.requireNonNull;

/**
 * A place an address may mean.
 *
 * @param address as the gazetteer writes it
 * @param name what stands there; may be empty
 * @param lon CGCS2000 degrees
 * @param lat CGCS2000 degrees
 * @param accuracyMetres how far from the truth it may lie
 * @param layer id of the layer it is from
 * @param feature id of the feature there
 */
public record AddressCandidate(
        String address,
        String name,
        double lon,
        double lat,
        double accuracyMetres,
        String layer,
        String feature) {
    public AddressCandidate {
        requireNonNull(address, "address");
        requireNonNull(name, "name");
        requireNonNull(layer, "layer");
        requireNonNull(feature, "feature");
    }
}
