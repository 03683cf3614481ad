@NullMarked
package org.kanqian.api.drawing;

import org.jspecify.annotations.NullMarked;
