/**
 * Datums and projections: everything that comes in becomes CGCS2000 longitude and latitude here,
 * and everything that is measured becomes metres here. The only package that sees GeoTools.
 */
@NullMarked
package org.kanqian.gis.crs;

import org.jspecify.annotations.NullMarked;
