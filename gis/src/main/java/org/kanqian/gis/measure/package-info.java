/** Distances and containment around one site, in metres, with both end points. */
@NullMarked
package org.kanqian.gis.measure;

import org.jspecify.annotations.NullMarked;
