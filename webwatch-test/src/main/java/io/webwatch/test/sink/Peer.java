package io.webwatch.test.sink;

/**
 * Controls the peer to which a sink writes, so that the kit can make it fail. For any server, use a {@link TcpProxy}.
 */
public interface Peer {
    /** Makes the peer refuse: new and open connections fail immediately. */
    void refuse();

    /** Makes the peer silent: it does not respond, but connections do not fail. */
    void freeze();

    /** Ends the failure. */
    void restore();
}
