/** Signed proof of what was answered. */
@NullMarked
package org.kanqian.api.receipt;

import org.jspecify.annotations.NullMarked;
