/**
 * Determines the address of a client and limits its request rate. Read
 * {@link io.webwatch.servlet.internal.client.ClientAddresses} first.
 *
 * <p>Internal: not part of the API; may change in any release.
 */
@NullMarked
package io.webwatch.servlet.internal.client;

import org.jspecify.annotations.NullMarked;
