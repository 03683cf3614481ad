/** Addresses looked up. */
@NullMarked
package org.kanqian.api.address;

import org.jspecify.annotations.NullMarked;
