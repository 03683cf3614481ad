package org.kanqian.gis.address;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A place an address may mean.
 *
 * @param address as the gazetteer writes it
 * @param name what stands there; may be empty
 * @param level how far down it goes
 * @param score how well the words fit, from 0 to 1; 1 is the same address in another spelling
 * @param lon CGCS2000 degrees
 * @param lat CGCS2000 degrees
 * @param accuracyMetres how far from the truth it may lie
 * @param layer id of the layer it is from; empty for a division
 * @param feature id of the feature there; empty for a division
 * @param region GB/T 2260 code of the division it lies in, without trailing zeros, where known
 */
public record AddressCandidate(
        String address,
        String name,
        AddressLevel level,
        double score,
        double lon,
        double lat,
        double accuracyMetres,
        String layer,
        String feature,
        Optional<String> region) {
    public AddressCandidate {
        requireNonNull(address, "address");
        requireNonNull(name, "name");
        requireNonNull(level, "level");
        requireNonNull(layer, "layer");
        requireNonNull(feature, "feature");
        requireNonNull(region, "region");
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score: " + score);
        }
    }
}
