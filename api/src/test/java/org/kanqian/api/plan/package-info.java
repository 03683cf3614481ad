@NullMarked
package org.kanqian.api.plan;

import org.jspecify.annotations.NullMarked;
