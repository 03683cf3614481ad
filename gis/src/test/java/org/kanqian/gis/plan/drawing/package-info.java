@NullMarked
package org.kanqian.gis.plan.drawing;

import org.jspecify.annotations.NullMarked;
