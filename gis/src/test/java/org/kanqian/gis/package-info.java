/** What the tests of places share. */
@NullMarked
package org.kanqian.gis;

import org.jspecify.annotations.NullMarked;
