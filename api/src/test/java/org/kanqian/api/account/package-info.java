@NullMarked
package org.kanqian.api.account;

import org.jspecify.annotations.NullMarked;
