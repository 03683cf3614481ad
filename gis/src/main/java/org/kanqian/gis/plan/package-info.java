/**
 * Floor plans: read the open plan format, hold it against a quality gate, and measure facts in it.
 */
@NullMarked
package org.kanqian.gis.plan;

import org.jspecify.annotations.NullMarked;
