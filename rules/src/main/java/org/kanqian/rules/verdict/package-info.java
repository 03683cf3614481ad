/** Findings and what follows from them: verdict, fixes, questions. */
@NullMarked
package org.kanqian.rules.verdict;

import org.jspecify.annotations.NullMarked;
