package com.example;

/**
 * On its way out.
 *
 * @deprecated for a newer one
 */
@Deprecated
final class LeavingException extends Exception {
  private static final long serialVersionUID = 1;
}
