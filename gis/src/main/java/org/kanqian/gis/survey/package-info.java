/** A site in, measured facts out. */
@NullMarked
package org.kanqian.gis.survey;

import org.jspecify.annotations.NullMarked;
