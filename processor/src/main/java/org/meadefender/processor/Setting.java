package org.meadefender.processor;

/**
 * The value of one annotation member, as written.
 *
 * @param value the value, unchecked
 * @param isDefault whether it equals the member's default
 * @param position where it was written
 */
record Setting<T>(T value, boolean isDefault, Position position) {}
