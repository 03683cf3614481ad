/** What can be checked: approval items and the facts they ask for. */
@NullMarked
package org.kanqian.api.item;

import org.jspecify.annotations.NullMarked;
