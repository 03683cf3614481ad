/** Pre-checks: request in, verdict out, stored and read back. */
@NullMarked
package org.kanqian.api.precheck;

import org.jspecify.annotations.NullMarked;
