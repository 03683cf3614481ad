/** What once served, kept by its hash: layers and standards packs, file by file. */
@NullMarked
package org.kanqian.api.archive;

import org.jspecify.annotations.NullMarked;
