package org.kanqian.api.precheck;

import java.util.Optional;

/** Which engine answered. */
public final class Version {
    /** Name and version, as receipts carry them. */
    public static final String ENGINE =
            "kanqian/"
                    + Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                            .orElse("dev");

    private Version() {}
}
