/** What standards officers run over a pack before they publish it. */
@NullMarked
package org.kanqian.rules.authoring;

import org.jspecify.annotations.NullMarked;
