package io.webwatch.test.sink;

/**
 * Control of what a sink writes to, by which the kit makes it fail. A {@link TcpProxy} in front of any server is one.
 */
public interface Peer {
    /** From now on the peer refuses: new and open connections fail at once. */
    void refuse();

    /** From now on the peer is silent: what is sent gets no answer, and nothing fails. */
    void freeze();

    /** All is well again. */
    void restore();
}
