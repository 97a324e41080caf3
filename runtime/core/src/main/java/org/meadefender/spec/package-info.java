/** What is to be marked ({@code WatermarkSpec}), by whom ({@code OwnerKey}), and keyed choices. */
@NullMarked
package org.meadefender.spec;

import org.jspecify.annotations.NullMarked;
