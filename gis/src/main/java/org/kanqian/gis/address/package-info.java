/**
 * Addresses to places: taken apart, looked up, offered as candidates. An address that could be two
 * places is none.
 */
@NullMarked
package org.kanqian.gis.address;

import org.jspecify.annotations.NullMarked;
