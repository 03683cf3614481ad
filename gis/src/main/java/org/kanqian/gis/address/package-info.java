/** Addresses to places, by exact match only: an address that could be two places is none. */
@NullMarked
package org.kanqian.gis.address;

import org.jspecify.annotations.NullMarked;
