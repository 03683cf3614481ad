/** Distances, gates, walks and zones, each with the band its error leaves open. */
@NullMarked
package org.kanqian.gis.measure;

import org.jspecify.annotations.NullMarked;
