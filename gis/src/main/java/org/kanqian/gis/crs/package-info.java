/** Coordinate datums, and the metric frame around a site. The only package that knows GeoTools. */
@NullMarked
package org.kanqian.gis.crs;

import org.jspecify.annotations.NullMarked;
