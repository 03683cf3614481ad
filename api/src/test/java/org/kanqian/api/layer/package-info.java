@NullMarked
package org.kanqian.api.layer;

import org.jspecify.annotations.NullMarked;
