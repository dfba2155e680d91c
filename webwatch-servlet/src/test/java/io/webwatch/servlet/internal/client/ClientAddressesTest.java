package io.webwatch.servlet.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.webwatch.config.ConfigurationException;
import io.webwatch.config.WebWatchConfig;
import io.webwatch.servlet.testing.Requests;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressesTest {
    private final ClientAddresses addresses =
            new ClientAddresses(AddressRanges.trustedProxies(WebWatchConfig.defaults()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "203.0.113.7 | - | 203.0.113.7",
                "203.0.113.7 | 198.51.100.1 | 203.0.113.7",
                "10.0.0.1 | - | 10.0.0.1",
                "10.0.0.1 | 198.51.100.1 | 198.51.100.1",
                "10.0.0.1 | 1.1.1.1, 198.51.100.1 | 198.51.100.1",
                "10.0.0.1 | 198.51.100.1, 10.0.0.9, 192.168.1.1 | 198.51.100.1",
                "10.0.0.1 | 10.0.0.8, 10.0.0.9 | 10.0.0.8",
                "10.0.0.1 | 198.51.100.1, unknown | 10.0.0.1",
                "10.0.0.1 | unknown, 10.0.0.9 | 10.0.0.9",
                "10.0.0.1 | 198.51.100.1:4711 | 198.51.100.1",
                "::1 | [2001:db8::5]:4711 | 2001:db8::5",
                "0:0:0:0:0:0:0:1 | 2001:db8::5 | 2001:db8::5",
                "::ffff:10.0.0.1 | 198.51.100.1 | 198.51.100.1",
                "fe80::1%eth0 | 198.51.100.1 | 198.51.100.1",
                "10.0.0.1 | ' , ,198.51.100.1,' | 198.51.100.1",
                "10.0.0.1 | localhost | 10.0.0.1",
                "10.0.0.1 | '' | 10.0.0.1"
            })
    void client_isTheFirstUntrustedHopFromTheRight(String peer, String forwarded, String expected) {
        String[] headers = forwarded == null ? new String[0] : new String[] {"X-Forwarded-For", forwarded};
        assertThat(addresses.clientOf(Requests.from(peer, headers))).isEqualTo(expected);
    }

    @Test
    void severalHeaders_areReadAsOneList() {
        assertThat(addresses.clientOf(Requests.from(
                        "10.0.0.1", "X-Forwarded-For", "1.1.1.1", "X-Forwarded-For", "198.51.100.1, 10.0.0.2")))
                .isEqualTo("198.51.100.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=198.51.100.1 | 198.51.100.1",
                "For=\"[2001:db8:cafe::17]:4711\" | 2001:db8:cafe::17",
                "for=1.1.1.1;proto=https;by=10.0.0.3, for=198.51.100.1;host=\"a,b;c\" | 198.51.100.1",
                "for=198.51.100.1, for=10.0.0.2 | 198.51.100.1",
                "for=198.51.100.1, for=_hidden | 10.0.0.1",
                "for=\"198.51.100.1:80\" | 198.51.100.1",
                "proto=https | 10.0.0.1",
                "for=\"unclosed | 10.0.0.1"
            })
    void forwarded_isParsed(String header, String expected) {
        assertThat(addresses.clientOf(Requests.from("10.0.0.1", "Forwarded", header)))
                .isEqualTo(expected);
    }

    @Test
    void xForwardedFor_takesPrecedenceOverForwarded() {
        assertThat(addresses.clientOf(
                        Requests.from("10.0.0.1", "Forwarded", "for=1.1.1.1", "X-Forwarded-For", "198.51.100.1")))
                .isEqualTo("198.51.100.1");
    }

    @Test
    void forwardedHost_isOnlyUsedFromTrustedPeers() {
        assertThat(addresses.hostOf(
                        Requests.from("10.0.0.1", "Host", "inner:8080", "X-Forwarded-Host", "shop.example")))
                .isEqualTo("shop.example");
        assertThat(addresses.hostOf(
                        Requests.from("203.0.113.7", "Host", "inner:8080", "X-Forwarded-Host", "evil.example")))
                .isEqualTo("inner");
        assertThat(addresses.hostOf(Requests.from("10.0.0.1", "Host", "[::1]:8080")))
                .isEqualTo("::1");
        assertThat(addresses.hostOf(Requests.from("10.0.0.1"))).isNull();
    }

    @Test
    void none_trustsNoPeer() {
        ClientAddresses untrusting = new ClientAddresses(AddressRanges.parse("p", List.of("none")));
        assertThat(untrusting.clientOf(Requests.from("127.0.0.1", "X-Forwarded-For", "198.51.100.1")))
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,10.255.1.2,true",
        "10.0.0.0/8,11.0.0.0,false",
        "10.1.2.3/8,10.9.9.9,true",
        "192.0.2.1,192.0.2.1,true",
        "192.0.2.1,192.0.2.2,false",
        "0.0.0.0/0,203.0.113.1,true",
        "0.0.0.0/0,2001:db8::1,false",
        "::/0,2001:db8::1,true",
        "2001:db8::/33,2001:db8:7fff::1,true",
        "2001:db8::/33,2001:db8:8000::1,false",
        "fd00::/8,fd12::1,true",
        "::1/128,::2,false",
        "10.0.0.0/8,::ffff:10.1.1.1,true"
    })
    void range_containsItsAddresses(String range, String address, boolean expected) {
        assertThat(AddressRanges.parse("p", List.of(range)).contains(address)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/x",
                "10.0.0/8",
                "10.0.0.256",
                "010.0.0.1",
                "::1::",
                ":::",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7::8:9",
                "12345::",
                "g::",
                "proxy.example",
                "1.2.3.4.5",
                "::1.2.3",
                "none,10.0.0.1"
            })
    void wrongRange_isAConfigurationError(String range) {
        assertThatThrownBy(() -> AddressRanges.parse("webwatch.collector.trusted-proxies", List.of(range, "::1")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("webwatch.collector.trusted-proxies: " + range);
    }
}
