package com.example;

/**
 * On its way out.
 *
 * @deprecated for a newer one
 */
@Deprecated
interface LeavingBound {}
