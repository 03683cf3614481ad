package org.kanqian.gis.layer;

import java.io.IOException;
import java.security.MessageDigest;

/** Where the features of a layer come from: a file beside the declaration, or a table. */
interface Source extends AutoCloseable {

    /** What faults call it. */
    String name();

    /** Puts everything that is read from it into the version. */
    void hash(MessageDigest digest) throws IOException;

    /** Hands over the features one by one. */
    void read(RawFeature.Sink sink) throws IOException, Faults.TooManyFaults;

    @Override
    default void close() {}
}
